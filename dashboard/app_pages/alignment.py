"""Alignment 对齐: what of the company's goals nobody took up; then who serves what, upwards and across."""

import streamlit as st

from dashboard import filters, panels
from dashboard.charts import alignment as charts
from dashboard.charts import goal_tree
from dashboard.grids import alignment as grids
from dashboard.summaries import alignment as summary
from dashboard.summaries import linking
from dashboard.tables import alignment
from dashboard.visit import current
from pipelines.metrics.uptake import penetration

visit = current()
say, words, ink, quarter = visit.words.say, visit.words, filters.ink(), visit.focus()
span = tuple(dict.fromkeys([*visit.span(), quarter]))
one, key = visit.key(quarter), visit.key(*span)
goals, by_quarter = alignment.goals(*one), alignment.by_quarter(*key)
st.title(say("Alignment in {quarter}", quarter=quarter), anchor=False)
panels.still_running(visit)
st.header(summary.headline(visit, goals, quarter), anchor=False)
st.caption(summary.basis(visit, goals))
if len(untaken := summary.untaken_rows(visit, goals)):
    panels.table(say("Taken up by nobody"), untaken, grids.untaken(visit))
if quarter not in set(by_quarter["quarter"]):
    st.stop()
whole = by_quarter[by_quarter["quarter"] == quarter].iloc[0]
teams, rungs = alignment.by_team(*key), alignment.rungs(*key)
cells, note = summary.team_cells(visit, teams), summary.coverage_basis(visit, whole)
if len(cells):
    panels.chart(summary.teams_title(visit, teams, whole, quarter), charts.cells(cells, ink=ink), note)
figure, note = charts.lines(summary.rung_rows(visit, rungs)), summary.rungs_note(visit, rungs, quarter)
panels.chart(summary.rungs_title(visit, rungs, quarter), figure, note)
reach = penetration(alignment.goals(*key).query("not longer"), by=["quarter"])
if len(reach):
    figure = charts.cells(summary.reach_rows(visit, reach), ink=ink)
    panels.chart(summary.reach_title(visit, reach, quarter), figure, summary.reach_note(visit))

tree = alignment.tree(*one)
figure = goal_tree.tree(tree, wording=words, ink=ink, top=quarter, apart=say("lead to no goal of the company"))
panels.chart(linking.tree_title(visit, tree), figure, linking.tree_note(visit, tree))

sides = linking.sides(visit, alignment.units(*one), quarter)
for place, (title, rows, note) in zip(st.columns(len(sides) or 1), sides, strict=False):
    with place:
        panels.chart(title, charts.flows(rows, wording=words, ink=ink), note)

window = span[-visit.policy.challenge.window :]
served = alignment.served(*visit.key(*window))
if len(served):
    title, figure = linking.serving_title(visit, served, window), charts.serving(served, wording=words, ink=ink)
    panels.chart(title, figure, linking.serving_note(visit))
if whole["origin_known"]:
    figure = charts.bottom_up(by_quarter, wording=words, ink=ink, asked=visit.policy.rules.bottom_up_share)
    panels.chart(linking.bottom_up_title(visit, whole, quarter), figure, linking.bottom_up_note(visit, whole))
st.markdown(f"{linking.initiatives(visit, whole)} {linking.adoption(visit, alignment.adoption(*one))}")
broken = linking.broken_rows(visit, alignment.broken(visit.version))
if len(broken):
    panels.table(linking.broken_title(visit, broken), broken, grids.broken(visit), tall=True)
