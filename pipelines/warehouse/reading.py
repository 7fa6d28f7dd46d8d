"""Reading a published version: read-only and locked down, with one cursor per call."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from weakref import WeakValueDictionary

import duckdb
import pandas as pd

from pipelines import versions
from pipelines.history import History
from pipelines.problems import InputError, Problem
from pipelines.schema import FACTS, TABLES, Table, conform
from pipelines.versions import KEPT_VERSIONS, Version, damaged
from pipelines.warehouse.connecting import FORMAT, NEWER, OLDER, connect, frame_of, wrong

_open: WeakValueDictionary[Path, duckdb.DuckDBPyConnection] = WeakValueDictionary()
"""The versions that somebody has open, by file."""
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
    quarter: str = "",
) -> pd.DataFrame:
    """The rows of a table whose columns hold one of the wanted values (None: missing), in the order stored.

    With a quarter: those about its goals. Table and columns are names of the schema, anything else is a ValueError; the
    frame has the schema's dtypes.
    """
    known = {column.name: column for column in _known(name).columns}
    chosen = list(known if columns is None else columns)
    if unknown := sorted({*chosen, *(where or {})} - set(known)):
        raise ValueError(f"{name} has no columns {', '.join(unknown)}; it has {', '.join(known)}")
    parts, values = _conditions(where or {})
    if quarter:
        parts, values = [*parts, _of_quarter(known)], [*values, quarter]
    conditions = " WHERE " + " AND ".join(parts) if parts else ""
    query = f"SELECT {_quoted(chosen)} FROM {_quoted([name])}{conditions}"  # noqa: S608 - names of the schema only
    return conform(_read(version.path, query, values), tuple(known[column] for column in chosen))


@contextmanager
def held(version: Version) -> Iterator[None]:
    """Meanwhile the version stays readable, however many are published and read after it."""
    connection = _still_open(version.path)
    try:
        yield
    finally:
        del connection


def history(version: Version) -> History:
    """All facts of a version."""
    return History.of(**{facts.name: table(version, facts.name) for facts in FACTS})


def built_from(version: Version) -> str:
    """What the version was built from, as told to `publish`."""
    return str(_read(version.path, "SELECT built_from FROM about", [])["built_from"].iloc[0])


def _whole(version: Version) -> None:
    """Open the version; raises InputError where it is damaged, or was found so since it was opened."""
    if version.path in _damaged:
        raise damaged(version.path, "a part of it is damaged")
    _opened(version.path)


# An open file stays readable after it is pruned, so a version in use never vanishes under its reader.
@lru_cache(maxsize=KEPT_VERSIONS + 1)
def _opened(path: Path) -> duckdb.DuckDBPyConnection:
    if (known := _open.get(path)) is not None:
        return known
    if not path.exists():
        raise FileNotFoundError(path)
    try:
        connection = connect(path)
        found = connection.execute("SELECT format FROM about").fetchone()
    except duckdb.Error as error:
        if not path.exists():
            raise FileNotFoundError(path) from error
        raise wrong(NEWER if "newer version" in str(error) else versions.DAMAGED, path, str(error)) from error
    if found != (FORMAT,):
        raise wrong(NEWER if found and found[0] > FORMAT else OLDER, path, "")
    _open[path] = connection
    return connection


def _still_open(path: Path) -> duckdb.DuckDBPyConnection:
    """As `_opened`; InputError where the version was pruned, and closed for later ones."""
    try:
        return _opened(path)
    except FileNotFoundError as error:
        raise damaged(path, "the file is missing") from error


def _read(path: Path, query: str, values: list[object]) -> pd.DataFrame:
    connection = _still_open(path)
    try:
        # In one piece: taking a few rows of texts that lie in several would put them together each time.
        found = connection.cursor().sql(query, params=values).to_arrow_table().combine_chunks()
    except duckdb.Error as error:
        _damaged.add(path)
        raise damaged(path, str(error)) from error
    return frame_of(found)


def _known(name: str) -> Table:
    if name not in TABLES:
        raise ValueError(f"there is no table {name}; there are {', '.join(TABLES)}")
    return TABLES[name]


def _conditions(where: Mapping[str, Sequence[object]]) -> tuple[list[str], list[object]]:
    parts: list[str] = []
    values: list[object] = []
    for column, wanted in where.items():
        stated = [value for value in wanted if value is not None]
        parts.append(f'("{column}" IN (SELECT unnest(?))' if stated else "(false")
        parts[-1] += f' OR "{column}" IS NULL)' if None in wanted else ")"
        values += [stated] if stated else []
    return parts, values


def _of_quarter(known: Collection[str]) -> str:
    """That a row is about a goal of a quarter, by whichever of these columns tells."""
    if "quarter" in known:
        return "quarter = ?"
    goals = "objective_id IN (SELECT objective_id FROM objective_result WHERE quarter = ?)"
    if "objective_id" in known:
        return goals
    return f"key_result_id IN (SELECT key_result_id FROM key_result WHERE {goals})"  # noqa: S608 - no text but this


def _quoted(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)
