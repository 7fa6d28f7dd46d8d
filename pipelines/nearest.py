"""Which known names an unknown one may mean."""

import difflib
from collections.abc import Iterable

from pipelines.texts import normal

MOST = 3


def nearest(wanted: str, known: Iterable[str]) -> list[str]:
    """The known names most like the wanted one, best first; none where none is like it."""
    names = list(dict.fromkeys(known))
    forms = {name: normal(name) for name in names}
    sought = normal(wanted)
    holding = [name for name in names if sought and (sought in forms[name] or forms[name] in sought)]
    close = difflib.get_close_matches(sought, list(forms.values()), n=MOST, cutoff=0.5)
    alike = [name for form in close for name in names if forms[name] == form]
    return list(dict.fromkeys([*alike, *holding]))[:MOST]
