"""Which rows are the same, and how their ids are printed."""

from tests.pipelines.stated import joined, objective, rules, sheet


def test_the_same_id_in_two_cycles_is_two_objectives_printed_with_their_cycle() -> None:
    history, _ = joined(
        objective=[sheet(objective("Grow", objective_id="1"), objective("Grow", "2025-Q2", objective_id="1"))]
    )
    assert list(history.objective["objective_id"]) == ["2025-Q1:1", "2025-Q2:1"]


def test_a_later_value_wins_and_a_blank_never_erases() -> None:
    first = sheet(objective("Grow", objective_id="1", score=0.5, owner="Li"))
    later = sheet(objective("Grow more", objective_id="1", score=None), file="company/later.csv", batch=2)
    history, problems = joined(objective=[first, later])
    (row,) = history.objective.to_dict("records")
    assert (row["title"], row["score"], row["owner"]) == ("Grow more", 0.5, "Li")
    assert (row["batch_id"], row["file"], row["row"]) == (2, "company/later.csv", 2)
    assert not len(problems)


def test_disagreement_within_one_file_is_reported_and_the_later_row_counts() -> None:
    history, problems = joined(
        objective=[sheet(objective("Grow", objective_id="1"), objective("Shrink", objective_id="1"))]
    )
    assert list(history.objective["title"]) == ["Shrink"]
    (found,) = problems.to_dict("records")
    assert (found["kind"], found["rule"], found["row"], found["value"]) == (
        "doubtful",
        "same_id_disagrees",
        3,
        "Shrink",
    )
    assert "Grow" in found["message"]
    assert "row 2" in found["message"]


def test_without_an_id_case_width_and_spaces_do_not_make_another_objective() -> None:
    rows = sheet(objective("Grow  ＦＡＳＴ", team="Sales"), objective("grow fast", team="Sales", score=0.4))
    history, _ = joined(objective=[rows])
    (row,) = history.objective.to_dict("records")
    assert row["objective_id"].startswith("o-")
    assert row["score"] == 0.4


def test_without_an_id_another_team_owner_level_or_cycle_makes_another_objective() -> None:
    usual = {"team": "Sales", "owner": "Li", "level": "team"}
    others = [{**usual, "team": "Finance"}, {**usual, "owner": "Wu"}, {**usual, "level": "company"}]
    rows = [objective("Grow", **values) for values in (usual, *others)] + [objective("Grow", "2025-Q2", **usual)]
    history, _ = joined(objective=[sheet(*rows)])
    assert history.objective["objective_id"].nunique() == 5


def test_a_derived_id_stays_when_the_parent_team_becomes_known() -> None:
    goal = sheet(objective("Grow", team="Sales"))
    alone, _ = joined(objective=[goal])
    tree = sheet({"team": "Sales", "parent_team": "Company"}, file="company/teams.csv")
    placed, _ = joined(objective=[goal], team=[tree])
    assert list(alone.objective["objective_id"]) == list(placed.objective["objective_id"])


def test_key_results_of_one_id_print_their_cycle_or_else_their_objective() -> None:
    goals = [
        objective("A", objective_id="a"),
        objective("B", objective_id="b"),
        objective("C", "2025-Q2", objective_id="c"),
    ]
    parts = [{"key_result_id": "1", "objective": name, "title": f"Part of {name}"} for name in "abc"]
    history, _ = joined(objective=[sheet(*goals)], key_result=[sheet(*parts, name="key_results")])
    assert list(history.key_result["key_result_id"]) == ["a:1", "b:1", "2025-Q2:1"]
    assert list(history.key_result["objective_id"]) == ["a", "b", "c"]


def test_an_objective_of_an_unknown_cycle_waits_until_a_sheet_says_its_days() -> None:
    goal = sheet(objective("Grow", "Athens", objective_id="1"))
    part = sheet({"key_result_id": "k", "objective": "1", "title": "Part"}, name="key_results")
    history, problems = joined(objective=[goal], key_result=[part])
    assert not len(history.objective)
    assert history.key_result["objective_id"].isna().all()
    assert rules(problems) == ["cycle_without_days"]
    days = sheet({"cycle": "athens", "starts_on": "2025-02-01", "ends_on": "2025-03-15"}, name="cycles")
    history, problems = joined(objective=[goal], key_result=[part], cycle=[days])
    assert list(history.objective["cycle"]) == ["athens"]
    assert list(history.cycle["kind"]) == ["custom"]
    assert list(history.key_result["objective_id"]) == ["1"]
    assert not len(problems)


def test_a_sheet_of_cycles_overrides_what_a_label_spells() -> None:
    days = sheet({"cycle": "2025-Q1", "starts_on": "2025-01-06", "ends_on": "2025-04-04"}, name="cycles")
    history, _ = joined(objective=[sheet(objective("Grow"))], cycle=[days])
    (row,) = history.cycle.to_dict("records")
    assert (row["kind"], str(row["starts_on"].date()), str(row["ends_on"].date())) == (
        "quarter",
        "2025-01-06",
        "2025-04-04",
    )
