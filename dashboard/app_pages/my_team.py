"""My team 我的团队: our goals now beside the same week before, doubts, silence, partners, and what we promised."""

import streamlit as st

from dashboard import filters, panels
from dashboard.charts import trend
from dashboard.grids import my_team as grids
from dashboard.grids.changes import printed
from dashboard.sections import operation
from dashboard.summaries import comparison as compared
from dashboard.summaries import my_team as summary
from dashboard.tables import comparison, completion, facts, my_team, selected
from dashboard.visit import current
from dashboard.wording import plain

visit = current()
say, words, day = visit.words.say, visit.words, visit.today
names = facts.short_names(visit.version, visit.scope)
team = selected.top_team(*visit.key())
filters.choose_team(say("Team"), list(names), team, say("Choose your team"))
if team is None:
    st.title(say("My team"), anchor=False)
    st.info(say("Choose your team above; it is then the team of all pages."))
    st.stop()
quarter = visit.focus() if visit.selection.quarters else visit.unfinished() or visit.focus()
earlier = [label for label in (visit.year_before(quarter), visit.before(quarter)) if label]
key, beside = visit.key(quarter), [*earlier, quarter]

st.title(say("{team} in {quarter}", team=plain(names[team]), quarter=quarter), anchor=False)
rates = comparison.by_quarter(*visit.key(*beside), visit.week_now(quarter) or 0, same=False)
whole = completion.by_quarter(*key)
undated = summary.undated(rates, whole, quarter)
st.header(summary.headline(visit, rates, whole, quarter), anchor=False)
basis = panels.basis(visit, whole if undated else rates, quarter)
st.caption(say("Our own goals and those of all teams below. {basis}", basis=basis))
weeks = comparison.week_by_week(*visit.key(*beside), visit.week(quarter), same=False)
if len(weeks) and earlier and not undated:
    panels.chart(compared.weeks_title(visit, beside), trend.by_week(weeks, wording=words), basis)

goals = my_team.goals(*key, team, visit.week(quarter))
if len(goals):
    panels.table(summary.goals_title(visit, goals), printed(summary.goal_rows(visit, goals)), grids.goals(visit))
else:
    st.markdown(
        say("The team itself has no goal in {quarter}; those below it are on the other pages.", quarter=quarter)
    )
operation.confidence(visit, quarter)
operation.silent(visit, quarter)
partners = my_team.partners(*key, team, day)
if len(partners):
    panels.table(summary.partners_title(visit, partners), summary.partner_rows(visit, partners), grids.partners(visit))
before = visit.before(quarter)
if before:
    promised = my_team.promises(*visit.key(before), team, day)
    if len(promised):
        title = say("What we promised after {quarter}", quarter=before)
        panels.table(title, summary.promise_rows(visit, promised), grids.promises(visit), tall=True)
    else:
        st.markdown(say("No review of {quarter} says what it found or what comes next.", quarter=before))
