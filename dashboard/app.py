"""The entry: pages, language, filters; each run reads which version of the warehouse is current."""

from pathlib import Path

import streamlit as st

from dashboard import filters, lasting, notices, sentences, visit
from dashboard.navigation import GROUPS, WITHOUT_FIGURES, Titled
from dashboard.tables import completion, facts
from dashboard.wording import Wording
from pipelines.problems import InputError

# A file of our own: an icon by name would be fetched from the network.
ICON = Path(__file__).with_name("icon.png")
COMMANDS = "make demo\n\nokr demo --out sample\nokr ingest sample\n\nokr ingest FOLDER"


def main() -> None:
    """Draw the sidebar once and run the page asked for, or say what to run where there is nothing to show."""
    lasting.set_apart()
    st.set_page_config(page_title="OKR History", page_icon=str(ICON), layout="wide")
    with st.sidebar:
        filters.draw_language()
    words = filters.wording()
    page = st.navigation(
        {words.say(group) if group else "": _pages(words, pages) for group, pages in GROUPS.items()}, expanded=True
    )
    try:
        version = visit.begin()
        with facts.held(version):
            if _offer_filters(words, page.url_path, version) or page.url_path in WITHOUT_FIGURES:
                page.run()
    except InputError as error:
        if notices.is_replaced(error.problem):
            st.rerun()
        st.error(words.say("The warehouse cannot be shown."))
        st.text(error.problem.told(words.language))


def _pages(words: Wording, pages: dict[str, Titled]) -> list[st.Page]:
    return [
        st.Page(f"app_pages/{name}.py", title=words.say(title), icon=icon, default=name == "overview")
        for name, (title, icon) in pages.items()
    ]


def _offer_filters(words: Wording, page: str, version: str | None) -> bool:
    """Whether there is something to show, said on the page if not."""
    if version is None:
        return _nothing(words, page, words.say("There is no warehouse yet. Run one of these, then reload the page:"))
    notices.draw(words, version)
    if not facts.begun(version, facts.EVERYONE, facts.today()):
        sentence = words.say("The warehouse holds no objective of a begun quarter yet. Load some files:")
        longer = words.say(
            "Goals of years or other cycles stand in no quarter; `okr metrics completion --by cycle` prints them."
        )
        held = len(facts.results(version, facts.EVERYONE, ""))
        return _nothing(words, page, f"{longer} {sentence}" if held else sentence)
    with st.sidebar:
        above = st.container()
        no_day = filters.draw_day(words, page=page, first=facts.first_day(version, facts.EVERYONE), last=facts.today())
    quarters = facts.begun(version, facts.EVERYONE, filters.chosen().day or facts.today())
    with above:
        unknown = no_day + filters.draw(
            words, page=page, **facts.choices(version, facts.EVERYONE) | {"quarters": quarters}
        )
    if page not in WITHOUT_FIGURES:
        notices.draw_day(words, filters.chosen().day)
    if unknown:
        st.warning(words.say("Not found, so left out: {values}", values=sentences.listed(words, unknown)))
    if completion.counted(version, facts.EVERYONE, filters.chosen().within(quarters).text()):
        return True
    if page in WITHOUT_FIGURES:
        return False
    st.title(words.say("Nothing to show"))
    st.info(words.say("No objective matches these filters. Widen them in the sidebar, or start over."))
    st.page_link("app_pages/overview.py", label=words.say("Start over without filters"))
    return False


def _nothing(words: Wording, page: str, sentence: str) -> bool:
    """False, for there is nothing to show; said unless the page has something of its own to say."""
    if page in WITHOUT_FIGURES:
        return False
    st.title(words.say("Nothing to show yet"))
    st.markdown(sentence)
    st.code(COMMANDS, language=None)
    st.page_link("app_pages/data.py", label=words.say("Or drop files on the page Data"), icon=":material/upload_file:")
    return False


if __name__ == "__main__":
    main()
