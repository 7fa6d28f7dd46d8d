"""Check-ins, links and changes: what each row is about."""

import pandas as pd

from pipelines.lookup import looked_up
from pipelines.problems import Rule, rule
from pipelines.resolve.findings import NOTHING, findings, together
from pipelines.resolve.goals import Goals, of_objective, waiting, with_texts
from pipelines.resolve.references import AMBIGUOUS, UNKNOWN, Names, Stated, by_position, find
from pipelines.schema import CHANGE, conform, empty
from pipelines.texts import normalised

UNKNOWN_KEY_RESULT = rule(
    "key_result_unknown",
    "waiting",
    "no key result “{value}” is known yet; the row waits for it. "
    "Load the file that holds it, or correct the reference.",
)
AMBIGUOUS_KEY_RESULT = rule(
    "key_result_ambiguous",
    "waiting",
    "“{value}” may mean {candidates}; the row waits. "
    "Write an id that only one has, or its objective or cycle beside it.",
)
UNKNOWN_PARENT = rule(
    "parent_unknown",
    "waiting",
    "no objective or key result “{value}” is known yet; the link waits for it. "
    "Load the file that holds it, or correct the reference.",
)
AMBIGUOUS_PARENT = rule(
    "parent_ambiguous", "waiting", "“{value}” may mean {candidates}; the link waits. Write an id that only one has."
)
LINKED = ["child_key", "child_objective_id", "parent_key", "parent_kind", "parent_id"]
Resolved = tuple[pd.DataFrame, pd.DataFrame]


def resolve_check_ins(references: pd.DataFrame, objectives: Stated, key_results: Goals) -> pd.DataFrame:
    """The references with the key result each means.

    In: the ways in which check-ins refer, placed; `merged` with the numbers of the key results. Out, beside them:
    goal (that number), key_result_id, starts_on, ends_on, spans (of its cycle); where there is none: why, candidates.
    """
    found = of_key_result(references, objectives, key_results)
    goals = key_results.merged.assign(spans=key_results.merged["cycle"])
    named = goals[["goal", "key_result_id", "starts_on", "ends_on", "spans"]].reindex(found["key"])
    named["goal"] = named["goal"].astype("Int64")
    named = named.set_axis(references.index)
    return references.assign(**named, why=found["why"].where(found["key"].isna()), candidates=found["candidates"])


def waiting_check_ins(rows: pd.DataFrame) -> pd.DataFrame:
    """What is told of check-ins whose key result is not found: their rows with why, candidates."""
    return together(_unknown(rows, rows, "key_result", UNKNOWN_KEY_RESULT, AMBIGUOUS_KEY_RESULT))


def of_key_result(rows: pd.DataFrame, objectives: Stated, key_results: Goals) -> pd.DataFrame:
    """For each row the `key` of the key result it names; where it names an objective too, one of that objective's."""
    placed = _placed(rows, key_results)
    above = of_objective(rows, objectives)
    beside = rows["objective"].notna() | rows["objective_row"].notna()
    asked = placed.isna() & rows["key_result"].notna()
    alone = find(with_texts(rows[asked & ~beside], "key_result"), key_results.names)
    inside = _inside(with_texts(rows[asked & beside], "key_result"), above, key_results)
    found = pd.concat([alone, inside]).reindex(rows.index)
    found["key"] = placed.fillna(found["key"])
    return found


def _placed(rows: pd.DataFrame, key_results: Goals) -> pd.Series:
    if "key_result_row" not in rows:
        return pd.Series(None, index=rows.index, dtype="str")
    return by_position(rows, key_results.stated, row="key_result_row")


def _inside(asked: pd.DataFrame, above: pd.DataFrame, key_results: Goals) -> pd.DataFrame:
    """The key result of that id or title within the objective; unknown or ambiguous while the objective is."""
    if not len(asked):
        return pd.DataFrame({"key": [], "why": [], "candidates": []}, dtype="str")
    above = above.reindex(asked.index)
    asked = asked.assign(objective_key=above["key"])
    keys = pd.Series(None, index=asked.index, dtype="str")
    owner = key_results.merged["objective_key"]
    for way in key_results.names:
        known = way.rows.assign(objective_key=looked_up(way.rows["key"], owner)).dropna(
            subset=["objective_key", "name"]
        )
        keyed = known.drop_duplicates(["objective_key", "name"]).set_index(["objective_key", "name"])["key"]
        text = asked["exact" if way.exact else "normal"]
        asked_for = pd.MultiIndex.from_arrays([asked["objective_key"], text])
        keys = keys.fillna(keyed.reindex(asked_for).set_axis(asked.index))
    why = above["why"].where(above["why"] == AMBIGUOUS, UNKNOWN).where(keys.isna())
    return pd.DataFrame({"key": keys, "why": why, "candidates": above["candidates"]})


