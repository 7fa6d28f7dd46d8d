"""The pages in their order: the name in links, the title and the icon."""

from pipelines.wording import mark

PAGES = {
    "overview": (mark("Overview"), ":material/home:"),
    "completion": (mark("Completion"), ":material/donut_large:"),
    "challenge": (mark("Challenge"), ":material/trending_up:"),
    "compare": (mark("Compare"), ":material/compare_arrows:"),
    "definitions": (mark("Definitions"), ":material/menu_book:"),
}
