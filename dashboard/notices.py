"""What a reader is told where the figures are not the newest: they stay on the screen."""

from datetime import date

import streamlit as st

from dashboard import filters
from dashboard.tables import facts
from dashboard.wording import Wording
from pipelines.policy import OWN_FILE
from pipelines.problems import InputError, Problem


def draw(words: Wording, version: str) -> None:
    """Say that the newest version cannot be read, or that what they rest on has changed since."""
    if problem := facts.newest_wrong():
        st.warning(words.say("The newest figures cannot be read; these are the last ones that can."))
        st.text(problem.told(words.language))
    elif problem := _ledger_wrong(version):
        st.warning(words.say("What is loaded cannot be read; these are the last figures computed."))
        st.text(problem.told(words.language))
    elif facts.is_behind(version):
        st.info(words.say("What is loaded, or the policy, changed since these figures were computed; run `okr build`."))


def draw_day(words: Wording, day: date | None) -> None:
    """Say that a past day is shown, with a way back."""
    if day is None:
        return
    told = words.say("As it stood at the end of {day}. What was said later does not count.", day=words.day(day))
    st.info(told, icon=":material/history:")
    st.button(words.say("Back to today"), icon=":material/close:", on_click=filters.back_to_today)


def is_replaced(problem: Problem) -> bool:
    """Whether the version that a page could not read gives way to one that can be."""
    try:
        return problem.file.endswith(".duckdb") and facts.current_version() not in (None, problem.file)
    except InputError:
        return False


def _ledger_wrong(version: str) -> Problem | None:
    try:
        facts.is_behind(version)
    except InputError as error:
        # What is wrong with the policy is said in place of the page, which cannot do without it.
        return None if error.problem.file.endswith(OWN_FILE) else error.problem
    return None
