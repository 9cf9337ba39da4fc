"""Programs in the background, and what /proc says of processes: memory and CPU time."""

import os
import re
import subprocess
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playlog_testkit.waiting import wait_until

END_SECONDS = 90
SAMPLE_SECONDS = 0.25


class Program:
    """One that runs, with its output in a file."""

    def __init__(self, process: subprocess.Popen, log: Path) -> None:
        self.process = process
        self.pid = process.pid
        self.log = log

    def wait_until(self, condition: Callable[[], bool], what: str, seconds: float, poll: float = 0.2) -> None:
        """Fails if the program ends first."""
        wait_until(condition, f"{what}; its log is {self.log}", seconds, poll, self._require_alive)

    def _require_alive(self) -> None:
        if self.process.poll() is not None:
            raise RuntimeError(f"ended with {self.process.returncode}:\n{self.tail()}")

    def tail(self) -> str:
        return self.log.read_text(errors="replace")[-3000:]


@contextmanager
def running(command: list[str], variables: dict[str, str], log: Path) -> Iterator[Program]:
    """Starts the program, and ends it by SIGTERM."""
    with log.open("w") as output:
        process = subprocess.Popen(command, env=variables, stdout=output, stderr=subprocess.STDOUT)
    try:
        yield Program(process, log)
    finally:
        process.terminate()
        try:
            process.wait(END_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def output(command: list[str], variables: dict[str, str]) -> str:
    """Runs the program to its end; returns what it printed."""
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}:\n{(done.stdout + done.stderr)[-3000:]}")
    return done.stdout + done.stderr


def cpu_seconds(pid: int) -> float:
    """User and system time that the process has used so far."""
    # The command's name, in brackets, may hold blanks.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def machine_seconds() -> float:
    """Processor time that the whole machine has used since it was started."""
    # user, nice, system, idle, iowait, irq, softirq, and what others took (proc(5))
    ticks = [int(field) for field in Path("/proc/stat").read_text().splitlines()[0].split()[1:]]
    return (sum(ticks[:3]) + sum(ticks[5:7])) / os.sysconf("SC_CLK_TCK")


def resident_bytes(pid: int) -> int:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    found = re.search(r"^VmRSS:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


class PeakMemory:
    """Samples the resident memory of processes while it is entered; `together` is the peak of the sum."""

    def __init__(self, pids: dict[str, int]) -> None:
        self.pids = pids
        self.peaks = dict.fromkeys(pids, 0)
        self.together = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)

    def __enter__(self) -> "PeakMemory":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._end.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._end.wait(SAMPLE_SECONDS):
            now = {name: resident_bytes(pid) for name, pid in self.pids.items()}
            self.together = max(self.together, sum(now.values()))
            for name, found in now.items():
                self.peaks[name] = max(self.peaks[name], found)
