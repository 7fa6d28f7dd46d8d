"""The sidebar: what is shown and in which language, kept in the link. The only place that touches session state."""

from datetime import date
from typing import Any, Literal, cast

import streamlit as st

from dashboard.charts.style import INKS
from dashboard.selection import Selection, level_key
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
    """The switch of the language, at first on the browser's."""
    names = {language: name for name, language in LANGUAGES.items()}
    st.segmented_control(
        "语言 / Language", list(LANGUAGES), default=names[language_of(st.context.locale)], required=True, key="lang",
        bind=BOUND, label_visibility="collapsed",
    )  # fmt: skip


def draw(words: Wording, *, page: str, quarters: list[str], teams: list[str], executives: list[str]) -> list[str]:
    """The filters that all pages share; options are the data's own words, so a link reads in either language.

    Gives back what the link names that is not among them.
    """
    options = {"quarters": quarters[::-1], "teams": teams, "executives": executives}
    unknown = [value for key, known in options.items() for value in st.query_params.get_all(key) if value not in known]
    _follow_link(page, options)
    for key, known in options.items():
        # A past day takes away the quarters that had not begun.
        st.session_state[key] = [value for value in st.session_state.get(key) or () if value in known]
    titles = {"quarters": words.say("Quarters"), "teams": words.say("Teams, with all below")}
    titles |= {"executives": words.say("Executive in charge")} if executives else {}
    for key, title in titles.items():
        st.multiselect(title, options[key], key=key, bind=BOUND, placeholder=words.say("All"))
    with st.expander(words.say("Ambition and level")):
        for code, name in AMBITIONS.items():
            st.checkbox(words.say(name), key=code, bind=BOUND)
        st.divider()
        for code, name in LEVELS.items():
            st.checkbox(words.say(name), key=level_key(code), bind=BOUND)
    return unknown


def draw_day(words: Wording, *, page: str, first: date, last: date) -> list[str]:
    """The past day as of which everything is shown; none chosen means everything known.

    Gives back what the link names that is no such day.
    """
    stated = st.query_params.get_all("as_of")
    if st.session_state.get("page", page) != page:
        st.session_state["as_of"] = _day(st.query_params.get("as_of", ""), first, last)
    st.date_input(
        words.say("As it stood on"), value=None, min_value=first, max_value=last, key="as_of", bind=BOUND,
        format="YYYY-MM-DD", help=words.say("Everything as it was known at the end of that day. Empty: today."),
    )  # fmt: skip
    return [text for text in stated if text and _day(text, first, last) is None]


def back_to_today() -> None:
    """Choose no past day; to be called when a button is pressed."""
    st.session_state["as_of"] = None


def choose_team(label: str, teams: list[str], chosen_one: str | None, placeholder: str) -> None:
    """Another way to choose the one team that all pages show."""
    key = f"team after {chosen_one}"
    place = teams.index(chosen_one) if chosen_one in teams else None
    st.selectbox(label, teams, index=place, key=key, placeholder=placeholder, on_change=_take_team, args=(key,))


def _take_team(key: str) -> None:
    st.session_state["teams"] = [team for team in [st.session_state[key]] if team]


def goal_in_link() -> str | None:
    """The goal that the link names, by id."""
    return st.query_params.get("goal")


def choose_goal(label: str, titles: dict[str, str], placeholder: str) -> str | None:
    """The goal that is looked at, by id: one of those offered, or the one a link names."""
    state, named = st.session_state, goal_in_link()
    # A bound widget would put the title into the link, which two goals may share.
    if named and (named != state.get("goal in link") or "goal" not in state):
        state["goal"] = named
    known = titles if named is None or named in titles else {named: named, **titles}
    wanted: str | None = st.selectbox(
        label, list(known), index=None, key="goal", format_func=lambda key: known[key], placeholder=placeholder
    )
    state["goal in link"] = wanted
    if wanted:
        st.query_params["goal"] = wanted
    else:
        st.query_params.pop("goal", None)
    return wanted


def typed(label: str, placeholder: str) -> str:
    """Words that the reader types to narrow what is offered."""
    return st.text_input(label, key=f"typed {label}", placeholder=placeholder)


def show(**lists: tuple[str, ...]) -> None:
    """Choose these quarters, teams or executives; to be called when a button is pressed."""
    for key, values in lists.items():
        st.session_state[key] = list(values)


def keep(name: str, value: object) -> None:
    """Keep something for this reader's next runs, such as what a load did."""
    st.session_state[name] = value


def kept(name: str, default: Any) -> Any:
    """What was kept under the name."""
    return st.session_state.get(name, default)


def _follow_link(page: str, options: dict[str, list[str]]) -> None:
    """On arrival at another page its link decides, which Streamlit leaves to widgets that are there already."""
    state = st.session_state
    if state.get("page", page) != page:
        for key, known in options.items():
            state[key] = [value for value in st.query_params.get_all(key) if value in known]
        for key in (*AMBITIONS, *map(level_key, LEVELS)):
            state[key] = st.query_params.get(key, "").casefold() == "true"
    state["page"] = page


def _day(text: str, first: date, last: date) -> date | None:
    """The day that a link names, if something can be known of it."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if first <= day <= last else None


def language_in_link() -> dict[str, list[str]]:
    """The language as a link keeps it; nothing while it is the browser's, so that each reader's own decides."""
    chosen_one = st.session_state.get("lang")
    own = LANGUAGES.get(str(chosen_one), language_of(st.context.locale)) == language_of(st.context.locale)
    return {} if own else {"lang": [str(chosen_one)]}


def chosen() -> Selection:
    """What the filters say now."""
    state = st.session_state
    lists = {name: tuple(cast("list[str]", state.get(name) or ())) for name in ("quarters", "teams", "executives")}
    ambitions = tuple(code for code in AMBITIONS if state.get(code))
    levels = tuple(code for code in LEVELS if state.get(level_key(code)))
    day = state.get("as_of")
    return Selection(**lists, ambitions=ambitions, levels=levels, as_of=(day.isoformat(),) if day else ())


def chosen_flag(label: str, key: str) -> bool:
    """A switch of one page, kept in the link as well."""
    return st.toggle(label, key=key, bind=BOUND)
