"""The catalogue says something of every figure, in both languages."""

from pathlib import Path

import pytest

import pipelines
from pipelines.metrics.catalogue import EVIDENCE, METRICS, figure
from pipelines.metrics.compute import ANSWERS, Question, compute
from pipelines.policy import load
from pipelines.wording import LOCALES
from pipelines.wording.extraction import catalogue, messages_in
from tests.situations import TODAY, near_the_top

CYCLES = {"compare": ("2025-Q1", "2025-Q2")}


@pytest.mark.parametrize("name", ANSWERS)
def test_what_is_printed_is_what_the_catalogue_names(name: str) -> None:
    by = ("team",) if name in {"completion", "challenge"} else ()
    table = compute(Question(name, by, CYCLES.get(name, ()), today=TODAY), near_the_top(), policy=load())
    printed = [column for column in table.columns if column not in by or name == "challenge"]
    assert printed == [entry.name for entry in METRICS[name].figures]


def test_metrics_and_answers_are_the_same() -> None:
    assert list(METRICS) == list(ANSWERS)


def test_every_finding_is_in_the_catalogue() -> None:
    found = compute(Question("challenge", by=("objective",)), near_the_top(), policy=load())
    assert set(found["evidence"].explode()) <= set(EVIDENCE)


def test_a_figure_is_found_by_its_names() -> None:
    assert figure("completion", "completion_rate").denominator == "scored"


def test_shares_name_their_denominator() -> None:
    shares = [entry for metric in METRICS.values() for entry in metric.figures if entry.unit in {"share", "score"}]
    assert not [entry.name for entry in shares if not entry.denominator]


def test_every_message_is_translated_and_none_is_left_over() -> None:
    marked = messages_in(Path(pipelines.__file__).parent)
    known = {
        message.id: message.string for message in catalogue(LOCALES / "zh_CN/LC_MESSAGES/metrics.po") if message.id
    }
    assert set(known) - marked == set()
    assert not [message for message, translation in known.items() if not translation]
