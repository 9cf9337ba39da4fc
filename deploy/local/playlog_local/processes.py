"""Finds the processes of a stack by a variable of their environment, and ends them.

A variable is inherited: it marks a program, what that has started, and orphans whose parent was killed.
Linux only (reads /proc), standard library only.
"""

import contextlib
import os
import signal
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")


class Process(NamedTuple):
    pid: int
    started: int
    """In clock ticks since boot: with the pid it names one process for good, also when the pid is used again."""
    program: str
    arguments: str


def of(variable: str, folder: Path) -> list[Process]:
    """All live processes that were started with the variable set to the folder, except the caller."""
    mark = f"{variable}={folder}".encode()
    return _others(lambda entry: mark in (entry / "environ").read_bytes().split(b"\0"))


def folders(variable: str) -> set[str]:
    """The values of the variable in all processes but the caller."""
    mark = f"{variable}=".encode()
    found: set[str] = set()

    def collect(entry: Path) -> bool:
        values = (entry / "environ").read_bytes().split(b"\0")
        found.update(os.fsdecode(value.removeprefix(mark)) for value in values if value.startswith(mark))
        return False

    _others(collect)
    return found


def using(folder: Path) -> list[Process]:
    """Those that run a program of the folder or, since a program may change its command line, use a library of it."""
    mark = f"{folder}/".encode()
    return _others(lambda entry: mark in (entry / "cmdline").read_bytes() or mark in (entry / "maps").read_bytes())


def _others(condition: Callable[[Path], bool]) -> list[Process]:
    """The live processes, except the caller, whose folder in /proc meets the condition."""
    found = []
    for entry in PROC.iterdir():
        if entry.name.isdigit() and int(entry.name) != os.getpid():
            with contextlib.suppress(OSError, IndexError):  # it has ended meanwhile, or is another user's
                if condition(entry):
                    found.append(_read(int(entry.name)))
    return found


def spark_submits(home: Path) -> list[Process]:
    """What the running tasks have started. Airflow itself is Python; a spark-submit is a JVM, and bash for a moment."""
    return [process for process in of("AIRFLOW_HOME", home) if not process.program.startswith("python")]


def end(processes: Iterable[Process], seconds: float) -> list[Process]:
    """SIGTERM to each, SIGKILL to those still there after `seconds`. Returns the ones that had to be killed."""
    remaining = [process for process in processes if _signal(process, signal.SIGTERM)]
    deadline = time.monotonic() + seconds
    while remaining and time.monotonic() < deadline:
        time.sleep(0.1)
        remaining = [process for process in remaining if _is_alive(process)]
    return [process for process in remaining if _signal(process, signal.SIGKILL)]


def _read(pid: int) -> Process:
    started = _started(pid)
    arguments = (PROC / str(pid) / "cmdline").read_bytes().rstrip(b"\0").replace(b"\0", b" ").decode(errors="replace")
    return Process(pid, started, (PROC / str(pid) / "exe").readlink().name, arguments)


def _started(pid: int) -> int:
    # The name in parentheses may hold spaces and parentheses; the fields after it do not.
    fields = (PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    state, threads, started = fields[0], int(fields[17]), int(fields[19])
    # Its ports are taken until its last thread has ended, which in a large JVM may be some time after its first.
    if state in "ZX" and threads <= 1:
        raise ProcessLookupError(pid)
    return started


def _is_alive(process: Process) -> bool:
    try:
        return _started(process.pid) == process.started
    except (OSError, IndexError):
        return False


def _signal(process: Process, number: signal.Signals) -> bool:
    if not _is_alive(process):
        return False
    try:
        os.kill(process.pid, number)
    except ProcessLookupError:
        return False
    return True
