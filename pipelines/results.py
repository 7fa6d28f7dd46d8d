"""The tables computed from the facts, a part of the cycles at a time, and only where something they rest on changed."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd
import pyarrow as pa

from pipelines import fingerprint
from pipelines.history import History
from pipelines.lookup import among
from pipelines.metrics import results, summaries
from pipelines.metrics.challenge_objectives import evidence
from pipelines.metrics.evidence_before import cycles_before
from pipelines.metrics.progress import in_order
from pipelines.policy import Policy
from pipelines.warehouse import Draft, cycle_states, history_of

# Small cycles are computed together, since each computation has its fixed price; large ones a part of the teams at a
# time, to spare memory.
CHECK_INS_TOGETHER = 1_000_000


@dataclass(frozen=True)
class Part:
    """Cycles that are computed together, and those before them whose goals theirs are held against.

    Of all teams, or of those named: no result of a goal depends on what another team does.
    """

    cycles: tuple[str, ...]
    before: tuple[str, ...]
    teams: tuple[str, ...] | None = None


Frames = Mapping[str, pd.DataFrame]
Facts = Callable[[Part], Mapping[str, pa.Table]]
"""The tables of facts a part is computed from, as DuckDB gives them: to other processes they go as they are."""
Compute = Callable[[Sequence[Part], Facts, Policy], Iterator[Frames]]


def in_this_process(parts: Sequence[Part], facts: Facts, in_force: Policy) -> Iterator[Frames]:
    """The results of the parts, one after the other."""
    for part in parts:
        yield results_of(history_of(facts(part)), in_force, cycles=part.cycles)


def write_results(draft: Draft, in_force: Policy, *, compute: Compute) -> None:
    """Compute the results of all cycles, but leave those of the version before whose facts are the same."""
    facts = cycle_states.facts_of_cycles(draft)
    states = _states(draft, in_force, {cycle: found.told for cycle, found in facts.items()})
    known = cycle_states.known(draft)
    same = [cycle for cycle, state in states.items() if known.get(cycle) == state]
    cycle_states.leave(draft, same, states)
    touched = {cycle: found.check_ins for cycle, found in facts.items() if cycle not in same}
    todo = list(parts(touched, _steps(draft)))
    for tables in compute(todo, lambda part: draft.facts(part.cycles, part.before, part.teams), in_force):
        draft.write(tables)
    _write_waiting(draft, in_force)
    write_across(draft, in_force)


def results_of(history: History, in_force: Policy, *, cycles: tuple[str, ...] | None = None) -> dict[str, pd.DataFrame]:
    """The tables computed from the facts about these cycles' objectives, by name; all if none are named.

    What looks from cycle to cycle (`write_across`) is among them only then. Cycle by cycle and all at once give the
    same, where the history holds the goals of the two cycles before as well.
    """
    history = history.with_codes()
    history = replace(history, check_in=in_order(history.check_in))
    everything, key_results = results.objectives_and_key_results(history, policy=in_force)
    own = history if cycles is None else history.of_cycles(cycles)
    objectives = everything[among(everything["objective_id"], own.objective["objective_id"])].reset_index(drop=True)
    found = evidence(everything, history, policy=in_force, scored=key_results)
    asked = among(key_results["key_result_id"], own.key_result["key_result_id"])
    key_results = key_results[asked].reset_index(drop=True)
    return {
        "key_result_result": key_results,
        "objective_result": objectives,
        "objective_week": results.objective_weeks(own, policy=in_force),
        "evidence": found[among(found["objective_id"], objectives["objective_id"])].reset_index(drop=True),
        **summaries.of_the_log(own.coded(objectives), own.coded(key_results), own, policy=in_force),
        **(summaries.of_everything(own.coded(objectives), own, policy=in_force) if cycles is None else {}),
    }


def write_across(draft: Draft, in_force: Policy) -> None:
    """Compute what looks from cycle to cycle, from as much of the check-in log as that needs."""
    objectives, known = draft.asked("SELECT * FROM objective_result"), draft.across()
    draft.write(summaries.of_everything(objectives, known, policy=in_force, log=draft.check_ins))


def parts(check_ins: Mapping[str, Mapping[str, int]], steps: Mapping[str, str]) -> Iterator[Part]:
    """The cycles in parts of about as many check-ins, from those of each team; steps: the cycle before each one."""
    numbers = {cycle: sum(teams.values()) for cycle, teams in check_ins.items()}
    together: list[str] = []
    for cycle, teams in check_ins.items():
        if together and sum(numbers[each] for each in [*together, cycle]) > CHECK_INS_TOGETHER:
            yield _part(together, steps)
            together = []
        if numbers[cycle] > CHECK_INS_TOGETHER:
            yield from (replace(_part([cycle], steps), teams=share) for share in _shares(teams))
        else:
            together.append(cycle)
    if together:
        yield _part(together, steps)


def _shares(numbers: Mapping[str, int]) -> list[tuple[str, ...]]:
    """The teams in as many shares as are needed, each with about as many check-ins."""
    total, before = sum(numbers.values()), 0
    number_of_shares = -(-total // CHECK_INS_TOGETHER)
    shares: dict[int, list[str]] = {}
    for team, number in numbers.items():
        place = (before + number / 2) * number_of_shares // total
        shares.setdefault(min(int(place), number_of_shares - 1), []).append(team)
        before += number
    return [tuple(teams) for teams in shares.values()]


def _part(cycles: list[str], steps: Mapping[str, str]) -> Part:
    last = {steps[cycle] for cycle in cycles if cycle in steps}
    before = last | {steps[cycle] for cycle in last if cycle in steps}
    return Part(tuple(cycles), tuple(sorted(before - set(cycles))))


def _steps(draft: Draft) -> dict[str, str]:
    return dict(cycles_before(draft.asked("SELECT * FROM cycle")))


def _states(draft: Draft, in_force: Policy, own: Mapping[str, str]) -> dict[str, str]:
    """For each cycle a text of all its results rest on: code, policy, teams, its own facts and those before it."""
    steps = _steps(draft)
    whole = fingerprint.of_text(fingerprint.of_pipelines(), repr(in_force), cycle_states.facts_of_all(draft))
    return {
        cycle: fingerprint.of_text(whole, *(own.get(each, "") for each in (cycle, *_part([cycle], steps).before)))
        for cycle in own
    }


def _write_waiting(draft: Draft, in_force: Policy) -> None:
    """Key results that wait for their objective have a row, and no figures yet."""
    waiting = draft.asked("SELECT * FROM key_result WHERE objective_id IS NULL")
    if len(waiting):
        draft.write({"key_result_result": results.key_result_results(History.of(key_result=waiting), policy=in_force)})
