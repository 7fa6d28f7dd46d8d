"""From the standing batches to a published warehouse: facts, problems, and the results the pages read."""

import dataclasses
from pathlib import Path

import pandas as pd

from pipelines import batches, fingerprint, parsed, policy, warehouse
from pipelines.batches import Batch, Load
from pipelines.inputs import ignored_file
from pipelines.placing import with_cells
from pipelines.problems import InputError, Problem, as_frame, rule
from pipelines.resolve import Resolved, outside_cycle, resolve, together, waiting_check_ins
from pipelines.results import Compute, in_this_process, write_results
from pipelines.schema import BATCH, CHECK_IN, FACTS, PROBLEM, conform, empty
from pipelines.versions import Version
from pipelines.warehouse import Draft, Log, LostLogError, check_ins

LOST = rule(
    "kept_file_lost",
    "set_aside",
    "what was read from this file in batch {batch} is damaged or gone, so the figures stay as they were. "
    "Load the same file again, or withdraw it with `okr undo {batch}`.",
)


def build(data_dir: Path, *, compute: Compute = in_this_process) -> Version:
    """A new version of the warehouse from the batches that stand; the caller holds the lock."""
    in_force = policy.in_force(data_dir)
    standing = batches.standing(data_dir)
    loads = batches.effective(standing)
    try:
        with warehouse.drafted(data_dir, state(data_dir)) as (draft, version):
            problems = _write_facts(draft, data_dir, loads, first_month=in_force.cycle.first_month)
            told = _as_problems([problems, _left_out(standing, loads)])
            draft.write({"batch": _batch_table(loads), "problem": _in_order(told, loads)})
            write_results(draft, in_force, before=_before(data_dir), compute=compute)
    except LostLogError as error:
        raise _lost(error.log, loads) from error
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


def _write_facts(draft: Draft, data_dir: Path, loads: list[tuple[Batch, Load]], *, first_month: int) -> pd.DataFrame:
    """Write the facts of the loads; what reading and resolving found wrong. Raises InputError, LostLogError."""
    contents = [_content(data_dir, batch, load) for batch, load in loads]
    resolved = resolve(_stated(loads, contents), first_month=first_month)
    draft.write(resolved.facts)
    found = together([resolved.problems, write_check_ins(draft, resolved, _logs(data_dir, loads))])
    found = with_cells(found, {(b.number, s.file, s.sheet): s for b, load in loads for s in load.sheets})
    return _as_problems([_stated_problems(loads, contents), found])


def _content(data_dir: Path, batch: Batch, load: Load) -> parsed.Parsed | None:
    """What was read from a file, none where it failed; raises InputError where that is lost."""
    content = None if load.failed else parsed.load(data_dir, load.digest, but=(CHECK_IN.name,))
    if content is None and not load.failed:
        raise InputError(Problem(LOST, load.name, details={"batch": batch.number}))
    return content


def write_check_ins(draft: Draft, resolved: Resolved, logs: list[Log]) -> pd.DataFrame:
    """Write the check-ins of all logs; what waits or is doubtful about them. Raises LostLogError."""
    named = resolved.named(check_ins.references(draft, logs))
    check_ins.add_check_ins(draft, logs, named)
    told = [waiting_check_ins(check_ins.waiting(draft, logs, named)), outside_cycle(check_ins.outside_cycle(draft))]
    return together(told)


def _logs(data_dir: Path, loads: list[tuple[Batch, Load]]) -> list[Log]:
    """What is kept of the loads' check-ins."""
    kept = [(batch, parsed.folder(data_dir, load.digest) / f"{CHECK_IN.name}.parquet") for batch, load in loads]
    return [Log(batch.number, path) for batch, path in kept if path.exists()]


def _lost(log: Log, loads: list[tuple[Batch, Load]]) -> InputError:
    name = next(load.name for _, load in loads if load.digest == log.path.parent.name)
    return InputError(Problem(LOST, name, details={"batch": log.batch_id}))


def _before(data_dir: Path) -> Version | None:
    """The version whose results may be taken over, if there is one that can be read."""
    try:
        return warehouse.current(data_dir)
    except InputError:
        return None


def _stated(loads: list[tuple[Batch, Load]], contents: list[parsed.Parsed | None]) -> dict[str, pd.DataFrame]:
    """The rows as stated, table by table, in the order batch, file, sheet, row."""
    stated = {}
    for table in FACTS:
        frames = [
            content.facts[table.name].assign(batch_id=batch.number)
            for (batch, _), content in zip(loads, contents, strict=True)
            if content and table.name in content.facts
        ]
        if frames:
            stated[table.name] = pd.concat(frames, ignore_index=True)
    return stated


def _stated_problems(loads: list[tuple[Batch, Load]], contents: list[parsed.Parsed | None]) -> pd.DataFrame:
    """What reading the files found wrong, with files that failed."""
    frames = [
        (content.problems if content else conform(pd.DataFrame(load.problems), PROBLEM.columns)).assign(
            batch_id=batch.number
        )
        for (batch, load), content in zip(loads, contents, strict=True)
    ]
    return _as_problems(frames)


def _left_out(standing: list[Batch], loads: list[tuple[Batch, Load]]) -> pd.DataFrame:
    """The files that were left out: each is told once, and no longer when all that was loaded with it is replaced."""
    counting = {batch.number for batch, _ in loads}
    left_out = {name: batch.number for batch in standing if batch.number in counting for name in batch.ignored}
    return _as_problems([as_frame([ignored_file(name)]).assign(batch_id=number) for name, number in left_out.items()])


def _as_problems(frames: list[pd.DataFrame]) -> pd.DataFrame:
    told = [conform(frame, PROBLEM.columns) for frame in frames if len(frame)]
    return pd.concat(told, ignore_index=True) if told else empty(PROBLEM.columns)


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
