"""From the standing batches to a published warehouse: facts, problems, and the results the pages read."""

import dataclasses
from pathlib import Path

import pandas as pd

from pipelines import batches, fingerprint, policy, versions, warehouse
from pipelines.batches import Batch, Load
from pipelines.facts import LOST, write_facts
from pipelines.inputs import ignored_file
from pipelines.problems import InputError, Problem, as_frame
from pipelines.processes import in_processes
from pipelines.resolve import together
from pipelines.results import Compute, write_results
from pipelines.schema import BATCH, PROBLEM, conform, empty
from pipelines.versions import Version


def build(data_dir: Path, *, compute: Compute | None = None) -> Version:
    """A new version of the warehouse from the batches that stand; the caller holds the lock."""
    compute, before = compute or in_processes(versions.aside(data_dir)), _before(data_dir)
    try:
        return _built(data_dir, compute, after=before)
    except InputError as error:
        if before is None or error.problem.rule is not warehouse.NOT_WRITTEN:
            raise
    # A part of the version before may be damaged, or take room that one written afresh does not need.
    return _built(data_dir, compute, after=None)


def _built(data_dir: Path, compute: Compute, *, after: Version | None) -> Version:
    in_force = policy.in_force(data_dir)
    standing = batches.standing(data_dir)
    loads = batches.effective(standing)
    with warehouse.drafted(data_dir, state(data_dir), after=after) as (draft, version):
        problems = write_facts(draft, data_dir, loads, first_month=in_force.cycle.first_month)
        told = together([problems, _left_out(standing, loads)])
        draft.write({"batch": _batch_table(loads), "problem": _in_order(told, loads)})
        write_results(draft, in_force, compute=compute)
    return version


def publish(data_dir: Path) -> Problem | None:
    """Build where the published version is not what stands; why it could not be written, for the ledger holds so."""
    try:
        if not is_current(data_dir):
            build(data_dir)
    except InputError as error:
        if error.problem.rule not in (warehouse.NOT_WRITTEN, LOST):
            raise
        return error.problem
    return None


def is_current(data_dir: Path) -> bool:
    """Whether the published version shows exactly what stands, under the policy in force and by this code."""
    try:
        version = warehouse.current(data_dir)
    except InputError:
        return False
    return version is not None and warehouse.built_from(version) == state(data_dir)


def state(data_dir: Path) -> str:
    """What a build would be made from now: the code, the policy in force and the loads that count, as one text."""
    loads = [
        f"{batch.number}:{load.name}:{load.digest}" for batch, load in batches.effective(batches.standing(data_dir))
    ]
    return fingerprint.of_text(fingerprint.of_pipelines(), repr(policy.in_force(data_dir)), *loads)


def _before(data_dir: Path) -> Version | None:
    """The version to start from, if there is one that can be read."""
    try:
        return warehouse.current(data_dir)
    except InputError:
        return None


def _left_out(standing: list[Batch], loads: list[tuple[Batch, Load]]) -> pd.DataFrame:
    """The files that were left out: each is told once, and no longer when all that was loaded with it is replaced."""
    counting = {batch.number for batch, _ in loads}
    left_out = {name: batch.number for batch in standing if batch.number in counting for name in batch.ignored}
    return together([as_frame([ignored_file(name)]).assign(batch_id=number) for name, number in left_out.items()])


def _in_order(problems: pd.DataFrame, loads: list[tuple[Batch, Load]]) -> pd.DataFrame:
    """Problems by batch, then file as loaded, then row, those of a whole file first."""
    order = {(batch.number, load.name): place for place, (batch, load) in enumerate(loads)}
    place = [order.get(key, len(order)) for key in zip(problems["batch_id"], problems["file"], strict=True)]
    ordered = problems.assign(place=place).sort_values(["place", "sheet", "row"], kind="stable", na_position="first")
    return conform(ordered.reset_index(drop=True), PROBLEM.columns)


def _batch_table(loads: list[tuple[Batch, Load]]) -> pd.DataFrame:
    rows = [
        {**dataclasses.asdict(sheet), "batch_id": batch.number, "loaded_at": batch.loaded_at}
        for batch, load in loads
        for sheet in load.sheets
    ]
    return conform(pd.DataFrame(rows), BATCH.columns) if rows else empty(BATCH.columns)
