"""Writing the next version: aside, table by table, then verified and published at once or not at all."""

import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import duckdb
import pandas as pd
import pyarrow as pa

from pipelines import fingerprint, versions
from pipelines.history import History
from pipelines.schema import CHECK_IN, FACTS, RESULTS, TABLES, conform
from pipelines.versions import Version
from pipelines.warehouse.connecting import FORMAT, NOT_WRITTEN, SQL_TYPES, WRITER, connect, frame_of, wrong

# What a draft takes over from the version before, of which parts are then removed; and what tells which.
LASTING = (*FACTS, *RESULTS)
STATES = {
    "goal_state": "name VARCHAR, state VARCHAR",
    "log_state": "batch_id BIGINT, file VARCHAR, state VARCHAR",
    "cycle_state": "cycle VARCHAR, state VARCHAR",
}


class Draft:
    """A version that is being written; nobody sees it before it is published.

    The file is a new one, or a copy of the version before, of which the tables `LASTING` and `STATES` stay.
    """

    def __init__(self, path: Path, built_from: str) -> None:
        self.connection = duckdb.connect(str(path), config=WRITER)
        # Joins keep the order of the rows on their left side, which is that of the files.
        self.connection.execute("SET disabled_optimizers = 'join_order,build_side_probe_side'")
        for entry in TABLES.values():
            columns = ", ".join(f'"{column.name}" {SQL_TYPES[column.kind]}' for column in entry.columns)
            how = "TABLE IF NOT EXISTS" if entry in LASTING else "OR REPLACE TABLE"
            self.connection.execute(f'CREATE {how} "{entry.name}" ({columns})')
        for name, columns in STATES.items():
            self.connection.execute(f"CREATE TABLE IF NOT EXISTS {name} ({columns})")
        about = "CREATE OR REPLACE TABLE about AS SELECT ? AS format, ? AS built_from, ? AS code"
        self.connection.execute(about, [FORMAT, built_from, fingerprint.of_pipelines()])
        self.rows = _counted(self.connection, TABLES)

    def write(self, frames: Mapping[str, pd.DataFrame]) -> None:
        """Add the rows of these tables below those that are there."""
        for name, frame in frames.items():
            if len(frame):
                with self.arriving(conform(frame, TABLES[name].columns)):
                    self.insert(name, "SELECT * FROM arriving")

    def insert(self, name: str, query: str, values: Mapping[str, object] | None = None) -> None:
        """Add what a query finds to a table."""
        done = self.connection.execute(f'INSERT INTO "{name}" {query}', values).fetchone()
        self.rows[name] += int(done[0]) if done else 0

    def remove(self, name: str, condition: str, values: Mapping[str, object] | None = None) -> None:
        """Take the rows of a table away for which the condition holds."""
        done = self.connection.execute(f'DELETE FROM "{name}" WHERE {condition}', values).fetchone()  # noqa: S608 - names of the schema
        self.rows[name] -= int(done[0]) if done else 0

    @contextmanager
    def arriving(self, frame: pd.DataFrame) -> Iterator[None]:
        """The frame as a table `arriving` that queries can name."""
        self.connection.register("arriving", pa.Table.from_pandas(frame, preserve_index=False))
        yield
        self.connection.unregister("arriving")

    def asked(self, query: str, values: Mapping[str, object] | None = None) -> pd.DataFrame:
        """What a query finds in what is written so far."""
        return frame_of(self.connection.sql(query, params=values).to_arrow_table())

    def facts(
        self, cycles: Sequence[str], before: Sequence[str] = (), teams: Sequence[str] | None = None
    ) -> dict[str, pa.Table]:
        """The facts about the objectives of these cycles, with all teams, people and cycles.

        Of the cycles `before` the goals too, with the last check-in on each key result that states a value. Of these
        teams alone where they are named; what has no team is then that of the team "".
        """
        given = {"cycles": list(cycles), "before": list(before), "teams": list(teams) if teams is not None else None}
        self.connection.execute(f"CREATE OR REPLACE TEMP TABLE goal AS {GOALS}", given)
        return {name: self.connection.sql(query).to_arrow_table() for name, query in OF_GOALS.items()}

    def across(self) -> History:
        """All facts, of the check-ins only those that state a start or a target."""
        queries = {facts.name: f'SELECT * FROM "{facts.name}"' for facts in FACTS}  # noqa: S608 - names of the schema
        queries["check_in"] += f" WHERE {STATES_AN_END}"
        return History.of(**{name: self.asked(query) for name, query in queries.items()})

    def check_ins(self, key_results: Sequence[str]) -> pd.DataFrame:
        """The check-ins on these key results."""
        query = "SELECT * FROM check_in WHERE key_result_id IN (SELECT unnest($key_results::VARCHAR[]))"
        return conform(self.asked(query, {"key_results": list(key_results)}), CHECK_IN.columns)

    def close(self) -> None:
        """Fold everything into the file."""
        self.connection.execute("CHECKPOINT")
        self.connection.close()


