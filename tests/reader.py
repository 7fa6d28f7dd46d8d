"""A reader of the pages who speaks their own protocol: Streamlit's websocket, as a browser's tab does.

Each click asks for a page with filters, and its answer is all that the page then shows.
"""

import asyncio
import hashlib
import math
import time
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, build_opener

import pyarrow as pa
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.Delta_pb2 import Delta
from streamlit.proto.Element_pb2 import Element
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

PATIENCE = 120.0
"""Seconds after which an answer is given up."""
FILTERS = ("quarters", "teams")
# What a browser is told once, or makes up, differs between two answers that show the same.
PASSING = ("set_value", "value", "values", "raw_values", "deferred_file_id")
Places = dict[tuple[int, ...], ForwardMsg]


@dataclass(frozen=True, order=True)
class Click:
    """A page with the chosen quarters and teams."""

    page: str = ""
    quarters: tuple[str, ...] = ()
    teams: tuple[str, ...] = ()

    def query(self) -> str:
        """The filters as the link holds them."""
        return urlencode({name: list(getattr(self, name)) for name in FILTERS}, doseq=True)


@dataclass(frozen=True)
class Answer:
    """What a click gave: each place on the page with the mark of what it shows, how long it took, what went wrong."""

    shown: dict[tuple[int, ...], str]
    texts: tuple[str, ...]
    seconds: float
    size: int
    errors: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """Tells apart answers that show different things."""
        return hashlib.sha256(repr(sorted(self.shown.items())).encode()).hexdigest()


@dataclass
class Reader:
    """One tab: its websocket, and what a browser would keep of the last answer."""

    socket: ClientConnection
    address: str
    cookies: str
    known: dict[str, ForwardMsg] = field(default_factory=dict)
    widgets: dict[str, str] = field(default_factory=dict)

    async def click(self, click: Click) -> Answer:
        """The page asked for, once the server has finished its run."""
        start = time.perf_counter()
        await self.socket.send(self._asked(click))
        places, size, errors = await asyncio.wait_for(self._answered(), PATIENCE)
        seconds = time.perf_counter() - start
        elements = [message.delta.new_element for message in places.values()]
        self.known = {message.hash: message for message in places.values() if message.hash}
        self.widgets = _filters(elements)
        errors += [text for element in elements if (text := _said_wrong(element))]
        shown = {place: _mark(message.delta) for place, message in places.items()}
        return Answer(shown, tuple(_texts(elements)), seconds, size, tuple(errors))

    def _asked(self, click: Click) -> bytes:
        message = BackMsg()
        state = message.rerun_script
        state.page_name, state.query_string = click.page, click.query()
        state.context_info.locale, state.context_info.timezone = "en-US", "UTC"
        state.context_info.url = f"{self.address}/{click.page}"
        state.cached_message_hashes.extend(self.known)
        for name, widget in self.widgets.items():
            stated = state.widget_states.widgets.add(id=widget)
            stated.string_array_value.data.extend(getattr(click, name))
            stated.string_array_value.SetInParent()
        return message.SerializeToString()

    async def _answered(self) -> tuple[Places, int, list[str]]:
        """What the last run drew, place by place, with the bytes sent."""
        places: Places = {}
        size = 0
        while True:
            raw = await self.socket.recv()
            size += len(raw)
            message = ForwardMsg.FromString(raw)  # type: ignore[arg-type]
            kind = message.WhichOneof("type")
            if kind == "new_session":
                places = {}
            elif kind == "delta":
                places[tuple(message.metadata.delta_path)] = message
            elif kind == "ref_hash":
                places[tuple(message.metadata.delta_path)] = self.known[message.ref_hash]
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                wrong = message.script_finished != ForwardMsg.FINISHED_SUCCESSFULLY
                return places, size, ["the run did not succeed"] if wrong else []


@asynccontextmanager
async def reading(address: str, cookies: str | None = None) -> AsyncIterator[Reader]:
    """A reader who has opened the address, and got cookies with the page, or has them from an earlier time."""
    cookies = await asyncio.to_thread(_cookies, address) if cookies is None else cookies
    socket = f"ws{address.removeprefix('http')}/_stcore/stream"
    async with connect(
        socket, subprotocols=["streamlit"], origin=address, max_size=None,  # type: ignore[arg-type, list-item]
        additional_headers={"Cookie": cookies} if cookies else None,
    ) as opened:  # fmt: skip
        yield Reader(opened, address, cookies)


def _cookies(address: str) -> str:
    jar = CookieJar()
    with build_opener(HTTPCookieProcessor(jar)).open(address, timeout=PATIENCE):
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def _filters(elements: Iterable[Element]) -> dict[str, str]:
    """The widgets of the filters, by the name in the link."""
    found = [element.multiselect for element in elements if element.WhichOneof("type") == "multiselect"]
    return {widget.query_param_key: widget.id for widget in found if widget.query_param_key in FILTERS}


def _said_wrong(element: Element) -> str:
    kind = element.WhichOneof("type")
    if kind == "exception":
        return f"{element.exception.type}: {element.exception.message}"
    return element.alert.body if kind == "alert" and "cannot be" in element.alert.body else ""


def _mark(delta: Delta) -> str:
    """A mark of what one place shows: the same for two that show the same."""
    seen = Delta()
    seen.CopyFrom(delta)
    element, rows = seen.new_element, ""
    if kind := element.WhichOneof("type"):
        element.ClearField("has_one_shot_effect")
        shown = getattr(element, kind)
        rows = repr(_rows(shown.arrow_data.data)) if kind == "dataframe" else ""
        for name in {*PASSING, *({"arrow_data"} if rows else ())} & set(shown.DESCRIPTOR.fields_by_name):
            shown.ClearField(name)
    return hashlib.sha256(seen.SerializeToString(deterministic=True) + rows.encode()).hexdigest()


def _rows(data: bytes) -> list[dict[str, Any]]:
    """The rows of a table; the bytes of two equal tables may differ where they hold nothing."""
    return [
        {name: None if isinstance(value, float) and math.isnan(value) else value for name, value in row.items()}
        for row in pa.ipc.open_stream(data).read_all().to_pylist()
    ]


TEXTS: dict[str, Callable[[Element], str]] = {
    "markdown": lambda element: element.markdown.body,
    "heading": lambda element: element.heading.body,
    "text": lambda element: element.text.body,
    "multiselect": lambda element: "\n".join(element.multiselect.options),
}


def _texts(elements: Iterable[Element]) -> list[str]:
    """What stands on the page as text."""
    return [TEXTS[kind](element) for element in elements if (kind := element.WhichOneof("type")) in TEXTS]
