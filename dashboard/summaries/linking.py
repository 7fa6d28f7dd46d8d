"""Words and rows of the page Alignment about links: the tree, the two flows, who serves whom, own initiatives."""

import pandas as pd

from dashboard.visit import Visit
from dashboard.wording import Count, plain
from pipelines.metrics.flows import BRANCH, HEADQUARTERS
from pipelines.schema import ADOPTIONS
from pipelines.wording import mark

MOST_UNITS = 24
KINDS = {
    "decomposed": mark("{share} are a part of the goal above (decomposed)"),
    "taken_over": mark("{share} are the goal above, taken on whole (taken over)"),
    "converted": mark("{share} were a key result of the goal above (converted)"),
    "unknown": mark("of {share} it is not said"),
}
FLOWS = {
    HEADQUARTERS: mark("Headquarters: {share} of the goals lead to a goal of the company"),
    BRANCH: mark("Branches: {share} of the goals lead to a goal of the company"),
}


def counted_in(visit: Visit, part: int, whole: int) -> str:
    """So many of so many goals, with the share."""
    share = visit.words.percent(part / whole if whole else None)
    return visit.words.say("{share}: {count} of {total} goals", share=share, count=int(part), total=int(whole))


def tree_title(visit: Visit, tree: pd.DataFrame) -> str:
    """How many goals hang under a goal of the company."""
    below = tree[tree["level"] != "company"]
    company = set(tree.loc[tree["level"] == "company", "objective_id"])
    under = int(below["root"].isin(company).sum())
    return visit.words.say(
        "{under} of {total} goals hang under a goal of the company", under=under, total=len(below)
    )  # fmt: skip


def tree_note(visit: Visit, tree: pd.DataFrame) -> str:
    """How to read the areas, and what they rest on."""
    words = visit.words
    return words.say(
        "Press an area to look into it, and the path above to come back. Green: the score lies where it should, in the "
        "sweet spot or for committed goals at 100%; blue: below; orange: above; deeper: farther; grey: no score "
        "({missing} of {total}). Goals of longer cycles around the quarter stand above its own.",
        missing=int(tree["score"].isna().sum()), total=len(tree),
    )  # fmt: skip


def sides(visit: Visit, units: pd.DataFrame, quarter: str) -> list[tuple[str, pd.DataFrame, str]]:
    """Headquarters and branches, each with its title, the rows to draw and its note; a side without goals is absent."""
    rows = units[units["quarter"] == quarter]
    return [
        (_side_title(visit, part, side), _labelled(visit, part), _side_note(visit, part))
        for side in (HEADQUARTERS, BRANCH) if len(part := rows[rows["side"] == side])
    ]  # fmt: skip


def serving_title(visit: Visit, table: pd.DataFrame, quarters: tuple[str, ...]) -> str:
    """Between which teams there are links, and who is served most."""
    words = visit.words
    count = words.say_plural("{count} link across teams", "{count} links across teams", int(table["links"].sum()))
    sums = table.groupby("served", sort=False)["links"].sum()
    tops = [plain(team) for team in sums.index[sums == sums.max()]]
    span = quarters[0] if len(quarters) == 1 else words.say("{since} to {until}", since=quarters[0], until=quarters[-1])
    if len(tops) > 2:
        return words.say("{links}, {span}", links=count, span=span)
    return words.say("{links}, {span}; most lead to {teams}", links=count, span=span, teams=words.say(", ").join(tops))


def serving_note(visit: Visit) -> str:
    """How to read the table of colour."""
    return visit.words.say(
        "Rows serve columns: so many links lead from goals of the row's team to goals of the column's. Links may run "
        "both ways. Teams without such a link are left out."
    )


def bottom_up_title(visit: Visit, row: "pd.Series[float]", quarter: str) -> str:
    """The share that came bottom-up, beside the one that the policy asks for."""
    words, asked = visit.words, visit.policy.rules.bottom_up_share
    named = {"quarter": quarter, "share": words.percent(row["bottom_up_share"], asked), "asked": words.percent(asked)}
    if row["bottom_up_share"] >= asked:
        return words.say("{share} of the goals of {quarter} came bottom-up; asked for: at least {asked}", **named)
    return words.say("{share} of the goals of {quarter} came bottom-up, fewer than the {asked} asked for", **named)


