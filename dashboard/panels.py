"""How pages put things on the screen: under what one sees in it, above what it rests on."""

from collections.abc import Callable, Sequence
from typing import Any, Literal

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard import downloads, filters
from dashboard.charts.style import CONFIG
from dashboard.sentences import basis_of
from dashboard.summaries.completion import Card
from dashboard.tables import selected
from dashboard.tables.completion import left_out
from dashboard.tables.facts import MOST_DRAWN
from dashboard.visit import Visit
from dashboard.wording import NOTHING

SAME = 0.005
LINES_HIGH, MESSAGES_HIGH, TALL = 62, 82, 680
MOST_AT_ONCE = 30
"""Rows of one line that are still seen together."""


def chart(title: str, figure: go.Figure, *notes: str, key: str = "") -> None:
    """A chart under its title, which says what one sees, and above what it rests on.

    `key` tells charts apart that may have the same title on one page.
    """
    st.subheader(title, anchor=False)
    st.plotly_chart(figure, config=CONFIG, alt=". ".join([title, *notes]), key=f"chart {key or title}")
    _below(notes)


def table(title: str, frame: Any, columns: dict[str, Any], *notes: str, tall: bool = False) -> None:
    """A table under its title and above what it rests on; its cells are text, never Markdown.

    A tall one has rows of several lines. What would not fit on a screen scrolls in itself. What has no column is not
    sent to the browser.
    """
    st.subheader(title, anchor=False)
    frame = frame[list(columns)] if isinstance(frame, pd.DataFrame) else frame
    many = len(frame.index) > (TALL // LINES_HIGH if tall else MOST_AT_ONCE)
    size: dict[str, Any] = {"height": TALL if many else "content", "row_height": LINES_HIGH if tall else None}
    alt = ". ".join([title, *notes])
    st.dataframe(frame, hide_index=True, column_config=columns, column_order=list(columns), alt=alt,
                 placeholder=NOTHING, **size)  # fmt: skip
    _below(notes)


def upper_teams(visit: Visit, rows: pd.DataFrame, *, most: int = MOST_DRAWN) -> tuple[pd.DataFrame, list[str]]:
    """The rows of the uppermost teams, as many as one can see together, and a note on the others, if there are any."""
    kept = selected.uppermost(rows, visit.version, visit.scope, most=most)
    return kept, left_out_note(visit, rows["path"].nunique() - kept["path"].nunique())


def left_out_note(visit: Visit, count: int) -> list[str]:
    """How many teams are not shown for want of room, and how to see them; nothing where all are."""
    if count <= 0:
        return []
    return [
        visit.words.say_plural(
            "{count} more team is left out here: choose a team in the sidebar to see those below it.",
            "{count} more teams are left out here: choose a team in the sidebar to see those below it.", count,
        )
    ]  # fmt: skip


def problems(title: str, frame: pd.DataFrame, columns: dict[str, Any]) -> None:
    """A list of problems under its title; messages run over lines."""
    st.markdown(f"**{title}**")
    shown: dict[str, Any] = {"column_config": columns, "column_order": list(columns), "hide_index": True}
    height = min(len(frame) * MESSAGES_HIGH + 40, TALL)
    st.dataframe(frame, row_height=MESSAGES_HIGH, height=height, placeholder=NOTHING, alt=title, **shown)


def verdict(tone: Literal["success", "info", "warning", "error"], sentence: str) -> None:
    """A sentence in the colour of its tone."""
    {"success": st.success, "info": st.info, "warning": st.warning, "error": st.error}[tone](sentence)


def still_running(visit: Visit, *consequences: str) -> None:
    """For each chosen quarter, or the page's own, that has not ended: its week, and what follows from that."""
    for quarter in visit.unended():
        weeks = {"week": visit.week(quarter), "weeks": visit.cycle(quarter).weeks}
        said = visit.words.say("{quarter} is still running: week {week} of {weeks}.", quarter=quarter, **weeks)
        st.info(" ".join([said, *consequences]), icon=":material/hourglass_top:")


def offer_running(visit: Visit, quarter: str) -> None:
    """A button for the quarter that runs, where none is chosen and the page is about an earlier one."""
    running = None if visit.selection.quarters else visit.unfinished()
    if running and running != quarter:
        choice(visit.words.say("{quarter} is running: show it", quarter=running), taken=False, quarters=(running,))


def cards(visit: Visit, figures: Sequence[Card], since: str) -> None:
    """The figures at the top; the colour of a change says nearer to or further from where the goals should be."""
    for place, card in zip(st.columns(len(figures)), figures, strict=True):
        color: Literal["green", "orange", "gray"] = (
            "green" if card.toward < -SAME else "orange" if card.toward > SAME else "gray"
        )
        place.metric(
            card.label, card.value, card.change, delta_arrow=card.arrow, border=True, height="stretch",
            delta_color=color,
            delta_description=visit.words.say("same teams, since {quarter}", quarter=since) if card.change else None,
        )  # fmt: skip


def basis(visit: Visit, frame: pd.DataFrame, *quarters: str) -> str:
    """What a figure over these quarters rests on."""
    return basis_of(visit.words, frame, left_out=left_out(*visit.key(*quarters)))


def download(
    visit: Visit,
    frame: pd.DataFrame | Callable[[], pd.DataFrame],
    columns: dict[str, Any],
    name: str,
    *,
    guard: str | None = None,
) -> None:
    """A button that makes the CSV of a table when it is pressed, headed as on the page, the guard in every row."""
    st.download_button(
        visit.words.say("Download as CSV"),
        data=lambda: downloads.csv(downloads.headed(frame() if callable(frame) else frame, columns), guard=guard),
        file_name=f"{name}.csv",
        mime="text/csv", on_click="ignore", icon=":material/download:",
    )  # fmt: skip


def choice(label: str, *, taken: bool, **lists: tuple[str, ...]) -> None:
    """A button that sets the filters to these values, marked where they are so already."""
    st.button(label, icon=":material/check:" if taken else None, on_click=filters.show, kwargs=lists)


def go_to(page: str, label: str, query: dict[str, list[str]]) -> None:
    """A link to a page with the filters it should show."""
    st.page_link(f"app_pages/{page}.py", label=label, icon=":material/arrow_forward:", query_params=query)


def _below(notes: Sequence[str]) -> None:
    for note in notes:
        st.caption(note)
