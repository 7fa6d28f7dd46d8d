"""Loading files: parse each once, keep it, enter a batch, publish the warehouse. Start at `ingest`."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

import pandas as pd

from pipelines import batches, fingerprint, parsed, sources, tidy, warehouse
from pipelines import build as building
from pipelines.batches import Load
from pipelines.inputs import InputFile, Inputs, expand, ignored_file
from pipelines.parsed import Parsed, SheetCount
from pipelines.policy import Policy
from pipelines.problems import InputError, Problem, as_frame, rule
from pipelines.report import Report
from pipelines.schema import PROBLEM, empty
from pipelines.sources.raw import RawTable
from pipelines.succession import Succession, succession
from pipelines.tidy.sheet import TidySheet
from pipelines.wording import LANGUAGES

UNREADABLE = rule("file_unreadable", "set_aside", "the file cannot be opened ({reason}). Check that you may read it.")
NO_DATA = rule(
    "file_without_data", "doubtful", "below the headers the file holds no rows of data. Fill it in, or leave it out."
)
Watch = Callable[[Sequence[InputFile]], AbstractContextManager[Iterable[InputFile]]]


@dataclass(frozen=True)
class Opened:
    """One file with the hash of all that its reading depends on: what is known of it already, or its tables."""

    file: InputFile
    digest: str
    content: Parsed | None = None
    tables: tuple[RawTable, ...] = ()


@dataclass(frozen=True)
class Reading:
    """One file with what was read from it, and the hash of all that depends on."""

    file: InputFile
    digest: str
    content: Parsed

    @property
    def load(self) -> Load:
        """The file's entry in the ledger; what is wrong with a file that failed is kept there."""
        failed = self.content.failed
        problems = self.content.problems.astype(object).where(self.content.problems.notna(), None)
        wrong = problems.to_dict("records") if failed else ()
        return Load(self.file.name, self.digest, self.content.sheets, failed, tuple(wrong))  # type: ignore[arg-type]


def ingest(
    paths: Iterable[Path],
    data_dir: Path,
    *,
    today: date,
    replace: bool = False,
    dry_run: bool = False,
    build: bool = True,
    watch: Watch = nullcontext,
) -> Report:
    """Load files, folders and patterns as one batch; one bad file does not lose the others.

    `watch` is entered with the files and gives them back one by one, for a progress bar. Raises InputError where
    nothing can be done at all: no such path, a second load at the same time, a data folder that cannot be written.
    """
    inputs = expand(list(paths), apart_from=data_dir)
    policy = building.policy_in_force(data_dir)
    if dry_run:
        with watch(inputs.files) as files:
            return _dry(data_dir, inputs, _readings(files, None, policy, today), replace=replace)
    with batches.locked(data_dir), watch(inputs.files) as files:
        readings = _readings(files, data_dir, policy, today)
        return _entered(data_dir, inputs, readings, replace=replace, build=build)


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


def _readings(files: Iterable[InputFile], data_dir: Path | None, policy: Policy, today: date) -> list[Reading]:
    """Every file's reading, in order; the next file is opened while one is understood, for that is half the time."""
    opened = _one_ahead(partial(_open, file, data_dir, policy) for file in files)
    return [_reading(each, data_dir, policy, today) for each in opened]


def _one_ahead(jobs: Iterable[Callable[[], Opened]]) -> Iterator[Opened]:
    """What the jobs give, in their order, each begun while the one before it is in use."""
    with ThreadPoolExecutor(max_workers=1) as beside:
        before = None
        for job in jobs:
            begun = beside.submit(job)
            if before is not None:
                yield before.result()
            before = begun
        if before is not None:
            yield before.result()


def _open(file: InputFile, data_dir: Path | None, policy: Policy) -> Opened:
    """The file as kept from before, or its tables as they stand (a file that failed is opened again)."""
    digest = ""
    try:
        digest = fingerprint.of_file(file.path, file.name, repr(policy.cycle), fingerprint.of_parser())
        kept = parsed.load(data_dir, digest) if data_dir else None
        return Opened(file, digest, kept, () if kept else tuple(sources.read(file.path, file.name)))
    except InputError as error:
        return Opened(file, digest, _failure(file, error.problem))
    except OSError as error:
        problem = Problem(UNREADABLE, file.name, details={"reason": error.strerror or error})
        return Opened(file, digest, _failure(file, problem))


def _reading(opened: Opened, data_dir: Path | None, policy: Policy, today: date) -> Reading:
    """What the file gives, kept for the next time where it is new."""
    if opened.content:
        return Reading(opened.file, opened.digest, opened.content)
    content = _understood(opened, policy, today)
    if data_dir and not content.failed:
        parsed.store(data_dir, opened.digest, content)
    return Reading(opened.file, opened.digest, content)


def _understood(opened: Opened, policy: Policy, today: date) -> Parsed:
    facts, sheets, problems = [], [], []
    for table in opened.tables:
        try:
            sheet = tidy.tidy(table, policy=policy, today=today)
        except InputError as error:
            sheets.append(_not_understood(table))
            # An empty sheet, as new workbooks have several, is nothing to speak of.
            problems += [error.problem] if sheets[-1].set_aside else []
        else:
            facts.append(sheet.facts)
            sheets.append(_count(sheet))
            problems += sheet.problems
    empty_handed = not any(facts) and not problems
    return parsed.parsed(facts, sheets, [Problem(NO_DATA, opened.file.name)] if empty_handed else problems)


def _failure(file: InputFile, problem: Problem) -> Parsed:
    return parsed.parsed([], [SheetCount(file.name, None)], [problem])


def _not_understood(table: RawTable) -> SheetCount:
    filled = int(table.frame.notna().any(axis=1).sum())
    rows = len(table.frame)
    return SheetCount(table.file, table.sheet, rows_in=rows, set_aside=filled, skipped=rows - filled)


def _count(sheet: TidySheet) -> SheetCount:
    return SheetCount(
        file=sheet.file,
        sheet=sheet.sheet,
        layout=sheet.layout,
        table=sheet.table,
        facts={name: len(frame) for name, frame in sheet.facts.items()},
        rows_in=sheet.rows_in,
        kept=sheet.kept,
        set_aside=sheet.set_aside,
        skipped=sheet.skipped,
        decisions=tuple({language: told.told(language) for language in LANGUAGES} for told in sheet.decisions),
        columns=sheet.columns,
    )
