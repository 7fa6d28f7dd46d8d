"""Writes check-in logs and plain tables as CSV, the same bytes for the same content."""

import io
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv

ENGLISH = {
    "Date": "checked_on", "Key result ID": "key_result_id", "Value": "value", "Progress": "progress",
    "Confidence": "confidence", "Note": "note", "By": "owner",
}  # fmt: skip
CHINESE = {
    "日期": "checked_on", "关键结果编号": "key_result_id", "最新值": "value", "完成度": "progress",
    "信心指数": "confidence", "说明": "note", "所有者": "owner",
}  # fmt: skip
FAULT_WITHOUT_DATE, FAULT_WITHOUT_STATEMENT = 40, 90


def write_log(path: Path, check_ins: pd.DataFrame, *, faulty: bool = False) -> int:
    """The headquarters' log of a year in UTF-8, sorted by day; the faulty one has two rows that cannot be kept."""
    log = _sorted(check_ins)
    return write_table(path, _with_faults(log) if faulty else log, ENGLISH)


def write_chinese_log(path: Path, check_ins: pd.DataFrame) -> int:
    """The monthly branch's log of a year as Excel saves it in China: GB18030, confidence and progress in percent."""
    log = _sorted(check_ins)
    log["confidence"] = _percent(log["confidence"])
    log["progress"] = _percent(log["progress"])
    return write_table(path, log, CHINESE, encoding="gb18030")


def write_table(path: Path, frame: pd.DataFrame, headers: dict[str, str], *, encoding: str = "utf-8") -> int:
    """The frame's columns under these headers; the number of rows."""
    columns = [_arrow(frame[column]) for column in headers.values()]
    rows = io.BytesIO()
    csv.write_csv(pa.table(columns, names=list(headers)), rows, csv.WriteOptions(include_header=False))
    body = rows.getvalue()
    heading = ",".join(headers) + "\n"
    path.write_bytes(
        heading.encode(encoding) + (body if encoding == "utf-8" else body.decode("utf-8").encode(encoding))
    )
    return len(frame)


def _sorted(check_ins: pd.DataFrame) -> pd.DataFrame:
    return check_ins.sort_values("checked_on", kind="stable", ignore_index=True)


def _with_faults(log: pd.DataFrame) -> pd.DataFrame:
    dateless = log.iloc[[FAULT_WITHOUT_DATE]].assign(note="Forgot the date.")
    dateless["checked_on"] = dateless["checked_on"].where(dateless["checked_on"].isna())
    silent = log.iloc[[FAULT_WITHOUT_STATEMENT]].assign(
        value=np.nan, progress=np.nan, confidence=np.nan, note="Nothing new."
    )
    before, rest = log.iloc[:FAULT_WITHOUT_DATE], log.iloc[FAULT_WITHOUT_DATE:]
    between = FAULT_WITHOUT_STATEMENT - FAULT_WITHOUT_DATE
    return pd.concat([before, dateless, rest.iloc[:between], silent, rest.iloc[between:]], ignore_index=True)


def _percent(shares: "pd.Series[float]") -> "pd.Series[str]":
    return (shares * 100).round().map("{:.0f}%".format, na_action="ignore")


def _arrow(values: pd.Series) -> pa.Array:
    if pd.api.types.is_datetime64_any_dtype(values):
        return pa.array(values.to_numpy().astype("datetime64[D]"))
    if pd.api.types.is_float_dtype(values):
        return pa.array(values.to_numpy(), from_pandas=True)
    return pa.array(values.astype(object).mask(values.eq("") | values.isna(), None).to_numpy(), pa.string())
