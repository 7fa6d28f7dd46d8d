"""Operation 运行情况: how OKR itself runs; who set, agreed, updated and reviewed, by team and never by person."""

import streamlit as st

from dashboard import panels
from dashboard.sections import operation as sections
from dashboard.summaries import operation as summary
from dashboard.tables import operation
from dashboard.visit import current

visit = current()
quarter = (None if visit.selection.quarters else visit.running()) or visit.focus()
span = visit.span()
whole = operation.whole(*visit.key(quarter), visit.today.isoformat())

st.title(visit.words.say("Operation"), anchor=False)
panels.offer_running(visit, quarter)
if whole.empty:
    st.markdown(visit.words.say("No goal of {quarter} counts here.", quarter=quarter))
else:
    st.header(summary.headline(visit, whole, quarter), anchor=False)
    st.caption(summary.basis(visit, whole))
    sections.duties(visit, quarter)
sections.nothing_set(visit, quarter)
if len(whole):
    sections.calendar(visit, quarter)
    sections.silent(visit, quarter)
    sections.confidence(visit, quarter)
if span:
    sections.execution_or_goal(visit, span[-1])
    sections.calibration(visit, span)
    sections.recorded(visit, span)
