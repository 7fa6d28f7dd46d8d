"""Prints how the pages stand up to many readers: `python -m tests.benchmarks.load data/warehouse` (`--publishing`).

Each of so many people opens a page, looks at it for two seconds, and goes on to another page or filter. With
`--publishing`, two editions of the company that differ on every page are published in turn meanwhile, and each answer
is compared with what either edition alone shows for the same click: one that is neither's mixes them. The data folder
itself is only read. It asserts nothing.
"""

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from websockets.exceptions import WebSocketException

from dashboard.navigation import PAGES
from pipelines import warehouse
from tests.benchmarks import editions
from tests.reader import Answer, Click, done, reading
from tests.serving import Server, serving

PAUSE = 2.0
"""Seconds that a reader looks at an answer."""
PEOPLE = "1,5,10,25,50"
HEAD = f"{'people':>6} {'clicks':>6} {'p50 ms':>7} {'p95 ms':>7} {'errors':>6} {'memory MB':>9}"
MIXED = "mixed"
# What the page Data shows is the ledger, not a version; the page Goal wants a goal.
READ = tuple("" if page == "overview" else page for page in PAGES if page not in ("data", "goal"))
Expected = Mapping[str, Mapping[Click, Answer]]


@dataclass(frozen=True)
class Answered:
    """A click with its answer, or with what went wrong in place of one."""

    click: Click
    answer: Answer | None
    error: str = ""

    @property
    def errors(self) -> list[str]:
        """All that went wrong."""
        return self.answer.errors if self.answer else [self.error]


def clicks(data_dir: Path, pages: Sequence[str] = READ) -> list[Click]:
    """Every page, unfiltered, in each of the last quarters, and for some of the teams."""
    version = warehouse.current(data_dir)
    if version is None:
        raise LookupError(f"{data_dir} holds no warehouse")
    results = warehouse.table(version, "objective_result", columns=["quarter", "team_id"])
    paths = warehouse.table(version, "team").set_index("team_id")["path"]
    quarters = sorted(results["quarter"].dropna().unique())[-2:]
    teams = [paths[team] for team in results["team_id"].value_counts().index[:2]]
    filters = [{}, *({"quarters": (label,)} for label in quarters), *({"teams": (path,)} for path in teams)]
    return [Click(page, **chosen) for page in pages for chosen in filters]


async def everything(address: str, wanted: Iterable[Click]) -> dict[Click, Answer]:
    """One reader's answers to all the clicks."""
    async with reading(address) as reader:
        return {click: await reader.click(click) for click in wanted}


def expected(server: Server, folder: Path, wanted: Sequence[Click]) -> dict[str, dict[Click, Answer]]:
    """What each edition alone shows for each click."""
    alone = {}
    for edition in reversed(editions.EDITIONS):
        editions.publish(folder, edition)
        alone[edition] = done(everything(server.address, wanted))
    return alone


def edition_of(answered: Answered, alone: Expected) -> str:
    """The edition that the whole answer belongs to; no word where both show the same."""
    found = [name for name in alone if answered.answer and alone[name][answered.click].mark == answered.answer.mark]
    return {0: MIXED, 1: (found or [""])[0]}.get(len(found), "either")


async def person(
    address: str, number: int, wanted: Sequence[Click], *, until: float, pause: float = PAUSE
) -> list[Answered]:
    """One person's answers up to that time of the loop; whoever is cut off opens the pages again."""
    chance, answers = random.Random(number), list[Answered]()
    clock = asyncio.get_running_loop().time
    await asyncio.sleep(chance.random() * pause)
    while clock() < until:
        click = chance.choice(wanted)
        try:
            async with reading(address) as reader:
                while clock() < until:
                    answers.append(Answered(click, await reader.click(click)))
                    await asyncio.sleep(pause)
                    click = _next(click, wanted, chance)
        except (OSError, TimeoutError, WebSocketException) as error:
            answers.append(Answered(click, None, f"{type(error).__name__}: {error}"))
    return answers


def _next(click: Click, wanted: Sequence[Click], chance: random.Random) -> Click:
    """Another page as often as another filter."""
    here = [other for other in wanted if other.page == click.page]
    return chance.choice(here if chance.random() < 0.5 else wanted)


async def crowd(
    address: str, people: int, wanted: Sequence[Click], *, seconds: float, pause: float = PAUSE
) -> list[Answered]:
    """The answers of so many people, who read at the same time."""
    until = asyncio.get_running_loop().time() + seconds
    readers = [person(address, number, wanted, until=until, pause=pause) for number in range(people)]
    return [answered for answers in await asyncio.gather(*readers) for answered in answers]


def line(people: int, answers: Sequence[Answered], server: Server) -> str:
    """One line of the table."""
    times = [1000 * answered.answer.seconds for answered in answers if answered.answer]
    cuts = statistics.quantiles(times, n=20, method="inclusive") if len(times) > 1 else [0.0] * 19
    errors = sum(bool(answered.errors) for answered in answers)
    return f"{people:6} {len(answers):6} {cuts[9]:7.0f} {cuts[18]:7.0f} {errors:6} {server.megabytes():9.0f}"


def print_quiet(call: argparse.Namespace, folder: Path) -> None:
    """The table of readers alone, after each page was opened once."""
    wanted = clicks(call.data_dir, call.pages)
    with serving(call.data_dir, folder / "log") as server:
        done(everything(server.address, [Click(page) for page in call.pages]))
        print(HEAD)
        for people in call.people:
            answers = done(crowd(server.address, people, wanted, seconds=call.seconds))
            print(line(people, answers, server), flush=True)
            _print_errors(answers)
        print(f"errors in the server's log: {server.complaints()}")


def print_publishing(call: argparse.Namespace, folder: Path) -> None:
    """The table of readers while builds are published, after each edition alone was asked for everything."""
    served = editions.prepared(call.data_dir, folder)
    wanted = clicks(served, call.pages)
    with serving(served, folder / "log") as server:
        alone = expected(server, folder, wanted)
        print(f"{HEAD} {'builds':>6}  pages by edition")
        for people in call.people:
            builds = editions.published(folder)
            with editions.publishing(folder, call.every):
                answers = done(crowd(server.address, people, wanted, seconds=call.seconds))
            told = Counter(edition_of(answered, alone) for answered in answers if answered.answer)
            counted = ", ".join(f"{number} {edition}" for edition, number in sorted(told.items()))
            print(f"{line(people, answers, server)} {editions.published(folder) - builds:6}  {counted}", flush=True)
            _print_errors(answers)
        print(f"errors in the server's log: {server.complaints()}")


def main(words: Sequence[str] | None = None) -> None:
    """Print one line for each number of people."""
    call = _parsed(words)
    with tempfile.TemporaryDirectory() as folder:
        (print_publishing if call.publishing else print_quiet)(call, Path(folder))


def _print_errors(answers: Sequence[Answered]) -> None:
    found = Counter(error for answered in answers for error in answered.errors)
    for error, times in found.most_common(5):
        print(f"       {times} × {error}")


def _parsed(words: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks.load", description=(__doc__ or "").split("\n")[0])
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--people", default=PEOPLE, type=lambda text: [int(word) for word in text.split(",")])
    parser.add_argument("--seconds", default=30.0, type=float, help="how long each number of people reads")
    parser.add_argument("--publishing", action="store_true", help="publish builds meanwhile")
    parser.add_argument("--every", default=3.0, type=float, help="seconds between two builds")
    parser.add_argument("--pages", default=READ, type=lambda text: text.split(","), help="the pages that are read")
    return parser.parse_args(words)


if __name__ == "__main__":
    main(sys.argv[1:])
