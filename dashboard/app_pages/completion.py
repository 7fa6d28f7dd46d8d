"""Completion 完成情况: how complete the quarter was, where, and whether it comes nearer to where it should be."""

import streamlit as st

from dashboard import filters, grids, panels
from dashboard.charts import change, heatmap, trend
from dashboard.summaries import completion as summary
from dashboard.tables import completion
from dashboard.visit import current

visit = current()
say, words, ink = visit.words.say, visit.words, filters.ink()
span, quarter, before = visit.span(), visit.focus(), visit.before(visit.focus())
key, one = visit.key(*span), visit.key(quarter)
names = {"all": say("Average completion"), "other": say("Goals not committed"), "committed": say("Committed goals")}
rates = {side: completion.by_quarter(*key, side) for side in names}
since = (before, quarter) if before else (quarter,)
moves = {side: completion.changes(*visit.key(*since), side) for side in names}
basis, basis_now = panels.basis(visit, rates["all"], *span), panels.basis(visit, completion.by_quarter(*one), quarter)

st.title(say("Completion in {quarter}", quarter=quarter), anchor=False)
cards = [summary.card(visit, names[side], rates[side], moves[side], side=side, quarter=quarter) for side in names]
panels.cards(visit, cards, before or "")
st.caption(basis_now)

aims = {"other": (visit.sweet_spot(), None), "committed": (None, 1.0)}
sides = [side for side in aims if len(rates[side])]
for place, side in zip(st.columns(len(sides)), sides, strict=True):
    band, aim = aims[side]
    figure = trend.completion(rates[side], wording=words, ink=ink, sweet_spot=band, aim=aim)
    with place:
        panels.chart(summary.trend_title(visit, rates[side], side), figure, panels.basis(visit, rates[side], *span))

cells = completion.by_team_and_quarter(*key)
if len(cells):
    figure = heatmap.teams_by_quarter(cells, wording=words, ink=ink, sweet_spot=visit.sweet_spot())
    panels.chart(summary.cells_title(visit, cells, quarter), figure, summary.cells_note(visit), basis)
changes = completion.changes(*key)
if len(changes):
    panels.chart(summary.changes_title(visit, changes), change.all_and_same(changes, wording=words), basis)

teams = completion.by_team(*key)
if len(teams):
    rows = summary.team_rows(teams, quarter)
    panels.table(say("Teams, each with all below it"), rows, grids.teams(visit, quarter), basis_now)
movers = completion.movers(*visit.key(*since), before, quarter) if before else teams.iloc[:0]
rows = summary.mover_rows(visit, movers) if len(movers) else movers
if before and len(rows):
    title = summary.movers_title(visit, movers, before, quarter)
    moved_basis = panels.basis(visit, rates["all"].tail(2), *since)
    panels.table(title, grids.coloured(rows), grids.movers(visit, before, quarter), moved_basis)
bins = completion.score_bins(*one)
if len(bins):
    figure = heatmap.scores_by_team(bins, wording=words, sweet_spot=visit.sweet_spot())
    panels.chart(say("How the scores of {quarter} lie within each team", quarter=quarter), figure, basis_now)
low = completion.low_goals(*one, quarter)
if len(low):
    limit = words.percent(visit.policy.threshold.too_low)
    title = say("Goals below {limit}: no failure, but a way to see what was hard and what did not matter", limit=limit)
    panels.table(title, summary.low_rows(visit, low), grids.low_goals(visit), basis_now)
