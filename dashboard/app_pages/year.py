"""Year 年度: annual goals, planned against actual by quarter and cumulated, parts against the whole, changes."""

import streamlit as st

from dashboard import filters, panels
from dashboard.charts import year as charts
from dashboard.grids import rules as change_grid
from dashboard.grids import year as grids
from dashboard.summaries import changes as changed
from dashboard.summaries import year as summary
from dashboard.tables import rules, year
from dashboard.visit import current

MOST_CHAINS, MOST_SHOWN = 6, 200

visit = current()
say, today = visit.words.say, visit.today.isoformat()
label, key = visit.year(visit.focus()), visit.key()
goals = year.goals(*key, label)
chains = year.chains(*key, label, today)

st.title(say("Year {year}", year=label), anchor=False)
if goals.empty:
    st.markdown(say("No annual goal of {year} is selected.", year=label))
    st.stop()
st.header(summary.sentence(visit, label, goals, chains), anchor=False)
st.caption(summary.basis(visit, goals))
periods, parts = year.periods(*key, label, today), year.parts(*key, label, today)
for _, chain in chains.head(MOST_CHAINS).iterrows():
    rows = periods[periods["whole_id"] == chain["key_result_id"]]
    figure = charts.planned_and_actual(
        rows, wording=visit.words, ink=filters.ink(), whole=chain["planned"] - chain["difference"]
    )
    told = [summary.reachable(visit, chain), summary.whole(visit, chain), summary.missing(visit, chain)]
    panels.chart(summary.chain_title(visit, chain), figure, *told, key=chain["key_result_id"])
if len(chains) > MOST_CHAINS:
    st.caption(say("{count} more are cut into parts; the table below holds them all.", count=len(chains) - MOST_CHAINS))

changes = rules.changes(*visit.key(*year.quarters(*key, label)), label, today)
changes = changes[changes["objective_id"].isin({*goals["objective_id"], *parts["objective_id"]})]
if len(parts):
    panels.table(say("The parts, each as planned and as it came"), summary.part_rows(visit, parts.head(MOST_SHOWN)),
                 grids.parts(visit))  # fmt: skip
if len(changes):
    panels.table(say("Changes of annual goals and their parts"), changed.rows(visit, changes.head(MOST_SHOWN)),
                 change_grid.changes(visit), changed.sentence(visit, changes), tall=True)  # fmt: skip
below = year.below(*key, label)
listed = summary.goal_rows(visit, goals, below)
columns = grids.goals(visit, listed)
note = say("By quarter: the average completion of the goals that serve it directly, and their number.")
panels.table(summary.below_title(visit, goals, below), listed.head(MOST_SHOWN), columns, note)
panels.download(visit, listed.assign(goal=goals["title"]), columns, f"year-{label}")
