"""The pages in their order, by whom they serve first: the name in links, the title and the icon."""

from pipelines.wording import mark

Titled = tuple[str, str]

GROUPS: dict[str, dict[str, Titled]] = {
    "": {"overview": (mark("Overview"), ":material/home:")},
    mark("Executives"): {
        "completion": (mark("Completion"), ":material/donut_large:"),
        "year": (mark("Year"), ":material/calendar_month:"),
        "pace": (mark("Pace"), ":material/speed:"),
        "alignment": (mark("Alignment"), ":material/account_tree:"),
    },
    mark("HR"): {
        "challenge": (mark("Challenge"), ":material/trending_up:"),
        "operation": (mark("Operation"), ":material/event_available:"),
        "rules": (mark("Rules and changes"), ":material/rule:"),
    },
    mark("Teams"): {
        "compare": (mark("Compare"), ":material/compare_arrows:"),
        "my_team": (mark("My team"), ":material/group:"),
        "goal": (mark("Goal"), ":material/flag:"),
    },
    mark("What it rests on"): {
        "data": (mark("Data"), ":material/database:"),
        "definitions": (mark("Definitions"), ":material/menu_book:"),
    },
}

PAGES = {name: page for group in GROUPS.values() for name, page in group.items()}

WITHOUT_FIGURES = ("data", "definitions")
"""Pages that have something to say where no figure can be shown."""
