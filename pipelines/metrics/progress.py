"""Progress of key results at a date: the latest check-in, or else what the sheet says."""

from typing import Any

import numpy as np
import pandas as pd

from pipelines.lookup import among, looked_up
from pipelines.metrics.scores import Places

STATED_WITHOUT_VALUE = ("milestone", "yes_no", "ordinal")
DONE = {"done", "yes", "true", "completed", "complete", "achieved", "是", "完成", "已完成", "达成", "已达成"}
NOT_DONE = {"not done", "not_done", "no", "false", "missed", "not completed", "否", "未完成", "未达成"}
ZONES = {"fail": 0.0, "commit": 0.3, "target": 0.7, "stretch": 1.0}
STATEMENT = ["key_result_id", "checked_on", "value", "progress"]
EVER = pd.Timestamp("9999-12-31")


def in_order(check_ins: pd.DataFrame) -> pd.DataFrame:
    """The check-ins of known key results by date, and on one date by batch, file, sheet and row.

    Sorting by where a row came from makes the last one of a day independent of the order in the frame.
    """
    known = check_ins.dropna(subset=["key_result_id", "checked_on"])
    if len(known) < 2:
        return known.reset_index(drop=True)
    keys = [_sortable(known[name]) for name in ("checked_on", "batch_id", "file", "sheet", "row")]
    # Sorting millions of rows costs more than finding out that they are.
    return (known if _sorted(keys) else known.iloc[np.lexsort(keys[::-1])]).reset_index(drop=True)


def progress(asked: pd.DataFrame, check_ins: pd.DataFrame) -> pd.DataFrame:
    """The progress of each asked key result at its date.

    In: rows of `key_result` with `as_of` (missing: everything known), `begun` and `ended` (of its cycle at that
    date); `check_in` as `in_order` gives it. Out, on the same index: raw (not clamped), computed (0–1),
    measured_on (the check-in's day; missing for what the sheet says). Missing where nothing is stated, where
    start equals target and no progress is stated, and before the cycle has begun. Source: S1; falling targets
    by the same signed formula.
    """
    told = _latest(asked, statements(asked, check_ins))
    ends = start_and_target(asked, check_ins)
    silent = told["checked_on"].isna()
    value = told["value"].where(~silent, asked["current"].where(asked["as_of"].isna()))
    raw = share_reached(value, ends["start"], ends["target"]).fillna(told["progress"])
    soft = asked["measure"].isin(STATED_WITHOUT_VALUE)
    raw = raw.fillna(value.where(soft))
    finished = asked["measure"].isin(("milestone", "yes_no")) & (asked["status"] == "done") & asked["ended"]
    raw = raw.mask(finished, 1.0).where(asked["begun"])
    measured_on = told["checked_on"].where(raw.notna() & ~finished)
    return pd.DataFrame({"raw": raw, "computed": raw.clip(0, 1), "measured_on": measured_on})


def start_and_target(asked: pd.DataFrame, check_ins: pd.DataFrame) -> pd.DataFrame:
    """Start and target of each asked key result: its own, or the last ones that check-ins up to its date state."""
    own_first = {name: asked[name].fillna(_last_stated(asked, check_ins, name)) for name in ("start", "target")}
    return pd.DataFrame(own_first)


def share_reached(
    value: "pd.Series[float]", start: "pd.Series[float]", target: "pd.Series[float]"
) -> "pd.Series[float]":
    """(value − start) / (target − start), for rising and falling targets; missing where they are equal."""
    way = target - start
    return (value - start) / way.where(way != 0)


def stated_progress(check_ins: pd.DataFrame, measure: "pd.Series[str]") -> "pd.Series[float]":
    """The progress each check-in states, its words included: done, not done, and the zones of ordinal ones.

    In: check-ins, and the measure of each one's key result on the same index. Silence is missing.
    """
    words = check_ins["status"].str.strip().str.casefold()
    two_sided = measure.isin(("milestone", "yes_no"))
    zones = words.map(ZONES).astype("float64").where(measure == "ordinal")
    stated = zones.fillna(check_ins["progress"]).mask(two_sided & words.isin(DONE), 1.0)
    silent = stated.isna() & check_ins["value"].isna()
    return stated.mask(silent & two_sided & words.isin(NOT_DONE), 0.0)


def statements(asked: pd.DataFrame, check_ins: pd.DataFrame) -> pd.DataFrame:
    """The check-ins that state a value or a progress, words among them, on their own index.

    In: key results, check-ins. Out: key_result_id, checked_on, value, progress (the words' included).
    """
    if check_ins.empty:
        return check_ins[STATEMENT]
    measures = asked.set_index("key_result_id")["measure"]
    soft = measures.index[measures.isin(STATED_WITHOUT_VALUE)]
    worded = check_ins["status"].notna() & among(check_ins["key_result_id"], soft)
    said = check_ins[[*STATEMENT, "status"]]
    if worded.any():
        stated = stated_progress(said[worded], looked_up(said.loc[worded, "key_result_id"], measures))
        said = said.assign(progress=said["progress"].mask(worded, stated))
    return said[said["value"].notna() | said["progress"].notna()].drop(columns="status")


def _last_stated(asked: pd.DataFrame, check_ins: pd.DataFrame, name: str) -> "pd.Series[float]":
    """The last start or target that check-ins up to the date state, for the key results that have none."""
    lacking, stated = asked[name].isna(), check_ins[name].notna()
    if not (lacking.any() and stated.any()):
        return pd.Series(np.nan, asked.index)
    statements = check_ins.loc[stated, ["key_result_id", "checked_on", name]]
    return _latest(asked[lacking], statements)[name].reindex(asked.index)


def _latest(asked: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """The last statement on or before the date of each asked key result; statements are in order."""
    if statements.empty:
        return statements.drop(columns="key_result_id").reindex(asked.index)
    keys = pd.Index(asked["key_result_id"].unique())
    ask = pd.DataFrame({"key": keys.get_indexer(asked["key_result_id"]), "by": asked["as_of"].fillna(EVER)})
    said = statements.assign(key=keys.get_indexer(statements["key_result_id"]))
    said = said[said["key"] >= 0].drop(columns="key_result_id")
    ask = ask.sort_values("by", kind="stable").rename_axis("place").reset_index()
    found = pd.merge_asof(ask, said, left_on="by", right_on="checked_on", by="key")
    return found.set_index("place").drop(columns=["key", "by"]).reindex(asked.index)


def _sorted(keys: "list[Places]") -> bool:
    """Whether rows are in the order of the first key, those alike in it in that of the second, and so on."""
    alike = np.ones(max(len(keys[0]) - 1, 0), dtype=bool)
    for key in keys:
        step = np.diff(key)
        if (alike & (step < 0)).any():
            return False
        alike &= step == 0
    return True


def _sortable(values: "pd.Series[Any]") -> Places:
    """Whole numbers in the order of the values, missing ones first."""
    if pd.api.types.is_datetime64_dtype(values):
        return values.to_numpy().view(np.int64)
    if pd.api.types.is_integer_dtype(values):
        return values.to_numpy(dtype=np.int64, na_value=-1)
    if isinstance(values.dtype, pd.CategoricalDtype) and values.cat.categories.is_monotonic_increasing:
        return np.asarray(values.cat.codes, dtype=np.int64)
    codes, _ = pd.factorize(values, sort=True)
    return np.asarray(codes, dtype=np.int64)
