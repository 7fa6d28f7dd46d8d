"""The rule check: every rule worked by hand, by every preset, and a second time in plain loops."""

import itertools
from collections import Counter
from datetime import date
from random import Random
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.history import History
from pipelines.metrics.compute import Question, compute
from pipelines.metrics.rules import CHECKS
from pipelines.policy import PRESETS, load
from tests.companies import company_facts, unsettled, within
from tests.plainly import Row, records
from tests.situations import check_in, history, key_result, link, objective, rows
from tests.strategies import histories

TODAY = date(2025, 4, 30)
LONG = "A goal with a title that says enough"


def rules(known: History, *by: str, policy: str = "guide", **asked: Any) -> pd.DataFrame:
    asked = {"today": TODAY, **asked}
    return compute(Question("rules", by, **asked), known, policy=load(policy))


def found(rule: str, known: History, **asked: Any) -> list[tuple[str, float, str]]:
    rows = rules(known, **asked).query("rule == @rule")
    return [tuple(row) for row in rows[["subject", "found", "expected"]].to_numpy().tolist()]


def goal(objective_id: str, **values: Any) -> dict[str, Any]:
    return objective(objective_id, **{"title": LONG, **values})


def owned(*numbers: int, **values: Any) -> list[dict[str, Any]]:
    """So many objectives of one owner after the other."""
    return [goal(f"{n}-{m}", owner=f"P{n}", **values) for n, number in enumerate(numbers) for m in range(number)]


def test_what_keeps_the_rules_is_not_listed() -> None:
    known = history([goal("a", origin="bottom_up", owner="Ann", agreed_on="2025-01-05")], [key_result("k", "a")])
    assert rules(known).empty
    assert rules(known).columns.tolist() == ["rule", "subject", "found", "expected", "source"]


def test_owners_over_the_limit_are_counted_for_their_team() -> None:
    known = history([*owned(6, 5, 7, 1), goal("later", owner="P0", cycle="2025-Q2"), goal("nobody's")])
    assert found("objectives_per_owner", known) == [("Sales", 2, "0 (> 5)")]
    assert found("objectives_per_owner", known, policy="mas", cycles=("2025-Q1",)) == [
        ("Sales", 1, "0 (< 2)"), ("Sales", 3, "0 (> 4)"),
    ]  # fmt: skip
    assert "P0" not in rules(known).to_csv()


def test_an_owner_is_counted_cycle_by_cycle_and_team_by_team_but_not_drafts() -> None:
    spread = [*owned(3), *[{**row, "objective_id": f"e{n}", "team_id": "East"} for n, row in enumerate(owned(3))]]
    drafts = [goal(f"d{n}", owner="P0", status="draft") for n in range(4)]
    assert found("objectives_per_owner", history([*spread, *drafts])) == []


@pytest.mark.parametrize(
    ("policy", "listed"),
    [
        ("guide", [("many", 5, "≤ 4"), ("none", 0, "≥ 1")]),
        ("mas", [("many", 5, "≤ 4"), ("none", 0, "≥ 2"), ("one", 1, "≥ 2")]),
        ("google", [("none", 0, "≥ 3"), ("one", 1, "≥ 3"), ("two", 2, "≥ 3")]),
    ],
)
def test_key_results_per_objective_by_policy(policy: str, listed: list[tuple[str, float, str]]) -> None:
    numbers = {"none": 0, "one": 1, "two": 2, "many": 5}
    results = [key_result(f"{name}{n}", name) for name, number in numbers.items() for n in range(number)]
    results += [key_result("cancelled", "none", status="cancelled")]
    known = history([goal(name) for name in numbers], results)
    assert found("key_results_per_objective", known, policy=policy) == listed


@pytest.mark.parametrize("preset", PRESETS)
def test_every_finding_names_the_source_of_its_value(preset: str) -> None:
    known = history([*owned(6), goal("up", origin="top_down", team_id="Company"), goal("one", title="Sales")])
    sources = rules(known, policy=preset).set_index("rule")["source"]
    policy = load(preset)
    assert sources["objectives_per_owner"] == policy.sources["rules.most_objectives"]
    assert sources["bottom_up_share"] == policy.sources["rules.bottom_up_share"]
    assert set(sources["key_results_per_objective"]) == {policy.sources["rules.fewest_key_results"]}
    assert sources["title_length"] == policy.sources["rules.shortest_title"]


