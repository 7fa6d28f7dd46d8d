"""The data dictionary: the schema as a document."""

from pipelines.schema import ACROSS, FACTS, LEDGER, RESULTS, Column, Table

HEAD = """# Data dictionary

Made from `pipelines/schema` by `make data-readme`; a test fails when it is stale.

`data/sample/` holds a small cut of the sample company's files. `data/warehouse/` is where `okr ingest` keeps what it
loads:

| in it | what it is |
|---|---|
| `files` | what was read of each loaded file, and its tables as they stood for corrections |
| `batches` | the ledger: which files each load brought, and where their rows went; `*.undone` were taken back |
| `versions`, `CURRENT` | the published DuckDB versions with the tables below, and which of them is shown |
| `resolved` | what resolving gave, a shortcut for the next build; delete it at any time: all is worked out anew |
| `shared` | what `okr build --dask` and its workers pass to each other, where no `--shared` names another place |
| `uploads` | files dropped on the page Data, until they are loaded |
| `policy.toml` | your own policy, if you wrote one |
| `.lock` | held by the one load, undo or build at work; an empty file, which stays |

Scores, weights, confidence and progress are stored on the 0–1 scale whatever the source's.
"""

PARTS = (
    ("Facts", "what the files state", FACTS),
    ("Ledger", "what was loaded and what was wrong with it", LEDGER),
    ("Results", "what is computed from the facts under the policy in force", (*RESULTS, *ACROSS)),
)


def dictionary() -> str:
    """The whole dictionary in Markdown, one section per table."""
    parts = [f"## {name}: {what}\n\n" + "\n".join(_section(table) for table in tables) for name, what, tables in PARTS]
    return "\n".join([HEAD, *parts])


def _section(table: Table) -> str:
    lines = [f"### {table.name}", "", table.meaning, "", "| column | type | meaning |", "|---|---|---|"]
    return "\n".join([*lines, *(_line(column) for column in table.columns), ""])


def _line(column: Column) -> str:
    choices = f" One of {', '.join(f'`{choice}`' for choice in column.choices)}." if column.choices else ""
    return f"| `{column.name}` | {column.kind} | {column.meaning}{choices} |"
