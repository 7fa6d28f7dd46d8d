"""The health of the data: what is loaded and can be taken back, and what is wrong with it."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import commands, downloads, filters, panels
from dashboard.grids import data as grids
from dashboard.summaries import data as summary
from dashboard.tables import data
from dashboard.tables.facts import data_dir
from dashboard.wording import Wording, plain

MOST_SHOWN = 200


def cards(words: Wording, loads: pd.DataFrame, problems: pd.DataFrame) -> None:
    """How much is loaded, and how much is wrong with it."""
    figures = summary.figures(words, loads, problems)
    for place, (label, count) in zip(st.columns(len(figures)), figures.items(), strict=True):
        place.metric(label, f"{count:,}", border=True, height="stretch")


def loaded(words: Wording, loads: pd.DataFrame) -> None:
    """The batches with their files and where the rows went, and the way to take one back."""
    rows, columns = summary.load_rows(words, loads), grids.loads(words)
    count = int(loads["batch"].nunique())
    panels.table(words.say_plural("{count} batch is loaded", "{count} batches are loaded", count),
                 rows.head(MOST_SHOWN), columns)  # fmt: skip
    _download(words, rows, columns, "batches")
    decided = data.decisions(words.language)
    if len(decided):
        with st.expander(words.say("How scales, days and columns were read")):
            shown = grids.decisions(words)
            st.dataframe(decided, hide_index=True, column_config=shown, column_order=list(shown),
                         alt=words.say("How scales, days and columns were read"))  # fmt: skip


def undo(words: Wording, loads: pd.DataFrame) -> None:
    """Taking a batch back, asked for once more before it is done."""
    names = summary.batch_names(words, loads)
    left, right = st.columns([3, 1], vertical_alignment="bottom")
    chosen = left.selectbox(words.say("Take back a batch"), list(names), key="batch")
    with right.popover(words.say("Take back…"), icon=":material/undo:", key=f"undo {chosen}"):
        st.markdown(words.say("Batch {batch} will no longer count; the other batches stay as they are.",
                              batch=names[chosen]))  # fmt: skip
        sure = st.button(words.say("Yes, take batch {batch} back", batch=names[chosen]), type="primary")
    if sure:
        with st.spinner(words.say("Computing the figures")):
            outcome = commands.undo(names[chosen], data_dir(), language=words.language)
        filters.keep("undone", outcome)
        filters.keep("outcomes", ())
        st.rerun()


def undone() -> None:
    """What taking back did, said once."""
    outcome = filters.kept("undone", None)
    if outcome:
        panels.verdict("error" if outcome.code else "success", plain(outcome.said))
        filters.keep("undone", None)


def wrong(words: Wording, problems: pd.DataFrame) -> None:
    """Problems by rule, then each with its cell and what to do; to be narrowed, and to be taken home."""
    if problems.empty:
        st.success(words.say("Nothing is set aside, waiting or doubtful."))
        return
    rules = summary.rule_rows(words, problems)
    panels.table(words.say("What is wrong, by rule"), rules, grids.rules(words))
    topics = summary.topics(words)
    topic = st.segmented_control(words.say("Show"), list(topics), default=next(iter(topics)), key="topic")
    picked = st.multiselect(words.say("Rules"), list(rules["rule"]), key="rules", placeholder=words.say("All"))
    found = summary.of_topic(problems, topics.get(str(topic), ""))
    found = found[found["rule"].isin(picked)] if picked else found
    title = words.say_plural("{count} thing to look at", "{count} things to look at", len(found))
    if found.empty:
        st.markdown(words.say("Nothing of this kind."))
        return
    panels.problems(title, summary.problem_rows(words, found.head(MOST_SHOWN)), grids.problems(words))
    _download(words, summary.problem_rows(words, found), grids.problems(words), "problems")


def _download(words: Wording, frame: pd.DataFrame, columns: dict[str, Any], name: str) -> None:
    st.download_button(
        words.say("Download as CSV"), data=lambda: downloads.csv(downloads.headed(frame, columns)),
        file_name=f"{name}.csv", mime="text/csv", on_click="ignore", icon=":material/download:", key=f"csv {name}",
    )  # fmt: skip
