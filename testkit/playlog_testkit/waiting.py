"""Waits for conditions, with generous bounds: machines are slow and noisy."""

import time
from collections.abc import Callable
from typing import TypeVar

WAIT_SECONDS = 900.0

T = TypeVar("T")


def wait_until(
    condition: Callable[[], T],
    what: str,
    seconds: float = WAIT_SECONDS,
    poll: float = 0.2,
    while_waiting: Callable[[], None] = lambda: None,
) -> T:
    """What the condition says as soon as it is true; `while_waiting` may raise when there is nothing to wait for."""
    end = time.monotonic() + seconds
    while not (found := condition()):
        while_waiting()
        if time.monotonic() > end:
            raise TimeoutError(f"waited {seconds:.0f} s for {what}, in vain")
        time.sleep(poll)
    return found
