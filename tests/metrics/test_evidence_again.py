"""Evidence a second time: every code in plain loops from the method's words, goal by goal and day by day."""

import itertools
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipelines.history import History
from pipelines.metrics.catalogue import EVIDENCE
from pipelines.metrics.challenge_objectives import challenge_objectives, evidence
from pipelines.metrics.new_goals import new_goals
from pipelines.metrics.results import objective_results
from pipelines.policy import load
from tests.companies import company_facts, unsettled
from tests.plainly import Plain, Row, records, spelled, weighed
from tests.situations import near_the_top
from tests.strategies import days, histories

GUIDE = load()
Finding = tuple[str, str | None, str, float]
"""Of which goal, of which of its key results, the code, and the number found."""
unshrunk = settings(phases=(Phase.explicit, Phase.reuse, Phase.generate))


class Again(Plain):
    """The evidence on the goals of a history, as of a day."""

    def taking_part(self) -> list[Row]:
        """The goals with at least half of their weight scored."""
        return [goal for goal in self.goals.values() if (self.score(goal, self.day)[1] or 0) >= 0.5]

    def before(self, cycle: str | None) -> str | None:
        """The cycle of the same kind that ends on the eve of this one."""
        span = self.spans.get(cycle)
        eve = [
            label
            for label, other in self.spans.items()
            if span and other["kind"] == span["kind"] and other["ends_on"] + timedelta(1) == span["starts_on"]
        ]
        return eve[0] if eve else None

    def within(self, goal: Row, part: Row) -> list[Row]:
        """What was said of the key result within its cycle."""
        first, last = self.span(goal)
        return [said for said in self.said[part["key_result_id"]] if first <= said["checked_on"] <= last]

    def findings(self) -> set[Finding]:
        """Everything the method lists."""
        found: set[Finding] = set()
        for goal in self.taking_part():
            own = [*self.changed(goal), *self.differs(goal), *self.met(goal), *self.like_before(goal)]
            own += [] if goal["ambition"] == "committed" else [*self.high(goal), *self.early(goal), *self.sure(goal)]
            found |= {(goal["objective_id"], part, code, round(number, 6)) for part, code, number in own}
        return found

    def high(self, goal: Row) -> Iterator[Any]:
        score, _ = self.score(goal, self.day)
        if score is not None and score >= 0.85:
            yield None, "score_too_high", score

    def early(self, goal: Row) -> Iterator[Any]:
        """The first day at whose end the goal stands at 0.9 while less than 60 % of its days have passed."""
        first, last = self.span(goal)
        number, parts = (last - first).days + 1, self.parts[goal["objective_id"]]
        for passed in range(1, number + 1):
            day = first + timedelta(passed - 1)
            if 10 * passed >= 6 * number or not parts or (self.day and day > self.day):
                return
            scores = [self.computed(part, day) for part in parts]
            score, _ = weighed(parts, scores)
            if None not in scores and score is not None and score >= 0.9:
                yield None, "reached_early", score
                return

    def met(self, goal: Row) -> Iterator[Any]:
        first, _ = self.span(goal)
        for part in self.parts[goal["objective_id"]]:
            around = [
                said["checked_on"]
                for said in self.statements(part, self.day)
                if first - timedelta(14) <= said["checked_on"] <= first + timedelta(13)
            ]
            raw = self.raw(part, around[0]) if around else None
            if raw is not None and round(raw, 6) >= 1:
                yield part["key_result_id"], "already_met", raw

    def sure(self, goal: Row) -> Iterator[Any]:
        said = [said["confidence"] for part in self.parts[goal["objective_id"]] for said in self.within(goal, part)]
        stated = [confidence for confidence in said if confidence is not None]
        if len(stated) >= 3 and not any(round(confidence, 6) < 0.9 for confidence in stated):
            yield None, "always_confident", min(stated)

    def like_before(self, goal: Row) -> Iterator[Any]:
        if goal["team_id"] is None or self.before(goal["cycle"]) is None:
            return
        before = [
            other
            for other in self.goals.values()
            if other["team_id"] == goal["team_id"] and other["cycle"] == self.before(goal["cycle"])
        ]
        yield from self.asks_no_more(goal, before)
        two_before = self.before(self.before(goal["cycle"]))
        earlier = [
            other
            for other in self.goals.values()
            if other["team_id"] == goal["team_id"] and two_before and other["cycle"] == two_before
        ]
        titles = [{spelled(other["title"]) for other in others} for others in (before, earlier)]
        if all(spelled(goal["title"]) in named for named in titles):
            yield None, "repeated", 3

    def asks_no_more(self, goal: Row, before: list[Row]) -> Iterator[Any]:
        for part in self.parts[goal["objective_id"]]:
            start, target = self.ends(part, self.day)
            if part["measure"] not in ("number", "currency") or None in (start, target) or start == target:
                continue
            lasts = [self.last_value(old) for other in before for old in self.parts[other["objective_id"]]
                     if old["measure"] in ("number", "currency") and spelled(old["title"]) == spelled(part["title"])
                     and spelled(old["unit"]) == spelled(part["unit"])]  # fmt: skip
            if any(last is not None and (target <= last if target > start else target >= last) for last in lasts):
                yield part["key_result_id"], "below_last_result", target

    def last_value(self, part: Row) -> float | None:
        """The last value said, or else the sheet's, which has no day."""
        values = [said["value"] for said in self.said[part["key_result_id"]] if said["value"] is not None]
        return values[-1] if values else part["current"] if self.day is None else None

    def changed(self, goal: Row) -> Iterator[Any]:
        """Where a target was stated nearer to the start than the one before, or further; the last time it was."""
        for part in self.parts[goal["objective_id"]]:
            start, _ = self.ends(part, self.day)
            stated = [said["target"] for said in self.within(goal, part) if said["target"] is not None]
            moved = {}
            for old, new in itertools.pairwise(stated if start is not None else []):
                if abs(new - start) != abs(old - start):
                    moved["target_eased" if abs(new - start) < abs(old - start) else "target_raised"] = new
            yield from ((part["key_result_id"], code, new) for code, new in moved.items())

    def differs(self, goal: Row) -> Iterator[Any]:
        """Recorded against computed, over the key results that have both; an own score speaks for all of them."""
        own, parts = self.final(goal, goal, self.day), self.parts[goal["objective_id"]]
        data = [self.computed(part, self.day) for part in parts]
        said = [self.final(part, goal, self.day) if own is None or None in data else own for part in parts]
        both = [None not in pair for pair in zip(data, said, strict=True)]
        ends = [
            weighed(parts, [score if known else None for score, known in zip(scores, both, strict=True)])[0]
            for scores in (said, data)
        ]
        if ends[0] is not None and ends[1] is not None and abs(round(ends[0] - ends[1], 6)) >= 0.15:
            yield None, "scored_above_data" if ends[0] > ends[1] else "scored_below_data", ends[0]


