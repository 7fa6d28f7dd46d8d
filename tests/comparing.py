"""Comparing two published versions table by table."""

import duckdb

from pipelines.versions import Version


def differing(one: Version, other: Version, *, in_order: bool = False) -> list[str]:
    """The tables of which the versions hold different rows, or the same in another order where that is asked."""
    rows = "SELECT row_number() OVER () AS place, * FROM" if in_order else "FROM"
    query = "SELECT count(*) FROM (({0} EXCEPT ALL {1}) UNION ALL ({1} EXCEPT ALL {0}))"
    with duckdb.connect() as connection:
        for name, version in (("a", one), ("b", other)):
            connection.execute(f"ATTACH '{version.path}' AS {name} (READ_ONLY)")
        tables = connection.execute("SELECT table_name FROM duckdb_tables() WHERE database_name = 'a'").fetchall()
        asked = {name: query.format(f"{rows} a.{name}", f"{rows} b.{name}") for (name,) in tables}
        return [name for name, text in asked.items() if connection.execute(text).fetchone() != (0,)]
