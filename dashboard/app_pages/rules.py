"""Rules and changes 规则与调整: where goals differ from what the policy asks, and how they changed since agreed."""

import streamlit as st

from dashboard import panels
from dashboard.grids import rules as grids
from dashboard.summaries import changes as changed
from dashboard.summaries import rules as summary
from dashboard.tables import rules
from dashboard.tables.facts import MOST_LISTED
from dashboard.visit import current

visit = current()
say, today = visit.words.say, visit.today.isoformat()
quarters = visit.selection.among(list(visit.quarters)) if visit.selection.quarters else [visit.focus()]
year = visit.year(quarters[-1])
key = visit.key(*quarters)
goals = rules.checked_goals(*key, year)
found, changes = rules.findings(*key, year, today), rules.changes(*key, year, today)

st.title(say("Rules and changes"), anchor=False)
panels.offer_running(visit, quarters[-1])
st.header(summary.sentence(visit, len(goals), found), anchor=False)
st.caption(summary.span(visit, quarters, year))
st.markdown(changed.sentence(visit, changes))
st.info(say("No finding is a verdict: a rule may be broken with good reason. Rules come from the policy in force."))

teams = rules.by_team(*key, year, today)
if len(teams):
    upper, left_out = panels.upper_teams(visit, teams, most=MOST_LISTED)
    shown = upper[["team", "goals", *summary.broken(teams)]]
    columns = grids.teams(visit, shown)
    panels.table(summary.cells_title(visit, teams), grids.heated(shown), columns, summary.cells_note(visit, teams),
                 *left_out)  # fmt: skip
    if left_out:
        panels.download(visit, teams, columns, f"rules-{'-'.join(quarters)}")
if len(found):
    title = visit.words.say_plural("{count} finding", "{count} findings", len(found))
    columns = grids.findings(visit)
    rows = rules.listed(*key, year, today)
    panels.table(title, summary.finding_rows(visit, rows), columns, tall=True)
asked = visit.policy.sources["rules.changed_goals"]
if len(changes):
    panels.table(visit.words.say_plural("{count} change of a goal", "{count} changes of goals", len(changes)),
                 changed.rows(visit, changes.head(MOST_LISTED)), grids.changes(visit),
                 say("The rule: {rule}", rule=say(asked)), tall=True)  # fmt: skip
tracks = rules.tracks(*key, year)
if len(tracks):
    note = say("Key results that state a base target (保底) or a stretch target (冲刺), by values alone.")
    panels.table(summary.tracks_title(visit, tracks), summary.track_rows(visit, tracks.head(MOST_LISTED)),
                 grids.tracks(visit), note)  # fmt: skip
