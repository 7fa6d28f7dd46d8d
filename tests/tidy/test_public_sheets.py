"""Sheets that open projects published, against what one reads in them by eye; skipped where they are not at hand."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from pipelines import sources
from pipelines.policy import load
from pipelines.problems import InputError
from pipelines.tidy import TidySheet, tidy
from pipelines.tidy.layouts import derived

SHEETS = Path(__file__).parents[3] / "shared" / "real" / "sheets"
pytestmark = pytest.mark.skipif(not SHEETS.exists(), reason="the published sheets are not at hand")
TESTNET = {"cycle": "Acropolis testnet", "starts_on": "2019-05-13", "ends_on": "2019-07-03"}
NONE = None


def read(name: str, stated: dict[str, object] | None = None) -> TidySheet:
    (table,) = sources.read(SHEETS / name, name)
    return tidy(table, policy=load(), today=date(2026, 11, 8), mapping=derived("mine", stated) if stated else None)


def test_the_final_scores_of_a_project_sheet() -> None:
    sheet = read("ipfs_cluster_2019Q2.csv")
    assert (sheet.rows_in, sheet.kept, sheet.set_aside, sheet.skipped) == (36, 31, 1, 4)
    assert sheet.facts["objective"]["team"].unique().tolist() == ["IPFS Cluster"]
    assert sheet.facts["objective"]["cycle"].unique().tolist() == ["2019-Q2"]
    scores = [None if pd.isna(score) else score for score in sheet.facts["key_result"]["score"]]
    assert scores == [
        *[0.5, NONE, NONE, 0.0, 0.0, 0.0, 0.0, 0.7, 0.2, 0.0],
        *[0.7, 0.2, 0.8, 0.3, 1.0, 0.5],
        *[0.0, NONE, NONE, NONE, NONE],
        *[0.6, 1.0, 0.6, 0.3, 0.1, 0.0],
    ]
    told = {problem.rule.code: problem.cell for problem in sheet.problems}
    assert told == {"column_without_date": "D1", "row_is_remark": "A25"}


def test_scores_in_the_middle_of_a_quarter_load_once_their_day_is_said() -> None:
    sheet = read("ipfs_cluster_2019Q2.csv", {"like": "ipfs", "dated": {"Mid-Q Actual": "2019-05-15"}})
    assert sheet.facts["check_in"]["progress"].tolist() == [
        *[0.6, 0.0, 0.0, 0.0, 0.7, 0.2, 0.0],
        *[0.7, 0.2, 0.8, 0.0, 1.0, 0.5],
        *[0.0, 0.1],
        *[0.5, 0.6, 0.3],
    ]


def test_a_dated_log_whole() -> None:
    sheet = read("joystream_acropolis_1.csv", {"like": "joystream", "constants": TESTNET})
    assert (sheet.rows_in, sheet.kept, sheet.set_aside, sheet.skipped) == (10, 9, 0, 1)
    assert sheet.facts["objective"]["score"].tolist() == [0.594]
    facts = sheet.facts["check_in"]
    columns = {title: group["progress"].tolist() for title, group in facts.groupby("key_result")}
    assert columns == {
        "KR #1": [0.55, 0.58, 0.7, 0.78, 0.88, 0.95, 0.98, 1.0, 0.55],
        "KR #2": [0.67, 0.4, 0.4, 0.67, 0.67, 0.67, 0.9, 0.83, 0.67],
        "KR #3": [0.5, 0.0, 0.03, 0.03, 0.37, 0.4, 0.49, 0.5, 0.5],
        "KR #4": [0.75, 0.0, 0.0, 0.0, 0.05, 0.43, 0.85, 0.9, 0.75],
        # On 10 June the fifth was abstained from.
        "KR #5": [0.5, 0.68, 0.64, 0.79, 0.77, 0.65, 0.47, 0.5],
    }
    days = facts[facts["key_result"] == "KR #1"]["checked_on"].dt.strftime("%d.%m.%y").tolist()
    assert days[0] == days[-1] == "03.07.19"
    assert days[1:-1] == [f"{day}.19" for day in ("13.05", "20.05", "27.05", "03.06", "10.06", "17.06", "24.06")]


def test_a_log_whose_name_says_no_quarter_asks_for_it() -> None:
    with pytest.raises(InputError) as refused:
        read("joystream_athens_1.csv")
    assert refused.value.problem.rule.code == "cycle_unknown"
    assert "okr map" in refused.value.problem.message()


@pytest.mark.parametrize(
    ("name", "rows", "check_ins"),
    [
        ("joystream_q1-19_1.csv", (4, 3, 0, 1), 15),
        ("joystream_q1-19_2.csv", (4, 3, 0, 1), 10),
        ("joystream_q1-19_3.csv", (4, 3, 0, 1), 6),
        ("joystream_q1-19_4.csv", (4, 2, 0, 2), 4),
        ("joystream_q2-19_1.csv", (9, 7, 1, 1), 35),
        ("joystream_q2-19_2.csv", (9, 7, 1, 1), 34),
        ("joystream_q2-19_3.csv", (9, 6, 2, 1), 18),
        ("joystream_q2-19_4.csv", (9, 6, 2, 1), 30),
    ],
)
def test_logs_of_a_quarter_load_as_they_are(name: str, rows: tuple[int, ...], check_ins: int) -> None:
    sheet = read(name)
    assert (sheet.rows_in, sheet.kept, sheet.set_aside, sheet.skipped) == rows
    assert len(sheet.facts["check_in"]) == check_ins
