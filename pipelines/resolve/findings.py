"""What resolving finds wrong, one finding per row."""

from collections.abc import Mapping

import pandas as pd

from pipelines.problems import Problem, Rule, as_frame
from pipelines.schema import PROBLEM, conform, empty

NOTHING = empty(PROBLEM.columns)


def findings(
    broken: Rule, rows: pd.DataFrame, column: str, *, value: str, details: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """One finding of the rule per row (which carries its place), with the named columns filled into the message.

    `column` is the stated one at fault, with its table in front where a sheet may hold two tables side by side.
    """
    if not len(rows):
        return NOTHING
    problems = [
        Problem(
            broken,
            file=str(row["file"]),
            sheet=_text(row["sheet"]),
            row=None if pd.isna(row["row"]) else int(row["row"]),
            column=column,
            value=_text(row[value]),
            details={
                "column": column.rpartition(".")[2],
                **{name: _text(row[source]) or "–" for name, source in (details or {}).items()},
            },
        )
        for row in rows.to_dict("records")
    ]
    return as_frame(problems).assign(batch_id=rows["batch_id"].to_numpy(dtype=object))


def together(parts: list[pd.DataFrame]) -> pd.DataFrame:
    """All findings as one table `problem`."""
    filled = [part for part in parts if len(part)]
    if not filled:
        return NOTHING
    return conform(pd.concat([conform(part, PROBLEM.columns) for part in filled], ignore_index=True), PROBLEM.columns)


def _text(found: object) -> str | None:
    if found is None or pd.isna(found):  # type: ignore[call-overload]
        return None
    if isinstance(found, pd.Timestamp):
        return found.date().isoformat()
    return f"{found:g}" if isinstance(found, float) else str(found)
