"""The way a goal went: by hand, and against results computed as of each day."""

import math
from datetime import date

import pandas as pd
import pytest

from pipelines import policy
from pipelines.metrics.results import cycles_of, key_result_results
from pipelines.metrics.trail import trail
from tests.companies import company_facts
from tests.situations import check_in, history, key_result, objective


def test_each_check_in_stands_beside_the_time_passed():
    facts = history(
        [objective("o1")],
        [key_result("k1", "o1"), key_result("k2", "o1", start=10.0, target=0.0)],
        [
            check_in("k1", "2024-12-30", 1),
            check_in("k1", "2025-01-09", 3),
            check_in("k1", "2025-01-09", 4),
            check_in("k1", "2025-01-18", note="no number"),
            check_in("k2", "2025-03-31", 7),
            check_in("k2", "2025-04-10", -1),
        ],
    )
    way = trail(facts)
    assert list(way["key_result_id"]) == ["k1", "k1", "k2", "k2"]
    # Nothing counts before the cycle begins; January 9 is day 9 of 90, and a day that says nothing keeps what stood.
    assert list(way["raw"]) == pytest.approx([0.4, 0.4, 0.3, 1.1])
    assert list(way["computed"]) == pytest.approx([0.4, 0.4, 0.3, 1.0])
    assert list(way["expected"]) == pytest.approx([9 / 90, 18 / 90, 1, 1])


def test_the_way_is_what_results_say_as_of_each_day():
    facts = company_facts(people=30, quarters=2, seed=3)
    way = trail(facts)
    guide, cycles = policy.load(), cycles_of(facts.cycle)
    spans = facts.key_result.merge(facts.objective[["objective_id", "cycle"]], on="objective_id")
    of = spans.set_index("key_result_id")["cycle"].map(cycles)
    days = sorted(way["checked_on"].unique())[:: len(way["checked_on"].unique()) // 6]
    assert len(days) > 4
    for day in days:
        then = key_result_results(facts, policy=guide, as_of=pd.Timestamp(day).date())
        known = then.set_index("key_result_id")["computed"]
        said = way[way["checked_on"] == day]
        assert list(said["computed"]) == pytest.approx(list(known[said["key_result_id"]]))
        passed = [of[key].share_passed(pd.Timestamp(day).date()) for key in said["key_result_id"]]
        assert list(said["expected"]) == pytest.approx(passed)


def test_a_cycle_of_unknown_days_has_progress_and_no_time():
    facts = history([objective("o1", cycle="pilot")], [key_result("k1", "o1")], [check_in("k1", "2025-01-09", 3)])
    assert facts.cycle.empty
    way = trail(facts)
    assert all(math.isnan(passed) for passed in way["expected"])


def test_a_later_check_in_changes_no_earlier_point():
    said = [check_in("k1", "2025-01-09", 3), check_in("k1", "2025-02-09", 5), check_in("k1", "2025-03-09", 8)]
    whole = trail(history([objective("o1")], [key_result("k1", "o1")], said))
    cut = trail(history([objective("o1")], [key_result("k1", "o1")], said[:2]))
    pd.testing.assert_frame_equal(whole[whole["checked_on"] <= pd.Timestamp(date(2025, 2, 9))], cut)
