"""Words and rows of the page Challenge; names a team only where the method allows it."""

import pandas as pd

from dashboard.sentences import evidence
from dashboard.visit import Visit
from dashboard.wording import AMBITIONS, plain


def title(visit: Visit, window: list[str]) -> str:
    """The page's title with the quarters it looks at; without any if none has ended."""
    if not window:
        return visit.words.say("Challenge")
    if len(window) == 1:
        return visit.words.say("Challenge, {quarter}", quarter=window[0])
    return visit.words.say("Challenge, {since} to {until}", since=window[0], until=window[-1])


def unlabelled(visit: Visit, whole: pd.DataFrame) -> str:
    """First of all: the share of goals of which nobody said whether they are committed or aspirational."""
    row = whole.iloc[0] if len(whole) else {"unknown_ambition": 0}
    if not row["unknown_ambition"]:
        return visit.words.say("Each goal says whether it is committed or aspirational.")
    return visit.words.say(
        "{share} of the goals do not say whether they are committed or aspirational ({count} of {total}); "
        "they are held against the sweet spot with the aspirational ones.",
        share=visit.words.percent(row["unknown_ambition_share"], high=0.0),
        count=int(row["unknown_ambition"]),
        total=int(row["objectives"]),
    )


def near_top_title(visit: Visit, whole: pd.DataFrame) -> str:
    """The whole's share near excellent against the ceiling, over the window."""
    words, row = visit.words, whole.iloc[0]
    share, ceiling = words.percent(row["too_high_rate"], high=row["ceiling"]), words.percent(row["ceiling"])
    if row["too_high_rate"] > row["ceiling"]:
        return words.say(
            "{share} of the goals not committed ended near excellent, above the ceiling of {ceiling}",
            share=share, ceiling=ceiling,
        )  # fmt: skip
    return words.say(
        "{share} of the goals not committed ended near excellent, within the ceiling of {ceiling}",
        share=share, ceiling=ceiling,
    )  # fmt: skip


def eligible_basis(visit: Visit, rows: pd.DataFrame) -> str:
    """How many goals the share rests on and from which score on they count as near 优."""
    return visit.words.say(
        "Goals not committed and scored: {eligible}, of {objectives} taking part; near excellent: a score of "
        "{from_score} or more",
        eligible=int(rows["n"].sum()),
        objectives=int(rows["objectives"].sum()),
        from_score=visit.words.percent(visit.policy.threshold.too_high),
    )  # fmt: skip


def bins_title(visit: Visit, bins: pd.DataFrame) -> str:
    """Where most goals that are not committed lie; every such tenth where several hold as many."""
    words, tops = visit.words, bins.loc[bins["eligible"] == bins["eligible"].max(), "bin"]
    tenths = [
        words.say("{low} to {high}", low=words.percent(place / 10), high=words.percent((place + 1) / 10))
        for place in tops
    ]
    return words.say("Where most goals not committed ended: {tenths}", tenths=words.say(", ").join(tenths))


def bins_note(visit: Visit) -> str:
    """What the colours of the distribution mean."""
    return visit.words.say("In colour: goals not committed; grey on top: committed ones, which are due at 100%.")


def interval_rows(visit: Visit, teams: pd.DataFrame) -> pd.DataFrame:
    """The teams' rows with the label to show: a name only where the method allows it, and the number of goals."""
    counts = [visit.words.say_plural("{count} goal", "{count} goals", int(n)) for n in teams["n"]]
    names = teams["team"].where(teams["named"], visit.words.say("not named"))
    return teams.assign(team=[f"{name}\n{count}" for name, count in zip(names, counts, strict=True)])


def teams_title(visit: Visit, teams: pd.DataFrame) -> str:
    """Which teams stand above the others beyond chance, if any does."""
    words = visit.words
    flagged = teams[teams["flagged"]]
    if flagged.empty:
        return words.say("No team is near excellent more often than chance allows")
    names = flagged["team"].map(plain).where(flagged["named"], words.say("not named"))
    return words.say("Near excellent more often than chance allows: {teams}", teams=words.say(", ").join(names))


def teams_note(visit: Visit, teams: pd.DataFrame) -> str:
    """How the marks read, what grey means, and which goals stand behind."""
    words = visit.words
    return words.say(
        "Filled mark and bar: the estimated share near excellent with its 90% interval; hollow: the plain share. "
        "Orange: above the others beyond chance; any other colour: upwards it does not differ from the others. A team "
        "is named only if its share was above that of all in at least two quarters. Goals not committed and scored, "
        "each team's own: {n}.",
        n=int(teams["n"].sum()),
    )  # fmt: skip


def goal_rows(visit: Visit, goals: pd.DataFrame) -> pd.DataFrame:
    """One row per goal: objective_id, title, team, cycle, ambition, score (in percent), evidence in words."""
    words = visit.words
    told = goals.assign(evidence=[evidence(words, found) for found in goals.to_dict("records")])
    semicolon = words.say("; ")
    told["evidence"] = told.groupby("objective_id")["evidence"].transform(semicolon.join)
    rows = told.drop_duplicates("objective_id")
    return pd.DataFrame(
        {
            "title": rows["title"],
            "evidence": rows["evidence"],
            "score": (100 * rows["score"]).round(),
            "cycle": rows["cycle"],
            "team": rows["team"].fillna("–"),
            "ambition": [words.say(AMBITIONS[ambition]) for ambition in rows["ambition"]],
            "objective_id": rows["objective_id"],
        }
    )