def test_weights_that_do_not_sum_to_all() -> None:
    weights = {"whole": (0.3, 0.4, 0.3), "less": (0.3, 0.4), "more": (0.6, 0.6), "left over": (0.7, None),
               "too much": (1.2, None), "none": (None, None), "thirds": (0.33, 0.33, 0.33)}  # fmt: skip
    results = [key_result(f"{o}{n}", o, weight=w) for o, each in weights.items() for n, w in enumerate(each)]
    known = history([goal(name) for name in weights], results)
    assert found("weights_sum", known) == [("less", 0.7, "1"), ("more", 1.2, "1"), ("too much", 1.2, "1")]


def test_measurable_is_a_start_and_a_target_or_a_milestone() -> None:
    results = [
        key_result("number", "a"), key_result("milestone", "a", measure="milestone", start=None, target=None),
        key_result("no target", "a", target=None), key_result("no way", "a", start=5.0, target=5.0),
        key_result("draft", "a", target=None, status="draft"),
        key_result("told", "b", start=None, target=None),
    ]  # fmt: skip
    said = [check_in("told", "2025-01-10", 3, start=0.0, target=9.0)]
    known = history([goal("a"), goal("b")], results, said)
    assert found("measurable", known) == [("a", 2, "4")]
    assert found("measurable", known, as_of=date(2025, 1, 9)) == [("a", 2, "4"), ("b", 0, "1")]


def test_due_after_the_cycle_is_not_time_bound() -> None:
    dues = {"in time": "2025-03-31", "late": "2025-04-01", "its cycle's end": None}
    known = history([goal("a")], [key_result(name, "a", due_on=due) for name, due in dues.items()])
    assert found("time_bound", known) == [("a", 2, "3")]


def test_a_title_says_more_than_a_noun() -> None:
    titles = {"noun": "Sales", "twelve": "Twelve chars", "more": "Thirteen char", "wide": "Ｓａｌｅｓ",
              "五": "提升满意度", "六": "提升用户体验"}  # fmt: skip
    known = history([objective(name, title=title) for name, title in titles.items()])
    assert found("title_length", known) == [
        ("noun", 5, "> 12"), ("twelve", 12, "> 12"), ("wide", 5, "> 12"), ("五", 5, "> 5"),
    ]  # fmt: skip


def test_agreed_where_agreement_is_recorded_and_due() -> None:
    known = history(
        [goal("yes", agreed_on="2025-01-20"), goal("no", aligned_on="2025-01-10"), goal("unrecorded", cycle="2025-Q2")]
    )
    assert found("agreed", known) == [("no", 0, "1")]
    assert found("agreed", known, as_of=date(2025, 1, 20)) == [("no", 0, "1")]
    # By the 19th nobody's agreement is known; by the 15th it is not due.
    assert found("agreed", known, as_of=date(2025, 1, 19)) == []
    early = history([goal("yes", agreed_on="2025-01-02"), goal("no")])
    assert [len(found("agreed", early, as_of=date(2025, 1, day))) for day in (15, 16)] == [0, 1]


def test_the_bottom_up_share_is_that_of_alignment() -> None:
    origins = ("bottom_up", "bottom_up", "top_down", "lateral", "unknown", None)
    goals = [goal(f"e{n}", origin=origin, team_id="East") for n, origin in enumerate(origins)]
    known = history([*goals, goal("w", origin="bottom_up", team_id="West"), goal("f", team_id="Finance")])
    assert found("bottom_up_share", known) == [("East", 0.5, "≥ 0.6")]
    shares = compute(Question("alignment", ("team",)), known, policy=load()).set_index("team")["bottom_up_share"]
    assert (shares["East"], shares["Sales"]) == (0.5, 0.6)


