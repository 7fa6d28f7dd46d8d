"""Changes nobody wrote down: where a later load states a goal otherwise than an earlier one did."""

import pandas as pd

from pipelines.lookup import among, looked_up
from pipelines.resolve.goals import Goals
from pipelines.schema import CHANGE, KEY_RESULT, OBJECTIVE, PLACE, conform, empty
from pipelines.texts import normalised

# What is agreed when a goal is set. Scores, current values and statuses are its results; an owner is a person.
OBJECTIVE_SETTINGS = ("title", "ambition", "weight")
KEY_RESULT_SETTINGS = ("title", "measure", "unit", "start", "target", "base_target", "stretch_target", "weight",
                       "due_on")  # fmt: skip
KINDS = {f"{table.name}.{column.name}": column.kind for table in (OBJECTIVE, KEY_RESULT) for column in table.stated}
PLACES = [column.name for column in PLACE]


def with_differences(stated: pd.DataFrame, objectives: Goals, key_results: Goals) -> pd.DataFrame:
    """The stated changes, and below them each value of a goal that a later batch states otherwise than an earlier one.

    In and out: the table `change`. A difference has the place of the later statement; no load says when, why and by
    whose leave the goal was changed, so its day, reason and approval are missing. Filling a blank is no change, nor
    is what a draft, or a key result of one, says before it is one no longer, nor another value within one batch, which
    is a doubt.
    """
    batches = pd.concat([objectives.stated["batch_id"], key_results.stated["batch_id"]])
    if batches.nunique() < 2:  # nothing is stated otherwise than before
        return stated.reset_index(drop=True)
    firm = key_results.stated[~_of_drafts(key_results.stated, objectives.stated)]
    of_objectives = _differences(objectives.stated, OBJECTIVE.name, OBJECTIVE_SETTINGS)
    of_key_results = _differences(firm, KEY_RESULT.name, KEY_RESULT_SETTINGS)
    upper = looked_up(of_key_results["key"], key_results.merged["objective_id"])
    ids = looked_up(of_key_results["key"], key_results.merged["key_result_id"])
    found = [
        of_objectives.assign(objective_id=looked_up(of_objectives["key"], objectives.merged["objective_id"])),
        of_key_results.assign(objective_id=upper, key_result_id=ids).dropna(subset=["objective_id"]),
    ]
    tables = [stated, *(conform(table, CHANGE.columns) for table in found)]
    return pd.concat([table for table in tables if len(table)] or [empty(CHANGE.columns)], ignore_index=True)


def _of_drafts(key_results: pd.DataFrame, objectives: pd.DataFrame) -> "pd.Series[bool]":
    """Whether the objective was a draft when its key result was stated: by its last status of this batch or before."""
    goals = objectives[["key", "batch_id", "status"]]
    parts = pd.DataFrame({"key": key_results["objective_key"], "batch_id": key_results["batch_id"]})
    told = pd.concat([goals, parts], ignore_index=True).sort_values("batch_id", kind="stable")
    standing = told.groupby("key")["status"].ffill().sort_index().iloc[len(goals) :]
    return standing.set_axis(key_results.index) == "draft"


def _differences(stated: pd.DataFrame, table: str, settings: tuple[str, ...]) -> pd.DataFrame:
    """One row per change: key, field, old, new, and the later statement's place; in order of key and statement."""
    firm = stated[stated["status"] != "draft"]
    batches = firm.drop_duplicates(["key", "batch_id"])
    again = firm[among(firm["key"], batches.loc[batches["key"].duplicated(), "key"])]
    # Of goals that one batch alone states one setting tells as much as all: nothing.
    each = [_of_setting(again, name, KINDS[f"{table}.{name}"]) for name in (settings if len(again) else settings[:1])]
    return pd.concat(each).sort_index(kind="stable")


def _of_setting(rows: pd.DataFrame, name: str, kind: str) -> pd.DataFrame:
    """Where the last value of a batch differs from the last one of the batches before."""
    last = rows.dropna(subset=[name]).drop_duplicates(["key", "batch_id"], keep="last")
    compared = normalised(last[name]) if kind == "text" else last[name]
    before = compared.groupby(last["key"]).shift()
    moved = before.notna() & (before != compared)
    texts = _texts(last[name], kind)
    told = last[["key", *PLACES]].assign(field=name, old=texts.groupby(last["key"]).shift(), new=texts)
    return told[moved]


def _texts(values: pd.Series, kind: str) -> pd.Series:
    if kind == "date":
        return pd.Series(values.dt.strftime("%Y-%m-%d"), dtype="str")
    return pd.Series(values.map("{:.12g}".format) if kind in ("number", "share") else values, dtype="str")
