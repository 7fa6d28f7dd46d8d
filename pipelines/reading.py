"""Reading files: each is opened, understood and kept under the hash of all that its reading depends on."""

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pipelines import corrections, parsed, sources, tidy
from pipelines.batches import Load
from pipelines.corrections import Corrected
from pipelines.inputs import InputFile
from pipelines.large_logs import LargeFile
from pipelines.manner import Manner
from pipelines.parsed import Parsed, SheetCount, in_languages
from pipelines.problems import InputError, Problem, rule
from pipelines.sources.raw import RawTable
from pipelines.tidy import rules
from pipelines.tidy.sheet import TidySheet

UNREADABLE = rule("file_unreadable", "set_aside", "the file cannot be opened ({reason}). Check that you may read it.")
NO_OKRS = rule(
    "json_without_okrs",
    "doubtful",
    "the file holds no list of objectives, key results or check-ins that is known, so it was left out. "
    "If it does hold some, save them as a table in a CSV file.",
)


@dataclass(frozen=True)
class Opened:
    """One file with the hash of all that its reading depends on: what is known of it already, or its tables."""

    file: InputFile
    digest: str
    content: Parsed | None = None
    tables: tuple[RawTable, ...] = ()


@dataclass(frozen=True)
class Reading:
    """One file with what was read from it, the hash of all that depends on, and whether it corrects an earlier load."""

    file: InputFile
    digest: str
    content: Parsed
    corrects: bool = False

    @property
    def load(self) -> Load:
        """The file's entry in the ledger; what is wrong with a file that failed is kept there."""
        failed = self.content.failed
        problems = self.content.problems.astype(object).where(self.content.problems.notna(), None)
        wrong = problems.to_dict("records") if failed else ()
        return Load(self.file.name, self.digest, self.content.sheets, failed, tuple(wrong))  # type: ignore[arg-type]


def read_files(
    files: Iterable[InputFile], manner: Manner, *, kept_in: Path | None, corrects: Path | None = None
) -> list[Reading]:
    """Every file's reading, in order; the next file is opened while one is understood, for that is half the time.

    A sheet of corrected problems gives the readings of the files it corrects, which the folder `corrects` holds.
    """
    opened = _one_ahead(partial(open_file, file, manner, kept_in) for file in files)
    return [reading for each in opened for reading in _readings(each, manner, kept_in, corrects)]


def _readings(opened: Opened, manner: Manner, kept_in: Path | None, corrects: Path | None) -> list[Reading]:
    if corrects is None or not corrections.is_corrections(opened.tables):
        return [reading_of(opened, manner, kept_in)]
    try:
        found = corrections.corrected(opened.tables[0], corrects)
        return [_corrected(opened.file.path, each, manner, kept_in) for each in found]
    except InputError as error:
        return [Reading(opened.file, opened.digest, _failure(opened.file, error.problem))]


def _corrected(path: Path, file: Corrected, manner: Manner, kept_in: Path | None) -> Reading:
    reading = reading_of(Opened(InputFile(path, file.name), file.digest, tables=file.tables), manner, kept_in)
    file.refuse_other([sheet.layout for sheet in reading.content.sheets])
    return dataclasses.replace(reading, corrects=True)


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


def open_file(file: InputFile, manner: Manner, kept_in: Path | None) -> Opened:
    """The file as kept from before, or its tables as they stand (a file that failed is opened again).

    A large log is read and kept at once, and only its first rows stand for it.
    """
    digest = ""
    try:
        digest = manner.digest(file)
        if kept := parsed.look_through(kept_in, digest) if kept_in else None:
            return Opened(file, digest, kept)
    except OSError as error:
        return _unreadable(file, digest, error)
    return _newly_opened(file, digest, manner, kept_in)


def _newly_opened(file: InputFile, digest: str, manner: Manner, kept_in: Path | None) -> Opened:
    try:
        # What goes wrong in writing is no fault of the file.
        if log := LargeFile(file, digest, manner, kept_in).read():
            return Opened(file, digest, log.content, (log.top,))
        return _whole(file, digest)
    except InputError as error:
        return Opened(file, digest, _failure(file, error.problem))


def _whole(file: InputFile, digest: str) -> Opened:
    try:
        return Opened(file, digest, tables=tuple(sources.read(file.path, file.name)))
    except OSError as error:
        return _unreadable(file, digest, error)


def _unreadable(file: InputFile, digest: str, error: OSError) -> Opened:
    problem = Problem(UNREADABLE, file.name, details={"reason": error.strerror or error})
    return Opened(file, digest, _failure(file, problem))


def reading_of(opened: Opened, manner: Manner, kept_in: Path | None) -> Reading:
    """What the file gives, kept for the next time where it is new."""
    if opened.content:
        return Reading(opened.file, opened.digest, opened.content)
    content = _understood(opened, manner)
    if kept_in and not content.failed:
        parsed.store(kept_in, opened.digest, content, opened.tables)
        content = dataclasses.replace(content, facts={})
    return Reading(opened.file, opened.digest, content)


def _understood(opened: Opened, manner: Manner) -> Parsed:
    facts, sheets, problems = [], [], []
    for table in opened.tables:
        problems += [note for note in table.notes if note.cell is None]
        try:
            sheet = _tidied(table, manner)
        except InputError as error:
            sheets.append(_not_understood(table))
            # An empty sheet, as new workbooks have several, is nothing to speak of.
            problems += [error.problem] if sheets[-1].set_aside else []
        else:
            facts.append(sheet.facts)
            sheets.append(_count(sheet))
            problems += sheet.problems
    if not any(facts) and _may_hold_anything(opened.file):
        return parsed.parsed([], [], [Problem(NO_OKRS, opened.file.name)])
    empty_handed = not any(facts) and not problems
    problems += [Problem(rules.NO_DATA, opened.file.name)] if empty_handed else []
    return parsed.parsed(facts, sheets, [*problems, *manner.unused(opened.file, sheets, problems)])


def _may_hold_anything(file: InputFile) -> bool:
    """Whether files of this kind usually hold something else than tables, settings for example."""
    return file.name.casefold().removesuffix(".gz").endswith(".json")


def _tidied(table: RawTable, manner: Manner) -> TidySheet:
    if table.hidden and not manner.hidden:
        details: dict[str, object] = {"count": _filled(table)}
        raise InputError(Problem(rules.HIDDEN, table.file, table.sheet, details=details))
    layout = manner.mapping.of(table.sheet) if manner.mapping else None
    return tidy.tidy(table, policy=manner.policy, today=manner.today, mapping=layout)


def _failure(file: InputFile, problem: Problem) -> Parsed:
    return parsed.parsed([], [SheetCount(file.name, None)], [problem])


def _filled(table: RawTable) -> int:
    return int(table.frame.notna().any(axis=1).sum())


def _not_understood(table: RawTable) -> SheetCount:
    rows, filled = len(table.frame), _filled(table)
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
        decisions=in_languages(sheet.decisions),
        columns=sheet.columns,
    )
