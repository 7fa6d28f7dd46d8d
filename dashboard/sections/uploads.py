"""Dropping files: what each was recognised as, its columns to correct, a check, and the load. Start at `draw`."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import streamlit as st

from dashboard import commands, filters, panels, staging
from dashboard.commands import Outcome, Step
from dashboard.grids import data as grids
from dashboard.sections.correction import corrected
from dashboard.summaries import uploads as summary
from dashboard.summaries.data import problem_rows
from dashboard.tables.facts import data_dir
from dashboard.wording import Wording, plain
from pipelines.sources import SUFFIXES
from pipelines.wording import mark

REPLACE, BESIDE = mark("Replace it: this is the corrected file"), mark("Keep both: the later value wins cell by cell")
SHOWN = 50


@dataclass(frozen=True)
class Candidate:
    """A dropped file: where it waits, how it is to be read, and what loading it would give."""

    path: Path
    mapping: Path | None
    hidden: bool
    found: dict[str, Any]

    @property
    def manner(self) -> tuple[str, bool]:
        """How it is to be read; files that are read alike are loaded together."""
        return str(self.mapping or ""), self.hidden

    @property
    def is_new(self) -> bool:
        """Whether loading it would change anything."""
        return not self.found["failed"] and not self.found["unchanged"]


def draw(words: Wording) -> None:
    """The part of the page where files are dropped; after a load, what it did."""
    for outcome in filters.kept("outcomes", ()):
        _tell(words, outcome)
    st.markdown(words.say("Drop OKR sheets and check-in logs. Nothing is loaded before you have seen what they give."))
    label = words.say("Files: {suffixes}, each also as .gz", suffixes=" ".join(SUFFIXES))
    dropped = st.file_uploader(label, accept_multiple_files=True, key=f"files {filters.kept('round', 0)}")
    if dropped:
        filters.keep("outcomes", ())
    alone = len(dropped) == 1
    given = [_candidate(words, file.name, file.getvalue(), alone=alone) for file in dropped]
    candidates = [candidate for candidate in given if candidate]
    if candidates:
        _offer_load(words, candidates)


def _candidate(words: Wording, name: str, content: bytes, *, alone: bool) -> Candidate | None:
    try:
        path = staging.stage(data_dir(), name, content)
    except OSError as error:
        st.error(words.say("{file} cannot be kept: {reason}", file=plain(name), reason=plain(str(error.strerror))))
        return None
    with st.container(border=True):
        st.subheader(plain(path.name), anchor=False)
        place = st.container()
        mapping, hidden, found = corrected(words, path, alone=alone)
        if found is None:
            return None
        with place:
            _show(words, found)
    return Candidate(path, mapping, hidden, found)


def _show(words: Wording, found: dict[str, Any]) -> None:
    """What loading the file would give: in a sentence, and what would be set aside or is doubtful."""
    panels.verdict(*summary.verdict(words, found))
    if not found["unchanged"]:
        st.markdown("\n".join(f"- {summary.sheet_line(words, sheet)}" for sheet in found["sheets"]))
    if found["earlier"] and not found["unchanged"]:
        st.info(summary.earlier(words, found))
    if found["elsewhere"]:
        st.info(summary.elsewhere(words, found))
    problems = problem_rows(words, found["problems"])
    if len(problems):
        count = found["problem_count"]
        title = words.say_plural("{count} thing to look at", "{count} things to look at", count)
        columns = grids.problems(words)
        del columns["file"]
        panels.problems(title, problems.head(SHOWN), columns)


def _offer_load(words: Wording, candidates: list[Candidate]) -> None:
    new = [candidate for candidate in candidates if candidate.is_new]
    again = any(candidate.found["earlier"] for candidate in new)
    choice = _succession(words) if again else BESIDE
    label = words.say_plural("Load {count} file", "Load {count} files", len(new)) if new else words.say("Load")
    if st.button(label, type="primary", disabled=not new or choice is None, icon=":material/publish:"):
        outcomes = [_loaded(words, group, replace=choice == REPLACE) for group in _alike(new)]
        if all(outcome.report for outcome in outcomes):
            _start_over(candidates, outcomes)
        for outcome in outcomes:
            _tell(words, outcome)
    if again and choice is None:
        st.caption(words.say("First say what becomes of the earlier load."))


def _start_over(candidates: list[Candidate], outcomes: list[Outcome]) -> None:
    """Forget the files that were dropped, and show the new version with what the load did."""
    staging.clear([candidate.path for candidate in candidates])
    filters.keep("outcomes", outcomes)
    filters.keep("round", filters.kept("round", 0) + 1)
    st.rerun()


def _succession(words: Wording) -> str | None:
    """What becomes of earlier loads of the same names; nothing is presumed."""
    names = {words.say(text): text for text in (REPLACE, BESIDE)}
    label = words.say("An earlier load of the same name counts. What shall become of it?")
    chosen = st.radio(label, list(names), index=None, key="succession")
    return names[chosen] if chosen else None


def _alike(candidates: list[Candidate]) -> Iterator[list[Candidate]]:
    """The files that are read alike, each such group one batch."""
    ordered = sorted(candidates, key=lambda candidate: candidate.manner)
    yield from (list(group) for _, group in groupby(ordered, key=lambda candidate: candidate.manner))


def _loaded(words: Wording, group: list[Candidate], *, replace: bool) -> Outcome:
    bar = st.progress(0.0, words.say("Starting"))
    first, paths = group[0], [candidate.path for candidate in group]
    steps = commands.ingest(
        paths, data_dir(), mapping=first.mapping, hidden=first.hidden, replace=replace, language=words.language
    )
    for step in steps:
        if isinstance(step, Outcome):
            bar.empty()
            return step
        bar.progress((step.done + 1) / (step.of + 2), _said(words, step))
    raise RuntimeError("a load ends with its outcome")


def _said(words: Wording, step: Step) -> str:
    if step.done == step.of:
        return words.say("Computing the figures")
    return words.say(
        "Reading {file} ({number} of {of})", file=plain(Path(step.file).name), number=step.done + 1, of=step.of
    )


def _tell(words: Wording, outcome: Outcome) -> None:
    """What a load did, and where to look next."""
    panels.verdict(*summary.result(words, outcome))
    if outcome.said:
        st.text(outcome.said)
    if outcome.report and outcome.report.get("batch"):
        st.page_link("app_pages/overview.py", label=words.say("See the figures"), icon=":material/arrow_forward:")
