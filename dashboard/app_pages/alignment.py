"""Alignment 对齐: what of the company's goals nobody took up; then who serves what, upwards and across."""

import streamlit as st

from dashboard import panels
from dashboard.sections import alignment as sections
from dashboard.summaries import alignment as summary
from dashboard.tables import alignment
from dashboard.visit import current

visit = current()
say, quarter = visit.words.say, visit.focus()
span = tuple(dict.fromkeys([*visit.span(), quarter]))
goals, by_quarter = alignment.goals(*visit.key(quarter)), alignment.by_quarter(*visit.key(*span))

st.title(say("Alignment in {quarter}", quarter=quarter), anchor=False)
panels.still_running(visit)
panels.offer_running(visit, quarter)
st.header(summary.headline(visit, goals, quarter), anchor=False)
st.caption(summary.basis(visit, goals))
if goals.empty:
    st.info(say("No goal is said to be the company's. A column Level 层级 and a sheet `teams` tell what stands above."))
sections.untaken(visit, goals)
if quarter not in set(by_quarter["quarter"]):
    st.stop()
whole = by_quarter[by_quarter["quarter"] == quarter].iloc[0]
if by_quarter[["aligned", "lateral"]].to_numpy().any():
    sections.coverage(visit, whole, quarter, span)
    sections.tree(visit, quarter)
    sections.flows(visit, quarter)
    sections.serving(visit, span[-visit.policy.challenge.window :])
else:
    st.info(say("No goal says what it serves. A column Parent 对齐目标, or a sheet `alignment`, brings the links."))
sections.origins(visit, by_quarter, whole, quarter)
sections.broken(visit)
