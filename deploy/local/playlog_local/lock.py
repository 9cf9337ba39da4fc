"""Keeps scripts that run at the same time apart. The kernel frees a lock when its holder ends, however it ends."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

from .console import Code, Failure, step

BUILD_SECONDS = 3600


@contextlib.contextmanager
def stack(path: Path, doing: str) -> Iterator[None]:
    """One start or stop of a stack at a time; a second one is refused. `doing` is what others are told."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        if not _take(descriptor):
            other = os.read(descriptor, 200).decode() or "Another script"
            raise Failure(Code.ANOTHER_SCRIPT, f"{other} is at work on this stack: wait for it, or end it with Ctrl-C.")
        os.ftruncate(descriptor, 0)
        os.write(descriptor, f"{doing} (process {os.getpid()})".encode())
        yield
    finally:
        os.close(descriptor)


@contextlib.contextmanager
def build(checkout: Path) -> Iterator[None]:
    """One build at a time in a checkout, whatever stack it is for; a second one waits."""
    descriptor = os.open(checkout, os.O_RDONLY)
    try:
        if not _take(descriptor):
            with step("Another script builds in this checkout") as running:
                running.wait_until("its build", lambda: _take(descriptor), BUILD_SECONDS)
        yield
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
