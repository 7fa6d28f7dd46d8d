"""Challenge 挑战度: could these goals have been hard? The whole first, then teams, then goals worth a question."""

import streamlit as st

from dashboard import panels
from dashboard.charts import challenge as charts
from dashboard.charts import trend
from dashboard.grids import challenge as grids
from dashboard.summaries import challenge as summary
from dashboard.tables import challenge
from dashboard.visit import current
from pipelines.metrics.catalogue_challenge import GUARD

MOST_SHOWN = 200

visit = current()
say, words, limits = visit.words.say, visit.words, visit.policy
window = visit.window()

st.title(summary.title(visit, window), anchor=False)
panels.still_running(visit, say("Whether its goals were hard can be asked once it has ended; it is left out here."))
if not window:
    st.info(say(GUARD))
    st.stop()
key = visit.key(*window)
whole = challenge.whole(*key)
st.markdown(summary.unlabelled(visit, whole))
st.info(say(GUARD))
if whole.empty or not whole["n"].sum():
    st.markdown(say("No goal here could be near excellent: all are committed, or none has a score."))
    st.stop()

by_quarter = challenge.whole(*visit.key(*visit.span()), by="quarter")
figure = trend.near_excellent(by_quarter, wording=words, ceiling=limits.challenge.ceiling)
panels.chart(summary.near_top_title(visit, whole), figure, summary.eligible_basis(visit, by_quarter))

bins = challenge.score_bins(*key)
bounds = {name: getattr(limits.bands, name) for name in ("excellent", "good", "medium", "fair")} | {"poor": 0.0}
figure = charts.distribution(bins, wording=words, bounds=bounds)
panels.chart(
    summary.bins_title(visit, bins),
    figure,
    summary.bins_note(visit),
    panels.basis(visit, challenge.spread(*key), *window),
)

teams = challenge.teams(*key)
if len(teams):
    rows = summary.interval_rows(visit, teams)
    figure = charts.intervals(rows, wording=words, overall=float(teams["expected_rate"].iloc[0]))
    panels.chart(summary.teams_title(visit, teams), figure, summary.teams_note(visit, teams))

goals = summary.goal_rows(visit, challenge.goals(*key))
if len(goals):
    title = words.say_plural("{count} goal worth a question", "{count} goals worth a question", len(goals))
    columns = grids.goals(visit)
    panels.table(title, goals.head(MOST_SHOWN), columns, tall=True)
    panels.download(visit, goals, columns, f"challenge-{window[0]}-{window[-1]}", guard=say(GUARD))
else:
    st.markdown(say("No goal of these quarters gives rise to a question."))
