"""One question, one frame: what the command line, notebooks and pages ask of the metrics."""

from collections.abc import Callable
from dataclasses import replace

import pandas as pd

from pipelines.history import History
from pipelines.metrics.alignment import alignment
from pipelines.metrics.challenge_objectives import challenge_objectives
from pipelines.metrics.challenge_teams import challenge_teams
from pipelines.metrics.compare import compare
from pipelines.metrics.completion import completion
from pipelines.metrics.distribution import distribution
from pipelines.metrics.grouping import KEYS
from pipelines.metrics.new_goals import new_goals
from pipelines.metrics.outlook import Past
from pipelines.metrics.pace import pace
from pipelines.metrics.question import (
    DAY_AND_DATE,
    DAY_TOO_SMALL,
    DAY_WITHOUT_COMPARE,
    KEY_TWICE,
    NO_DAY,
    NO_FIGURE,
    NO_KEY,
    TWO_CYCLES,
    Question,
    QuestionError,
)
from pipelines.metrics.reconsidering import done_without, low_goals
from pipelines.metrics.results import cycles_of, key_result_results, objective_results, objective_weeks
from pipelines.metrics.rhythm import rhythm
from pipelines.metrics.rules import breaches, listed
from pipelines.metrics.tree import below
from pipelines.policy import Policy

__all__ = ["ANSWERS", "Question", "QuestionError", "check", "compute", "tables_needed"]


BY: dict[str, tuple[tuple[str, ...], ...]] = {
    "challenge": ((), ("team",), ("objective",)),
    **dict.fromkeys(("new_goals", "low_goals", "done_without", "compare"), ((),)),
}
"""The groupings of the figures that do not take any combination of keys."""


def check(question: Question) -> None:
    """Raise `QuestionError` for a figure, a grouping or a combination that does not exist."""
    if question.name not in ANSWERS:
        raise QuestionError(NO_FIGURE, name=question.name, names=", ".join(ANSWERS))
    _check_keys(question)
    if question.name == "compare" and len(question.cycles) != 2:
        raise QuestionError(TWO_CYCLES)
    if question.at_day is not None:
        _check_day(question)


