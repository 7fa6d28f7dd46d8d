"""From kept logs to the table `check_in`, by SQL, so that no log passes through memory as a whole."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pandas as pd

from pipelines.schema import CHECK_IN, Column, conform, stated_columns
from pipelines.warehouse import log_states
from pipelines.warehouse.drafting import Draft

# How rows refer to key results: what they state of them and where. Rows alike in all of it mean the same one.
REFERENCE = ["batch_id", "file", "sheet", "cycle", "team", "objective", "objective_row", "key_result",
             "key_result_row"]  # fmt: skip
KINDS = tuple(column for column in (*CHECK_IN.columns, *stated_columns(CHECK_IN)) if column.name in REFERENCE)
NAMED = (
    *KINDS,
    Column("goal", "integer", "The number of the key result that is meant; missing where the rows wait."),
    Column("key_result_id", "text", "Its id as printed."),
    Column("starts_on", "date", "The first day of its cycle."),
    Column("ends_on", "date", "The last day of its cycle."),
    Column("spans", "text", "Its cycle."),
    Column("why", "text", "Why none is meant."),
    Column("candidates", "text", "Those that may be meant, where there are several."),
)

NAMED_SO = """
    SELECT * EXCLUDE file_row_number FROM read_parquet($path, file_row_number = true)
    WHERE stated_id IN (FROM arriving) OR shown IN (FROM arriving) OR scope || ':' || stated_id IN (FROM arriving)
        OR normal_title IN (FROM arriving) OR file IN (SELECT unnest($files::VARCHAR[]))
    ORDER BY file_row_number
"""
REPLACED = """
    rowid IN (
        SELECT check_in.rowid FROM check_in JOIN (SELECT DISTINCT goal, key_result_id FROM named) USING (key_result_id)
        JOIN newest USING (goal, checked_on) WHERE newest.batch_id > check_in.batch_id
    )
"""
OF_KEYS = "SELECT * FROM read_parquet($path) WHERE key IN (FROM arriving)"


@dataclass(frozen=True)
class Log:
    """Check-ins as one file of a batch stated them, kept as Parquet in the order of their rows."""

    batch_id: int
    path: Path

    @property
    def digest(self) -> str:
        """The hash of all that the file's rows depend on."""
        return self.path.parent.name

    @property
    def values(self) -> dict[str, object]:
        """What the queries about it need."""
        return {"path": str(self.path), "batch_id": self.batch_id}


Names = Mapping[Log, Path]
"""Of each log the ways in which its rows refer to key results, with the key result each means (`NAMED`)."""


class LostLogError(Exception):
    """What was kept of this log cannot be read."""

    def __init__(self, log: Log) -> None:
        super().__init__(str(log.path))
        self.log = log


def references(draft: Draft, log: Log) -> pd.DataFrame:
    """The different ways in which the log's rows refer to key results: the columns `REFERENCE`."""
    columns = ", ".join(f'"{name}"' for name in REFERENCE[1:])
    query = f"SELECT $batch_id AS batch_id, {columns} FROM read_parquet($path) GROUP BY ALL ORDER BY ALL"  # noqa: S608
    return conform(_asked(draft, query, log), KINDS)


def known(
    draft: Draft, found: Mapping[str, Path], references: pd.DataFrame, wanted: pd.DataFrame
) -> dict[str, pd.DataFrame]:
    """Of what was resolved as much as these references may mean: by a text that is wanted, or in the same file."""
    files = list(references["file"].dropna().unique())
    with draft.arriving(wanted):
        tables = {
            name: draft.asked(NAMED_SO, {"path": str(found[name]), "files": files})
            for name in ("objective_statement", "key_result_statement")
        }
    with draft.arriving(tables["key_result_statement"][["key"]]):
        goals = draft.asked(OF_KEYS, {"path": str(found["key_result_goal"])})
    whole = {name: pd.read_parquet(found[name]) for name in ("cycle", "team_text")}
    return {**whole, **tables, "key_result_goal": goals}


def add_check_ins(draft: Draft, names: Names) -> None:
    """Every row of the logs, with the key result that its reference means, in their order.

    A later batch replaces a key result's day; within a batch all its rows are kept. Rows of the version before that
    would be the same are left.
    """
    paths = [str(path) for path in names.values()]
    draft.connection.execute("CREATE TEMP TABLE named AS SELECT * FROM read_parquet($paths)", {"paths": paths})
    _find_newest(draft, names)
    there = log_states.leave(draft, names.values())
    draft.remove("check_in", REPLACED)
    columns = ", ".join(
        {"key_result_id": "named.key_result_id", "batch_id": "$batch_id"}.get(name, f'said."{name}"')
        for name in CHECK_IN.names
    )
    query = f"""
        SELECT {columns} FROM {_said(draft)}
        WHERE NOT EXISTS (FROM newest WHERE newest.goal = named.goal AND newest.checked_on = said.checked_on
                          AND newest.batch_id > $batch_id)
    """  # noqa: S608 - names of the schema
    for log, path in names.items():
        with _told_if_lost(draft, log):
            if path.name in there:
                draft.asked("SELECT count(*) FROM read_parquet($path)", {"path": str(log.path)})
            else:
                draft.insert("check_in", query, log.values)


def waiting(draft: Draft, names: Names) -> pd.DataFrame:
    """The rows whose key result is not found: batch_id, file, sheet, row, key_result, why, candidates."""
    columns = "$batch_id AS batch_id, said.file, said.sheet, said.row, said.key_result, named.why, named.candidates"
    query = f"SELECT {columns} FROM {_said(draft)} WHERE named.why IS NOT NULL"  # noqa: S608
    batches = set(draft.asked("SELECT DISTINCT batch_id FROM named WHERE why IS NOT NULL")["batch_id"])
    found = [_asked(draft, query, log) for log in names if log.batch_id in batches]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=["why", "candidates"])


def outside_cycle(draft: Draft) -> pd.DataFrame:
    """The check-ins dated outside the cycle of their key result: batch_id, file, sheet, row, checked_on, spans."""
    return draft.asked("""
        SELECT said.batch_id, said.file, said.sheet, said.row, said.checked_on, goals.spans
        FROM check_in AS said JOIN (SELECT DISTINCT ON (key_result_id) * FROM named) AS goals USING (key_result_id)
        WHERE said.checked_on < goals.starts_on OR said.checked_on > goals.ends_on
    """)


def _find_newest(draft: Draft, names: Names) -> None:
    """The last batch that speaks of a key result's day, for the key results of which several batches speak."""
    draft.connection.execute("CREATE TEMP TABLE newest (goal BIGINT, checked_on TIMESTAMP, batch_id BIGINT)")
    draft.connection.execute("""
        CREATE TEMP TABLE several AS SELECT goal FROM named WHERE goal IS NOT NULL
        GROUP BY goal HAVING count(DISTINCT batch_id) > 1
    """)
    batches = set(draft.asked("SELECT DISTINCT batch_id FROM named WHERE goal IN (FROM several)")["batch_id"])
    query = f"""
        SELECT named.goal, said.checked_on, max($batch_id) FROM {_said(draft)}
        WHERE named.goal IN (FROM several) GROUP BY ALL
    """  # noqa: S608
    for log in names:
        if log.batch_id in batches:
            with _told_if_lost(draft, log):
                draft.connection.execute(f"INSERT INTO newest {query}", log.values)


def _said(draft: Draft) -> str:
    """Rows of a log, each with what its reference means; what no reference states need not be compared."""
    counts = draft.asked("SELECT count(COLUMNS(*)) FROM named").iloc[0]
    stated = [name for name in REFERENCE[1:] if counts[name]]
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