STATES_AN_END = "start IS NOT NULL OR target IS NOT NULL"
GOALS = """
    SELECT objective_id, cycle IN (SELECT unnest($before::VARCHAR[])) AS earlier FROM objective
    WHERE (earlier OR cycle IN (SELECT unnest($cycles::VARCHAR[])))
        AND ($teams::VARCHAR[] IS NULL OR coalesce(team_id, '') IN (SELECT unnest($teams::VARCHAR[])))
"""
WHICH = {
    "objective": " WHERE objective_id IN (SELECT objective_id FROM goal)",
    "key_result": " WHERE objective_id IN (SELECT objective_id FROM goal)",
    "alignment": " WHERE child_objective_id IN (SELECT objective_id FROM goal WHERE NOT earlier)",
    "change": " WHERE objective_id IN (SELECT objective_id FROM goal WHERE NOT earlier)",
}
PARTS = "SELECT key_result_id FROM key_result JOIN goal USING (objective_id) WHERE"
# DuckDB sorts with all its threads, but rows alike in any order: of several on one day in one row the place decides.
SAID = f"""
    SELECT * EXCLUDE place FROM (
        SELECT *, rowid AS place FROM check_in WHERE key_result_id IN ({PARTS} NOT earlier)
        UNION ALL SELECT *, rowid FROM check_in WHERE rowid IN (
            SELECT max_by(rowid, (checked_on, batch_id, file, coalesce(sheet, ''), row, rowid)) FROM check_in
            WHERE value IS NOT NULL AND key_result_id IN ({PARTS} earlier) GROUP BY key_result_id
        )
    )
    ORDER BY checked_on, batch_id, file, sheet NULLS FIRST, row, place
"""  # noqa: S608 - names of the schema
# What is found by a join may come out of order; results are in the order of goals, check-ins have their own.
OF_GOALS = {
    facts.name: f'SELECT * FROM "{facts.name}"{WHICH.get(facts.name, "")} ORDER BY rowid'  # noqa: S608 - names of the schema
    for facts in FACTS
} | {CHECK_IN.name: SAID}


@contextmanager
def drafted(data_dir: Path, built_from: str = "", *, after: Version | None = None) -> Iterator[tuple[Draft, Version]]:
    """A draft and the version it becomes when the block ends: verified first, then the pointer moves to it.

    It starts from the version named, if that was made by this code. Raises InputError where it cannot be written, or
    where a part of that version is damaged.
    """
    aside = versions.aside(data_dir)
    try:
        aside.parent.mkdir(parents=True, exist_ok=True)
        versions.prune(data_dir)
        if after and _made_by_this_code(after):
            shutil.copyfile(after.path, aside)
        draft, version = Draft(aside, built_from), versions.fresh(data_dir)
        try:
            yield draft, version
            draft.close()
        finally:
            draft.connection.close()
        _verify(aside, draft.rows)
        aside.rename(version.path)
        versions.point(data_dir, version)
    except (duckdb.Error, OSError) as error:
        raise wrong(NOT_WRITTEN, data_dir, str(error)) from error
    finally:
        versions.prune(data_dir)


def publish(data_dir: Path, frames: Mapping[str, pd.DataFrame], *, built_from: str = "") -> Version:
    """A new version with these tables; those not given have no rows."""
    with drafted(data_dir, built_from) as (draft, version):
        draft.write(frames)
    return version


def _made_by_this_code(version: Version) -> bool:
    try:
        with connect(version.path) as connection:
            return connection.execute("SELECT code FROM about").fetchone() == (fingerprint.of_pipelines(),)
    except duckdb.Error:
        return False


def _verify(path: Path, rows: Mapping[str, int]) -> None:
    if path.with_name(f"{path.name}.wal").exists():
        raise OSError("the write-ahead log was not folded into the file")
    with connect(path) as connection:
        found = _counted(connection, rows)
    for name, expected in rows.items():
        if found[name] != expected:
            raise OSError(f"{name} has {found[name]} rows instead of {expected}")


def _counted(connection: duckdb.DuckDBPyConnection, names: Iterable[str]) -> dict[str, int]:
    counts = ", ".join(f'(SELECT count(*) FROM "{name}") AS "{name}"' for name in names)  # noqa: S608 - names of the schema
    found = frame_of(connection.sql(f"SELECT {counts}").to_arrow_table()).iloc[0]
    return {name: int(found[name]) for name in names}
