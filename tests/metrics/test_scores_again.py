"""Figures of scores a second time, from scores in plain loops: comparison, pace, the other end, challenge by team."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from math import comb, isnan

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pipelines.history import History
from pipelines.metrics.challenge_teams import challenge_teams
from pipelines.metrics.compute import Question, compute
from pipelines.metrics.reconsidering import done_without, low_goals, low_whole
from pipelines.metrics.results import key_result_results, objective_results
from pipelines.policy import load
from tests.companies import company_facts, unsettled
from tests.plainly import Plain, Row, mean
from tests.situations import history, near_the_top, objective
from tests.strategies import days, histories

GUIDE = load()
unshrunk = settings(phases=(Phase.explicit, Phase.reuse, Phase.generate))
Numbers = list[float | None]


IN_ONE_PROCESS = pytest.mark.xdist_group("a crowd")


@pytest.fixture(scope="module")
def crowd() -> History:
    return unsettled(company_facts(people=24, quarters=5, seed=3), 3)


def there(numbers: Numbers) -> list[float]:
    return [number for number in numbers if number is not None]


def teams_of(plain: Plain, goals: Iterable[Row]) -> dict[str, list[Row]]:
    """The goals of each team with all below it, by path."""
    found: dict[str, list[Row]] = {}
    for goal in goals:
        for team in plain.line(goal["team_id"]) if goal["team_id"] is not None else ():
            found.setdefault(plain.paths[team], []).append(goal)
    return found


def side_by_side(known: History, labels: tuple[str, str], at_day: int | None) -> dict[str, list[float]]:
    """Objectives, scored and mean score of either cycle, and the change: by team, in all, and like for like."""
    plain, sides = Plain(known), []
    for label in labels:
        span = plain.spans.get(label)
        day = span["starts_on"] + timedelta(at_day - 1) if span and at_day else None
        goals = [goal for goal in plain.goals.values() if goal["cycle"] == label]
        sides.append([(goal, plain.score(goal, day)[0]) for goal in goals])
    both = [{goal["team_id"] for goal, score in side if score is not None} - {None} for side in sides]
    rows: dict[str, list[list[float | None]]] = {}
    for place, side in enumerate(sides):
        for goal, score in side:
            own = goal["team_id"]
            names = [plain.paths[team] for team in plain.line(own)] if own is not None else []
            for name in [*names, "(all)", *(["(like for like)"] if own in both[0] & both[1] else [])]:
                rows.setdefault(name, [[], []])[place].append(score)
    if rows:
        rows.setdefault("(like for like)", [[], []])
    return {name: figures(*both) for name, both in rows.items()}


def figures(a: Numbers, b: Numbers) -> list[float]:
    each = [[len(side), len(there(side)), mean(there(side))] for side in (a, b)]
    return [*each[0], *each[1], each[1][2] - each[0][2]]


def compared(known: History, labels: tuple[str, str], at_day: int | None) -> int:
    table = compute(Question("compare", cycles=labels, at_day=at_day), known, policy=GUIDE)
    again = side_by_side(known, labels, at_day)
    named = sorted(name for name in again if not name.startswith("("))
    assert table["team"].tolist() == ([*named, "(all)", "(like for like)"] if again else [])
    for team, *found in table.itertuples(index=False, name=None):
        assert found == pytest.approx(again[team], nan_ok=True), team
    return len(table)


@unshrunk
@given(histories(), st.sampled_from((("2025-Q1", "2025-Q2"), ("2024-Q4", "2025-Q1"))), st.none() | st.integers(1, 90))
def test_plain_loops_agree_on_two_cycles(known: History, labels: tuple[str, str], at_day: int | None) -> None:
    compared(known, labels, at_day)


@pytest.mark.parametrize("at_day", [None, 40])
@IN_ONE_PROCESS
def test_plain_loops_agree_on_two_quarters_of_a_company(crowd: History, at_day: int | None) -> None:
    goals = crowd.objective[(crowd.objective["team_id"] != "ES") | (crowd.objective["cycle"] != "2026-Q2")]
    assert compared(History.of(**{**crowd.frames(), "objective": goals}), ("2026-Q2", "2026-Q3"), at_day) > 5


def kept_pace(known: History, day: date) -> dict[tuple[str, str], list[float]]:
    """Objectives, scored, expected, computed and gap by team and cycle."""
    plain, rows = Plain(known, day), {}
    for team, goals in teams_of(plain, plain.goals.values()).items():
        for label in {goal["cycle"] for goal in goals}:
            first, last = (plain.spans[label][name] for name in ("starts_on", "ends_on"))
            passed = min(max((day - first).days + 1, 0) / ((last - first).days + 1), 1)
            of = [goal for goal in goals if goal["cycle"] == label]
            progress = mean(there([plain.by_data(goal, day) for goal in of]))
            scored = len(there([plain.by_data(goal, day) for goal in of]))
            rows[team, label] = [len(of), scored, passed, progress, progress - passed]
    return rows


def paced(known: History, day: date) -> None:
    table = compute(Question("pace", ("team", "cycle"), as_of=day), known, policy=GUIDE).dropna(subset=["team"])
    columns = ["objectives", "scored", "expected", "computed", "gap"]
    found = {(row["team"], row["cycle"]): [row[name] for name in columns] for row in table.to_dict("records")}
    again = kept_pace(known, day)
    assert set(found) == set(again)
    assert all(found[key] == pytest.approx(again[key], nan_ok=True, abs=1e-6) for key in again)


@unshrunk
@given(histories(), days)
def test_plain_loops_agree_on_pace(known: History, day: date) -> None:
    paced(known, day)


@IN_ONE_PROCESS
def test_plain_loops_agree_on_the_pace_of_a_company(crowd: History) -> None:
    paced(crowd, date(2026, 8, 20))


def taking_part(plain: Plain) -> list[tuple[Row, float]]:
    """The goals with at least half of their weight scored, each with its score."""
    scored = [(goal, *plain.score(goal, plain.day)) for goal in plain.goals.values()]
    return [(goal, score) for goal, score, coverage in scored if score is not None and (coverage or 0) >= 0.5]


def bar(goal: Row) -> float:
    return 1.0 if goal["ambition"] == "committed" else 0.6


def ended_low(known: History) -> int:
    results, plain = objective_results(known, policy=GUIDE), Plain(known)
    rows = sorted((score, goal["cycle"], goal["objective_id"]) for goal, score in taking_part(plain))
    low = [(name, score, "change" if score >= 0.4 else "go_on") for score, _, name in rows if score < 0.6]
    table = low_goals(results, policy=GUIDE)
    assert list(table[["objective_id", "score", "question"]].itertuples(index=False, name=None)) == low
    asked = Counter(question for *_, question in low)
    expected = [len(rows), len(low), len(low) / max(len(rows), 1), asked["go_on"], asked["go_on"] / max(len(rows), 1)]
    assert low_whole(results, known.team, policy=GUIDE).to_numpy().tolist() == ([expected] if rows else [])
    short = [(score, goal["cycle"], goal["objective_id"]) for goal, score in taking_part(plain) if score < bar(goal)]
    done = {name: [plain.latest(part, None) for part in parts] for name, parts in plain.parts.items()}
    alone = [(name, score, len(done[name])) for score, _, name in sorted(short) if set(done[name]) == {1.0}]
    listed = done_without(results, key_result_results(known, policy=GUIDE), policy=GUIDE)
    assert list(listed[["objective_id", "score", "key_results"]].itertuples(index=False, name=None)) == alone
    return len(alone)


@unshrunk
@given(histories())
def test_plain_loops_agree_on_the_other_end(known: History) -> None:
    ended_low(known)


@IN_ONE_PROCESS
def test_plain_loops_agree_on_the_other_end_of_a_company(crowd: History) -> None:
    parts = crowd.key_result.assign(score=crowd.key_result["score"].mask(crowd.key_result.index % 4 < 3, 1.0))
    assert ended_low(History.of(**{**crowd.frames(), "key_result": parts})) > 2


def tried(known: History) -> None:
    """Counts, rates, exact p values, their adjustment by hand, and who is flagged, given the posterior."""
    plain, count = Plain(known), Counter()
    for goal, score in taking_part(plain):
        if goal["team_id"] is not None and goal["ambition"] != "committed":
            count.update({("n", goal["team_id"]): 1, ("x", goal["team_id"]): score >= 0.85})
    teams = sorted((plain.paths[team], count["n", team], count["x", team]) for name, team in count if name == "n")
    table = challenge_teams(objective_results(known, policy=GUIDE), policy=GUIDE)
    assert list(table[["team", "n", "too_high"]].itertuples(index=False, name=None)) == teams
    p0 = sum(x for *_, x in teams) / max(sum(n for _, n, _ in teams), 1)
    p = {name: sum(comb(n, k) * p0**k * (1 - p0) ** (n - k) for k in range(x, n + 1)) for name, n, x in teams}
    q = adjusted({name: p[name] for name, n, _ in teams if n >= 5})
    for row in table.to_dict("records"):
        name, rate = row["team"], row["too_high"] / row["n"]
        found = [row["too_high_rate"], row["expected_rate"], row["p_value"], row["q_value"]]
        assert found == pytest.approx([rate, p0, p[name], q.get(name, float("nan"))], nan_ok=True)
        far = rate >= p0 + 0.1 - 1e-9 and row["p_above"] >= 0.9
        assert row["flagged"] == (far and not isnan(row["q_value"]) and q[name] <= 0.1)


def adjusted(p: dict[str, float]) -> dict[str, float]:
    """Benjamini and Hochberg: of m p values the kth smallest times m / k, none above a later one's."""
    ordered = sorted(p, key=p.__getitem__)
    raised = [p[name] * len(p) / place for place, name in enumerate(ordered, 1)]
    return {name: min([*raised[place:], 1.0]) for place, name in enumerate(ordered)}


@unshrunk
@given(histories())
def test_plain_loops_agree_on_challenge_by_team(known: History) -> None:
    tried(known)


@IN_ONE_PROCESS
def test_plain_loops_agree_on_challenge_in_companies(crowd: History) -> None:
    tried(crowd)
    tried(near_the_top())
    spread = {"Company": 1, "Sales": 9, "East": 8, "West": 3, "Finance": 0}
    tried(history([objective(f"{team}{n}", team_id=team, score=0.9 if n < high else 0.5)
                  for team, high in spread.items() for n in range(10)]))  # fmt: skip
