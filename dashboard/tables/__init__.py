"""Every frame a page shows, cached by version, scope and the filters' text. The only place that caches.

`version` is the path of one published warehouse file, which never changes. `scope` says which teams the reader may
see; today everyone sees all. Cached functions take plain text and numbers only.
"""
