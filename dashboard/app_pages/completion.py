"""Completion 完成情况: how complete the quarter was, where, and whether it comes nearer to where it should be."""

import streamlit as st

from dashboard import filters, panels
from dashboard.charts import trend
from dashboard.grids import completion as grids
from dashboard.grids.changes import printed
from dashboard.sections import completion as sections
from dashboard.summaries import completion as summary
from dashboard.tables import completion
from dashboard.visit import current

visit = current()
say, words, ink = visit.words.say, visit.words, filters.ink()
span, quarter = visit.span(), visit.focus()
before = visit.before(quarter) if visit.ended(quarter) else None
since = (before, quarter) if before else (quarter,)
key, one = visit.key(*span), visit.key(quarter)
names = {"all": say("Average completion"), "other": say("Goals not committed"), "committed": say("Committed goals")}
now = {side: completion.by_quarter(*one, side) for side in names}
rates = {side: completion.by_quarter(*key, side) for side in names if span}
moves = {side: completion.changes(*visit.key(*since), side) for side in names}
basis_now = panels.basis(visit, now["all"], quarter)

st.title(say("Completion in {quarter}", quarter=quarter), anchor=False)
panels.still_running(visit, say("Trends and changes are those of ended quarters."))
cards = [summary.card(visit, names[side], now[side], moves[side], side=side, quarter=quarter) for side in names]
panels.cards(visit, cards, before or "")
st.caption(basis_now)
aims = {"other": (visit.sweet_spot(), None), "committed": (None, 1.0)}
sides = [side for side in aims if len(rates.get(side, ()))]
for place, side in zip(st.columns(len(sides) or 1), sides, strict=False):
    figure = trend.completion(rates[side], wording=words, sweet_spot=aims[side][0], aim=aims[side][1])
    with place:
        panels.chart(summary.trend_title(visit, rates[side], side), figure, panels.basis(visit, rates[side], *span))

if span:
    sections.by_quarter(visit, span, panels.basis(visit, rates["all"], *span))
sections.by_team(visit, span, before, quarter, basis_now)
if not visit.ended(quarter):
    st.stop()
if before and len(rows := summary.mover_rows(visit, completion.movers(*visit.key(*since), before, quarter))):
    title, both = summary.movers_title(visit, rows, before, quarter), completion.by_quarter(*visit.key(*since))
    panels.table(title, printed(rows), grids.movers(visit, before, quarter), panels.basis(visit, both, *since))
sections.scores(visit, quarter, basis_now)
low = completion.low_goals(*one, quarter)
if len(low):
    panels.table(summary.low_title(visit), summary.low_rows(visit, low), grids.low_goals(visit), basis_now)