def test_quarterly_key_results_are_fixed() -> None:
    goals = [goal("a"), goal("b"), goal("year", cycle="2025")]
    owners = {"a1": "a", "a2": "a", "a3": "a", "b1": "b", "y1": "year"}
    results = [key_result(name, goal) for name, goal in owners.items()]
    stated = [("a1", "2025-02-01", "8"), ("a2", "2024-12-31", "8"), ("b1", "2025-02-01", "10"), ("b1", None, "8"),
              ("y1", "2025-02-01", "8")]  # fmt: skip
    changes = [{"key_result_id": name, "objective_id": owners[name], "changed_on": day, "field": "target", "old": "10",
                "new": new, "approved_by": "the board"} for name, day, new in stated]  # fmt: skip
    said = [check_in("a3", "2025-01-05", 1, target=10.0), check_in("a3", "2025-03-05", 1, target=12.0)]
    known = history(goals, results, said, changes=changes)
    assert found("key_results_unchanged", known) == [("a", 2, "0")]
    assert found("key_results_unchanged", known, as_of=date(2025, 2, 1)) == [("a", 1, "0")]
    assert found("key_results_unchanged", known, as_of=date(2025, 1, 31)) == []
    agreed = history([goal("a", agreed_on="2025-02-15"), *goals[1:]], results, said, changes=changes)
    assert found("key_results_unchanged", agreed) == [("a", 1, "0")]


def year_of_contracts(*targets: float | None, **values: Any) -> History:
    """S3's case: contracts of a year, cut into quarters of the same team."""
    goals = [goal("year", cycle="2025"), *(goal(f"q{n}", cycle=f"2025-Q{n}") for n in range(1, len(targets) + 1))]
    whole = key_result("whole", "year", target=50.0, unit="Contracts")
    parts = [key_result(f"p{n}", f"q{n}", target=t, unit="contracts", **values) for n, t in enumerate(targets, 1)]
    links = [link(f"q{n}", "whole", key_result=True) for n in range(1, len(targets) + 1)]
    return history(goals, [whole, *parts], [], links)


def test_parts_make_up_the_whole() -> None:
    assert found("parts_and_whole", year_of_contracts(8, 15, 17, 10)) == []
    assert found("parts_and_whole", year_of_contracts(8, 15, 17, 12)) == [("whole", 52, "50")]
    # The last quarter is still to be set; a target is not known; percentages are not added up.
    assert found("parts_and_whole", year_of_contracts(8, 15, 17)) == []
    assert found("parts_and_whole", year_of_contracts(8, 15, None, 12)) == []
    assert found("parts_and_whole", year_of_contracts(8, 15, 17, 12, measure="percent")) == []


@given(st.lists(st.sampled_from((5.0, 12.5, 15.0, 17.0, None)), min_size=4, max_size=4))
def test_the_sum_of_any_four_quarters_is_held_against_the_year(targets: list[float | None]) -> None:
    known = None not in targets
    total = sum(target or 0 for target in targets)
    wrong = [("whole", total, "50")] if known and total != 50 else []
    assert found("parts_and_whole", year_of_contracts(*targets)) == wrong


def test_parts_of_an_objectives_one_key_result_of_the_unit() -> None:
    goals = [goal("top", team_id="Sales"), goal("east", team_id="East"), goal("west", team_id="West")]
    results = [key_result("t", "top", target=1000.0, unit="t"), key_result("cost", "top", unit="CNY")]
    results += [key_result("e", "east", target=600.0, unit="t"), key_result("w", "west", target=300.0, unit="t")]
    links = [link("east", "top"), link("west", "top")]
    assert found("parts_and_whole", history(goals, results, [], links)) == [("t", 900, "1000")]
    ambiguous = [*results, key_result("t2", "top", target=5.0, unit="t")]
    assert found("parts_and_whole", history(goals, ambiguous, [], links)) == []
    assert (
        found("parts_and_whole", history(goals, results, [], [{**row, "relation": "supports"} for row in links])) == []
    )


def test_keys_cycles_and_teams_select_findings() -> None:
    known = history(
        [goal("e", team_id="East"), goal("f", team_id="Finance", cycle="2025-Q2", level=None),
         goal("y", cycle="2025"), *owned(6, team_id="East")],
        [key_result(f"k{n}{m}", f"{n}-{m}") for n in range(1) for m in range(6)],
    )  # fmt: skip
    by_team = rules(known, "team")[["team", "rule", "subject"]].to_numpy().tolist()
    per_owner, none = ["objectives_per_owner", "East"], ["key_results_per_objective", "e"]
    assert by_team == [
        ["Company", *per_owner], ["Company", none[0], "y"], ["Company", *none], ["Company", none[0], "f"],
        ["East", *per_owner], ["East", *none], ["Finance", none[0], "f"],
        ["Sales", *per_owner], ["Sales", none[0], "y"], ["Sales", *none],
    ]  # fmt: skip
    assert rules(known, "team", teams=("East",))["team"].tolist() == ["East", "East"]
    assert rules(known, teams=("Sales",), cycles=("2025-Q1",))["subject"].tolist() == ["East", "e"]
    assert rules(known, "quarter")["subject"].tolist() == ["East", "e", "f"]
    # A finding on a team has no level; that of an unknown level has a row.
    assert rules(known, "level")[["level", "subject"]].fillna("null").to_numpy().tolist() == [
        ["team", "y"], ["team", "e"], ["null", "f"],
    ]  # fmt: skip


