"""Writes the sample company's files into a folder: workbooks and logs, or plain tables when it is large."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipelines.demo.company import Company, found
from pipelines.demo.history import CycleHistory, histories
from pipelines.demo.logs import write_chinese_log, write_log, write_table
from pipelines.demo.sheets import DATE, PLAIN, Sheet, chinese_sheet, english_sheet
from pipelines.demo.template import (
    CHANGES,
    CHECK_INS,
    KEY_RESULTS,
    OBJECTIVES,
    PEOPLE,
    TEAMS,
    changes_table,
    people_table,
    teams_table,
)
from pipelines.demo.timeline import TODAY, quarter_with
from pipelines.demo.workbooks import write_workbook

WORKBOOKS_UP_TO = 500
ABOUT = "README.md"
ABOUT_BEGINS = "# Farridge Group"
STORIES_BEGIN = "## The stories"


class FolderInUseError(Exception):
    """The folder holds files that are not an earlier sample company."""


@dataclass(frozen=True)
class Written:
    """One file written, and how many rows of facts it has."""

    path: Path
    rows: int


def write_company(folder: Path, *, people: int, quarters: int, seed: int, stories: bool = True) -> Iterable[Written]:
    """Write the sample company's files one by one; the same numbers give the same bytes."""
    clear(folder)
    company = found(people, seed, stories=stories)
    page = about(people=people, quarters=quarters, seed=seed, stories=stories)
    (folder / ABOUT).write_text(page, encoding="utf-8")
    told = histories(company, quarters=quarters, seed=seed)
    yield from _plain(folder, company, told) if people > WORKBOOKS_UP_TO else _kept(folder, company, list(told))


def clear(folder: Path) -> None:
    """Make the folder and take an earlier sample company out of it; anything else is left alone."""
    folder.mkdir(parents=True, exist_ok=True)
    page = folder / ABOUT
    ours = page.is_file() and page.read_text(encoding="utf-8").startswith(ABOUT_BEGINS)
    if any(folder.iterdir()) and not ours:
        raise FolderInUseError(folder)
    for path in [*folder.glob("*.xlsx"), *folder.glob("*.csv")]:
        path.unlink()


def about(*, people: int, quarters: int, seed: int, stories: bool = True) -> str:
    """The page that says what the files are and which stories they tell, if any."""
    text = Path(__file__).with_name("about.md").read_text(encoding="utf-8")
    told = text if stories else text.partition(STORIES_BEGIN)[0]
    option = "" if stories else " --no-stories"
    return told.format(people=people, quarters=quarters, seed=seed, option=option, today=TODAY.isoformat())


def _kept(folder: Path, company: Company, told: list[CycleHistory]) -> Iterable[Written]:
    yield _organisation(folder / "organisation.xlsx", company)
    for history in told:
        if history.cycle.kind != "month":
            yield _headquarters(folder, history)
    months = [history for history in told if history.cycle.kind == "month"]
    for label in sorted({quarter_with(history.cycle.starts_on).label for history in months}):
        yield _branch(folder, label, months)
    yield from _logs(folder, told)
    changes = changes_table({name for history in told for name in history.key_results["key_result_id"]})
    if company.stories and len(changes):
        yield _table(folder / "changes.csv", changes, CHANGES)


def _organisation(path: Path, company: Company) -> Written:
    tables = {"Teams": (teams_table(company), TEAMS), "People": (people_table(company), PEOPLE)}
    sheets = [_plain_sheet(name, frame, columns) for name, (frame, columns) in tables.items()]
    write_workbook(path, sheets)
    return Written(path, sum(len(sheet.frame) for sheet in sheets))


def _plain_sheet(name: str, frame: pd.DataFrame, columns: dict[str, str]) -> Sheet:
    spelled = frame[list(columns.values())].set_axis(
        [header.replace("_", " ").capitalize() for header in columns], axis=1
    )
    dates = spelled.select_dtypes("datetime").columns
    return Sheet(name, "", spelled, dict.fromkeys(spelled.columns, PLAIN) | dict.fromkeys(dates, DATE))


def _headquarters(folder: Path, history: CycleHistory) -> Written:
    kind = "annual goals" if history.cycle.kind == "year" else "OKR"
    path = folder / f"{history.cycle.label} {kind}.xlsx"
    write_workbook(path, [english_sheet(history.key_results, history.cycle)])
    return Written(path, len(history.key_results))


def _branch(folder: Path, label: str, months: list[CycleHistory]) -> Written:
    inside = [history for history in months if quarter_with(history.cycle.starts_on).label == label]
    path = folder / f"西山分公司 {label}.xlsx"
    write_workbook(path, [chinese_sheet(history.key_results, history.cycle) for history in inside])
    return Written(path, sum(len(history.key_results) for history in inside))


def _logs(folder: Path, told: list[CycleHistory]) -> Iterable[Written]:
    branch = pd.concat([h.check_ins for h in told if h.cycle.kind == "month"] or [told[0].check_ins[:0]])
    others = pd.concat([h.check_ins for h in told if h.cycle.kind != "month"])
    for year, log in others.groupby(others["checked_on"].dt.year):
        path = folder / f"check-ins {year}.csv"
        yield Written(path, write_log(path, log, faulty=year == TODAY.year))
    for year, log in branch.groupby(branch["checked_on"].dt.year):
        path = folder / f"西山分公司 进展跟踪 {year}.csv"
        yield Written(path, write_chinese_log(path, log))


def _plain(folder: Path, company: Company, told: Iterable[CycleHistory]) -> Iterable[Written]:
    yield _table(folder / "teams.csv", teams_table(company), TEAMS)
    yield _table(folder / "people.csv", people_table(company), PEOPLE)
    for history in told:
        label = history.cycle.label
        yield _table(folder / f"objectives-{label}.csv", history.objectives, OBJECTIVES)
        yield _table(folder / f"key_results-{label}.csv", history.key_results, KEY_RESULTS)
        yield _table(folder / f"check_ins-{label}.csv", history.check_ins, CHECK_INS)


def _table(path: Path, frame: pd.DataFrame, columns: dict[str, str]) -> Written:
    return Written(path, write_table(path, frame, columns))
