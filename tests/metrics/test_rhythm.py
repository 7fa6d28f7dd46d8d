"""Rhythm: the calendar, check-ins, staleness and confidence, worked by hand and a second time in plain loops."""

import dataclasses
from datetime import date, timedelta
from typing import Any

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipelines.history import History
from pipelines.metrics.compute import Question, QuestionError, compute
from pipelines.policy import load
from tests.plainly import mean, records
from tests.situations import check_in, history, key_result, objective
from tests.strategies import days, histories

GUIDE = load()
END = date(2025, 4, 30)


def rhythm(known: History, *by: str, today: date = END, as_of: date | None = None, policy: Any = GUIDE) -> pd.DataFrame:
    return compute(Question("rhythm", by, as_of=as_of, today=today), known, policy=policy)


def one(known: History, **asked: Any) -> dict[str, Any]:
    (row,) = rhythm(known, **asked).to_dict("records")
    return row


def test_the_calendar_of_a_quarter() -> None:
    goals = [
        objective("on the last day", created_on="2025-01-07", agreed_on="2025-01-15", reviewed_on="2025-04-07"),
        objective("a day late", created_on="2025-01-08", agreed_on="2025-01-16", reviewed_on="2025-04-08"),
        objective("well before", created_on="2024-12-20", aligned_on="2024-12-28", reviewed_on="2025-03-24"),
        objective("the earlier counts", agreed_on="2025-02-01", aligned_on="2025-01-10", reviewed_on="2025-03-23"),
        objective("unknown"),
        objective("draft", created_on="2025-01-01", status="draft"),
    ]
    row = one(history(goals))
    assert (row["objectives"], row["created_known"], row["aligned_known"], row["reviewed_known"]) == (5, 3, 4, 4)
    assert row["set_on_time"] == pytest.approx(2 / 3)
    assert (row["aligned_on_time"], row["reviewed_on_time"]) == (0.75, 0.5)


def test_nothing_known_is_missing_and_not_zero() -> None:
    row = one(history([objective("a")]))
    assert [row[name] for name in ("created_known", "aligned_known", "reviewed_known", "key_results", "stale")] == [
        0
    ] * 5
    empty = ("set_on_time", "aligned_on_time", "reviewed_on_time", "check_in_compliance", "mean_confidence",
             "net_confidence")  # fmt: skip
    assert all(pd.isna(row[name]) for name in empty)


def test_the_calendar_follows_the_policy(tmp_path: Any) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("[rhythm]\nset_by_day = 8\nreviewed_within_days = 0\nstale_after_days = 30\n", encoding="utf-8")
    known = history([objective("a", created_on="2025-01-08", reviewed_on="2025-04-01")], [key_result("k", "a")])
    own = one(known, policy=load(overrides=path), today=date(2025, 1, 29))
    usual = one(known, today=date(2025, 1, 29))
    assert (usual["set_on_time"], usual["reviewed_on_time"], usual["stale"]) == (0, 1, 1)
    assert (own["set_on_time"], own["reviewed_on_time"], own["stale"]) == (1, 0, 0)


def test_compliance_counts_weeks_per_key_result_and_averages_them() -> None:
    known = history(
        [objective("a", cycle="2025-02"), objective("b", cycle="2025-Q2")],
        [key_result("two", "a"), key_result("none", "a"), key_result("out", "a", status="cancelled"),
         key_result("later", "b")],
        [check_in("two", "2025-02-01"), check_in("two", "2025-02-07"), check_in("two", "2025-02-08"),
         check_in("two", "2025-01-31"), check_in("two", "2025-03-01"), check_in("out", "2025-02-20")],
    )  # fmt: skip
    # February is four weeks; the check-ins of the 1st and the 7th share one, those outside the cycle have none.
    assert one(known, today=date(2025, 3, 31))["check_in_compliance"] == (2 / 4 + 0) / 2
    # On the 8th the second week has begun, on the 7th it had not; April's key result has no week yet.
    assert one(known, today=date(2025, 2, 8))["check_in_compliance"] == (2 / 2 + 0) / 2
    assert one(known, as_of=date(2025, 2, 7))["check_in_compliance"] == (1 / 1 + 0) / 2
    assert pd.isna(one(known, as_of=date(2025, 1, 31))["check_in_compliance"])


