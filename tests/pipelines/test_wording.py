import pytest

from pipelines.policy import BAD_VALUE
from pipelines.problems import Problem
from pipelines.wording import command_language, language_of, translate


def test_chinese_is_spoken_where_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OKR_LANG", "zh_CN.UTF-8")
    assert command_language() == "zh_CN"
    assert [language_of(name) for name in ("zh-TW", "zh-CN", "en-US", "de", None)] == [
        "zh_CN",
        "zh_CN",
        "en",
        "en",
        "en",
    ]


def test_a_message_without_translation_stays_english() -> None:
    assert translate("No such message {here}", "zh_CN", here=1) == "No such message 1"


def test_a_problem_is_told_with_its_place_in_both_languages() -> None:
    problem = Problem(BAD_VALUE, "okr.xlsx", "Q3", 4, "C4", "weight", "x", {"expected": "0–1"})
    assert problem.told("en") == "okr.xlsx · Q3 · C4: “weight” cannot be x; expected 0–1."
    assert problem.told("zh_CN") == "okr.xlsx · Q3 · C4: “weight”不能是 x；应为 0–1。"
    assert problem.record()["message_zh"] == problem.message("zh_CN")