Findings = Counter[tuple[Any, ...]]


def again(known: History) -> Findings:
    """The findings of the guide, but for parts and whole, in plain loops: rule, subject, cycle, found, expected."""
    goals = counting(known.objective)
    spans = {c["cycle"]: c for c in records(known.cycle)}
    said = sorted(records(known.check_in), key=lambda c: (c["checked_on"], c["row"]))
    moved, parts = records(known.change), counting(known.key_result)
    listed: Findings = Counter()
    for g in goals:
        results = [k for k in parts if k["objective_id"] == g["objective_id"]]
        recorded = any(o["agreed_on"] for o in goals if o["cycle"] == g["cycle"])
        told = of_goal(g, len(results), spans[g["cycle"]], recorded=recorded)
        told += of_results(results, said, moved, span=spans[g["cycle"]], agreed=g["agreed_on"])
        listed.update((rule, g["objective_id"], g["cycle"], number, expected) for rule, number, expected in told)
    listed.update(of_teams(goals, {t["team_id"]: t["parent_team_id"] for t in records(known.team)}))
    return listed


def counting(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [row for row in records(frame) if row["status"] not in ("draft", "cancelled")]


def of_goal(g: dict[str, Any], results: int, span: dict[str, Any], *, recorded: bool) -> list[tuple[str, float, str]]:
    title = " ".join(g["title"].split())
    shortest = 5 if any("\u3400" <= letter <= "\u9fff" for letter in title) else 12
    wrong = {
        ("key_results_per_objective", results, "≥ 1"): results < 1,
        ("key_results_per_objective", results, "≤ 4"): results > 4,
        ("title_length", len(title), f"> {shortest}"): len(title) <= shortest,
        ("agreed", 0, "1"): recorded and not g["agreed_on"] and (TODAY - span["starts_on"]).days >= 15,
    }
    return [told for told, flag in wrong.items() if flag]


def of_results(
    results: list[Row], said: list[Row], changed: list[Row], *, span: Row, agreed: date | None
) -> list[tuple[str, float, str]]:
    told = [[c for c in said if c["key_result_id"] == k["key_result_id"]] for k in results]
    number = len(results)
    weights = [k["weight"] for k in results if k["weight"] is not None]
    total = round(sum(weights) if len(weights) == number else max(sum(weights), 1.0), 6)
    way = sum(can_be_measured(k, c) for k, c in zip(results, told, strict=True))
    bound = sum(not k["due_on"] or k["due_on"] <= span["ends_on"] for k in results)
    first = span["starts_on"]
    moved = sum(
        any(day >= first and not (agreed and day <= agreed) for day in named(k, changed) + restated(c))
        for k, c in zip(results, told, strict=True)
    )
    allowed = 0.0201 if len(set(weights)) == 1 else 0.0011
    wrong = {
        ("weights_sum", total, "1"): bool(weights) and abs(total - 1) > allowed,
        ("measurable", way, str(number)): way < number,
        ("time_bound", bound, str(number)): bound < number,
        ("key_results_unchanged", moved, "0"): moved and span["kind"] == "quarter",
    }
    return [finding for finding, flag in wrong.items() if flag]


def can_be_measured(k: dict[str, Any], said: list[dict[str, Any]]) -> bool:
    stated = {name: [c[name] for c in said if c[name] is not None] for name in ("start", "target")}
    start, target = (([None] + stated[name])[-1] if k[name] is None else k[name] for name in stated)
    return k["measure"] in ("milestone", "yes_no", "ordinal") or (None not in (start, target) and start != target)


def named(k: Row, changed: list[Row]) -> list[Any]:
    """The days of recorded changes, where there is one."""
    mine = [c for c in changed if c["key_result_id"] == k["key_result_id"] and c["objective_id"]]
    return [c["changed_on"] for c in mine if c["changed_on"] and (c["old"] is None or c["old"] != c["new"])]


def restated(said: list[dict[str, Any]]) -> list[Any]:
    """The days on which a check-in states another target than the one before."""
    stated = [c for c in said if c["target"] is not None]
    return [c["checked_on"] for before, c in itertools.pairwise(stated) if before["target"] != c["target"]]


def of_teams(goals: list[dict[str, Any]], parents: dict[str, Any]) -> Findings:
    listed: Findings = Counter()
    for team, cycle in itertools.product({g["team_id"] for g in goals} | set(parents), {g["cycle"] for g in goals}):
        now = [g for g in goals if g["cycle"] == cycle]
        each = Counter(" ".join(g["owner"].casefold().split()) for g in now if g["owner"] and g["team_id"] == team)
        over = sum(number > 5 for number in each.values())
        ups = [g["origin"] == "bottom_up" for g in now if team in line(g, parents) and g["origin"] not in UNKNOWN]
        share = round(sum(ups) / len(ups), 6) if ups else 1
        listed["objectives_per_owner", team, cycle, over, "0 (> 5)"] += over > 0
        listed["bottom_up_share", team, cycle, share, "≥ 0.6"] += share < 0.6
    return +listed


UNKNOWN = (None, "unknown")


def line(g: dict[str, Any], parents: dict[str, Any]) -> list[Any]:
    """The goal's team and every team above it."""
    teams = [g["team_id"]]
    while parents.get(teams[-1]):
        teams.append(parents[teams[-1]])
    return teams


@given(histories())
def test_plain_loops_agree(known: History) -> None:
    table = rules(known, "cycle").query("rule != 'parts_and_whole'")
    told = records(table.assign(found=table["found"].round(6)))
    listed = Counter((row["rule"], row["subject"], row["cycle"], row["found"], row["expected"]) for row in told)
    assert listed == again(known)


def ruled(seed: int) -> History:
    """A company with few owners, days due and agreed upon, and changes of its goals."""
    known = unsettled(within(company_facts(people=18, quarters=8, seed=seed), "2025-Q1", "2025-02", "2025"), seed)
    random, goals, parts = Random(seed), known.objective, known.key_result

    def some_days(rows: pd.DataFrame) -> Any:
        choices = [None, None, *(date(2025, month, 5) for month in (1, 2, 3, 6))]
        return pd.to_datetime([random.choice(choices) for _ in range(len(rows))])

    owners = [random.choice(["Ann", "ann ", "Bo", None]) for _ in range(len(goals))]
    stuck = [random.random() < 0.1 for _ in range(len(parts))]
    above = parts["objective_id"].where(parts.index % 4 > 0, goals["objective_id"].iloc[0])
    moved = [{"key_result_id": part, "objective_id": upper, "field": "target", "old": "1",
              "changed_on": random.choice([None, "2025-01-20", "2024-12-01"]), "new": random.choice(["1", "2"])}
             for part, upper in zip(parts["key_result_id"].iloc[::5], above.iloc[::5], strict=True)]  # fmt: skip
    facts = {
        **known.frames(),
        "objective": goals.assign(
            owner=pd.Series(owners, goals.index, dtype="str"),
            agreed_on=some_days(goals),
            team_id=goals["team_id"].where(goals["cycle"] != "2025-Q1", "SA"),
        ),
        "key_result": parts.assign(
            due_on=some_days(parts),
            target=parts["target"].mask(stuck, parts["start"]),
            objective_id=above,
        ),
        "change": rows(moved),
    }
    return History.of(**facts)


def test_plain_loops_agree_in_a_company() -> None:
    known = ruled(1)
    test_plain_loops_agree.hypothesis.inner_test(known)
    assert {rule for rule, *_ in again(known)} == set(CHECKS) - {"parts_and_whole"}


@given(histories())
def test_every_finding_has_a_number_a_source_and_a_subject_that_exists(known: History) -> None:
    table = rules(known)
    assert set(table["rule"]) <= set(CHECKS)
    assert table[["found", "expected", "source"]].notna().all(axis=None)
    frames = (known.team["path"], known.objective["objective_id"], known.key_result["key_result_id"])
    assert set(table["subject"].dropna()) <= set(pd.concat(frames))
    # Each finding stands once for its cycle, and with every team above its own.
    assert len(rules(known, "cycle")) == len(table)
    assert len(rules(known, "team")) >= len(table)
