"""What a person sees while the scripts work."""

import contextlib
import sys
import time
from collections.abc import Callable, Iterator

STILL_WAITING_SECONDS = 15


class Failure(Exception):
    """Ends a script; the message says what was found, what was expected and what to do."""


class Step:
    """One step that is under way."""

    def __init__(self, title: str) -> None:
        self.started = time.monotonic()
        self.result = ""
        print(f"==> {title}", flush=True)

    def note(self, line: str) -> None:
        print(f"    {line}", flush=True)

    def wait_until(
        self,
        what: str,
        condition: Callable[[], bool],
        seconds: float,
        poll: float = 1.0,
        why: Callable[[], str] = lambda: "",
    ) -> None:
        """Polls until the condition holds; says what it waits for, and fails after `seconds`, with what `why` says."""
        end = time.monotonic() + seconds
        next_word = time.monotonic() + STILL_WAITING_SECONDS
        while not condition():
            if time.monotonic() > end:
                raise Failure(f"Waited {seconds:.0f} s for {what}, in vain.\n{why().strip()[-2000:]}".strip())
            if time.monotonic() > next_word:
                self.note(f"still waiting for {what} ({time.monotonic() - self.started:.0f} s)")
                next_word += STILL_WAITING_SECONDS
            time.sleep(poll)


@contextlib.contextmanager
def step(title: str) -> Iterator[Step]:
    """Prints the title, then how long it took and `result`, if the block sets one."""
    running = Step(title)
    yield running
    took = time.monotonic() - running.started
    running.note(f"{running.result or 'done'} ({took:.1f} s)")


def warn(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
