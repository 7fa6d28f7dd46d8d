"""Many readers at once, by the load generator: nobody meets an error, or a page that mixes two builds."""

import asyncio
from datetime import date
from pathlib import Path

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from pipelines.ingest import ingest
from tests.benchmarks import editions, load
from tests.benchmarks.load import Answered, clicks, edition_of, everything, expected
from tests.pipelines.files import OBJECTIVES, write_csv
from tests.reader import Answer, Click, done
from tests.serving import serving

PAGES = ("completion",)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Two teams with a goal each."""
    goals = [[f"of {team}", "2025-Q1", team, f"Grow {team}", 0.5] for team in ("Sales", "Finance")]
    ingest([write_csv(tmp_path / "objectives.csv", OBJECTIVES, *goals)], tmp_path / "data", today=date(2026, 1, 1))
    return tmp_path / "data"


async def two_readers(address: str, folder: Path, wanted: list[Click]) -> list[list[tuple[Click, Answer]]]:
    """What two readers see before a build is published, meanwhile, and afterwards."""

    async def both() -> list[tuple[Click, Answer]]:
        seen = await asyncio.gather(*(everything(address, order) for order in (wanted, wanted[::-1])))
        return [answered for answers in seen for answered in answers.items()]

    before = await both()
    meanwhile, _ = await asyncio.gather(both(), asyncio.to_thread(editions.publish, folder, "second"))
    return [before, meanwhile, await both()]


def test_each_page_is_of_one_version_while_a_build_is_published(data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "editions"
    served = editions.prepared(data, folder)
    wanted = clicks(served, PAGES)
    with serving(served, tmp_path / "log") as server:
        alone = expected(server, folder, wanted)
        seen = done(two_readers(server.address, folder, wanted))
        assert server.complaints() == 0
    told = [{edition_of(Answered(*answered), alone) for answered in answers} for answers in seen]
    assert told[0] == {"first"}
    assert told[1] <= {"first", "second"}
    assert told[2] == {"second"}
    assert not [answer.errors for answers in seen for _, answer in answers if answer.errors]


def page(*texts: str) -> Answer:
    """An answer with these texts, one below the other."""
    messages = [ForwardMsg() for _ in texts]
    for message, text in zip(messages, texts, strict=True):
        message.delta.new_element.markdown.body = text
    return Answer({(0, place): message for place, message in enumerate(messages)}, 1.0)


def test_an_answer_of_two_versions_is_told_from_one_of_either() -> None:
    click = Click("completion")
    alone = {name: {click: page(name, name)} for name in editions.EDITIONS}
    assert edition_of(Answered(click, page("first", "second")), alone) == "mixed"
    assert edition_of(Answered(click, page("first", "first")), alone) == "first"


@pytest.mark.thorough
def test_the_load_generator_prints_its_tables(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    load.main([str(data), "--people", "2", "--seconds", "3", "--pages", "completion", "--publishing", "--every", "0.5"])
    head, line, last = capsys.readouterr().out.splitlines()
    assert head.split()[-3:] == ["pages", "by", "edition"]
    people, clicked, _, _, errors, memory, builds, *told = line.split()
    assert (people, errors, last) == ("2", "0", "errors in the server's log: 0")
    assert min(int(clicked), int(memory), int(builds)) > 0
    assert "mixed" not in told
