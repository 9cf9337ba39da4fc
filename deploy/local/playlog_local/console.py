"""What a person sees while the scripts work."""

import contextlib
import enum
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .running_line import RunningLine, on_terminal

STILL_WAITING_SECONDS = 15


class Code(enum.Enum):
    """Every failure that ends one of these scripts; docs/operations.md explains each by its id."""

    PREREQUISITES = "PL-601"
    NOT_BUILT = "PL-602"
    BUILD_FAILED = "PL-603"
    IN_USE = "PL-604"
    ANOTHER_SCRIPT = "PL-605"
    FOREIGN_FOLDER = "PL-606"
    WAITED_IN_VAIN = "PL-607"
    PROGRAM_STAYS_DOWN = "PL-608"
    STEP_FAILED = "PL-609"
    NOTHING_RUNS = "PL-610"
    BAD_ARGUMENT = "PL-611"
    NO_ANSWER = "PL-612"
    MACHINE_REFUSED = "PL-613"
    WRONG_JDK = "PL-614"
    DAMAGED_FILE = "PL-615"
    OTHER_NODES = "PL-616"
    BAD_SETTINGS = "PL-101"
    """Of the settings command, which prints its id itself."""
    UNEXPECTED = "PL-900"
    """As in Java."""


class Failure(Exception):
    """Ends a script; the message says what was found, what was expected and what to do."""

    def __init__(self, code: Code, message: str) -> None:
        super().__init__(message)
        self.code = code

    def line(self) -> str:
        """With the id, which what Java has said has already."""
        return str(self) if str(self).startswith("PL-") else f"{self.code.value}: {self}"


@dataclass(frozen=True)
class Problem:
    """What is wrong and what to do. `package` is the Debian package that mends it, if one does."""

    message: str
    package: str | None = None


class Work:
    """What is done for a step, which may have begun before the step did."""

    def __init__(self) -> None:
        self.result = ""
        self.doing: Callable[[], str] = lambda: ""


class Step(Work):
    """One step that is under way. On a terminal its last line says what it is doing, if it says so."""

    def __init__(self, title: str) -> None:
        super().__init__()
        self.started = time.monotonic()
        print(f"==> {title}", flush=True)
        self._line = RunningLine(self._text) if on_terminal() else None
        if self._line:
            self._line.start()

    def end(self) -> None:
        """The terminal's last line is free again."""
        if self._line:
            self._line.end()
            self._line = None

    def note(self, line: str) -> None:
        if self._line:
            self._line.print(f"    {line}")
        else:
            print(f"    {line}", flush=True)

    def progress(self, line: str) -> None:
        """What a program that runs says of its progress: the last line of a terminal, elsewhere a line each."""
        self.doing = lambda: line
        if not self._line:
            self.note(line)

    def _text(self) -> str:
        doing = self.doing()
        return f"{doing} ({time.monotonic() - self.started:.0f} s)" if doing else ""

    def wait_until(
        self,
        what: str,
        condition: Callable[[], bool],
        seconds: float,
        poll: float = 1.0,
        why: Callable[[], str] = lambda: "",
        left: Callable[[], str] = lambda: "",
    ) -> None:
        """Polls until the condition holds, and fails after `seconds`, with what `why` says.

        Says meanwhile what it waits for, and what `left` says is still to be done.
        """
        words = f"waiting for {what}"
        self.doing = lambda: words
        end = time.monotonic() + seconds
        next_word = time.monotonic() + STILL_WAITING_SECONDS
        while not condition():
            if time.monotonic() > end:
                raise Failure(
                    Code.WAITED_IN_VAIN, f"Waited {seconds:.0f} s for {what}, in vain.\n{why().strip()[-2000:]}".strip()
                )
            rest = left() if self._line or time.monotonic() > next_word else ""
            words = f"waiting for {what}{rest and f': {rest}'}"
            if not self._line and time.monotonic() > next_word:
                self.note(f"still {words} ({time.monotonic() - self.started:.0f} s)")
                next_word += STILL_WAITING_SECONDS
            time.sleep(poll)
        self.doing = lambda: ""


@contextlib.contextmanager
def step(title: str) -> Iterator[Step]:
    """Prints the title, then how long it took and `result`, if the block sets one."""
    running = Step(title)
    try:
        yield running
    finally:
        running.end()
    took = time.monotonic() - running.started
    running.note(f"{running.result or 'done'} ({took:.1f} s)")


def warn(line: str) -> None:
    print(line, file=sys.stderr, flush=True)
