"""The pages in their order: the name in links, the title and the icon."""

from pipelines.wording import mark

PAGES = {
    "overview": (mark("Overview"), ":material/home:"),
    "completion": (mark("Completion"), ":material/donut_large:"),
    "challenge": (mark("Challenge"), ":material/trending_up:"),
    "compare": (mark("Compare"), ":material/compare_arrows:"),
    "data": (mark("Data"), ":material/database:"),
    "definitions": (mark("Definitions"), ":material/menu_book:"),
}

WITHOUT_FIGURES = ("data", "definitions")
"""Pages that have something to say where no figure can be shown."""
