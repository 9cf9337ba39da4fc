import os
import subprocess
import sys
from pathlib import Path

import pytest
from faults import network
from playlog_testkit.stack import ROOT

PROGRAM = """
import subprocess, sys
from pathlib import Path
from types import SimpleNamespace
from faults import network
from playlog_testkit.waiting import wait_until

python, folder = sys.executable, Path(sys.argv[1])
(folder / "supervisor").mkdir()
for name in ("kafka-2", "cassandra-2", "spark-worker-2"):
    script = f"#!/bin/sh\\nexport A=1\\nexec {python} -m http.server --bind 127.0.0.2 8000\\n"
    (folder / f"supervisor/{name}.sh").write_text(script)
hosts = [f"127.0.0.{number}" for number in (1, 2, 3)]
stack = SimpleNamespace(folder=folder, hosts=hosts, started=[], output=lambda *arguments: "")

network.bring_up_loopback()
connect = "import socket, sys; socket.create_connection((sys.argv[1], 8000), 1)"

def reached(host, *within):
    return subprocess.run([*within, python, "-c", connect, host], stderr=subprocess.DEVNULL).returncode == 0

def shown():
    away = ["nsenter", "--target", str(stack.started[0].pid), "--net", "--"]
    return [reached("127.0.0.2"), reached("127.0.0.3", *away), reached("127.0.0.3"), reached("127.0.0.2", *away)]

try:
    machine = network.move(stack, 2)
    stack.started.append(subprocess.Popen(["sh", folder / "supervisor/kafka-2.sh"]))
    stack.started.append(subprocess.Popen([python, "-m", "http.server", "--bind", "127.0.0.3", "8000"]))
    wait_until(lambda: all(shown()), "all to be reached", seconds=60)
    machine.pull_cable()
    print("without a cable:", shown())
    machine.plug_cable()
    wait_until(lambda: all(shown()), "all to be reached again", seconds=60)
finally:
    for program in stack.started:
        program.kill()
        program.wait()
"""


@pytest.mark.skipif(bool(network.problem()), reason="this machine allows no network of one's own")
def test_a_machine_is_cut_off_and_reached_again(tmp_path: Path) -> None:
    variables = os.environ | {"PYTHONPATH": f"{ROOT}/testkit:{ROOT}/deploy/local"}

    done = subprocess.run(
        network.in_own_network(sys.executable, "-c", PROGRAM, str(tmp_path)),
        env=variables,
        capture_output=True,
        text=True,
        timeout=300,
    )

    assert done.returncode == 0, done.stderr
    # Across the cable either way; then what is on one side of it.
    assert "without a cable: [False, False, True, True]" in done.stdout
