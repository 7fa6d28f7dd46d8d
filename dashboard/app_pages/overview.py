"""Overview 总览: where the goals stand in one sentence, own level against below, and three things to look at."""

import streamlit as st

from dashboard import panels, sentences
from dashboard.charts import trend
from dashboard.tables import completion, facts, selected
from dashboard.visit import current
from dashboard.wording import plain
from pipelines.wording import mark

THINGS = {"near_top": "challenge", "roll_out": "completion", "adrift": "compare", "crowded": "challenge"}

visit = current()
say, words = visit.words.say, visit.words
quarter = (None if visit.selection.quarters else visit.running()) or visit.focus()
week, span = visit.week_now(quarter), visit.span()
names = facts.short_names(visit.version, visit.scope)
team = selected.top_team(*visit.key())
sides = completion.own_and_below(*visit.key(*span), team) if team and span else None
now = completion.own_and_below(*visit.key(quarter), team) if team else completion.by_quarter(*visit.key(quarter))

st.title(say("Overview"))
if len(now):
    row = now.iloc[0]
    st.header(sentences.headline(words, quarter=quarter, week=week, team=names.get(team or ""), row=row), anchor=False)
    st.caption(panels.basis(visit, now, quarter))

if team and sides is not None and sides["own_scored"].any() and sides["below_scored"].any():
    last = sides.iloc[-1]
    title = say(
        "{quarter} ended with {own} for the goals of {team} itself and {below} for everything below",
        quarter=last["quarter"], team=plain(names[team]),
        own=words.percent(last["own_completion_rate"]), below=words.percent(last["below_completion_rate"]),
    )  # fmt: skip
    figure = trend.own_and_below(sides, wording=words, own=say("own goals"), below=say("everything below"))
    panels.chart(title, figure, panels.basis(visit, sides, *span))

found = completion.findings(*visit.key(*span), span[-1]) if span else []
if found:
    three, fewer = mark("Three things to look at, up to {quarter}"), mark("Worth a look, up to {quarter}")
    st.subheader(say(three if len(found) == 3 else fewer, quarter=span[-1]), anchor=False)
    for place, finding in zip(st.columns(len(found)), found, strict=True):
        title, sentence = sentences.finding(words, finding, names)
        with place.container(border=True, height="stretch"):
            st.markdown(f"**{title}**")
            st.markdown(sentence)
            query = visit.link(quarters=finding.quarters, teams=finding.teams or visit.selection.teams)
            panels.go_to(THINGS.get(finding.kind, "completion"), say("See the figures"), query)
