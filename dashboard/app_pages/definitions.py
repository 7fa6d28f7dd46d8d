"""Definitions 口径说明: what each figure means, and the policy in force with the source of each value."""

import streamlit as st

from dashboard import filters, visit
from dashboard.summaries import definitions as summary
from dashboard.tables import definitions
from pipelines.metrics.catalogue import METRICS

words = filters.wording()
say = words.say
policy = definitions.policy_in_force(visit.version_shown())

st.title(say("Definitions"), anchor=False)
st.caption(say(summary.SOURCES))
for name, metric in METRICS.items():
    st.subheader(say(metric.label), anchor=False)
    st.markdown(say(metric.meaning))
    st.markdown(summary.figures(words, name))

st.subheader(say("Reading the pages"), anchor=False)
st.markdown("\n".join(f"- {say(line)}" for line in summary.READING))
st.subheader(say("The policy in force: {name}", name=policy.name), anchor=False)
st.markdown(say("To change a value, write it into policy.toml in the folder of the data, then run okr build."))
st.markdown(summary.differing(words, policy))
st.table(summary.policy_rows(words, policy).set_index(say("Setting")))