def resolve_links(rows: pd.DataFrame, objectives: Goals, key_results: Goals) -> Resolved:
    """The table `alignment`: each child with each parent once, with the keys of both objectives; and what waits."""
    if rows.empty:
        return rows.assign(**dict.fromkeys(LINKED, pd.Series(dtype="str"))), NOTHING
    child = of_objective(rows, objectives)
    by_id, by_title = (_either(*pair) for pair in zip(objectives.names, key_results.names, strict=True))
    own = ("O" + child["key"]).astype("str")
    parent = find(with_texts(rows, "parent").assign(own=own), [*by_id, *by_title], strict=False)
    parent = _shown(parent, rows, objectives, key_results)
    parent = _itself(parent, own, rows["parent"], looked_up(child["key"], objectives.merged["title"]))
    problems = waiting(rows[child["key"].isna()], child[child["key"].isna()])
    problems += _unknown(rows, parent, "parent", UNKNOWN_PARENT, AMBIGUOUS_PARENT)
    key, is_objective = parent["key"].str[1:], parent["key"].str.startswith("O", na=False)
    linked = rows.assign(
        child_key=child["key"],
        child_objective_id=_of(objectives, child["key"], "objective_id"),
        parent_key=key.where(is_objective, _of(key_results, key, "objective_key")),
        parent_kind=is_objective.map({True: "objective", False: "key_result"}),
        parent_id=_of(objectives, key, "objective_id").where(is_objective, _of(key_results, key, "key_result_id")),
    )
    linked = linked[child["key"].notna() & parent["key"].notna()]
    once = linked.drop_duplicates(["child_objective_id", "parent_kind", "parent_id"], keep="last")
    return once, together(problems)


def _shown(parent: pd.DataFrame, rows: pd.DataFrame, objectives: Goals, key_results: Goals) -> pd.DataFrame:
    """The parents found; where the sheet shows the parent's row, the goal that stands there."""
    placed = "O" + by_position(rows, objectives.stated, row="parent_row")
    placed = placed.fillna("K" + by_position(rows, key_results.stated, row="parent_row"))
    return parent.assign(key=placed.fillna(parent["key"]), why=parent["why"].mask(placed.notna()))


def _itself(parent: pd.DataFrame, own: pd.Series, text: pd.Series, title: pd.Series) -> pd.DataFrame:
    """The parents found; a title that is the child's own, and nobody else's, means the child."""
    alone = (parent["why"] == UNKNOWN) & (normalised(text) == normalised(title))
    return parent.assign(key=parent["key"].mask(alone, own), why=parent["why"].mask(alone))


def resolve_changes(rows: pd.DataFrame, objectives: Goals, key_results: Goals) -> Resolved:
    """The table `change`, each statement once, and what waits."""
    if rows.empty:
        return empty(CHANGE.columns), NOTHING
    child = of_objective(rows, objectives)
    goal = of_key_result(rows, objectives, key_results)
    about = goal["key"].notna()
    upper = _of(key_results, goal["key"], "objective_id")
    stated = rows.assign(
        key_result_id=_of(key_results, goal["key"], "key_result_id"),
        objective_id=upper.where(about, _of(objectives, child["key"], "objective_id")),
    )
    alone = rows["key_result"].isna()
    problems = waiting(rows[alone], child[alone])
    problems += _unknown(rows, goal, "key_result", UNKNOWN_KEY_RESULT, AMBIGUOUS_KEY_RESULT)
    values = [name for name in CHANGE.names if name not in {"batch_id", "file", "sheet", "row"}]
    known = conform(stated[about | child["key"].notna()], CHANGE.columns)
    return known.drop_duplicates(values, keep="last"), together(problems)


def _either(of_objectives: Names, of_key_results: Names) -> tuple[Names, Names]:
    """The same ways of naming with keys that tell objectives (O) from key results (K)."""
    marked = ((of_objectives, "O"), (of_key_results, "K"))
    both = [Names(way.rows.assign(key=sign + way.rows["key"]), exact=way.exact) for way, sign in marked]
    return both[0], both[1]


def _of(goals: Goals, keys: pd.Series, column: str) -> pd.Series:
    return looked_up(keys, goals.merged[column])


def _unknown(
    rows: pd.DataFrame, found: pd.DataFrame, column: str, unknown: Rule, ambiguous: Rule
) -> list[pd.DataFrame]:
    rows = rows.assign(candidates=found["candidates"])
    details = {"candidates": "candidates"}
    return [
        findings(unknown, rows[found["why"] == UNKNOWN], column, value=column),
        findings(ambiguous, rows[found["why"] == AMBIGUOUS], column, value=column, details=details),
    ]
