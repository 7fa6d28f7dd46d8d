"""The lists of goals worth a question on the page Challenge, each with its guard and what can be taken away."""

from collections.abc import Callable
from typing import Any

import pandas as pd
import streamlit as st

from dashboard import panels
from dashboard.charts import challenge as charts
from dashboard.grids import challenge as grids
from dashboard.summaries import challenge as summary_of_teams
from dashboard.summaries import questions as summary
from dashboard.tables import challenge, questions
from dashboard.tables.facts import MOST_DRAWN
from dashboard.tables.listed import Listed
from dashboard.visit import Visit
from pipelines.metrics.catalogue_challenge import GUARD, LOW_GUARD

Worded = Callable[[Visit, pd.DataFrame], pd.DataFrame]


def teams(visit: Visit, window: list[str]) -> None:
    """The teams with their intervals, those that stand out first."""
    table = challenge.teams(*visit.key(*window))
    if table.empty:
        return
    rows, overall = summary_of_teams.interval_rows(visit, table.head(MOST_DRAWN)), float(table["expected_rate"].iloc[0])
    figure = charts.intervals(rows, wording=visit.words, overall=overall)
    note = panels.left_out_note(visit, len(table) - MOST_DRAWN)
    title, told = summary_of_teams.teams_title(visit, table), summary_of_teams.teams_note(visit, table)
    panels.chart(title, figure, told, *note)


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
    title = summary.new_title(visit, new, found.count)
    if not found.count:
        st.subheader(title, anchor=False)
        st.caption(summary.new_note(visit))
        return
    _listed(visit, title, found, summary.new_rows, grids.new(visit), summary.new_note(visit),
            name=f"new-goals-{quarter}")  # fmt: skip


def worth_a_question(visit: Visit, window: list[str]) -> None:
    """The goals of the window with their evidence in its three groups."""
    words = visit.words
    found = challenge.goals(*visit.key(*window))
    if not found.count:
        st.markdown(words.say("No goal of these quarters gives rise to a question."))
        return
    title = words.say_plural("{count} goal worth a question", "{count} goals worth a question", found.count)
    columns, note = grids.goals(visit), summary.groups_note(visit, challenge.goals_by_group(*visit.key(*window)))
    _listed(visit, title, found, summary.goal_rows, columns, note, name=f"challenge-{window[0]}-{window[-1]}")


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
    low = questions.low_goals(*key)
    guard = words.say(LOW_GUARD, guard=words.say(GUARD))
    if low.count:
        title = words.say_plural("{count} goal to reconsider", "{count} goals to reconsider", low.count)
        name = f"low-goals-{window[0]}-{window[-1]}"
        _listed(visit, title, low, summary.low_rows, grids.low(visit), name=name, guard=guard)
    left = questions.done_without(*key)
    if not left.count:
        st.caption(words.say("No goal was scored below attained while all its key results were done."))
        return
    title = words.say_plural(
        "Key results done, the goal not: {count} goal. Were they the right ones?",
        "Key results done, the goal not: {count} goals. Were they the right ones?", left.count,
    )  # fmt: skip
    _listed(visit, title, left, summary.done_rows, grids.done(visit), name=f"done-without-{window[0]}-{window[-1]}")


def _listed(
    visit: Visit, title: str, found: Listed, worded: Worded, columns: dict[str, Any], *notes: str, name: str,
    guard: str = "",
) -> None:  # fmt: skip
    """The first goals found, in words and with links to their pages, and the file to take away, which has them all."""
    shown = worded(visit, found.first)
    pairs = zip(shown["objective_id"], shown["title"], strict=True)
    shown = shown.assign(title=[visit.goal(key, title) for key, title in pairs])
    panels.table(title, shown, columns, *notes, tall=True)
    panels.download(visit, lambda: worded(visit, found.rows), columns, name, guard=guard or visit.words.say(GUARD))
