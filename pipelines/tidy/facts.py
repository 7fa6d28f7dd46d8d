"""The facts that each layout gives, in stated columns."""

import re
from typing import Any

import pandas as pd

from pipelines.problems import Problem
from pipelines.schema import TABLES, conform, stated_columns
from pipelines.tidy import rules
from pipelines.tidy.body import Body
from pipelines.tidy.columns import weight_field
from pipelines.tidy.measures import with_measures
from pipelines.tidy.weights import read_weights

SEPARATORS = re.compile(r"[;；\n]")


def facts_of(body: Body, kept: "pd.Series[bool]") -> dict[str, pd.DataFrame]:
    """The kept rows as facts by table."""
    if body.heading.layout.base == "flat":
        return _flat(body, kept)
    table = body.heading.layout.table
    frame = _with_references(body, pd.DataFrame({field: body.value(field)[kept] for field in body.parsed}))
    if table == "key_result":
        frame = _key_results(body, frame, kept)
    if table == "objective":
        frame = frame.assign(objective_row=frame.index)
    rows = {name: link.reindex(frame.index) for name, link in body.links.items() if name != "parent_row"}
    frame = frame.assign(**rows)
    if table == "alignment":
        frame = frame.assign(relation=body.value("relation")[kept].fillna("contributes"))
    facts = {table: frame}
    return _stated(body, facts | _alignment(body, frame) if table == "objective" else facts)


def _with_references(body: Body, frame: pd.DataFrame) -> pd.DataFrame:
    """References by id where there is one, else by title."""
    for name in ("objective", "key_result"):
        reference = body.value(f"{name}_id")[frame.index].fillna(body.value(f"{name}_title")[frame.index])
        frame = frame.assign(**{name: reference})
    return frame


def _key_results(body: Body, frame: pd.DataFrame, kept: "pd.Series[bool]") -> pd.DataFrame:
    field = weight_field(body)
    if field:
        groups = body.value("objective_id").fillna(body.value("objective_title"))
        groups = body.links.get("objective_row", groups)
        read_weights(body, field, groups, kept)
        frame = frame.assign(weight=body.parsed[field][kept])
    return with_measures(body, _with_columns(frame, "key_result"), "")


def _flat(body: Body, kept: "pd.Series[bool]") -> dict[str, pd.DataFrame]:
    groups = _objective_numbers(body, kept)
    field = weight_field(body)
    if field:
        read_weights(body, field, groups.reindex(kept.index), kept)
    objectives = _objectives(body, kept, groups)
    rows = groups.map(pd.Series(objectives.index, index=objectives["number"]))
    _tell_disagreements(body, objectives, rows)
    facts = {"objective": objectives, "key_result": _flat_key_results(body, kept, rows)}
    return _stated(body, facts | _alignment(body, objectives))


def _objective_numbers(body: Body, kept: "pd.Series[bool]") -> "pd.Series[Any]":
    """A number for each objective: by cycle and id, or by cycle, team, owner, level and title as read."""
    identity = body.value("objective.objective_id")[kept]
    names = ("team", "objective.owner", "objective.level")
    keys = pd.DataFrame({name: body.value(name)[kept].where(identity.isna()) for name in names})
    title = body.value("objective.title")[kept].str.normalize("NFKC").str.casefold().str.split().str.join(" ")
    keys = keys.assign(identity=identity, title=title.where(identity.isna()), cycle=body.value("cycle")[kept])
    return keys.groupby(list(keys), dropna=False, sort=False).ngroup()


def _objectives(body: Body, kept: "pd.Series[bool]", numbers: "pd.Series[Any]") -> pd.DataFrame:
    """One row per objective at its first row; of each column what is stated first."""
    fields = {field.removeprefix("objective."): field for field in body.parsed if field.startswith("objective.")}
    columns = {name: body.value(field)[kept] for name, field in {**fields, "cycle": "cycle", "team": "team"}.items()}
    frame = pd.DataFrame({**columns, "number": numbers})
    first = frame.groupby("number", sort=False).first().reset_index()
    rows = numbers[~numbers.duplicated()]
    return first.set_axis(rows.index).assign(objective_row=rows.index)


def _flat_key_results(body: Body, kept: "pd.Series[bool]", rows: "pd.Series[Any]") -> pd.DataFrame:
    prefix = "key_result."
    fields = {field.removeprefix(prefix): field for field in body.parsed if field.startswith(prefix)}
    shared = {"cycle": "cycle", "team": "team", "progress": "progress", "objective": "objective.title"}
    frame = pd.DataFrame({name: body.value(field)[kept] for name, field in {**fields, **shared}.items()})
    frame["objective"] = body.value("objective.objective_id")[kept].fillna(frame["objective"])
    frame = _with_columns(frame.assign(objective_row=rows), "key_result")
    stated = frame["title"].notna() | frame["key_result_id"].notna()
    return with_measures(body, frame[stated], prefix)


def _with_columns(frame: pd.DataFrame, table: str) -> pd.DataFrame:
    progress = frame["progress"] if "progress" in frame else pd.Series(float("nan"), index=frame.index)
    return conform(frame, TABLES[table].stated).assign(progress=progress.astype("float64"))


def _alignment(body: Body, objectives: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """One link per parent named beside an objective, several separated by semicolons or new lines, or shown by rows."""
    shown = body.links.get("parent_row", pd.Series(dtype="float64"))
    shown = shown[shown.index.isin(objectives.index)]
    named = body.value("parent")[objectives.index].dropna()
    each = named[~named.index.isin(shown.index)].str.split(SEPARATORS, regex=True).explode().str.strip()
    each = each[each.fillna("") != ""]
    titles = shown.map(body.raw.frame[body.heading.positions["title"]]) if len(shown) else shown
    links = pd.concat([pd.DataFrame({"parent": each}), pd.DataFrame({"parent": titles, "parent_row": shown})])
    if links.empty:
        return {}
    about = objectives.loc[links.index].assign(objective=objectives.get("objective_id"), parent=links["parent"])
    return {"alignment": about.assign(parent_row=links.get("parent_row"), relation="contributes")}


def _tell_disagreements(body: Body, objectives: pd.DataFrame, rows: "pd.Series[Any]") -> None:
    for field in [field for field in body.parsed if field.startswith("objective.")]:
        values = body.value(field)[rows.index]
        first = rows.map(objectives[field.removeprefix("objective.")])
        differs = values.notna() & values.ne(first)
        for row in differs.index[differs]:
            details: dict[str, object] = {"first": int(rows[row]), "other": str(first[row])}
            place = (int(row), body.cell(row, field), body.header(field), str(body.cells.loc[row, field]))
            body.problems.append(Problem(rules.DISAGREES, body.raw.file, body.raw.sheet, *place, details=details))


def _placed(body: Body, frame: pd.DataFrame) -> pd.DataFrame:
    """The facts with their rows, and those of the objectives they belong to, as the source numbers them."""
    if "objective_row" in frame and "objective_row" not in body.links:
        frame = frame.assign(objective_row=body.raw.source_rows(frame["objective_row"]))
    return frame.assign(row=body.raw.source_rows(frame.index).to_numpy())


def _stated(body: Body, facts: dict[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The facts with the places they came from; tables without a row are left out."""
    placed = {
        name: _placed(body, frame).assign(file=body.raw.file, sheet=body.raw.sheet) for name, frame in facts.items()
    }
    return {
        name: conform(frame, stated_columns(TABLES[name])).reset_index(drop=True)
        for name, frame in placed.items()
        if len(frame)
    }
