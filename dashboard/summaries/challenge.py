"""Words and rows of the page Challenge; names a team only where the method allows it."""

import pandas as pd

from dashboard import sentences
from dashboard.visit import Visit
from pipelines.wording import mark


def title(visit: Visit, window: list[str]) -> str:
    """The page's title with the quarters it looks at; without any if none has ended."""
    if not window:
        return visit.words.say("Challenge")
    if len(window) == 1:
        return visit.words.say("Challenge, {quarter}", quarter=window[0])
    return visit.words.say("Challenge, {since} to {until}", since=window[0], until=window[-1])


def first_sentence(visit: Visit, whole: pd.DataFrame) -> str:
    """The page's first sentence: how many goals name no ambition, then the whole's share near excellent."""
    words, row = visit.words, whole.iloc[0]
    share, ceiling = words.percent(row["too_high_rate"], high=row["ceiling"]), words.percent(row["ceiling"])
    unlabelled = words.percent(row["unknown_ambition_share"], high=0.0)
    above = row["too_high_rate"] > row["ceiling"]
    sentence = FIRST[bool(row["unknown_ambition"]), bool(above)]
    return words.say(sentence, share=share, ceiling=ceiling, unlabelled=unlabelled)


FIRST = {
    (False, False): mark(
        "Each goal says whether it is committed or aspirational; of those not committed, {share} ended near excellent, "
        "within the ceiling of {ceiling}."
    ),
    (False, True): mark(
        "Each goal says whether it is committed or aspirational; of those not committed, {share} ended near excellent, "
        "above the ceiling of {ceiling}."
    ),
    (True, False): mark(
        "{unlabelled} of the goals do not say whether they are committed or aspirational; of those not committed, "
        "{share} ended near excellent, within the ceiling of {ceiling}."
    ),
    (True, True): mark(
        "{unlabelled} of the goals do not say whether they are committed or aspirational; of those not committed, "
        "{share} ended near excellent, above the ceiling of {ceiling}."
    ),
}
"""By whether any goal is not labelled, and whether the share is above the ceiling."""


def unlabelled(visit: Visit, whole: pd.DataFrame) -> str:
    """How many goals name no ambition, and with which they are held."""
    row = whole.iloc[0] if len(whole) else {"unknown_ambition": 0}
    if not row["unknown_ambition"]:
        return visit.words.say("Each goal says whether it is committed or aspirational.")
    return visit.words.say_plural(
        "{count} goal of {total} ({share}) is not labelled, and held against the sweet spot with the aspirational "
        "ones.",
        "{count} goals of {total} ({share}) are not labelled, and held against the sweet spot with the aspirational "
        "ones.",
        int(row["unknown_ambition"]),
        total=int(row["objectives"]),
        share=visit.words.percent(row["unknown_ambition_share"], high=0.0),
    )


def trend_title(visit: Visit, by_quarter: pd.DataFrame) -> str:
    """In how many quarters the share near excellent was above the ceiling."""
    words, rows = visit.words, by_quarter[by_quarter["n"] > 0]
    if rows.empty:
        return words.say("No quarter has a goal that could be near excellent")
    above = int((rows["too_high_rate"] > rows["ceiling"]).sum())
    if not above:
        ceiling = words.percent(rows["ceiling"].iloc[0])
        return words.say("Near excellent: within the ceiling of {ceiling} in every quarter", ceiling=ceiling)
    return words.say_plural(
        "Near excellent: above the ceiling of {ceiling} in {above} of {count} quarter",
        "Near excellent: above the ceiling of {ceiling} in {above} of {count} quarters",
        len(rows), above=above, ceiling=words.percent(rows["ceiling"].iloc[0]),
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
    flagged = flagged.sort_values("named", ascending=False, kind="stable")
    names = list(flagged["team"].where(flagged["named"], words.say("not named")))
    return words.say("Near excellent more often than chance allows: {teams}", teams=sentences.teams(words, names))


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
