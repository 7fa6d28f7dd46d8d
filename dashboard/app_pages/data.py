"""Data 数据: drop files, see and correct how they are read, load them, take them back; and the health of the data."""

import streamlit as st

from dashboard import commands, filters, staging, visit
from dashboard.sections import health, uploads
from dashboard.tables import data, facts

words = filters.wording()
say = words.say
staging.sweep(facts.data_dir())

st.title(say("Data"), anchor=False)
health.undone()
if commands.is_read_only():
    st.caption(say("These pages only show; files are loaded elsewhere."))
else:
    uploads.draw(words)

loads = data.loads()
if loads.empty:
    st.info(say("Nothing is loaded yet."))
    st.stop()
problems = data.problems(visit.version_shown())
st.header(say("The health of the data"), anchor=False)
health.cards(words, loads, problems)
health.loaded(words, loads)
if not commands.is_read_only():
    health.undo(words, loads)
health.wrong(words, problems)
