"""What a row names: in its sheet, its file, its folder, its cycle, then everywhere; else it waits."""

import pytest

from tests.pipelines.stated import joined, objective, rules, sheet


def part(objective_name: str | None, **values: object) -> dict[str, object]:
    return {"key_result_id": "k", "title": "Part", "objective": objective_name, **values}


def owner_of(**tables: object) -> str | None:
    history, _ = joined(**tables)  # type: ignore[arg-type]
    found = history.objective.set_index("objective_id")["title"]
    return found.get(history.key_result["objective_id"].iloc[-1])


def goals(title: str, cycle: str, file: str, batch: int = 1) -> object:
    return sheet(objective(title, cycle, objective_id="1"), file=file, batch=batch)


def test_a_row_in_the_same_sheet_beats_every_name() -> None:
    rows = sheet(objective("First", objective_id="1"), objective("Second", objective_id="2"))
    assert owner_of(objective=[rows], key_result=[sheet(part("1", objective_row=3))]) == "Second"


def test_the_same_file_comes_before_its_folder() -> None:
    own, beside = goals("Own", "2025-Q1", "q1/goals.xlsx"), goals("Beside", "2025-Q2", "q1/more.xlsx")
    assert owner_of(objective=[own, beside], key_result=[sheet(part("1"), file="q1/goals.xlsx")]) == "Own"


def test_the_folder_of_the_batch_comes_before_the_rest() -> None:
    near, far = goals("Near", "2025-Q1", "q1/goals.csv"), goals("Far", "2025-Q2", "q2/goals.csv")
    assert owner_of(objective=[near, far], key_result=[sheet(part("1"), file="q1/parts.csv")]) == "Near"


def test_the_stated_cycle_decides_across_folders() -> None:
    first, second = goals("First", "2025-Q1", "q1/goals.csv"), goals("Second", "2025-Q2", "q2/goals.csv")
    parts = sheet(part("1", cycle="2025-Q2"), file="parts/parts.csv", batch=2)
    assert owner_of(objective=[first, second], key_result=[parts]) == "Second"


def test_a_stated_cycle_is_never_contradicted_by_a_nearer_namesake() -> None:
    near = goals("Near", "2025-Q1", "q1/goals.csv")
    parts = sheet(part("1", cycle="2025-Q2"), file="q1/parts.csv")
    history, problems = joined(objective=[near], key_result=[parts])  # type: ignore[list-item]
    assert history.key_result["objective_id"].isna().all()
    assert rules(problems) == ["objective_unknown"]


def test_the_whole_warehouse_helps_where_it_is_unique() -> None:
    parts = sheet(part("1"), file="elsewhere/parts.csv", batch=2)
    assert owner_of(objective=[goals("Only", "2025-Q1", "q1/goals.csv")], key_result=[parts]) == "Only"


def test_an_ambiguous_reference_waits_and_names_the_candidates() -> None:
    first, second = goals("First", "2025-Q1", "q1/goals.csv"), goals("Second", "2025-Q2", "q2/goals.csv")
    parts = sheet(part("1"), file="elsewhere/parts.csv", batch=2)
    history, problems = joined(objective=[first, second], key_result=[parts])  # type: ignore[list-item]
    (found,) = problems.to_dict("records")
    assert (found["kind"], found["rule"], found["file"]) == ("waiting", "objective_ambiguous", "elsewhere/parts.csv")
    assert "2025-Q1:1" in found["message"]
    assert "2025-Q2:1" in found["message"]
    assert history.key_result["objective_id"].isna().all()


def test_an_id_comes_before_a_title_and_a_title_is_found_whatever_its_case() -> None:
    rows = sheet(objective("Second", objective_id="1"), objective("Third", objective_id="Second"))
    assert owner_of(objective=[rows], key_result=[sheet(part("Second"))]) == "Third"
    assert owner_of(objective=[rows], key_result=[sheet(part("THIRD "))]) == "Third"


def test_a_printed_id_is_a_reference_too() -> None:
    first, second = goals("First", "2025-Q1", "q1/goals.csv"), goals("Second", "2025-Q2", "q2/goals.csv")
    parts = sheet(part("2025-Q1:1"), file="elsewhere/parts.csv")
    assert owner_of(objective=[first, second], key_result=[parts]) == "First"


def test_an_orphan_joins_when_its_parent_arrives() -> None:
    parts = sheet(part("late"), {"key_result_id": "k2", "title": "Other", "objective": "late"})
    check = sheet({"key_result": "k", "checked_on": "2025-02-01", "progress": 0.5}, file="company/log.csv")
    history, problems = joined(key_result=[parts], check_in=[check])
    assert list(history.key_result["key_result_id"]) == ["k", "k2"]
    assert list(history.check_in["key_result_id"]) == ["k"]
    assert rules(problems) == ["objective_unknown"] * 2
    goal = sheet(objective("Late", objective_id="late"), batch=2)
    history, problems = joined(objective=[goal], key_result=[parts], check_in=[check])
    assert list(history.key_result["objective_id"]) == ["late"] * 2
    assert not len(problems)


def test_a_check_in_of_nothing_known_is_kept_and_waits() -> None:
    history, problems = joined(check_in=[sheet({"key_result": "k", "checked_on": "2025-02-01", "value": 3.0})])
    assert history.check_in["key_result_id"].isna().all()
    assert list(history.check_in["value"]) == [3.0]
    assert rules(problems) == ["key_result_unknown"]


@pytest.mark.parametrize(("named", "expected"), [("a", "a:KR1"), ("b", "b:KR1")])
def test_a_check_in_that_names_its_objective_means_its_key_result(named: str, expected: str) -> None:
    rows = sheet(objective("A", objective_id="a"), objective("B", objective_id="b"))
    parts = sheet(*({"key_result_id": "KR1", "objective": name, "title": "Part"} for name in "ab"), name="key_results")
    check = sheet({"key_result": "KR1", "objective": named, "checked_on": "2025-02-01", "value": 1.0}, name="check_ins")
    history, problems = joined(objective=[rows], key_result=[parts], check_in=[check])
    assert list(history.check_in["key_result_id"]) == [expected]
    assert not len(problems)


def test_a_later_batch_replaces_the_day_and_within_a_batch_all_are_kept() -> None:
    parts = sheet(part("a"))
    goal = sheet(objective("A", objective_id="a"))
    first = sheet(
        {"key_result": "k", "checked_on": "2025-02-01", "value": 1.0},
        {"key_result": "k", "checked_on": "2025-02-01", "value": 2.0},
        {"key_result": "k", "checked_on": "2025-02-08", "value": 3.0},
    )
    history, _ = joined(objective=[goal], key_result=[parts], check_in=[first])
    assert list(history.check_in["value"]) == [1.0, 2.0, 3.0]
    again = sheet({"key_result": "k", "checked_on": "2025-02-01", "value": 9.0}, batch=2)
    history, _ = joined(objective=[goal], key_result=[parts], check_in=[first, again])
    assert sorted(history.check_in["value"]) == [3.0, 9.0]


def test_a_check_in_beside_an_ambiguous_objective_names_the_candidates() -> None:
    first, second = goals("First", "2025-Q1", "q1/goals.csv"), goals("Second", "2025-Q2", "q2/goals.csv")
    log = sheet({"key_result": "k", "objective": "1", "checked_on": "2025-02-01", "value": 1.0}, file="logs/log.csv")
    _, problems = joined(objective=[first, second], check_in=[log])  # type: ignore[list-item]
    (found,) = problems.to_dict("records")
    assert found["rule"] == "key_result_ambiguous"
    assert "2025-Q1:1" in found["message"]
