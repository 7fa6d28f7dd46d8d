"""A slip in a call is met with what was probably meant, in the reader's language."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pipelines.cli import COMMANDS, main
from pipelines.cli.headings import headings
from pipelines.metrics.catalogue import METRICS
from tests.pipelines.files import OBJECTIVES, company, loaded, okr, printed, write_csv

pytestmark = pytest.mark.xdist_group("slips")

GOALS = [
    ["o1", "2025-Q1", "Sales", "Grow", 0.5],
    ["o2", "2025-Q1", "Sales", "Hire people", 0.4],
    ["o3", "2025-Q2", "Sales", "Hire people", 0.4],
]


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three goals, which are only asked for."""
    folder = tmp_path_factory.mktemp("slips")
    loaded(folder / "data", write_csv(folder / "objectives.csv", OBJECTIVES, *GOALS))
    return folder / "data"


@pytest.mark.parametrize("word", ["2026-02-30", "tomorrow", "2026-11", "20261108"])
@pytest.mark.parametrize(("language", "said"), [("en", "is no day of the calendar"), ("zh_CN", "不是日历上的日期")])
def test_an_impossible_day_is_called_so(tmp_path: Path, word: str, language: str, said: str) -> None:
    result = okr(tmp_path, "metrics", "completion", "--as-of", word, OKR_LANG=language)
    assert (result.exit_code, f"“{word}”" in result.stderr, said in result.stderr) == (2, True, True)
    assert said in okr(tmp_path, "ingest", tmp_path, OKR_LANG=language, OKR_TODAY=word).stderr


def test_help_says_how_a_day_is_written_and_cuts_no_summary_off() -> None:
    assert "--as-of YYYY-MM-DD" in CliRunner().invoke(main, ["metrics", "--help"]).output
    summaries = CliRunner().invoke(main, ["--help"]).output.partition("Commands:")[2]
    assert "..." not in summaries
    assert all(f"  {name} " in summaries for name in COMMANDS)


@pytest.mark.parametrize("named", ["Grow", " grow ", "ｇｒｏｗ", "O1"])
def test_show_takes_a_title_that_only_one_objective_has(data: Path, named: str) -> None:
    assert printed(data, "show", named)["objective_id"] == "o1"


def test_show_names_the_objectives_that_share_a_title(data: Path) -> None:
    result = okr(data, "show", "hire people")
    assert result.exit_code == 2
    assert "may be o2 (Hire people), o3 (Hire people)" in result.stderr


@pytest.mark.parametrize(("named", "meant"), [("Gorw", "o1 (Grow)"), ("Hire", "o2 (Hire people)")])
def test_show_names_what_is_near(data: Path, named: str, meant: str) -> None:
    result = okr(data, "show", named)
    assert (result.exit_code, f"Did you mean {meant}" in result.stderr) == (2, True)
    assert f"是否指 {meant}" in okr(data, "show", named, OKR_LANG="zh_CN").stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--cycle", "2025Q1"], "No cycle “2025Q1” is loaded. Did you mean 2025-Q1"),
        (["--team", "Slaes"], "No team “Slaes” is loaded. Did you mean Sales?"),
    ],
)
def test_an_unknown_cycle_or_team_is_told_beside_the_answer(data: Path, words: list[str], said: str) -> None:
    result = okr(data, "metrics", "completion", *words, "--json")
    assert (result.exit_code, result.stdout) == (0, "[]\n")
    assert said in result.stderr
    assert "是否指" in okr(data, "metrics", "completion", *words, OKR_LANG="zh_CN").stderr


def test_a_known_cycle_and_team_are_not_spoken_of(data: Path) -> None:
    words = ("metrics", "completion", "--cycle", "2025-Q1", "--team", "sales")
    assert okr(data, *words).stderr == ""
    assert okr(data, *words, "--json").stdout == okr(data, *words, "--format", "json").stdout


@pytest.mark.parametrize(
    ("words", "english", "chinese"),
    [
        (["metrics", "completion", "--cycle", "zzz"], "There are, for example, 2025-Q2, 2025-Q1.", "现有例如 2025-Q2"),
        (["metrics", "completion", "--team", "zzz"], "There are, for example, Sales.", "现有例如 Sales"),
        (["show", "zzz"], "There are, for example, o1 (Grow), o2", "现有例如 o1 (Grow)"),
        (["metrics", "completion", "--policy", "gogle"], "Did you mean google?", "是否指 google？"),
        (["problems", "--format", "xml"], "none of table, csv, json.", "可选值 table, csv, json"),
        (["metricz"], "There is no command “metricz”. Did you mean one of these: metrics?", "没有命令“metricz”"),
    ],
)
def test_what_is_like_nothing_is_answered_with_what_there_is(
    data: Path, words: list[str], english: str, chinese: str
) -> None:
    assert english in okr(data, *words).stderr
    assert chinese in okr(data, *words, OKR_LANG="zh_CN").stderr


