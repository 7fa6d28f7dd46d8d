"""Words and rows of the page Rules and changes."""

from typing import Any
from urllib.parse import quote, urlencode

import pandas as pd

from dashboard.visit import Visit
from dashboard.wording import NOTHING, amount
from pipelines.metrics.catalogue_rhythm import RULES
from pipelines.metrics.scores import DECIMALS
from pipelines.wording import mark

LABELS = {rule.name: rule.label for rule in RULES}
TRACKS = {"stretch": mark("stretch"), "base": mark("base"), "none": mark("neither")}


def span(visit: Visit, quarters: list[str], year: str) -> str:
    """The quarters looked at, and their year."""
    say = visit.words.say
    return say("{quarters} and the annual goals of {year}", quarters=say(", ").join(quarters), year=year)


def sentence(visit: Visit, goals: int, found: pd.DataFrame) -> str:
    """First of all: how many findings on how many goals, and which rule is broken most often."""
    words = visit.words
    checked = words.say_plural("{count} goal checked", "{count} goals checked", goals)
    if not len(found):
        return words.say("{checked}: every rule is kept", checked=checked)
    counts = found["rule"].value_counts()
    most = words.say(
        "most often “{rule}” ({count})", rule=words.say(LABELS[counts.index[0]]), count=int(counts.iloc[0])
    )
    told = words.say_plural("{count} finding", "{count} findings", len(found))
    return words.say("{checked}, {told}, {most}", checked=checked, told=told, most=most)


def cells_title(visit: Visit, table: pd.DataFrame) -> str:
    """The rule that most teams break, each team with all below it."""
    rules = [name for name in LABELS if name in table]
    teams = (table[rules] > 0).sum()
    if not teams.max():
        return visit.words.say("No team breaks a rule")
    rule, count = visit.words.say(LABELS[str(teams.idxmax())]), int(teams.max())
    return visit.words.say("“{rule}” is not kept in {count} of {total} teams", rule=rule, count=count, total=len(table))


def broken(table: pd.DataFrame) -> list[str]:
    """The rules that some team does not keep."""
    return [name for name in LABELS if name in table and table[name].any()]


def cells_note(visit: Visit, table: pd.DataFrame) -> str:
    """What the cells hold, and the rules that every team keeps, which have no column."""
    say, rules = visit.words.say, broken(table)
    told = say("Number of findings per team, each with all below it; the deeper, the more for the goals checked.")
    kept = say(", ").join(say(label) for name, label in LABELS.items() if name not in rules)
    return told + say(" No finding, as far as is known: {rules}.", rules=kept) if kept else told


def finding_rows(visit: Visit, found: pd.DataFrame) -> pd.DataFrame:
    """Each finding as listed; one on a whole team leads to that team's alone."""
    say, whole = visit.words.say, visit.words.say("the team as a whole")
    least = visit.policy.rules.bottom_up_share
    teams = [f"rules?{urlencode(visit.link(teams=(path,)), doseq=True)}#{quote(whole)}" for path in found["path"]]
    goals = [
        visit.goal(key, title) if isinstance(key, str) else team
        for key, title, team in zip(found["objective_id"], found["title"], teams, strict=True)
    ]
    return pd.DataFrame({
        "rule": [say(LABELS[rule]) for rule in found["rule"]], "goal": goals, "team": found["team"],
        "cycle": found["cycle"], "found": [_number(row, least) for row in found[["rule", "found"]].to_dict("records")],
        "expected": found["expected"], "source": [say(source) for source in found["source"]],
    })  # fmt: skip


def tracks_title(visit: Visit, table: pd.DataFrame) -> str:
    """How many key results reached which track."""
    counts = {name: int((table["track"] == name).sum()) for name in TRACKS}
    return visit.words.say(
        "Two tracks: {stretch} reached the stretch target, {base} the base target, {none} neither, {unknown} without a "
        "value", unknown=int(table["track"].isna().sum()), **counts,
    )  # fmt: skip


def track_rows(visit: Visit, table: pd.DataFrame) -> pd.DataFrame:
    """Each key result on two tracks with both scores."""
    words = visit.words
    return pd.DataFrame({
        "goal": [visit.goal(key, title) for key, title in zip(table["objective_id"], table["title"], strict=True)],
        "team": table["team"], "cycle": table["cycle"], "base": table["base_target"].map(amount),
        "base_score": [words.percent(score, high=0.999999) for score in table["base_score"]],
        "stretch": table["stretch_target"].map(amount),
        "stretch_score": [words.percent(score, high=0.999999) for score in table["stretch_score"]],
        "track": [words.say(TRACKS[track]) if track in TRACKS else NOTHING for track in table["track"]],
    })  # fmt: skip


def _number(row: dict[Any, Any], least: float) -> str:
    """The number found; a share with as many decimals as show that it lies below the least one asked for."""
    if row["rule"] != "bottom_up_share":
        return amount(row["found"])
    printed = [f"{row['found']:.{decimals}f}" for decimals in range(2, DECIMALS + 1)]
    return next((text for text in printed if float(text) < least), printed[-1])
