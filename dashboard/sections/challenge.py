"""The lists of goals worth a question on the page Challenge, each with its guard and what can be taken away."""

from typing import Any

import pandas as pd
import streamlit as st

from dashboard import panels
from dashboard.charts import challenge as charts
from dashboard.grids import challenge as grids
from dashboard.summaries import questions as summary
from dashboard.tables import challenge, questions
from dashboard.visit import Visit
from pipelines.metrics.catalogue_challenge import GUARD, LOW_GUARD

MOST_SHOWN = 200


def new_goals(visit: Visit, window: list[str]) -> None:
    """New goals to look at, in the first days of the running quarter; that these are over, in its other days."""
    quarter = visit.quarters[-1]
    if visit.cycle(quarter).ends_on < visit.today or quarter not in visit.selection.among([quarter]):
        return
    version, scope, selection = visit.key()
    found, new = questions.new_goals(version, scope, selection, visit.key(*window)[2] if window else "", visit.today)
    if new.empty:
        st.caption(summary.new_over(visit, quarter))
        return
    rows = summary.new_rows(visit, found)
    title = summary.new_title(visit, new, len(rows))
    if rows.empty:
        st.subheader(title, anchor=False)
        st.caption(summary.new_note(visit))
        return
    _listed(visit, title, rows, grids.new(visit), summary.new_note(visit), name=f"new-goals-{quarter}")


def worth_a_question(visit: Visit, window: list[str]) -> None:
    """The goals of the window with their evidence in its three groups."""
    words = visit.words
    rows = summary.goal_rows(visit, challenge.goals(*visit.key(*window)))
    if rows.empty:
        st.markdown(words.say("No goal of these quarters gives rise to a question."))
        return
    title = words.say_plural("{count} goal worth a question", "{count} goals worth a question", len(rows))
    columns, note = grids.goals(visit), summary.groups_note(visit, rows)
    _listed(visit, title, rows, columns, note, name=f"challenge-{window[0]}-{window[-1]}")


def other_end(visit: Visit, window: list[str]) -> None:
    """The goals of the window that ended low, and those left behind by their key results."""
    words, key = visit.words, visit.key(*window)
    whole = questions.low_whole(*key)
    if whole.empty:
        return
    by_quarter = questions.low_whole(*visit.key(*visit.span()), by="quarter")
    figure = charts.low_ends(
        by_quarter, wording=words, bounds=(visit.policy.threshold.reconsider, visit.policy.threshold.too_low)
    )
    panels.chart(
        summary.low_title(visit, whole), figure, summary.low_words(visit), summary.low_basis(visit, by_quarter)
    )
    rows = summary.low_rows(visit, questions.low_goals(*key))
    guard = words.say(LOW_GUARD, guard=words.say(GUARD))
    if len(rows):
        title = words.say_plural("{count} goal to reconsider", "{count} goals to reconsider", len(rows))
        _listed(visit, title, rows, grids.low(visit), name=f"low-goals-{window[0]}-{window[-1]}", guard=guard)
    left = summary.done_rows(visit, questions.done_without(*key))
    if left.empty:
        st.caption(words.say("No goal was scored below attained while all its key results were done."))
        return
    title = words.say_plural(
        "Key results done, the goal not: {count} goal. Were they the right ones?",
        "Key results done, the goal not: {count} goals. Were they the right ones?", len(left),
    )  # fmt: skip
    _listed(visit, title, left, grids.done(visit), name=f"done-without-{window[0]}-{window[-1]}")


def _listed(
    visit: Visit, title: str, rows: pd.DataFrame, columns: dict[str, Any], *notes: str, name: str, guard: str = ""
) -> None:
    """The rows with links to the goals' pages, and the file to take away, which has the plain titles."""
    shown = rows.head(MOST_SHOWN)
    pairs = zip(shown["objective_id"], shown["title"], strict=True)
    shown = shown.assign(title=[visit.goal(key, title) for key, title in pairs])
    panels.table(title, shown, columns, *notes, tall=True)
    panels.download(visit, rows, columns, name, guard=guard or visit.words.say(GUARD))
