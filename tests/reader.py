"""A reader of the pages who speaks their own protocol: Streamlit's websocket, as a browser's tab does.

Each click asks for a page with filters, and its answer is all that the page then shows.
"""

import asyncio
import hashlib
import math
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import cached_property
from http.cookiejar import CookieJar
from typing import Any, TypeVar
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
Result = TypeVar("Result")
Places = dict[tuple[int, ...], ForwardMsg]
TEXTS: dict[str, Callable[[Element], str]] = {
    "markdown": lambda element: element.markdown.body,
    "heading": lambda element: element.heading.body,
    "text": lambda element: element.text.body,
    "multiselect": lambda element: "\n".join(element.multiselect.options),
}


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
    """What a click gave, place by place, how long it took, and whether the run reached its end.

    It is looked into only when asked, because the other readers wait for whoever looks.
    """

    places: Places
    seconds: float
    finished: bool = True

    @cached_property
    def mark(self) -> str:
        """Tells apart answers that show different things."""
        shown = {place: _mark(message.delta) for place, message in self.places.items()}
        return hashlib.sha256(repr(sorted(shown.items())).encode()).hexdigest()

    @cached_property
    def texts(self) -> list[str]:
        """What stands on the page as text."""
        return [TEXTS[kind](element) for element in self._elements if (kind := element.WhichOneof("type")) in TEXTS]

    @cached_property
    def errors(self) -> list[str]:
        """What the page says went wrong."""
        said = [text for element in self._elements if (text := _said_wrong(element))]
        return said if self.finished else [*said, "the run did not succeed"]

    @property
    def _elements(self) -> list[Element]:
        return [message.delta.new_element for message in self.places.values()]


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
        places, finished = await asyncio.wait_for(self._answered(), PATIENCE)
        seconds = time.perf_counter() - start
        self.known = {message.hash: message for message in places.values() if message.hash}
        self.widgets = _filters(places.values())
        return Answer(places, seconds, finished)

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

    async def _answered(self) -> tuple[Places, bool]:
        """What the last run drew, place by place, and whether it reached its end."""
        places: Places = {}
        while True:
            message = ForwardMsg.FromString(await self.socket.recv())
            kind = message.WhichOneof("type")
            if kind == "new_session":
                places = {}
            elif kind == "delta":
                places[tuple(message.metadata.delta_path)] = message
            elif kind == "ref_hash":
                places[tuple(message.metadata.delta_path)] = self.known[message.ref_hash]
            elif kind == "script_finished" and message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN:
                return places, message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


def done(work: Coroutine[Any, Any, Result]) -> Result:
    """What the readers' work gives, from a thread of its own: Playwright keeps the main one's loop for itself."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


@asynccontextmanager
async def reading(address: str, cookies: str | None = None) -> AsyncIterator[Reader]:
    """A reader who has opened the address, and got cookies with the page, or has them from an earlier time."""
    cookies = await asyncio.to_thread(_cookies, address) if cookies is None else cookies
    socket = f"ws{address.removeprefix('http')}/_stcore/stream"
    async with connect(
        socket, subprotocols=["streamlit"], origin=address, max_size=None,
        additional_headers={"Cookie": cookies} if cookies else None,
    ) as opened:  # fmt: skip
        yield Reader(opened, address, cookies)


def _cookies(address: str) -> str:
    jar = CookieJar()
    with build_opener(HTTPCookieProcessor(jar)).open(address, timeout=PATIENCE):
        return "; ".join(f"{cookie.name}={cookie.value}" for cookie in jar)


def _filters(messages: Iterable[ForwardMsg]) -> dict[str, str]:
    """The widgets of the filters, by the name in the link."""
    found = [message.delta.new_element.multiselect for message in messages]
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
