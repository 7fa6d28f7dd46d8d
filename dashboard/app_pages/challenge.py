"""Challenge 挑战度: could these goals have been hard? The whole first, then teams, then goals worth a question."""

import streamlit as st

from dashboard import panels
from dashboard.charts import challenge as charts
from dashboard.charts import trend
from dashboard.sections import challenge as sections
from dashboard.summaries import challenge as summary
from dashboard.tables import challenge, completion
from dashboard.visit import current
from pipelines.metrics.catalogue_challenge import GUARD
from pipelines.wording import mark

LEFT_OUT = mark("Whether its goals were hard can be asked once it has ended; it is left out here.")

visit = current()
say, words, limits = visit.words.say, visit.words, visit.policy
window = visit.window()

st.title(summary.title(visit, window), anchor=False)
if not window:
    st.info(say(GUARD))
    sections.new_goals(visit, window)
    panels.still_running(visit, say(LEFT_OUT))
    st.stop()
key = visit.key(*window)
whole = challenge.whole(*key)
hard = not whole.empty and bool(whole["n"].sum())
if hard:
    st.header(summary.first_sentence(visit, whole), anchor=False)
st.markdown(summary.unlabelled(visit, whole))
st.info(say(GUARD))
panels.still_running(visit, say(LEFT_OUT))
if not hard:
    st.markdown(say("No goal here could be near excellent: all are committed, or none has a score."))
    sections.new_goals(visit, window)
    sections.other_end(visit, window)
    st.stop()

by_quarter = challenge.whole(*visit.key(*visit.span()), by="quarter")
figure = trend.near_excellent(by_quarter, wording=words, ceiling=limits.challenge.ceiling)
panels.chart(summary.trend_title(visit, by_quarter), figure, summary.eligible_basis(visit, by_quarter))
sections.new_goals(visit, window)

bins = challenge.score_bins(*key)
bounds = {name: getattr(limits.bands, name) for name in ("excellent", "good", "medium", "fair")} | {"poor": 0.0}
figure = charts.distribution(bins, wording=words, bounds=bounds)
basis = panels.basis(visit, completion.by_quarter(*key), *window)
panels.chart(summary.bins_title(visit, bins), figure, summary.bins_note(visit), basis)

sections.teams(visit, window)
sections.worth_a_question(visit, window)
sections.other_end(visit, window)
