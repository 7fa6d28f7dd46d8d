import shutil
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

from pipelines.cli.demo import demo
from pipelines.demo.company import ALIKE, found
from pipelines.demo.files import FolderInUseError, write_company
from pipelines.demo.stories import PLANTED, lift_in, style_in
from pipelines.demo.timeline import OPEN_QUARTER
from tests.sharing import made_once

COMMITTED = Path(__file__).parents[2] / "data" / "sample"
SMALL = {"people": 12, "quarters": 2, "seed": 7}


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small company, written once."""
    return made_once(tmp_path_factory, "small company", lambda folder: list(write_company(folder, **SMALL)))


def tables(folder: Path) -> dict[str, object]:
    sheets = {
        path.name: pd.read_excel(path, sheet_name=None, header=None, engine="calamine")
        for path in folder.glob("*.xlsx")
    }
    texts = {path.name: path.read_bytes() for path in folder.iterdir() if path.suffix != ".xlsx"}
    frames = {name: {sheet: frame.to_csv() for sheet, frame in book.items()} for name, book in sheets.items()}
    return {**frames, **texts}


def test_the_same_seed_gives_the_same_bytes(small, tmp_path):
    list(write_company(tmp_path, **SMALL))
    assert contents(small) == contents(tmp_path)


def test_another_seed_gives_another_company(small, tmp_path):
    list(write_company(tmp_path, **SMALL | {"seed": 8}))
    assert contents(small)["check-ins 2026.csv"] != contents(tmp_path)["check-ins 2026.csv"]


def test_the_committed_sample_is_what_the_command_writes(small):
    assert tables(small) == tables(COMMITTED)


def test_the_committed_sample_is_small():
    assert sum(path.stat().st_size for path in COMMITTED.iterdir()) < 200_000


def test_writing_again_replaces_the_earlier_company(small, tmp_path):
    folder = shutil.copytree(small, tmp_path / "small")
    assert list(folder.glob("2026-Q3*"))
    list(write_company(folder, **SMALL | {"quarters": 1}))
    assert not list(folder.glob("2026-Q3*"))


def test_a_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "budget.xlsx").write_bytes(b"mine")
    with pytest.raises(FolderInUseError):
        list(write_company(tmp_path, **SMALL))
    assert contents(tmp_path) == {"budget.xlsx": b"mine"}


def test_two_rows_of_the_log_cannot_be_kept():
    log = pd.read_csv(COMMITTED / "check-ins 2026.csv")
    without_statement = log[["Value", "Progress", "Confidence"]].isna().all(axis=1)
    assert log["Date"].isna().sum() == 1
    assert without_statement.sum() == 1
    assert not (log["Date"].isna() & without_statement).any()


def test_the_branch_writes_its_log_as_excel_does_in_china():
    log = (COMMITTED / "西山分公司 进展跟踪 2026.csv").read_bytes().decode("gb18030")
    assert log.splitlines()[0] == "日期,关键结果编号,最新值,完成度,信心指数,说明,所有者"


def test_objective_cells_are_merged_in_even_years(tmp_path):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(COMMITTED / "2026-Q3 OKR.xlsx")
    merged = {str(area) for area in book.active.merged_cells.ranges}
    assert "A4:A6" in merged
    assert book.active["T4"].number_format == "0%"


def test_large_companies_come_in_the_plain_template(tmp_path):
    written = list(write_company(tmp_path, people=620, quarters=1, seed=7))
    rows = {file.path.name: file.rows for file in written}
    objectives = pd.read_csv(tmp_path / "objectives-2026-Q4.csv", dtype=str)
    key_results = pd.read_csv(tmp_path / "key_results-2026-Q4.csv", dtype=str)
    assert rows["people.csv"] == 620
    assert len(objectives) == rows["objectives-2026-Q4.csv"]
    assert set(key_results["objective_id"]) == set(objectives["objective_id"])
    assert objectives["team"].isin(pd.read_csv(tmp_path / "teams.csv")["team"]).all()


def test_the_command_says_what_it_wrote_and_what_to_run_next(tmp_path):
    folder = tmp_path / "示例 company"
    result = CliRunner().invoke(
        demo, ["--people", "12", "--quarters", "1", "--out", str(folder)], env={"OKR_LANG": "en"}
    )
    assert result.exit_code == 0
    assert "2026-Q4 OKR.xlsx" in result.output
    assert f"okr ingest '{folder}'" in result.output
    assert "OKR_TODAY=2026-11-08" in result.output


def test_the_command_speaks_chinese(tmp_path):
    result = CliRunner().invoke(
        demo, ["--people", "12", "--quarters", "1", "--out", str(tmp_path)], env={"OKR_LANG": "zh"}
    )
    assert "接下来" in result.output


def test_the_command_refuses_a_folder_in_use(tmp_path):
    (tmp_path / "budget.xlsx").write_bytes(b"mine")
    result = CliRunner().invoke(demo, ["--out", str(tmp_path)], env={"OKR_LANG": "en"})
    assert result.exit_code == 2
    assert "holds other files" in result.output


def test_without_stories_all_teams_are_alike_and_nothing_is_planted(tmp_path):
    list(write_company(tmp_path, **SMALL, stories=False))
    sheet = pd.read_excel(tmp_path / "2026-Q3 OKR.xlsx", header=None, engine="calamine")
    assert not sheet.isin([goal.title for goal in PLANTED]).any(axis=None)
    about = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "--no-stories" in about
    assert "## The stories" not in about
    company = found(120, 7, stories=False)
    assert {style_in(team, OPEN_QUARTER) for team in company.teams} == {ALIKE}
    assert {lift_in(team, OPEN_QUARTER) for team in company.teams} == {0.0}
