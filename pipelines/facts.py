"""From the loads that count to the facts of a draft: resolved once, and kept until something but a log changes."""

from collections.abc import Collection, Mapping
from pathlib import Path

import pandas as pd

from pipelines import fingerprint, parsed
from pipelines.batches import Batch, Load
from pipelines.kept import Kept
from pipelines.placing import with_cells
from pipelines.problems import InputError, Problem, rule
from pipelines.resolve import Known, Resolved, outside_cycle, resolve, together, waiting_check_ins, wanted
from pipelines.schema import CHECK_IN, FACTS, PROBLEM, conform
from pipelines.warehouse import Draft, Log, LostLogError, check_ins, goal_states, log_states

Loads = list[tuple[Batch, Load]]

GOALS = [table.name for table in FACTS if table is not CHECK_IN]
RESOLVED = ["problem", *GOALS, "team_text", "objective_statement", "key_result_statement", "key_result_goal"]

LOST = rule(
    "kept_file_lost",
    "set_aside",
    "what was read from this file in batch {batch} is damaged or gone, so the figures stay as they were. "
    "Load the same file again, or withdraw it with `okr undo {batch}`.",
)


def write_facts(draft: Draft, data_dir: Path, loads: Loads, *, first_month: int) -> pd.DataFrame:
    """Write the facts of the loads; what reading and resolving found wrong. Raises InputError."""
    told = _stated_problems(data_dir, loads)
    kept = Kept(data_dir / "resolved" / _key(data_dir, loads, first_month))
    found = _found(kept) or keep(kept, resolve(_stated(data_dir, loads), first_month=first_month))
    goal_states.write(draft, {name: found[name] for name in GOALS})
    try:
        logged = write_check_ins(draft, kept, found, _logs(data_dir, loads))
    except LostLogError as error:
        raise _lost_log(error.log, loads) from error
    kept.prune()
    resolved = together([conform(pd.read_parquet(found["problem"]), PROBLEM.columns), logged])
    sheets = {(batch.number, sheet.file, sheet.sheet): sheet for batch, load in loads for sheet in load.sheets}
    return together([told, with_cells(resolved, sheets)])


def keep(kept: Kept, resolved: Resolved) -> dict[str, Path]:
    """Keep what resolving gave; where each table is."""
    return {name: kept.keep(name, frame) for name, frame in resolved.tables().items()}


def write_check_ins(draft: Draft, kept: Kept, found: Mapping[str, Path], logs: list[Log]) -> pd.DataFrame:
    """Write the check-ins of all logs; what waits or is doubtful about them. Raises LostLogError."""
    names = {log: _named(draft, kept, found, log) for log in logs}
    if not names:
        log_states.leave(draft, [])
        return together([])
    check_ins.add_check_ins(draft, names)
    told = [waiting_check_ins(check_ins.waiting(draft, names)), outside_cycle(check_ins.outside_cycle(draft))]
    return together(told)


def _found(kept: Kept) -> dict[str, Path] | None:
    """Where each table is that resolving gave, if all are kept."""
    paths = {name: path for name in RESOLVED if (path := kept.path(name))}
    return paths if len(paths) == len(RESOLVED) else None


def _key(data_dir: Path, loads: Loads, first_month: int) -> str:
    """The hash of all that resolving depends on: the code, the policy's first month, and every row but check-ins."""
    rows = [
        f"{batch.number}:{name}:{fingerprint.of_file(path)}"
        for batch, load in loads
        for name in GOALS
        if (path := parsed.folder(data_dir, load.digest) / f"{name}.parquet").exists()
    ]
    return fingerprint.of_text(fingerprint.of_pipelines(), str(first_month), *rows)


def _named(draft: Draft, kept: Kept, found: Mapping[str, Path], log: Log) -> Path:
    """Where the ways are kept in which the log's rows refer to key results, with the key result each means."""
    name = f"named-{log.batch_id}-{log.digest}"
    return kept.path(name) or kept.keep(name, _names(draft, found, log))


def _names(draft: Draft, found: Mapping[str, Path], log: Log) -> pd.DataFrame:
    references = check_ins.references(draft, log)
    known = Known(**check_ins.known(draft, found, references, wanted(references)))
    return conform(known.named(references), check_ins.NAMED)


def _logs(data_dir: Path, loads: Loads) -> list[Log]:
    """What is kept of the loads' check-ins."""
    kept = [(batch, parsed.folder(data_dir, load.digest) / f"{CHECK_IN.name}.parquet") for batch, load in loads]
    return [Log(batch.number, path) for batch, path in kept if path.exists()]


def _content(data_dir: Path, batch: Batch, load: Load, *, but: Collection[str]) -> parsed.Parsed | None:
    """What was read from a file, none where it failed; raises InputError where that is lost."""
    content = None if load.failed else parsed.load(data_dir, load.digest, but=but)
    if content is None and not load.failed:
        raise _lost(batch, load)
    return content


def _lost(batch: Batch, load: Load) -> InputError:
    return InputError(Problem(LOST, load.name, details={"batch": batch.number}))


def _lost_log(log: Log, loads: Loads) -> InputError:
    places = {(batch.number, load.digest): (batch, load) for batch, load in loads}
    return _lost(*places[log.batch_id, log.digest])


def _stated(data_dir: Path, loads: Loads) -> dict[str, pd.DataFrame]:
    """The rows as stated, table by table, in the order batch, file, sheet, row."""
    contents = [(batch, _content(data_dir, batch, load, but=(CHECK_IN.name,))) for batch, load in loads]
    stated = {}
    for name in GOALS:
        frames = [
            content.facts[name].assign(batch_id=batch.number)
            for batch, content in contents
            if content and name in content.facts
        ]
        if frames:
            stated[name] = pd.concat(frames, ignore_index=True)
    return stated


def _stated_problems(data_dir: Path, loads: Loads) -> pd.DataFrame:
    """What reading the files found wrong, with files that failed."""
    frames = []
    for batch, load in loads:
        content = _content(data_dir, batch, load, but=[*GOALS, CHECK_IN.name])
        problems = content.problems if content else conform(pd.DataFrame(load.problems), PROBLEM.columns)
        frames.append(problems.assign(batch_id=batch.number))
    return together(frames)
