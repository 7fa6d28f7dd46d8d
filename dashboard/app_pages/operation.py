"""Operation 运行情况: how OKR itself runs; who set, agreed, updated and reviewed, by team and never by person."""

import streamlit as st

from dashboard import operating
from dashboard.summaries import operation as summary
from dashboard.tables import operation
from dashboard.visit import current

visit = current()
quarter = (None if visit.selection.quarters else visit.running()) or visit.focus()
span = visit.span()
whole = operation.whole(*visit.key(quarter), visit.today.isoformat())

st.title(visit.words.say("Operation"), anchor=False)
if whole.empty:
    st.markdown(visit.words.say("No goal of {quarter} counts here.", quarter=quarter))
else:
    st.header(summary.headline(visit, whole, quarter), anchor=False)
    st.caption(summary.basis(visit, whole))
    operating.duties(visit, quarter)
operating.nothing_set(visit, quarter)
if len(whole):
    operating.calendar(visit, quarter)
    operating.silent(visit, quarter)
    operating.confidence(visit, quarter)
if span:
    operating.execution_or_goal(visit, span[-1])
    operating.calibration(visit, span)
    operating.recorded(visit, span)
