"""The parts of the page Alignment: what nobody took up, coverage, the tree, flows, who serves whom, origins."""

import pandas as pd
import streamlit as st

from dashboard import filters, panels
from dashboard.charts import alignment as charts
from dashboard.charts import goal_tree
from dashboard.grids import alignment as grids
from dashboard.summaries import alignment as summary
from dashboard.summaries import linking
from dashboard.tables import alignment
from dashboard.tables.facts import MOST_DRAWN
from dashboard.visit import Visit


def untaken(visit: Visit, goals: pd.DataFrame) -> None:
    """The company's goals and key results that nobody took up."""
    rows = summary.untaken_rows(visit, goals)
    if len(rows):
        panels.table(visit.words.say("Taken up by nobody"), rows, grids.untaken(visit))


def coverage(visit: Visit, whole: "pd.Series[float]", quarter: str, span: tuple[str, ...]) -> None:
    """How many goals serve another: by team, by rung, and how far down the company's goals reach."""
    key, ink = visit.key(*span), filters.ink()
    teams, rungs = alignment.by_team(*key), alignment.rungs(*key)
    upper, left_out = panels.upper_teams(visit, teams)
    cells, note = summary.team_cells(visit, upper), summary.coverage_basis(visit, whole)
    if len(cells):
        panels.chart(summary.teams_title(visit, teams, whole, quarter), charts.cells(cells, ink=ink), *left_out, note)
    figure, note = charts.lines(summary.rung_rows(visit, rungs)), summary.rungs_note(visit, rungs, quarter)
    panels.chart(summary.rungs_title(visit, rungs, quarter), figure, note)
    reach = alignment.reach(*key)
    if len(reach):
        figure = charts.cells(summary.reach_rows(visit, reach), ink=ink)
        panels.chart(summary.reach_title(visit, reach, quarter), figure, summary.reach_note(visit))


def tree(visit: Visit, quarter: str) -> None:
    """All goals under the company's, to zoom into."""
    rows, words = alignment.tree(*visit.key(quarter)), visit.words
    apart = words.say("lead to no goal of the company")
    drawn = alignment.drawn_tree(*visit.key(quarter))
    figure = goal_tree.tree(drawn, wording=words, ink=filters.ink(), top=quarter, apart=apart)
    panels.chart(linking.tree_title(visit, rows), figure, linking.tree_note(visit, rows))


def flows(visit: Visit, quarter: str) -> None:
    """Headquarters and branches side by side."""
    sides = linking.sides(visit, alignment.units(*visit.key(quarter)), quarter)
    for place, (title, rows, note) in zip(st.columns(len(sides) or 1), sides, strict=False):
        with place:
            figure = charts.flows(rows.head(MOST_DRAWN), wording=visit.words, ink=filters.ink())
            panels.chart(title, figure, note, *panels.left_out_note(visit, len(rows) - MOST_DRAWN))


def serving(visit: Visit, window: tuple[str, ...]) -> None:
    """Which teams serve which."""
    served = alignment.served(*visit.key(*window))
    if len(served):
        drawn = alignment.busiest(served)
        figure = charts.serving(drawn, wording=visit.words, ink=filters.ink())
        note = panels.left_out_note(visit, len(alignment.linked(served) - alignment.linked(drawn)))
        panels.chart(linking.serving_title(visit, served, window), figure, linking.serving_note(visit), *note)


def origins(visit: Visit, by_quarter: pd.DataFrame, whole: "pd.Series[float]", quarter: str) -> None:
    """Where goals came from: bottom-up, own initiatives, and how they were taken from above."""
    if whole["origin_known"]:
        asked = visit.policy.rules.bottom_up_share
        figure = charts.bottom_up(by_quarter, wording=visit.words, ink=filters.ink(), asked=asked)
        panels.chart(linking.bottom_up_title(visit, whole, quarter), figure, linking.bottom_up_note(visit, whole))
    taken = linking.adoption(visit, alignment.adoption(*visit.key(quarter)))
    st.markdown(f"{linking.initiatives(visit, whole)} {taken}")


def broken(visit: Visit) -> None:
    """Links that lead nowhere or in circles."""
    rows = linking.broken_rows(visit, alignment.broken(visit.version))
    if len(rows):
        panels.table(linking.broken_title(visit, rows), rows, grids.broken(visit), tall=True)
