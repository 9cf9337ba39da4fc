"""The last line of a terminal while a step goes on: what goes on, and for how long. A pipe or a file gets none."""

import os
import shutil
import sys
import threading
from collections.abc import Callable

ERASE = "\r\033[K"
DRAW_SECONDS = 1.0


def on_terminal() -> bool:
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


class RunningLine:
    """Drawn every second from a thread of its own, and erased when something is printed."""

    def __init__(self, text: Callable[[], str]) -> None:
        """`text` is called each time; empty, nothing is drawn: a program may be writing on the terminal itself."""
        self._text = text
        self._lock = threading.Lock()
        self._is_drawn = False
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def end(self) -> None:
        self._ended.set()
        self._thread.join()
        with self._lock:
            self._erase()

    def print(self, line: str) -> None:
        with self._lock:
            self._erase()
            print(line, flush=True)

    def draw(self) -> None:
        with self._lock:
            text = self._text()
            self._erase()
            if text:
                # In the last column some terminals would begin a new line.
                print(f"    {text}"[: shutil.get_terminal_size().columns - 1], end="", flush=True)
                self._is_drawn = True

    def _erase(self) -> None:
        if self._is_drawn:
            print(ERASE, end="", flush=True)
            self._is_drawn = False

    def _run(self) -> None:
        while not self._ended.wait(DRAW_SECONDS):
            self.draw()
