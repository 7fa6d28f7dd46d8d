"""The parts of the page Goal."""

import streamlit as st

from dashboard import filters
from dashboard.tables import goal as goals
from dashboard.visit import Visit


def choose(visit: Visit) -> str | None:
    """The goal to look at: chosen among the selection's, found by words where these are many, or named by a link."""
    say, key = visit.words.say, visit.key(*(visit.selection.quarters or visit.quarters[-2:]))
    _, everything = goals.titles(*key, "")
    many = everything > goals.MOST_OFFERED
    words = filters.typed(say("Find goals"), say("Words of the title, team, cycle or id")) if many else ""
    offered, found = goals.titles(*key, words)
    offered = {**goals.title(visit.version, visit.scope, filters.goal_in_link()), **offered}
    wanted = filters.choose_goal(say("Goal"), offered, say("Choose a goal of the quarters in the sidebar"))
    if found > goals.MOST_OFFERED:
        told = say("{count} of {found} goals are offered. Type words, or choose a team in the sidebar, to see others.",
                   count=goals.MOST_OFFERED, found=found)  # fmt: skip
        st.caption(told)
    return wanted
