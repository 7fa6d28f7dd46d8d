"""The sidebar: what is shown and in which language, kept in the link. The only place that touches session state."""

from typing import Literal, cast

import streamlit as st

from dashboard.charts.style import INKS
from dashboard.selection import ALL_LEVELS, Selection
from dashboard.wording import AMBITIONS, LEVELS, Wording
from pipelines.wording import language_of

# Shown the same in either language, so that links and the switch itself outlive a change of language.
LANGUAGES = {"中文": "zh_CN", "English": "en"}
BOUND: Literal["query-params"] = "query-params"


def wording() -> Wording:
    """The reader's language: the switch if it was used, else the browser's."""
    chosen = st.session_state.get("lang")
    return Wording(LANGUAGES[chosen] if chosen in LANGUAGES else language_of(st.context.locale))


def ink() -> str:
    """The colour of text on the reader's page, for text that lies on colours."""
    return INKS["dark" if st.context.theme.type == "dark" else "light"]


def draw_language() -> None:
    """The switch of the language."""
    st.segmented_control("语言 / Language", list(LANGUAGES), key="lang", bind=BOUND, label_visibility="collapsed")


def draw(words: Wording, *, quarters: list[str], teams: list[str], executives: list[str]) -> None:
    """The filters that all pages share; options are the data's own words, so a link reads in either language."""
    hint = words.say("All")
    _several(words.say("Quarters"), quarters[::-1], "quarters", hint)
    _several(words.say("Teams, with all below"), teams, "teams", hint)
    if executives:
        _several(words.say("Executive in charge"), executives, "executives", hint)
    with st.expander(words.say("Ambition and level")):
        for code, name in AMBITIONS.items():
            st.checkbox(words.say(name), value=True, key=code, bind=BOUND)
        st.divider()
        for code, name in LEVELS.items():
            st.checkbox(words.say(name), value=True, key=f"level_{code}", bind=BOUND)


def language_in_link() -> dict[str, list[str]]:
    """The language as a link keeps it; nothing while the browser's decides."""
    chosen_one = st.session_state.get("lang")
    return {"lang": [chosen_one]} if chosen_one in LANGUAGES else {}


def chosen() -> Selection:
    """What the filters say now."""
    state = st.session_state
    lists = {name: tuple(cast("list[str]", state.get(name) or ())) for name in ("quarters", "teams", "executives")}
    ambitions = tuple(code for code in AMBITIONS if state.get(code, True))
    levels = tuple(code for code in ALL_LEVELS if state.get(f"level_{code}", True))
    return Selection(**lists, ambitions=ambitions, levels=levels)


def flags_in_link() -> dict[str, list[str]]:
    """The switches of the page Compare as a link keeps them."""
    return {key: ["true"] for key in ("same_teams", "same_week") if st.session_state.get(key)}


def chosen_flag(label: str, key: str) -> bool:
    """A switch of one page, kept in the link as well."""
    return st.toggle(label, key=key, bind=BOUND)


def _several(label: str, options: list[str], key: str, hint: str) -> None:
    st.multiselect(label, options, key=key, bind=BOUND, placeholder=hint)