def test_the_last_short_week_counts() -> None:
    # A quarter of 90 days has 13 weeks, the last of six days.
    known = history([objective("a")], [key_result("k", "a")], [check_in("k", "2025-03-31")])
    assert one(known)["check_in_compliance"] == pytest.approx(1 / 13)


@pytest.mark.parametrize(
    ("said", "values", "day", "stale"),
    [
        (["2025-02-01"], {}, date(2025, 2, 14), 0),
        (["2025-02-01"], {}, date(2025, 2, 15), 1),
        (["2025-02-01", "2025-02-03"], {}, date(2025, 2, 15), 0),
        ([], {}, date(2025, 1, 13), 0),
        ([], {}, date(2025, 1, 14), 1),
        (["2024-11-01"], {}, date(2025, 1, 13), 0),
        ([], {"status": "done"}, date(2025, 2, 15), 0),
        ([], {"status": "cancelled"}, date(2025, 2, 15), 0),
        ([], {}, date(2025, 3, 31), 1),
        ([], {}, date(2025, 4, 1), 0),
    ],
)
def test_stale_after_fourteen_silent_days_of_an_open_cycle(
    said: list[str], values: dict[str, Any], day: date, stale: int
) -> None:
    known = history([objective("a")], [key_result("k", "a", **values)], [check_in("k", on) for on in said])
    assert one(known, today=day)["stale"] == stale


def test_done_is_known_as_of_a_day_when_a_check_in_says_so() -> None:
    said = [check_in("told", "2025-01-20", status="Done")]
    known = history([objective("a")], [key_result("told", "a"), key_result("sheet", "a", status="done")], said)
    assert one(known, as_of=date(2025, 3, 1))["stale"] == 1
    assert one(known, today=date(2025, 3, 1))["stale"] == 0


def test_confidence_is_the_last_one_each_key_result_states() -> None:
    said = [
        check_in("sure", "2025-01-10", confidence=0.1), check_in("sure", "2025-02-10", confidence=0.7),
        check_in("sure", "2025-03-01", 5),
        check_in("middling", "2025-02-01", confidence=0.4), check_in("doubtful", "2025-02-01", confidence=0.3),
        check_in("later", "2025-02-01", confidence=0.1), check_in("later", "2025-02-01", confidence=0.9),
    ]  # fmt: skip
    names = ("sure", "middling", "doubtful", "later", "silent")
    known = history([objective("a")], [key_result(name, "a") for name in names], said)
    row = one(known)
    assert row["mean_confidence"] == pytest.approx((0.7 + 0.4 + 0.3 + 0.9) / 4)
    assert row["net_confidence"] == pytest.approx(2 / 4 - 1 / 4)
    assert one(known, as_of=date(2025, 1, 31))["mean_confidence"] == pytest.approx(0.1)


def test_a_team_holds_all_below_and_averages_over_key_results_never_teams() -> None:
    known = history(
        [objective("e", team_id="East"), objective("w", team_id="West")],
        [key_result("k1", "e"), key_result("k2", "w"), key_result("k3", "w")],
        [check_in("k1", "2025-01-02", confidence=1.0), check_in("k2", "2025-01-02", confidence=0.4)],
    )
    rows = rhythm(known, "team", today=date(2025, 1, 5)).set_index("team")
    assert rows["check_in_compliance"].to_dict() == pytest.approx(
        {"Company": 2 / 3, "East": 1, "Sales": 2 / 3, "West": 0.5}
    )
    assert rows["mean_confidence"].to_dict() == pytest.approx({"Company": 0.7, "East": 1, "Sales": 0.7, "West": 0.4})


def test_it_needs_a_day() -> None:
    with pytest.raises(QuestionError, match="--as-of"):
        compute(Question("rhythm"), history([objective("a")]), policy=GUIDE)