def bottom_up_note(visit: Visit, row: "pd.Series[float]") -> str:
    """How many goals the share rests on."""
    return visit.words.say(
        "{count} of {known} goals of known origin; of {unknown} the origin is not stated.",
        count=int(row["bottom_up"]), known=int(row["origin_known"]),
        unknown=int(row["objectives"] - row["origin_known"]),
    )  # fmt: skip


def initiatives(visit: Visit, row: "pd.Series[float]") -> str:
    """Own initiatives are no fault; other goals without a link are worth a question."""
    words = visit.words
    own, unlinked = int(row["own_initiatives"]), int(row["unlinked"])
    return words.say(
        "{own} of {should} goals are own initiatives, proposed bottom-up and linked to none ({share}): not a fault. "
        "{rest} more have no link either, without being known as own initiatives.",
        own=own, should=int(row["should_align"]), share=words.percent(row["own_initiative_share"]),
        rest=unlinked - own,
    )  # fmt: skip


def adoption(visit: Visit, table: pd.DataFrame) -> str:
    """How aligned goals were taken from above; nothing where none is aligned."""
    words = visit.words
    if table.empty or not table.iloc[0]["aligned"]:
        return words.say("No goal serves a goal above it.")
    row = table.iloc[0]
    parts = [
        words.say(KINDS[kind], share=f"{words.percent(row[f'{kind}_share'])} ({Count(row[kind])})")
        for kind in ADOPTIONS if row[kind]
    ]  # fmt: skip
    semicolon = words.say("; ")
    return words.say("Of {count} aligned goals: {parts}.", count=int(row["aligned"]), parts=semicolon.join(parts))


def broken_title(visit: Visit, rows: pd.DataFrame) -> str:
    """How many links lead nowhere, or round in a circle."""
    return visit.words.say_plural(
        "{count} link leads to something unknown, to itself or in a circle",
        "{count} links lead to something unknown, to themselves or in circles", len(rows),
    )  # fmt: skip


def broken_rows(visit: Visit, problems: pd.DataFrame) -> pd.DataFrame:
    """Such links with their cells, the message in the reader's language."""
    message = "message_zh" if visit.words.language == "zh_CN" else "message"
    return problems.assign(message=problems[message])[["file", "sheet", "cell", "value", "message"]]


def _side_title(visit: Visit, rows: pd.DataFrame, side: str) -> str:
    share = rows["anchored"].sum() / rows["should_align"].sum()
    return visit.words.say(FLOWS[side], share=visit.words.percent(share))


def _labelled(visit: Visit, rows: pd.DataFrame) -> pd.DataFrame:
    """The units with the number of their goals; of too many those with most goals that lead nowhere."""
    kept = rows.loc[rows["loose"].nlargest(MOST_UNITS, keep="first").index.sort_values()]
    counts = [visit.words.say_plural("{count} goal", "{count} goals", int(number)) for number in kept["should_align"]]
    return kept.assign(team=[f"{team}\n{count}" for team, count in zip(kept["team"], counts, strict=True)])


def _side_note(visit: Visit, rows: pd.DataFrame) -> str:
    words, sums = visit.words, rows[["should_align", "below_leaders", "anchored_within"]].sum()
    said = words.say(
        "{count} goals that should align. Of {below} that are not the leadership's own, {within} lead to a goal of "
        "their leadership, whether or not it leads on to the company.",
        count=int(sums["should_align"]), below=int(sums["below_leaders"]), within=int(sums["anchored_within"]),
    )  # fmt: skip
    if len(rows) <= MOST_UNITS:
        return said
    return f"{said} {words.say('Shown: the {count} with most goals that lead to neither.', count=MOST_UNITS)}"
