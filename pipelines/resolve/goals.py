"""Objectives and key results: which rows are the same, what they belong to, and how their ids are printed."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pipelines.lookup import looked_up
from pipelines.problems import rule
from pipelines.resolve.findings import findings, together
from pipelines.resolve.identity import disagreements, later_wins, printed
from pipelines.resolve.references import AMBIGUOUS, UNKNOWN, Names, Stated, by_position, find
from pipelines.schema import KEY_RESULT, OBJECTIVE, Table
from pipelines.texts import derived, normalised

UNKNOWN_CYCLE = rule(
    "cycle_without_days",
    "waiting",
    "the days of the cycle “{value}” are not known, so this objective waits. Write the cycle like 2025-Q3, "
    "or load a sheet `cycles` with its first and last day.",
)
UNKNOWN_OBJECTIVE = rule(
    "objective_unknown",
    "waiting",
    "no objective “{value}” is known yet; the row waits for it. Load the file that holds it, or correct the reference.",
)
AMBIGUOUS_OBJECTIVE = rule(
    "objective_ambiguous",
    "waiting",
    "“{value}” may mean {candidates}; the row waits. Write an id that only one has, or the cycle beside it.",
)
SCOPE = ["batch_id", "file", "folder", "sheet", "cycle", "starts_on", "ends_on", "team_id"]
NAMEABLE = ["key", "stated_id", "shown", "scope", "normal_title", *SCOPE, "row"]
"""What a statement says of the places and names by which references find its goal."""


@dataclass(frozen=True)
class Goals(Stated):
    """Resolved rows by `key`, the rows that stated them, ways to name them, and what was found wrong."""

    merged: pd.DataFrame
    problems: pd.DataFrame


def resolve_objectives(rows: pd.DataFrame, *, labels: dict[str, str]) -> Goals:
    """Objectives by (cycle, id), or by an id derived from cycle, team, owner, level and title.

    In: stated rows with `team_id` and the cycle's days; labels: how each team is printed. An objective whose
    cycle has no days waits: it is in `merged` without days, so that nothing else takes its place.
    """
    team = looked_up(rows["team_id"], pd.Series(labels, dtype="str")).fillna(rows["team"])
    parts = pd.DataFrame({"cycle": rows["cycle"], "team": normalised(team), "owner": normalised(rows["owner"])})
    parts = parts.assign(level=rows["level"], title=normalised(rows["title"]))
    unnamed = rows["objective_id"].isna()
    ids = rows["objective_id"].mask(unnamed, derived("o-", parts[unnamed]).reindex(rows.index))
    stated = rows.assign(stated_id=ids, key=rows["cycle"].fillna("") + "\x1f" + ids)
    merged = later_wins(stated)
    merged["objective_id"] = printed(merged["stated_id"], merged["cycle"])
    problems = [
        disagreements(stated, OBJECTIVE.name, columns=_comparable(OBJECTIVE)),
        findings(UNKNOWN_CYCLE, rows[rows["starts_on"].isna()].drop_duplicates("cycle"), "cycle", value="cycle"),
    ]
    stated = _nameable(stated, merged["objective_id"], merged["cycle"])
    return Goals(stated, names_of(stated), merged, together(problems))


def of_objective(rows: pd.DataFrame, objectives: Stated) -> pd.DataFrame:
    """For each row the `key` of the objective it names by position, id or title; else `why` not."""
    placed = by_position(rows, objectives.stated, row="objective_row")
    asked = rows[placed.isna() & rows["objective"].notna()]
    found = find(with_texts(asked, "objective"), objectives.names)
    found = found.reindex(rows.index)
    found["key"] = placed.fillna(found["key"])
    lost = found["key"].isna() & rows["objective_row"].notna()
    return found.assign(why=found["why"].mask(lost & found["why"].isna(), UNKNOWN))


def resolve_key_results(rows: pd.DataFrame, objectives: Goals) -> Goals:
    """Key results by (objective, id or title); those whose objective is unknown are kept and wait."""
    found = of_objective(rows, objectives)
    above = objectives.merged.reindex(found["key"]).set_axis(rows.index)
    orphan = found["key"].isna()
    base = found["key"].mask(
        orphan, "?" + normalised(rows["objective"]).fillna(rows["file"]) + rows["cycle"].fillna("")
    )
    unnamed = rows["key_result_id"].isna()
    title = normalised(rows["title"])
    made = derived("k-", pd.DataFrame({"objective": base, "title": title})[unnamed]).reindex(rows.index)
    ids = rows["key_result_id"].mask(unnamed, made)
    own = {name: above[name].where(~orphan, rows[name]) for name in ("cycle", "team_id", "starts_on", "ends_on")}
    stated = rows.assign(**own, objective_key=found["key"], stated_id=ids, key=base + "\x1f" + ids)
    merged = later_wins(stated)
    upper = looked_up(merged["objective_key"], objectives.merged["objective_id"])
    merged["objective_id"] = upper.where(merged["starts_on"].notna() & upper.notna())
    merged["key_result_id"] = printed(merged["stated_id"], merged["cycle"], upper.fillna(merged["objective"]))
    problems = [disagreements(stated, KEY_RESULT.name, columns=_comparable(KEY_RESULT)), *waiting(rows, found)]
    stated = _nameable(stated, merged["key_result_id"], upper.fillna(merged["objective"]))
    return Goals(stated, names_of(stated), merged, together(problems))


def waiting(rows: pd.DataFrame, found: pd.DataFrame) -> list[pd.DataFrame]:
    """A finding for each row whose objective is unknown or ambiguous."""
    rows = rows.assign(candidates=found["candidates"])
    details = {"candidates": "candidates"}
    return [
        findings(UNKNOWN_OBJECTIVE, rows[found["why"] == UNKNOWN], "objective", value="objective"),
        findings(AMBIGUOUS_OBJECTIVE, rows[found["why"] == AMBIGUOUS], "objective", value="objective", details=details),
    ]


def with_texts(rows: pd.DataFrame, column: str) -> pd.DataFrame:
    """The rows as references: the text as written and in its normal form."""
    text = rows[column].astype("str").str.strip()
    return rows.assign(exact=text, normal=normalised(text))


def _nameable(stated: pd.DataFrame, shown: pd.Series, scope: pd.Series) -> pd.DataFrame:
    """The statements with all that names are made of (`NAMEABLE`)."""
    return stated.assign(
        shown=looked_up(stated["key"], shown),
        scope=looked_up(stated["key"], scope),
        normal_title=normalised(stated["title"]),
    )


def names_of(stated: pd.DataFrame) -> tuple[Names, Names]:
    """By id, as written or with its scope in front as it may be printed; and by title."""
    label = stated["shown"]
    rows = stated[["key", *SCOPE]].assign(label=label + " (" + stated["file"] + ")")
    own, scoped = stated["stated_id"], stated["scope"] + ":" + stated["stated_id"]
    ids = [own, scoped, label[(label != own) & (label != scoped)]]
    by_id = pd.concat([rows.loc[name.index].assign(name=name) for name in ids])
    # Rows that state one goal again name it in the same way; to look for them takes long where there are none.
    by_id = by_id.drop_duplicates() if rows["key"].duplicated().any() else by_id
    return Names(by_id, exact=True), Names(rows.assign(name=stated["normal_title"]), exact=False)


def _comparable(table: Table) -> Sequence[str]:
    return [column.name for column in table.stated if column.name not in NOT_COMPARED]


NOT_COMPARED = {"objective_id", "key_result_id", "objective", "objective_row", "cycle", "team"}
