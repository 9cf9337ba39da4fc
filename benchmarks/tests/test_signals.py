import signal
import subprocess
import sys

import pytest

PROGRAM = """
from playlog_testkit.stack import stop_on_signals
import signal
stop_on_signals()
try:
    print("started", flush=True)
    signal.pause()
finally:
    print("stopped")
"""


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_servers_are_stopped_when_a_signal_ends_the_program(number):
    with subprocess.Popen([sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, text=True, env=_path()) as program:
        assert program.stdout.readline() == "started\n"
        program.send_signal(number)
        assert program.stdout.read() == "stopped\n"
    assert program.returncode == 128 + number


def _path() -> dict[str, str]:
    return {"PYTHONPATH": ":".join(sys.path)}