def agree(known: History, day: date | None) -> set[Finding]:
    results = objective_results(known, policy=GUIDE, as_of=day)
    told = records(evidence(results, known, policy=GUIDE, as_of=day))
    found = {(row["objective_id"], row["key_result_id"], row["code"], round(row["found"], 6)) for row in told}
    again = Again(known, day)
    assert found == again.findings()
    listed = challenge_objectives(results, known, policy=GUIDE, as_of=day)
    codes = {goal: {code for name, _, code, _ in found if name == goal} for goal, *_ in found}
    scores = {goal: again.score(again.goals[goal], day)[0] for goal in codes}
    order = sorted(codes, key=lambda goal: (-len(codes[goal]), -scores[goal], again.goals[goal]["cycle"], goal))
    assert listed["objective_id"].tolist() == order
    assert [set(row) for row in listed["evidence"]] == [codes[goal] for goal in order]
    return found


@unshrunk
@given(histories(), st.none() | days)
def test_plain_loops_find_the_same_evidence(known: History, day: date | None) -> None:
    agree(known, day)


def asking_too_little(known: History, day: date) -> dict[str, list[str]]:
    """The new goals with what suggests it; drafts and their draft key results among them."""
    plain = Again(known, day)
    opened = {goal["objective_id"]: goal for goal in records(known.objective) if goal["status"] != "cancelled"}
    new = {name: goal for name, goal in opened.items() if 0 <= (day - plain.span(goal)[0]).days < 15}
    plain.goals |= new
    listed = [part for part in records(known.key_result) if part["status"] != "cancelled"]
    plain.parts |= {name: [part for part in listed if part["objective_id"] == name] for name in new}
    found = {}
    for name, goal in new.items():
        codes = {code for _, code, _ in plain.like_before(goal)}
        stated = [[said["confidence"] for said in plain.within(goal, part)] for part in plain.parts[name]]
        firsts = [[each for each in said if each is not None][:1] for said in stated]
        sure = goal["ambition"] != "committed" and any(first >= [0.9] for first in firsts)
        found[name] = sorted(codes | ({"confident_at_start"} if sure else set()))
    return {name: codes for name, codes in found.items() if codes}


def test_plain_loops_find_the_same_new_goals_in_a_company() -> None:
    known, day = unsettled(company_facts(people=24, quarters=4, seed=2), 2), date(2026, 10, 14)
    results = objective_results(known, policy=GUIDE, as_of=day)
    table = new_goals(results, known, policy=GUIDE, today=day, as_of=day)
    found = dict(zip(table["objective_id"], map(sorted, table["evidence"]), strict=True))
    assert found == asking_too_little(known, day)
    assert {code for codes in found.values() for code in codes} == {
        "below_last_result", "confident_at_start", "repeated",
    }  # fmt: skip


def test_plain_loops_find_the_same_near_the_top() -> None:
    agree(near_the_top(), None)


@pytest.mark.parametrize("day", [None, date(2026, 8, 20)])
def test_plain_loops_find_every_code_in_a_company(day: date | None) -> None:
    found = agree(unsettled(company_facts(people=24, quarters=5, seed=2), 7), day)
    assert {code for _, _, code, _ in found} == set(EVIDENCE) - {"confident_at_start"}
