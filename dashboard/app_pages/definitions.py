"""Definitions 口径说明: what each figure means, and the policy in force with the source of each value."""

import streamlit as st

from dashboard import filters, grids, panels
from dashboard.summaries import definitions as summary
from dashboard.tables import definitions
from pipelines.metrics.catalogue import METRICS

words = filters.wording()
say = words.say
policy = definitions.policy_in_force()

st.title(say("Definitions"), anchor=False)
for name, metric in METRICS.items():
    panels.table(
        say(metric.label), summary.metric_rows(words, name), grids.figures(words), say(metric.meaning), wraps=True
    )

title = say("The policy in force: {name}", name=policy.name)
note = say("To change a value, write it into policy.toml in the folder of the data, then run okr build.")
panels.table(title, summary.policy_rows(words, policy), grids.policy(words), note)
