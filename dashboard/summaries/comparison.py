"""Words and rows of the page Compare."""

import pandas as pd

from dashboard.visit import Visit
from dashboard.wording import plain


def headline(visit: Visit, whole: pd.DataFrame, week: int) -> str:
    """The compared quarters' averages in one sentence, with the change from the first to the last."""
    words, ends = visit.words, whole.iloc[[0, -1]]
    first, last = ends.iloc[0], ends.iloc[-1]
    named = {
        "a": first["quarter"], "a_rate": words.percent(first["completion_rate"]),
        "b": last["quarter"], "b_rate": words.percent(last["completion_rate"]),
        "change": words.points(last["completion_rate"] - first["completion_rate"]), "week": week,
    }  # fmt: skip
    if visit.week_now(last["quarter"]):
        return words.say("In week {week}, {b} stands at {b_rate} and {a} stood at {a_rate}: {change}", **named)
    if week:
        return words.say("At the end of week {week}, {b} stood at {b_rate} and {a} at {a_rate}: {change}", **named)
    return words.say("{b} ended at {b_rate} and {a} at {a_rate}: {change}", **named)


def nothing(visit: Visit, ends: pd.DataFrame, week: int) -> str:
    """Why nothing can be compared: there are no scores, or there are at the ends and none has a day by the week."""
    if week and ends["scored"].any():
        return visit.words.say(
            "No score of these quarters has a day up to week {week}, so that they cannot be compared at that week.",
            week=week,
        )
    return visit.words.say("These quarters have no scores to compare, or no team in common.")


def weeks_title(visit: Visit, quarters: list[str]) -> str:
    """What the lines show."""
    comma = visit.words.say(", ")
    return visit.words.say("{last} week by week, beside {others}", last=quarters[-1], others=comma.join(quarters[:-1]))


def across_title(visit: Visit, teams: pd.DataFrame, quarters: list[str]) -> str:
    """How many teams stand higher in the last quarter than in the first, and how many lower."""
    wide = teams.pivot_table(index="path", columns="quarter", values="completion_rate")
    both = wide.reindex(columns=[quarters[0], quarters[-1]]).dropna()
    change = (both[quarters[-1]] - both[quarters[0]]).round(2)
    return visit.words.say(
        "Teams higher in {b} than in {a}: {up}; lower: {down}",
        a=quarters[0], b=quarters[-1], up=int((change > 0).sum()), down=int((change < 0).sum()),
    )  # fmt: skip


def rows(visit: Visit, teams: pd.DataFrame, quarters: list[str]) -> pd.DataFrame:
    """One row per team: each quarter's average in percent, the change, then each quarter's scored and missing goals."""
    table = teams.assign(rate=100 * teams["completion_rate"])
    order = list(dict.fromkeys(table["team"]))
    wide = table.pivot_table(index="team", columns="quarter", values=["rate", "scored", "missing"], aggfunc="first")
    columns = {
        label: wide.get((kind, quarter))
        for kind, name in (("rate", ""), ("scored", visit.words.say("scored")), ("missing", visit.words.say("missing")))
        for quarter in quarters
        for label in [f"{quarter} {name}".strip()]
    }
    frame = pd.DataFrame(columns, index=wide.index).reindex(order)
    frame.insert(len(quarters), "change", (frame[quarters[-1]] - frame[quarters[0]]).round())
    return frame.round(dict.fromkeys(quarters, 0)).rename_axis("team").reset_index()


def anchoring_title(visit: Visit, anchored: pd.DataFrame) -> str:
    """The branch whose goals lead to the company's the least in the last quarter shown."""
    words = visit.words
    last = anchored[anchored["quarter"] == anchored["quarter"].max()]
    least = last.sort_values("anchored_share", kind="stable").iloc[0]
    return words.say(
        "In {quarter}, {share} of the goals of {team} lead to a goal of the company, {inside} to one of the branch "
        "itself",
        quarter=least["quarter"], share=words.percent(least["anchored_share"]), team=plain(least["team"]),
        inside=words.percent(least["anchored_within_share"]),
    )  # fmt: skip


def anchoring_rows(anchored: pd.DataFrame) -> pd.DataFrame:
    """One row per branch and quarter: team, quarter, company and branch (in percent), goals."""
    return pd.DataFrame(
        {
            "team": anchored["team"],
            "quarter": anchored["quarter"],
            "company": (100 * anchored["anchored_share"]).round(),
            "branch": (100 * anchored["anchored_within_share"]).round(),
            "goals": anchored["should_align"],
        }
    )
