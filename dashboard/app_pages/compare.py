"""Compare 季度对比: two or more quarters side by side, at the end or at the same week."""

import streamlit as st

from dashboard import filters, panels
from dashboard.charts import change, trend
from dashboard.grids import changes
from dashboard.grids import comparison as grids
from dashboard.summaries import comparison as summary
from dashboard.tables import comparison
from dashboard.tables.facts import MOST_LISTED
from dashboard.visit import current

visit = current()
say, words = visit.words.say, visit.words
quarters, focus = visit.compared(), visit.focus()
key = visit.key(*quarters)

st.title(say("Compare"), anchor=False)
with st.container(horizontal=True):
    offers = {say("Same quarter last year"): visit.year_before(focus), say("Quarter before"): visit.before(focus)}
    for label, earlier in offers.items():
        if earlier:
            panels.choice(f"{label}: {earlier}", taken=quarters == [earlier, focus], quarters=(earlier, focus))
with st.container(horizontal=True):
    same = filters.chosen_flag(say("Same teams only"), "same_teams")
    at_week = visit.week_now(quarters[-1]) or filters.chosen_flag(say("At the same week"), "same_week")
panels.still_running(visit, say("Each quarter is shown as it stood in that week."))
if len(quarters) < 2:
    st.info(say("There is no earlier quarter to compare {quarter} with.", quarter=focus))
    st.stop()
last = visit.week(quarters[-1])
week = last if at_week else 0

whole = comparison.by_quarter(*key, week, same=same)
if whole.empty or not whole["scored"].any():
    st.info(summary.nothing(visit, comparison.by_quarter(*key, 0, same=same), week))
    st.stop()
st.header(summary.headline(visit, whole, week), anchor=False)
basis = panels.basis(visit, whole, *quarters)
st.caption(basis)

weeks = comparison.week_by_week(*key, last, same=same)
panels.chart(summary.weeks_title(visit, quarters), trend.by_week(weeks, wording=words), basis)

teams = comparison.by_team(*key, week, same=same)
upper, note = panels.upper_teams(visit, teams)
figure = change.teams_across(upper, wording=words)
panels.chart(summary.across_title(visit, teams, quarters), figure, *note, basis)

upper, note = panels.upper_teams(visit, teams, most=MOST_LISTED)
rows = summary.rows(visit, upper, quarters)
columns = grids.comparison(visit, rows, quarters)
panels.table(say("Team by team, average completion"), changes.printed(rows), columns, *note, basis)
panels.download(visit, lambda: summary.rows(visit, teams, quarters), columns, f"compare-{'-'.join(quarters)}")

anchored = comparison.anchoring(*key)
if len(anchored):
    title = summary.anchoring_title(visit, anchored)
    panels.table(title, summary.anchoring_rows(anchored), grids.anchoring(visit), say("100% is no ideal."))
