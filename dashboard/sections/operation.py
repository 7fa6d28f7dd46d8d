"""The parts of the page Operation, each a chart or a table with what it says; nothing where nothing is known."""

import streamlit as st

from dashboard import filters, panels
from dashboard.charts import confidence as lines
from dashboard.charts import operation as charts
from dashboard.grids import operation as columns
from dashboard.summaries import confidence as said
from dashboard.summaries import operation as summary
from dashboard.tables import operation
from dashboard.tables.facts import MOST_LISTED
from dashboard.visit import Visit


def duties(visit: Visit, quarter: str) -> None:
    """Who set, agreed, checked in and reviewed on time, by team."""
    rows = operation.by_team(*visit.key(quarter), visit.today.isoformat())
    if rows.empty:
        return
    upper, note = panels.upper_teams(visit, rows)
    cells = summary.duty_rows(visit, upper, quarter)
    names = summary.duty_names(visit, quarter)
    figure = charts.duties(cells, wording=visit.words, ink=filters.ink(), names=names)
    title = summary.duties_title(visit, summary.duty_rows(visit, rows, quarter))
    panels.chart(title, figure, summary.duties_note(visit), *note)


def nothing_set(visit: Visit, quarter: str) -> None:
    """How many people and teams in scope set nothing, where a roster is known."""
    asked = (*visit.key(quarter), visit.today.isoformat(), quarter)
    whole = operation.filled_whole(*asked)
    rows = whole if whole.empty else operation.filled(*asked)
    if rows.empty:
        st.markdown(
            visit.words.say(
                "Who set nothing is not known: no roster is loaded for these teams. It comes as a sheet `people`."
            )
        )
        return
    title, basis = summary.fill_title(visit, whole.iloc[0], quarter), summary.fill_note(visit, whole.iloc[0])
    upper, note = panels.upper_teams(visit, rows, most=MOST_LISTED)
    panels.table(title, summary.fill_rows(upper), columns.filled(visit), basis, *note)
    if note:
        panels.download(visit, lambda: summary.fill_rows(rows), columns.filled(visit), f"fill-rate-{quarter}")


def calendar(visit: Visit, quarter: str) -> None:
    """In which weeks each team checked in."""
    cells = operation.calendar(*visit.key(quarter), visit.today.isoformat(), quarter)
    if len(cells) and not cells["checked"].any():
        st.markdown(visit.words.say("No check-in of {quarter} is loaded.", quarter=quarter))
    elif len(cells):
        upper, note = panels.upper_teams(visit, cells)
        figure = charts.calendar(upper, wording=visit.words, ink=filters.ink())
        panels.chart(summary.calendar_title(visit, cells), figure, summary.calendar_note(visit, quarter), *note)


def silent(visit: Visit, quarter: str) -> None:
    """Which key results nobody has checked in on for a while, in a quarter that runs."""
    if visit.ended(quarter):
        return
    asked = (*visit.key(quarter), visit.today.isoformat())
    stale = operation.stale(*asked)
    title = summary.stale_title(visit, stale.count, operation.whole(*asked))
    if not stale.count:
        st.subheader(title, anchor=False)
        return
    panels.table(title, summary.stale_rows(visit, stale.first), columns.stale(visit))


def confidence(visit: Visit, quarter: str) -> None:
    """Confidence by week, and its falls with the reason beside each."""
    asked = (*visit.key(quarter), visit.today.isoformat(), quarter)
    weeks, falls = operation.confidence(*asked), operation.falls(*asked)
    if not weeks["stated"].any():
        st.markdown(visit.words.say("No check-in of {quarter} states a confidence.", quarter=quarter))
        return
    figure = lines.by_week(weeks, wording=visit.words, weeks=visit.cycle(quarter).weeks)
    panels.chart(said.week_title(visit, weeks), figure, said.week_note(visit, weeks))
    if falls.count:
        rows, title = said.fall_rows(visit, falls.first), said.falls_title(visit, falls.count, falls.told)
        panels.table(title, rows, columns.falls(visit), tall=True)


def execution_or_goal(visit: Visit, quarter: str) -> None:
    """Whether low scores of an ended quarter point to the goal or to execution."""
    below = filters.chosen_flag(visit.words.say("Each team with all goals below it, individual ones included"), "below")
    rows = operation.execution(*visit.key(quarter), visit.today.isoformat(), "with_below" if below else "own")
    if not rows["check_in_compliance"].any():
        st.markdown(
            visit.words.say("Execution or goal? No team of {quarter} has both a score and check-ins.", quarter=quarter)
        )
        return
    limits = (visit.policy.rhythm.regular_share, visit.policy.threshold.reconsider)
    figure = charts.quadrants(rows, wording=visit.words, names=said.quadrant_names(visit), limits=limits)
    panels.chart(said.execution_title(visit, rows, quarter), figure, said.execution_note(visit, rows))


def calibration(visit: Visit, span: list[str]) -> None:
    """What was said in confidence beside what came, over ended quarters."""
    tenths = operation.calibration(*visit.key(*span))
    if tenths["forecasts"].any():
        figure = lines.calibration(tenths[tenths["forecasts"] > 0], wording=visit.words)
        panels.chart(said.calibration_title(visit, tenths), figure, said.calibration_note(visit, tenths, span))


def recorded(visit: Visit, span: list[str]) -> None:
    """Recorded scores above and below what the data give, by quarter."""
    sides = operation.recorded(*visit.key(*span))
    if len(sides) and not sides[["above", "below"]].any(axis=None):
        st.subheader(said.recorded_title(visit, sides), anchor=False)
    elif len(sides):
        figure = lines.recorded(sides, wording=visit.words)
        panels.chart(said.recorded_title(visit, sides), figure, said.recorded_note(visit, sides))