def again(known: History, cycle: str, today: date, as_of: date | None) -> dict[str, float | None]:
    """The figures of one cycle in plain loops over plain records."""
    day = as_of or today
    span = next(row for row in records(known.cycle) if row["cycle"] == cycle)
    first, last = span["starts_on"], span["ends_on"]
    goals = [g for g in records(known.objective) if g["cycle"] == cycle and g["status"] not in ("draft", "cancelled")]
    told = [
        {name: day if day and (not as_of or day <= as_of) else None for name, day in g.items() if name.endswith("_on")}
        for g in goals
    ]
    created = [(t["created_on"] - first).days + 1 for t in told if t["created_on"]]
    both = [[d for d in (t["agreed_on"], t["aligned_on"]) if d] for t in told]
    aligned = [(min(dates) - first).days + 1 for dates in both if dates]
    reviewed = [abs((t["reviewed_on"] - last).days) for t in told if t["reviewed_on"]]
    ids = {g["objective_id"] for g in goals}
    results = [
        k for k in records(known.key_result) if k["objective_id"] in ids and k["status"] not in ("draft", "cancelled")
    ]
    compliance, confidences, stale = [], [], 0
    for k in results:
        said = [c for c in records(known.check_in) if c["key_result_id"] == k["key_result_id"]]
        said.sort(key=lambda c: (c["checked_on"], c["row"]))
        up_to = [c for c in said if c["checked_on"] <= day]
        weeks = [first + timedelta(7 * n) for n in range(60) if first + timedelta(7 * n) <= min(day, last)]
        hit = [any(w <= c["checked_on"] < w + timedelta(7) and c["checked_on"] <= last for c in up_to) for w in weeks]
        compliance += [sum(hit) / len(hit)] if hit else []
        stated = [c["confidence"] for c in (up_to if as_of else said) if c["confidence"] is not None]
        confidences += stated[-1:]
        words = [c["status"] for c in up_to if c["status"]]
        done = (words and words[-1] == "done") or (k["status"] == "done" and (not as_of or day >= last))
        quiet = not any(day - timedelta(14) < c["checked_on"] for c in up_to) and day - first >= timedelta(13)
        stale += first <= day <= last and quiet and not done
    return {
        "objectives": len(goals), "created_known": len(created), "set_on_time": mean(d <= 7 for d in created),
        "aligned_known": len(aligned), "aligned_on_time": mean(d <= 15 for d in aligned),
        "reviewed_known": len(reviewed), "reviewed_on_time": mean(d <= 7 for d in reviewed),
        "key_results": len(results), "check_in_compliance": mean(compliance), "stale": stale,
        "mean_confidence": mean(confidences),
        "net_confidence": mean((c >= 0.7) - (c < 0.4) for c in confidences),
    }  # fmt: skip


@given(histories(), days, st.booleans())
def test_plain_loops_agree(known: History, day: date, dated: bool) -> None:
    table = rhythm(known, "cycle", today=day, as_of=day if dated else None)
    for row in table.to_dict("records"):
        expected = again(known, row.pop("cycle"), day, day if dated else None)
        assert row == pytest.approx(expected, nan_ok=True)


@given(histories(), days)
def test_as_of_a_day_is_the_log_cut_there_and_shares_are_shares(known: History, day: date) -> None:
    said = known.check_in
    cut = dataclasses.replace(known, check_in=said[said["checked_on"] <= pd.Timestamp(day)])
    table = rhythm(known, "team", as_of=day)
    pd.testing.assert_frame_equal(table, rhythm(cut, "team", as_of=day))
    for name in ("set_on_time", "aligned_on_time", "reviewed_on_time", "check_in_compliance", "mean_confidence"):
        assert table[name].dropna().between(0, 1 + 1e-12).all()
    assert table["net_confidence"].dropna().between(-1, 1).all()
    assert (table["stale"] <= table["key_results"]).all()
    for part in ("created", "aligned", "reviewed"):
        assert (table[f"{part}_known"] <= table["objectives"]).all()
