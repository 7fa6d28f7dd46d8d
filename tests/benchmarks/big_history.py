"""Writes the files of a company as large as asked for, in the plain template, the same for the same seed."""

from collections.abc import Sequence
from pathlib import Path

import duckdb

GOALS, KEY_RESULTS, WEEKS = 3, 3, 13
TEAM_SIZE = 10
FIRST_YEAR = 2024

# `random(i, salt)` is a number from 0 to 1 that depends on the seed and its arguments alone.
# A team's parent is found as in a heap: team 0 is the company, and each team has ten below it.
MACROS = """
CREATE MACRO random(i, salt) AS (hash(i, salt, {seed}) % 1000003) / 1000003.0;
CREATE MACRO objective(i) AS 'O' || lpad(i::VARCHAR, 7, '0');
CREATE MACRO key_result(i) AS 'K' || lpad(i::VARCHAR, 7, '0');
CREATE MACRO team(t) AS 'Team ' || t;
"""
TEAMS = """
SELECT team(t) AS team, CASE WHEN t > 0 THEN team((t - 1) // 10) END AS parent_team,
       CASE WHEN t = 0 THEN 'company' WHEN t <= 10 THEN 'division' ELSE 'team' END AS kind
FROM range({teams}) AS teams(t)
"""
OBJECTIVES = """
WITH goals AS (
    SELECT i, i % {goals} AS place, i // {goals} AS person, i // {goals} // {team_size} AS t,
           i // {goals} % {team_size} = 0 AS leads
    FROM range({people} * {goals}) AS goals(i)
)
SELECT objective({first} + i) AS objective_id, '{quarter}' AS cycle, team(t) AS team, 'Person ' || person AS owner,
       CASE WHEN NOT leads THEN 'individual' WHEN t = 0 THEN 'company' WHEN t <= 10 THEN 'department'
            ELSE 'team' END AS level,
       'Raise result ' || i || ' of its team this quarter' AS title,
       CASE WHEN random(i, 'ambition') < 0.3 THEN 'committed' ELSE 'aspirational' END AS ambition,
       CASE WHEN random(i, 'origin') < 0.6 THEN 'bottom_up' ELSE 'top_down' END AS origin,
       DATE '{starts_on}' + (random(i, 'set') * 9)::INTEGER AS created_on,
       DATE '{starts_on}' + (random(i, 'agreed') * 18)::INTEGER AS agreed_on,
       CASE WHEN random(i, 'linked') > 0.8 OR (leads AND t = 0) THEN NULL
            WHEN leads THEN objective({first} + (t - 1) // 10 * {team_size} * {goals} + place)
            ELSE objective({first} + t * {team_size} * {goals} + place) END AS parent
FROM goals
"""
KEY_RESULT_ROWS = """
SELECT key_result({first} * {key_results} + k) AS key_result_id, objective({first} + k // {key_results}) AS objective,
       'Measured result ' || k AS title, 'number' AS measure, 'orders' AS unit, 0 AS start, 100 AS target
FROM range({people} * {goals} * {key_results}) AS rows(k)
"""
CHECK_INS = """
WITH rows AS (
    SELECT r // {weeks} AS k, r % {weeks} AS week FROM range({people} * {goals} * {key_results} * {weeks}) AS rows(r)
)
SELECT key_result({first} * {key_results} + k) AS key_result,
       DATE '{starts_on}' + (week * 91 // {weeks} + (random(k * 100 + week, 'day') * 5)::INTEGER)::INTEGER AS date,
       round(100 * (week + 1) / {weeks} * (0.3 + 0.75 * random(k, 'end')), 1) AS value,
       round(0.4 + 0.5 * random(k, 'sure') + 0.2 * (random(k * 100 + week, 'confidence') - 0.5), 2) AS confidence,
       'as planned in week ' || (week + 1) AS note
FROM rows
"""


def write_history(folder: Path, *, people: int, quarters: int, weeks: int = WEEKS, seed: int = 1) -> list[Path]:
    """The files of the teams and of each quarter: 3 objectives for each of the people, each with 3 key results.

    `weeks` is how many check-ins each key result has.
    """
    folder.mkdir(parents=True, exist_ok=True)
    sizes = {"people": people, "goals": GOALS, "key_results": KEY_RESULTS, "team_size": TEAM_SIZE, "weeks": weeks}
    written = [_written(folder / "teams.csv", TEAMS.format(teams=max(1, people // TEAM_SIZE)), seed)]
    for number in range(quarters):
        year, quarter = FIRST_YEAR + number // 4, number % 4 + 1
        label, starts_on = f"{year}-Q{quarter}", f"{year}-{3 * quarter - 2:02}-01"
        values = sizes | {"quarter": label, "starts_on": starts_on, "first": number * people * GOALS}
        tables = {"objectives": OBJECTIVES, "key_results": KEY_RESULT_ROWS, "check_ins": CHECK_INS}
        written += [
            _written(folder / f"{name} {label}.csv", query.format(**values), seed + number)
            for name, query in tables.items()
        ]
    return written


def write_log(path: Path, *, rows: int, bad: float = 0, seed: int = 1) -> Path:
    """A log of that many check-ins of one quarter, in which that share of the values is no number."""
    people = rows // (GOALS * KEY_RESULTS * WEEKS) + 1
    query = CHECK_INS.format(people=people, goals=GOALS, key_results=KEY_RESULTS, weeks=WEEKS, first=0,
                             starts_on="2025-01-01")  # fmt: skip
    spoilt = f"CASE WHEN random(k * 100 + week, 'bad') < {bad} THEN 'a lot' ELSE "
    query = query.replace("round(100", f"{spoilt}round(100", 1).replace("1) AS value", "1)::VARCHAR END AS value", 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    return _written(path, f"{query} LIMIT {rows}", seed)


def _written(path: Path, query: str, seed: int) -> Path:
    with duckdb.connect(config={"preserve_insertion_order": "true"}) as connection:
        connection.execute(MACROS.format(seed=seed))
        connection.execute(f"COPY ({query}) TO '{path}' (FORMAT csv, HEADER)")
    return path


def main(arguments: Sequence[str]) -> None:
    """`python -m tests.benchmarks.big_history FOLDER PEOPLE QUARTERS`."""
    folder, people, quarters = arguments
    write_history(Path(folder), people=int(people), quarters=int(quarters))


if __name__ == "__main__":
    import sys

    main(sys.argv[1:])
