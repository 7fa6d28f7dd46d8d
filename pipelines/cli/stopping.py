"""Being told to stop: the same whichever signal says it, and however the command was started."""

import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def interrupted_by_either_signal() -> Iterator[None]:
    """Inside, Ctrl-C and a request to end both interrupt; a shell's background job would else ignore the first."""
    told = list[int]()
    before = {number: signal.signal(number, _telling(told)) for number in SIGNALS}
    try:
        yield
    except RuntimeError as error:
        # DuckDB makes an error of its own of an interrupted query.
        if told:
            raise KeyboardInterrupt from error
        raise
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def ended_in_order() -> Iterator[None]:
    """Inside, a request to end interrupts as Ctrl-C does; then the exit code is what a shell says of one that it ended.

    Ended at once, a command would leave behind what it writes aside, and the processes that compute for it.
    """
    if threading.current_thread() is not threading.main_thread():
        # Signals reach the main thread alone.
        yield
        return
    told = list[int]()
    before = signal.signal(signal.SIGTERM, _telling(told))
    try:
        yield
    except BaseException:
        if told:
            sys.exit(128 + signal.SIGTERM)
        raise
    finally:
        signal.signal(signal.SIGTERM, before)


def _telling(told: list[int]) -> Callable[[int, FrameType | None], None]:
    """What interrupts, and notes which signal came."""

    def _interrupt(number: int, _frame: FrameType | None) -> None:
        told.append(number)
        raise KeyboardInterrupt

    return _interrupt
