import os
import sys

import pytest
from playlog_benchmarks.processes import PeakMemory, cpu_seconds, machine_seconds, output, resident_bytes, running

MIB = 1024 * 1024


def test_memory_and_processor_time_of_a_process():
    assert resident_bytes(os.getpid()) > MIB
    assert 0 < cpu_seconds(os.getpid()) < machine_seconds()
    assert resident_bytes(2**22 + 1) == 0


HOLDS_MEMORY_UNTIL_TOLD = """
import os, sys, time
held = b"x" * (200 << 20)
while not os.path.exists(sys.argv[1]):
    time.sleep(0.05)
del held
time.sleep(600)
"""


def test_the_peak_is_kept_when_the_memory_is_free_again(tmp_path):
    free = tmp_path / "free"
    command = [sys.executable, "-c", HOLDS_MEMORY_UNTIL_TOLD, str(free)]
    with (
        running(command, dict(os.environ), tmp_path / "log") as one,
        PeakMemory({"one": one.pid}) as memory,
    ):
        one.wait_until(lambda: memory.peaks["one"] > 200 * MIB, "its memory", 60)
        free.touch()
        one.wait_until(lambda: resident_bytes(one.pid) < 100 * MIB, "free memory", 60)
    assert memory.peaks["one"] > 200 * MIB
    assert memory.together == memory.peaks["one"]


def test_a_program_that_fails_says_what_it_printed(tmp_path):
    with pytest.raises(RuntimeError, match="no luck"):
        output([sys.executable, "-c", "import sys; sys.exit('no luck')"], dict(os.environ))
    with (
        running(["sh", "-c", "echo no luck; exit 3"], dict(os.environ), tmp_path / "log") as program,
        pytest.raises(RuntimeError, match="ended with 3:\nno luck"),
    ):
        program.wait_until(lambda: False, "it was up", 30)
