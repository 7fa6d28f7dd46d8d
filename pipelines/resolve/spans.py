"""Cycles: the days each label spans, from the sheet of cycles or from the label itself."""

import pandas as pd

from pipelines import cycles
from pipelines.lookup import looked_up
from pipelines.resolve.identity import PLACES, later_wins
from pipelines.schema import CYCLE, conform
from pipelines.texts import normalised


def resolve_cycles(declared: pd.DataFrame, used: pd.DataFrame, *, first_month: int) -> pd.DataFrame:
    """The table `cycle` of all declared labels and all used ones that spell a cycle; the declared dates win.

    A label with neither dates nor a known spelling gives no row: what names it waits.
    """
    labels = pd.concat([declared, used[["cycle", *PLACES]]], ignore_index=True).dropna(subset="cycle")
    merged = later_wins(labels.assign(key=normalised(labels["cycle"])))
    first = labels.assign(key=normalised(labels["cycle"])).drop_duplicates("key").set_index("key")
    merged["cycle"] = first["cycle"]
    spelled = {label: cycles.parse(label, first_month=first_month) for label in merged["cycle"]}
    for column in ("kind", "starts_on", "ends_on"):
        values = merged["cycle"].map({label: getattr(cycle, column) for label, cycle in spelled.items() if cycle})
        merged[column] = merged[column].fillna(values.astype(merged[column].dtype))
    merged["kind"] = merged["kind"].fillna("custom")
    known = merged["starts_on"].notna() & merged["ends_on"].notna()
    return conform(merged[known].sort_values(["starts_on", "ends_on"], kind="stable"), CYCLE.columns).reset_index(
        drop=True
    )


def with_spans(rows: pd.DataFrame, spans: pd.DataFrame) -> pd.DataFrame:
    """The rows with their `cycle` spelled as in the table, and its `starts_on` and `ends_on` beside it."""
    by_label = spans.set_index(normalised(spans["cycle"]))
    normal = normalised(rows["cycle"])
    known = looked_up(normal, by_label["cycle"])
    return rows.assign(
        cycle=known.fillna(rows["cycle"]),
        starts_on=looked_up(normal, by_label["starts_on"]),
        ends_on=looked_up(normal, by_label["ends_on"]),
    )
