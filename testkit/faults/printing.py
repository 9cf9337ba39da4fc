"""What the trials print while they run."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from .comparison import Comparison


@contextmanager
def timed(title: str) -> Iterator[None]:
    print(f"==> {title}", flush=True)
    started = time.monotonic()
    yield
    print(f"    ({time.monotonic() - started:.0f} s)", flush=True)


def numbers(found: Comparison) -> str:
    counted = f"sent {found.sent}, stored {found.stored}, missing {found.missing}, duplicates {found.duplicates}"
    return "\n    ".join([counted, *found.problems])