def test_a_figure_that_there_is_not_is_answered_with_those_that_there_are(tmp_path: Path) -> None:
    result = okr(tmp_path, "metrics", "complete")
    assert (result.exit_code, "There is no figure “complete”" in result.stderr) == (2, True)
    assert "completion, distribution" in result.stderr


@pytest.mark.parametrize(
    "words", [["problems"], ["batches"], ["metrics", "completion"], ["show", "o1"], ["undo"], ["build"]]
)
@pytest.mark.parametrize(("language", "said"), [("en", "no such data folder"), ("zh_CN", "没有这个数据文件夹")])
def test_a_data_folder_that_is_not_there_is_said_and_not_made(
    tmp_path: Path, words: list[str], language: str, said: str
) -> None:
    result = okr(tmp_path / "datta", *words, OKR_LANG=language)
    assert result.exit_code == (2 if words[0] in {"show", "undo", "build"} else 0)
    assert said in result.stderr
    assert not (tmp_path / "datta").exists()


def test_what_is_loaded_and_not_computed_is_no_missing_data(tmp_path: Path) -> None:
    loaded(tmp_path / "data", company(tmp_path / "company"), "--no-build")
    for words in (["problems"], ["metrics", "completion"], ["show", "o1"]):
        assert "not computed yet. Run `okr build`" in okr(tmp_path / "data", *words).stderr


@pytest.mark.parametrize("words", [[], ["--no-build"], ["--dry-run"], ["--replace"]])
def test_problems_are_announced_where_they_are_listed_alone(tmp_path: Path, words: list[str]) -> None:
    path = write_csv(tmp_path / "objectives.csv", OBJECTIVES, *GOALS, ["o9", "2025-Q1", "Sales", None, 1])
    for given in (words, []):
        said = okr(tmp_path / "data", "ingest", path, *given).output
        listed = (tmp_path / "data").exists() and printed(tmp_path / "data", "problems")
        assert ("okr problems" in said) == (bool(listed) or "After `okr build`" in said)
    assert "After" not in okr(tmp_path / "data", "ingest", path, "--no-build").output


def test_chinese_readers_find_chinese_headers_above_figures(data: Path) -> None:
    words = ("metrics", "completion", "--by", "team,cycle")
    chinese, english = (okr(data, *words, OKR_LANG=language).stdout.splitlines()[0] for language in ("zh_CN", "en"))
    assert english.split()[:3] == ["team", "cycle", "objectives"]
    assert chinese.split()[:2] == ["团队", "周期"]
    assert not any("a" <= letter <= "z" for letter in chinese)
    assert "objectives" in okr(data, *words, "--format", "csv", OKR_LANG="zh_CN").stdout


@pytest.mark.parametrize(
    "words",
    [
        ("distribution", "--by", "quarter,year,level,ambition"),
        ("alignment",),
        ("challenge",),
        ("challenge", "--by", "objective"),
        ("compare", "--cycle", "2025-Q1", "--cycle", "2025-Q2"),
        ("--list",),
    ],
)
def test_no_figure_keeps_its_column_name_in_chinese(
    data: Path, words: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    columns = okr(data, "metrics", *words, "--format", "csv").stdout.splitlines()[0].replace('"', "").split(",")
    monkeypatch.setenv("OKR_LANG", "zh_CN")
    metric = words[0] if words[0] in METRICS else ""
    kept = set(headings(metric, columns)) & set(columns)
    assert kept <= {"note"}, "the note is a column of exports alone"


@pytest.mark.parametrize(("language", "said"), [("en", "another program serves at this port"), ("zh_CN", "此端口已被")])
def test_a_taken_port_is_said_before_anything_else(tmp_path: Path, language: str, said: str) -> None:
    with socket.create_server(("localhost", 0)) as other:
        port = other.getsockname()[1]
        words = [sys.executable, "-m", "pipelines", "dashboard", "--port", str(port), "--data", str(tmp_path)]
        environment = {**os.environ, "OKR_LANG": language, "OKR_TODAY": "nonsense"}
        done = subprocess.run(words, capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert f"--port {port + 1}" in done.stderr
