"""From kept logs to the table `check_in`, by SQL, so that no log passes through memory as a whole."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.schema import CHECK_IN, conform, stated_columns
from pipelines.warehouse.drafting import Draft

# How rows refer to key results: what they state of them and where. Rows alike in all of it mean the same one.
REFERENCE = ["batch_id", "file", "sheet", "cycle", "team", "objective", "objective_row", "key_result",
             "key_result_row"]  # fmt: skip
NAMED = (*REFERENCE, "goal", "key_result_id", "starts_on", "ends_on", "spans", "why", "candidates")


@dataclass(frozen=True)
class Log:
    """Check-ins as one file of a batch stated them, kept as Parquet in the order of their rows."""

    batch_id: int
    path: Path

    @property
    def values(self) -> dict[str, object]:
        """What the queries about it need."""
        return {"path": str(self.path), "batch_id": self.batch_id}


class LostLogError(Exception):
    """What was kept of this log cannot be read."""

    def __init__(self, log: Log) -> None:
        super().__init__(str(log.path))
        self.log = log


def references(draft: Draft, logs: Sequence[Log]) -> pd.DataFrame:
    """The different ways in which the logs' rows refer to key results: the columns `REFERENCE`."""
    columns = ", ".join(f'"{name}"' for name in REFERENCE[1:])
    query = f"SELECT $batch_id AS batch_id, {columns} FROM read_parquet($path) GROUP BY ALL"  # noqa: S608
    kinds = tuple(column for column in (*CHECK_IN.columns, *stated_columns(CHECK_IN)) if column.name in REFERENCE)
    found = [_asked(draft, query, log) for log in logs]
    return conform(pd.concat(found, ignore_index=True) if found else pd.DataFrame(), kinds)


def add_check_ins(draft: Draft, logs: Sequence[Log], named: pd.DataFrame) -> None:
    """Every row of the logs, with the key result that its reference means, in their order.

    In: the references with `goal`, a number for the key result (missing where the row waits), and its printed
    `key_result_id`. A later batch replaces a key result's day; within a batch all its rows are kept.
    """
    with draft.arriving(named[list(NAMED)]):
        draft.connection.execute("CREATE TEMP TABLE named AS SELECT * FROM arriving")
    _find_newest(draft, logs, named)
    columns = ", ".join(
        {"key_result_id": "named.key_result_id", "batch_id": "$batch_id"}.get(name, f'said."{name}"')
        for name in CHECK_IN.names
    )
    query = f"""
        SELECT {columns} FROM {_said(named)}
        WHERE NOT EXISTS (FROM newest WHERE newest.goal = named.goal AND newest.checked_on = said.checked_on
                          AND newest.batch_id > $batch_id)
    """  # noqa: S608 - names of the schema
    for log in logs:
        with _told_if_lost(draft, log):
            draft.insert("check_in", query, log.values)


def waiting(draft: Draft, logs: Sequence[Log], named: pd.DataFrame) -> pd.DataFrame:
    """The rows whose key result is not found: batch_id, file, sheet, row, key_result, why, candidates."""
    columns = "$batch_id AS batch_id, said.file, said.sheet, said.row, said.key_result, named.why, named.candidates"
    query = f"SELECT {columns} FROM {_said(named)} WHERE named.why IS NOT NULL"  # noqa: S608
    batches = set(named.loc[named["why"].notna(), "batch_id"])
    found = [_asked(draft, query, log) for log in logs if log.batch_id in batches]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["why", "candidates"])


def outside_cycle(draft: Draft) -> pd.DataFrame:
    """The check-ins dated outside the cycle of their key result: batch_id, file, sheet, row, checked_on, spans."""
    return draft.asked("""
        SELECT said.batch_id, said.file, said.sheet, said.row, said.checked_on, goals.spans
        FROM check_in AS said JOIN (SELECT DISTINCT ON (key_result_id) * FROM named) AS goals USING (key_result_id)
        WHERE said.checked_on < goals.starts_on OR said.checked_on > goals.ends_on
    """)


def _find_newest(draft: Draft, logs: Sequence[Log], named: pd.DataFrame) -> None:
    """The last batch that speaks of a key result's day, for the key results of which several batches speak."""
    draft.connection.execute("CREATE TEMP TABLE newest (goal BIGINT, checked_on TIMESTAMP, batch_id BIGINT)")
    batches = named.dropna(subset="goal").groupby("goal")["batch_id"].nunique()
    several = named[named["goal"].isin(batches.index[batches > 1])]
    with draft.arriving(several[["goal"]].drop_duplicates()):
        draft.connection.execute("CREATE TEMP TABLE several AS SELECT * FROM arriving")
    query = f"""
        SELECT named.goal, said.checked_on, max($batch_id) FROM {_said(named)}
        WHERE named.goal IN (FROM several) GROUP BY ALL
    """  # noqa: S608
    for log in logs:
        if log.batch_id in set(several["batch_id"]):
            with _told_if_lost(draft, log):
                draft.connection.execute(f"INSERT INTO newest {query}", log.values)


def _said(named: pd.DataFrame) -> str:
    """Rows of a log, each with what its reference means; what no reference states need not be compared."""
    stated = [name for name in REFERENCE[1:] if named[name].notna().any()]
    alike = ["named.batch_id = $batch_id", *(f'named."{name}" IS NOT DISTINCT FROM said."{name}"' for name in stated)]
    return f"read_parquet($path) AS said JOIN named ON {' AND '.join(alike)}"


def _asked(draft: Draft, query: str, log: Log) -> pd.DataFrame:
    with _told_if_lost(draft, log):
        return draft.asked(query, log.values)


@contextmanager
def _told_if_lost(draft: Draft, log: Log) -> Iterator[None]:
    try:
        yield
    except duckdb.Error as error:
        if _is_whole(draft, log):
            raise
        raise LostLogError(log) from error


def _is_whole(draft: Draft, log: Log) -> bool:
    """Whether every column of the log can be read: a query may fail for want of room as well."""
    try:
        draft.asked("SELECT max(COLUMNS(*)) FROM read_parquet($path)", {"path": str(log.path)})
    except duckdb.Error:
        return False
    return True
