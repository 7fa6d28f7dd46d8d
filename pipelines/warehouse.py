"""The warehouse: DuckDB files that are published whole and never changed, and the pointer to the current one.

The only module that knows DuckDB. Readers open a file read-only and locked down, with one cursor per call.
"""

import secrets
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from pipelines import versions
from pipelines.history import History
from pipelines.problems import InputError, Problem, Rule, rule
from pipelines.schema import FACTS, TABLES, Kind, Table, conform
from pipelines.versions import KEPT_VERSIONS, Version, damaged

FORMAT = 1
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

_damaged: set[Path] = set()
"""Versions that opened, and then failed to give what was asked of them."""


def current(data_dir: Path) -> Version | None:
    """The version the pointer names, open for reading; none before the first build."""
    name = versions.pointed(data_dir)
    while name is not None:
        version = versions.named(data_dir, name)
        try:
            _whole(version)
            return version
        except FileNotFoundError:
            # Pruned between reading the pointer and opening: the pointer has moved on, unless the file is lost.
            name, before = versions.pointed(data_dir), name
            if name == before:
                raise damaged(version.path, "the file is missing") from None
    return None


def last_good(data_dir: Path) -> tuple[Version | None, Problem | None]:
    """The current version or, with what is wrong with it, the last one before that can be read; else raises that."""
    wrong = damaged(data_dir / "CURRENT", "the file is missing")
    try:
        if (version := current(data_dir)) or not versions.published(data_dir):
            return version, None
    except InputError as error:
        wrong = error
    for version in reversed(versions.published(data_dir)):
        try:
            _whole(version)
            return version, wrong.problem
        except (InputError, FileNotFoundError):
            continue
    raise wrong


def table(
    version: Version,
    name: str,
    *,
    columns: Sequence[str] | None = None,
    where: Mapping[str, Sequence[object]] | None = None,
) -> pd.DataFrame:
    """The rows of a table whose columns hold one of the wanted values (None: missing), in the order stored.

    Table and columns are names of the schema, anything else is a ValueError; the frame has the schema's dtypes.
    """
    known = {column.name: column for column in _known(name).columns}
    chosen = list(known if columns is None else columns)
    if unknown := sorted({*chosen, *(where or {})} - set(known)):
        raise ValueError(f"{name} has no columns {', '.join(unknown)}; it has {', '.join(known)}")
    conditions, values = _conditions(where or {})
    query = f"SELECT {_quoted(chosen)} FROM {_quoted([name])}{conditions}"  # noqa: S608 - names of the schema only
    return conform(_read(version.path, query, values), tuple(known[column] for column in chosen))


def history(version: Version) -> History:
    """All facts of a version."""
    return History.of(**{facts.name: table(version, facts.name) for facts in FACTS})


def built_from(version: Version) -> str:
    """What the version was built from, as told to `publish`."""
    return str(_read(version.path, "SELECT built_from FROM about", [])["built_from"].iloc[0])


def publish(data_dir: Path, frames: Mapping[str, pd.DataFrame], *, built_from: str = "") -> Version:
    """A new version with these tables (those not given have no rows), verified before the pointer moves to it."""
    aside = data_dir / "versions" / f".building-{secrets.token_hex(4)}"
    try:
        aside.parent.mkdir(parents=True, exist_ok=True)
        versions.prune(data_dir)
        _write(aside, frames, built_from)
        _verify(aside, frames)
        version = versions.fresh(data_dir)
        aside.rename(version.path)
        versions.point(data_dir, version)
    except (duckdb.Error, OSError) as error:
        versions.prune(data_dir)
        raise _error(NOT_WRITTEN, data_dir, str(error)) from error
    versions.prune(data_dir)
    return version


def _write(path: Path, frames: Mapping[str, pd.DataFrame], built_from: str) -> None:
    with duckdb.connect(str(path), config=WRITER) as connection:
        for entry in TABLES.values():
            columns = ", ".join(f'"{column.name}" {SQL_TYPES[column.kind]}' for column in entry.columns)
            connection.execute(f'CREATE TABLE "{entry.name}" ({columns})')
            if entry.name in frames:
                arriving = pa.Table.from_pandas(conform(frames[entry.name], entry.columns), preserve_index=False)
                connection.register("arriving", arriving)
                connection.execute(f'INSERT INTO "{entry.name}" SELECT * FROM arriving')  # noqa: S608
                connection.unregister("arriving")
        connection.execute("CREATE TABLE about AS SELECT ? AS format, ? AS built_from", [FORMAT, built_from])
        connection.execute("CHECKPOINT")


def _verify(path: Path, frames: Mapping[str, pd.DataFrame]) -> None:
    if path.with_name(f"{path.name}.wal").exists():
        raise OSError("the write-ahead log was not folded into the file")
    with _connect(path) as connection:
        for name, frame in frames.items():
            found = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()  # noqa: S608 - names of the schema
            if found != (len(frame),):
                raise OSError(f"{name} has {found} rows instead of {len(frame)}")


def _whole(version: Version) -> None:
    """Open the version; raises InputError where it is damaged, or was found so since it was opened."""
    if version.path in _damaged:
        raise damaged(version.path, "a part of it is damaged")
    _opened(version.path)


# An open file stays readable after it is pruned, so a version in use never vanishes under its reader.
@lru_cache(maxsize=KEPT_VERSIONS + 1)
def _opened(path: Path) -> duckdb.DuckDBPyConnection:
    if not path.exists():
        raise FileNotFoundError(path)
    try:
        connection = _connect(path)
        found = connection.execute("SELECT format FROM about").fetchone()
    except duckdb.Error as error:
        if not path.exists():
            raise FileNotFoundError(path) from error
        raise _error(NEWER if "newer version" in str(error) else versions.DAMAGED, path, str(error)) from error
    if found != (FORMAT,):
        raise _error(NEWER if found and found[0] > FORMAT else OLDER, path, "")
    return connection


def _connect(path: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(path), read_only=True, config=READER)


def _read(path: Path, query: str, values: list[object]) -> pd.DataFrame:
    try:
        found = _opened(path).cursor().sql(query, params=values).to_arrow_table()
    except duckdb.Error as error:
        _damaged.add(path)
        raise damaged(path, str(error)) from error
    # Without a mapper whole numbers with gaps would pass through floats.
    frame: pd.DataFrame = found.to_pandas(types_mapper={pa.int64(): pd.Int64Dtype()}.get, date_as_object=False)
    return frame


def _known(name: str) -> Table:
    if name not in TABLES:
        raise ValueError(f"there is no table {name}; there are {', '.join(TABLES)}")
    return TABLES[name]


def _conditions(where: Mapping[str, Sequence[object]]) -> tuple[str, list[object]]:
    parts: list[str] = []
    values: list[object] = []
    for column, wanted in where.items():
        stated = [value for value in wanted if value is not None]
        parts.append(f'("{column}" IN (SELECT unnest(?))' if stated else "(false")
        parts[-1] += f' OR "{column}" IS NULL)' if None in wanted else ")"
        values += [stated] if stated else []
    return (" WHERE " + " AND ".join(parts) if parts else ""), values


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)


def _error(broken: Rule, path: Path, reason: str) -> InputError:
    return InputError(Problem(broken, str(path), details={"reason": " ".join(reason.split())}))
