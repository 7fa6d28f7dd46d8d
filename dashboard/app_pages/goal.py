"""A goal's page 目标详情: its key results, every check-in, changes, links, and where each number comes from."""

import streamlit as st

from dashboard import panels
from dashboard.charts import goal as charts
from dashboard.grids import filled
from dashboard.grids import goal as grids
from dashboard.sections import goal as sections
from dashboard.summaries import goal as summary
from dashboard.tables import goal as goals
from dashboard.visit import current
from dashboard.wording import plain
from pipelines.metrics.catalogue_challenge import GUARD
from pipelines.problems import InputError

visit = current()
say, words = visit.words.say, visit.words
wanted = sections.choose(visit)
if wanted is None:
    st.title(say("Goal"), anchor=False)
    st.info(say("Choose a goal, or follow its id from another page."))
    st.stop()
about, past = (visit.version, visit.scope), visit.selection.past
try:
    goal = goals.goal(*about, wanted, past)
except InputError as error:
    st.title(say("Goal"), anchor=False)
    st.warning(plain(error.problem.message(words.language)))
    st.stop()

st.title(plain(goal["title"]), anchor=False)
st.caption(summary.about(visit, goal))
st.header(summary.headline(visit, goal), anchor=False)
st.caption(summary.basis(visit, goal))
found = goals.evidence(*about, goal["objective_id"], past)
if len(found):
    st.markdown(f"**{say('Worth a question')}**\n\n{summary.evidence(visit, found)}")
    st.info(say(GUARD))
points = summary.points(visit, goal)
if len(points):
    panels.chart(say("Every check-in beside the time passed"), charts.check_ins(points, wording=words))
if goal["key_results"]:
    parts = summary.key_results(goal)
    panels.table(say("Its key results"), parts, filled(parts, grids.key_results(visit)))
moved = goals.changes(*about, goal["objective_id"], past, visit.today.isoformat())
if len(moved):
    panels.table(say("What was changed"), summary.changes(visit, moved), grids.changes(visit), tall=True)
for title, links in ((say("It serves"), goal["parents"]), (say("It is served by"), goal["children"])):
    if links:
        panels.table(title, summary.linked(visit, links), grids.linked(visit))
for title, text in ((say("What the review found"), goal["review_note"]), (say("Next steps"), goal["next_steps"])):
    if text:
        st.subheader(title, anchor=False)
        st.text(text)
said = summary.check_ins(goal)
if len(said):
    panels.table(say("Check-ins, the last first"), said, filled(said, grids.check_ins(visit)))
st.caption(say("The goal itself stands in row, sheet, file: {place}.", place=plain(summary.place(goal))))