def compute(
    question: Question,
    history: History,
    *,
    policy: Policy,
    results: pd.DataFrame | None = None,
    weeks: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """The answer, one row per group, with the columns of the figure (see `pipelines.metrics.catalogue`).

    In: the history (only the tables in `tables_needed` are read where `results` are given) and, to save the work,
    the `objective_result` of everything loaded under this policy as of the question's day, and for pace its
    `objective_week` (without it, the facts weeks are made of are read too). Missing figures are NaN.
    Nothing that matches: no rows. Raises `QuestionError` as `check` does.
    """
    check(question)
    if results is None:
        results = objective_results(history, policy=policy, as_of=question.as_of)
    if question.name == "pace":
        return _pace(question, history, results, policy, weeks)
    return ANSWERS[question.name](question, history, results, policy)


def tables_needed(question: Question) -> tuple[str, ...]:
    """The tables of facts an answer reads beside `objective_result`."""
    if question.at_day is not None or "objective" in question.by:
        return ("team", "cycle", "objective", "key_result", "check_in")
    return NEEDED.get(question.name, ("team",))


def _check_keys(question: Question) -> None:
    known = BY.get(question.name)
    keys = KEYS if known is None else tuple(key for keys in known for key in keys)
    for key in question.by:
        if key not in keys:
            raise QuestionError(NO_KEY, name=question.name, key=key, keys=", ".join(keys) or "–")
        if question.by.count(key) > 1:
            raise QuestionError(KEY_TWICE, key=key)
    if known is not None and question.by not in known:
        raise QuestionError(NO_KEY, name=question.name, key=",".join(question.by), keys=", ".join(keys))


def _check_day(question: Question) -> None:
    if question.name != "compare":
        raise QuestionError(DAY_WITHOUT_COMPARE)
    if question.as_of is not None:
        raise QuestionError(DAY_AND_DATE)
    if question.at_day is not None and question.at_day < 1:
        raise QuestionError(DAY_TOO_SMALL)


def _completion(question: Question, history: History, results: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    rows = _selected(question, history, results)
    return _of_teams(question, history, completion(rows, history.team, by=question.by, policy=policy))


def _distribution(question: Question, history: History, results: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    rows = _selected(question, history, results)
    return _of_teams(question, history, distribution(rows, history.team, by=question.by, policy=policy))


def _alignment(question: Question, history: History, results: pd.DataFrame, policy: Policy) -> pd.DataFrame:  # noqa: ARG001
    # Links lead out of the selection, so all objectives take part in them and only the selected ones are counted.
    chosen = _selected(question, history, results)["objective_id"]
    table = alignment(results, history, by=question.by, of=set(chosen))
    return _of_teams(question, history, table)


def _challenge(question: Question, history: History, results: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    if question.by == ("objective",):
        table = challenge_objectives(results, history, policy=policy, as_of=question.as_of)
        table = table[table["objective_id"].isin(_selected(question, history, results)["objective_id"])]
        return table.reset_index(drop=True)
    # Every team is tested against all others: teams are selected after computing.
    rows = _selected(replace(question, teams=()), history, results)
    return _of_teams(replace(question, by=("team",)), history, challenge_teams(rows, policy=policy))


def _new_goals(question: Question, history: History, results: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    if question.day is None:
        raise QuestionError(NO_DAY, name=question.name)
    # What a goal is held against lies in other cycles and teams, so all are looked at and goals selected.
    table = new_goals(results, history, policy=policy, today=question.day, as_of=question.as_of)
    chosen = _selected(question, history, results)["objective_id"]
    return table[table["objective_id"].isin(chosen)].reset_index(drop=True)


def _low_goals(question: Question, history: History, results: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    return low_goals(_ended(question, _selected(question, history, results)), policy=policy)


def _done_without(question: Question, history: History, results: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    key_results = key_result_results(history, policy=policy, as_of=question.as_of)
    return done_without(_ended(question, _selected(question, history, results)), key_results, policy=policy)


def _ended(question: Question, results: pd.DataFrame) -> pd.DataFrame:
    """The objectives of cycles that have ended by the day, if there is one: the others have not ended low."""
    return results[results["ends_on"] <= pd.Timestamp(question.day)] if question.day else results


def _pace(
    question: Question, history: History, results: pd.DataFrame, policy: Policy, weeks: pd.DataFrame | None = None
) -> pd.DataFrame:
    # What was still to come in closed cycles is learnt from all teams, whichever are asked for.
    past = Past(results, objective_weeks(history, policy=policy) if weeks is None else weeks, history.team)
    rows = _selected(question, history, results)
    return _of_teams(question, history, pace(rows, past, by=question.by, day=question.day))


def _compare(question: Question, history: History, results: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    a, b = (_cycle_as_of(question, cycle, history, results, policy) for cycle in question.cycles)
    return _of_teams(replace(question, by=("team",)), history, compare(a, b, history.team, policy=policy))


def _rhythm(question: Question, history: History, results: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    if question.day is None:
        raise QuestionError(NO_DAY, name=question.name)
    rows = _selected(question, history, results)
    table = rhythm(rows, history, by=question.by, policy=policy, today=question.day, as_of=question.as_of)
    return _of_teams(question, history, table)


def _rules(question: Question, history: History, results: pd.DataFrame, policy: Policy) -> pd.DataFrame:
    # A whole is the sum of parts in other cycles and teams, so all are checked and findings selected.
    found = breaches(results, history, policy=policy, today=question.today, as_of=question.as_of)
    return _of_teams(question, history, listed(_selected(question, history, found), history.team, by=question.by))


ANSWERS: dict[str, Callable[[Question, History, pd.DataFrame, Policy], pd.DataFrame]] = {
    "completion": _completion,
    "distribution": _distribution,
    "alignment": _alignment,
    "challenge": _challenge,
    "new_goals": _new_goals,
    "low_goals": _low_goals,
    "done_without": _done_without,
    "rhythm": _rhythm,
    "rules": _rules,
    "pace": _pace,
    "compare": _compare,
}


NEEDED = {
    **dict.fromkeys(("new_goals", "done_without"), ("team", "cycle", "objective", "key_result", "check_in")),
    "alignment": ("team", "key_result", "alignment"),
    "rhythm": ("team", "objective", "key_result", "check_in"),
    "rules": ("team", "objective", "key_result", "check_in", "alignment", "change"),
}
"""The tables of facts beside `objective_result`, for figures that need more than the teams."""


def _cycle_as_of(
    question: Question, label: str, history: History, results: pd.DataFrame, policy: Policy
) -> pd.DataFrame:
    cycle = cycles_of(history.cycle).get(label) if question.at_day is not None else None
    if cycle and question.at_day is not None:
        results = objective_results(history, policy=policy, as_of=cycle.day(question.at_day))
    return results[results["cycle"] == label]


def _selected(question: Question, history: History, results: pd.DataFrame) -> pd.DataFrame:
    """The objectives of the cycles and teams asked for; all where none are named."""
    if question.cycles:
        results = results[results["cycle"].isin(question.cycles)]
    if question.teams:
        results = results[results["team_id"].isin(below(history.team, question.teams))]
    return results


def _of_teams(question: Question, history: History, table: pd.DataFrame) -> pd.DataFrame:
    """The rows of the teams asked for: those above them are computed too, but were not asked for."""
    if not question.teams or "team" not in question.by:
        return table
    wanted = history.team["team_id"].isin(below(history.team, question.teams))
    return table[table["team"].isin(history.team.loc[wanted, "path"])].reset_index(drop=True)
