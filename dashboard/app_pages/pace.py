"""Pace 进度: progress in the running quarter beside the time passed, where it may end, and which goals are off pace."""

import streamlit as st

from dashboard import panels
from dashboard.charts import pace as charts
from dashboard.grids import pace as grids
from dashboard.grids.changes import printed
from dashboard.summaries import pace as summary
from dashboard.tables import pace
from dashboard.visit import current

MOST_SHOWN = 10

visit = current()
say, words, day = visit.words.say, visit.words, visit.today
quarter = visit.focus() if visit.selection.quarters else visit.unfinished() or visit.focus()
key = visit.key(quarter)

st.title(say("Pace in {quarter}", quarter=quarter), anchor=False)
if visit.ended(quarter):
    st.info(say("{quarter} has ended: how complete it was is on the page Completion.", quarter=quarter))
    panels.go_to("completion", say("See the figures"), visit.link(quarters=(quarter,)))
    st.stop()
whole = pace.whole(*key, day)
if whole.empty:
    st.info(say("Every goal of {quarter} is a draft or cancelled.", quarter=quarter))
    st.stop()
st.header(summary.headline(visit, whole, quarter), anchor=False)
st.markdown(summary.outlook(visit, whole))
basis = summary.basis(visit, whole)
st.caption(basis)

goals = pace.goals(*key, day)
company = goals[goals["level"] == "company"]
if len(company):
    title = summary.company_title(visit, company)
    panels.table(
        title, printed(summary.rows(visit, company)), grids.goals(visit), say("Annual goals stand beside the year.")
    )

teams = pace.by_team(*key, day)
if teams["scored"].any():
    upper, note = panels.upper_teams(visit, teams)
    figure = charts.teams(upper, wording=words, sweet_spot=visit.sweet_spot())
    panels.chart(summary.teams_title(visit, teams), figure, summary.teams_note(visit), *note, basis)

known = goals.dropna(subset=["gap", "quarter"])
behind, ahead = known[known["gap"] < 0].head(MOST_SHOWN), known[known["gap"] > 0].tail(MOST_SHOWN)[::-1]
if len(behind):
    title = say("Furthest behind: is it the execution or the goal, and go on or change it?")
    panels.table(title, printed(summary.rows(visit, behind)), grids.goals(visit))
if len(ahead):
    title = say("Furthest ahead: were they easy?")
    panels.table(title, printed(summary.rows(visit, ahead)), grids.goals(visit))
