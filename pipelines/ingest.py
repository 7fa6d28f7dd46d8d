"""Loading files: read each once, enter a batch, publish the warehouse. Start at `ingest`."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path

import pandas as pd

from pipelines import batches, policy, warehouse
from pipelines import build as building
from pipelines.corrections import MIXED
from pipelines.inputs import InputFile, Inputs, expand, ignored_file
from pipelines.manner import Manner
from pipelines.problems import InputError, Problem, as_frame
from pipelines.reading import Reading, read_files
from pipelines.report import Report
from pipelines.schema import PROBLEM, empty
from pipelines.succession import Succession, succession
from pipelines.tidy.mapping import SheetMapping

Watch = Callable[[Sequence[InputFile]], AbstractContextManager[Iterable[InputFile]]]


def ingest(
    paths: Iterable[Path] | Inputs,
    data_dir: Path,
    *,
    today: date,
    replace: bool = False,
    dry_run: bool = False,
    build: bool = True,
    mapping: SheetMapping | None = None,
    hidden: bool = False,
    watch: Watch = nullcontext,
) -> Report:
    """Load files, folders and patterns as one batch; one bad file does not lose the others.

    `mapping` says what the columns of sheets hold that it fits; `hidden` loads hidden sheets too.
    `watch` is entered with the files and gives them back one by one, for a progress bar. Raises InputError where
    nothing can be done at all: no such path, a second load at the same time, a data folder that cannot be written.
    """
    inputs = paths if isinstance(paths, Inputs) else expand(list(paths), apart_from=data_dir)
    manner = Manner(policy.in_force(data_dir), today, mapping, hidden)
    if dry_run:
        with watch(inputs.files) as files:
            readings = read_files(files, manner, kept_in=None, corrects=data_dir)
            return _dry(data_dir, inputs, readings, replace=_replaces(readings, replace=replace))
    with batches.locked(data_dir), watch(inputs.files) as files:
        readings = read_files(files, manner, kept_in=data_dir, corrects=data_dir)
        return _entered(data_dir, inputs, readings, replace=_replaces(readings, replace=replace), build=build)


def _replaces(readings: list[Reading], *, replace: bool) -> bool:
    """Whether earlier loads of these names are withdrawn: where the call says so, or what is loaded corrects them."""
    corrects = {reading.corrects for reading in readings}
    if corrects == {True, False}:
        raise InputError(Problem(MIXED, next(reading.file.path.name for reading in readings if reading.corrects)))
    return replace or corrects == {True}


def _dry(data_dir: Path, inputs: Inputs, readings: list[Reading], *, replace: bool) -> Report:
    loads = [reading.load for reading in readings]
    meant = succession(batches.standing(data_dir), loads, replace=replace)
    return _report(readings, batch=None, unchanged=False, problems=_problems(inputs, readings), meant=meant)


def _entered(data_dir: Path, inputs: Inputs, readings: list[Reading], *, replace: bool, build: bool) -> Report:
    loads = [reading.load for reading in readings]
    standing = batches.standing(data_dir)
    meant = succession(standing, loads, replace=replace)
    if all(load.failed for load in loads):
        return _report(readings, batch=None, unchanged=False, problems=_problems(inputs, readings), meant=meant)
    unchanged = batches.holds(standing, loads, replace=replace)
    batch = None if unchanged else batches.add(data_dir, loads, replace=replace, ignored=inputs.ignored).number
    batches.prune(data_dir)
    unbuilt = building.publish(data_dir) if build else None
    shown = build and not unbuilt
    problems = _published(data_dir, inputs, batch) if shown else _problems(inputs, readings)
    return _report(readings, batch=batch, unchanged=unchanged, problems=problems, meant=meant, unbuilt=unbuilt)


def _report(
    readings: list[Reading],
    *,
    batch: int | None,
    unchanged: bool,
    problems: pd.DataFrame,
    meant: Succession,
    unbuilt: Problem | None = None,
) -> Report:
    sheets = tuple(sheet for reading in readings for sheet in reading.content.sheets)
    loaded = any(not reading.content.failed for reading in readings)
    complete = all(reading.content.complete for reading in readings)
    return Report(batch, sheets, unchanged, problems, loaded, complete, meant, unbuilt)


def _problems(inputs: Inputs, readings: list[Reading]) -> pd.DataFrame:
    """What reading the files found wrong; what waits or is doubtful among files only a build can tell."""
    ignored = as_frame(map(ignored_file, inputs.ignored))
    found = [frame for frame in (*(reading.content.problems for reading in readings), ignored) if len(frame)]
    return pd.concat(found, ignore_index=True) if found else empty(PROBLEM.columns)


def _published(data_dir: Path, inputs: Inputs, batch: int | None) -> pd.DataFrame:
    """What the warehouse holds against the new batch, or against the files where nothing changed."""
    version = warehouse.current(data_dir)
    if version is None:
        return empty(PROBLEM.columns)
    names = [*(file.name for file in inputs.files), *inputs.ignored]
    return warehouse.table(version, "problem", where={"file": names} if batch is None else {"batch_id": [batch]})
