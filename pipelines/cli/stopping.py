"""Being told to stop: the same whichever signal says it, and however the command was started."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def interrupted_by_either_signal() -> Iterator[None]:
    """Inside, Ctrl-C and a request to end both interrupt; a shell's background job would else ignore the first."""
    before = {number: signal.signal(number, _interrupt) for number in SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Inside, a request to end interrupts as Ctrl-C does; then the exit code is what a shell says of one that it ended.

    Ended at once, a command would leave behind what it writes aside, and the processes that compute for it.
    """
    told = list[int]()

    def _told(number: int, frame: FrameType | None) -> None:
        told.append(number)
        _interrupt(number, frame)

    before = signal.signal(signal.SIGTERM, _told)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
        if told:
            sys.exit(128 + signal.SIGTERM)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt
