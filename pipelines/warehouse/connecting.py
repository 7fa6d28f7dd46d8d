"""How DuckDB files are opened for writing and for reading, and what is said of those that cannot be."""

from collections.abc import Mapping
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from pipelines.history import History
from pipelines.problems import InputError, Problem, Rule, rule
from pipelines.schema import Kind

FORMAT = 2
Settings = dict[str, str | bool | int | float | list[str]]
SQL_TYPES: dict[Kind, str] = {
    "text": "VARCHAR",
    "number": "DOUBLE",
    "share": "DOUBLE",
    "integer": "BIGINT",
    "date": "DATE",
    "flag": "BOOLEAN",
}
# DuckDB 1.5's storage, so that there is a way back to it.
WRITER: Settings = {"storage_compatibility_version": "v1.5.0", "python_enable_replacements": "false"}
# Together these close every file, network, write and setting to whoever reads.
READER: Settings = {
    "enable_external_access": "false",
    "autoload_known_extensions": "false",
    "autoinstall_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",
    "memory_limit": "4GB",
    "temp_directory": "",
    "lock_configuration": "true",
}

NEWER = rule(
    "warehouse_newer",
    "set_aside",
    "this was made by a newer version of OKR History. Install that version, or choose another folder with --data.",
)
OLDER = rule("warehouse_older", "set_aside", "this was made by an older version of OKR History. Run `okr build`.")
NOT_WRITTEN = rule(
    "warehouse_not_written",
    "set_aside",
    "the warehouse could not be written ({reason}). The batches are as `okr batches` lists them, but the figures "
    "stay as they were; make room, then run `okr build`.",
)


def connect(path: Path) -> duckdb.DuckDBPyConnection:
    """The file open for reading."""
    return duckdb.connect(str(path), read_only=True, config=READER)


def frame_of(found: pa.Table) -> pd.DataFrame:
    """What a query found as a frame; without a mapper whole numbers with gaps would pass through floats."""
    frame: pd.DataFrame = found.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get, date_as_object=False)
    return frame


def history_of(tables: Mapping[str, pa.Table]) -> History:
    """The history in these tables of facts."""
    return History.of(**{name: frame_of(table) for name, table in tables.items()})


def wrong(broken: Rule, path: Path, reason: str) -> InputError:
    """What is said of a file that cannot be read or written."""
    return InputError(Problem(broken, str(path), details={"reason": " ".join(reason.split())}))
