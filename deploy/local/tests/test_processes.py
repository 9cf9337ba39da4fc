import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from playlog_local import processes
from playlog_testkit.waiting import wait_until

# Without an exec after "ready": at that moment a process has no environment that can be read.
STAYS = "trap '' TERM; echo ready; read -r"
LEAVES = "trap 'exit 7' TERM; sleep 300 & echo ready; wait"


@pytest.fixture
def start(tmp_path):
    started = []

    def _start(*command, home=tmp_path):
        environment = {**os.environ, "AIRFLOW_HOME": str(home)}
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        process = subprocess.Popen(command, env=environment, start_new_session=True, **pipes)
        started.append(process)
        assert process.stdout.readline() == b"ready\n"
        return process

    yield _start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        process.stdin.close()
        process.stdout.close()


def pids(processes):
    return {process.pid for process in processes}


def test_finds_the_processes_of_one_home(start, tmp_path):
    mine = start("bash", "-c", STAYS)
    start("bash", "-c", STAYS, home=tmp_path / "other")
    assert pids(processes.of("AIRFLOW_HOME", tmp_path)) == {mine.pid}
    assert processes.of("AIRFLOW_HOME", tmp_path / "none") == []


def test_spark_submits_are_what_is_not_python(start, tmp_path):
    airflow = start(sys.executable, "-c", "import time; print('ready', flush=True); time.sleep(300)")
    submit = start("bash", "-c", STAYS)
    assert pids(processes.of("AIRFLOW_HOME", tmp_path)) == {airflow.pid, submit.pid}
    assert pids(processes.spark_submits(tmp_path)) == {submit.pid}


def test_end_asks_first(start, tmp_path):
    process = start("bash", "-c", LEAVES)
    assert processes.end(processes.of("AIRFLOW_HOME", tmp_path), seconds=30) == []
    assert process.wait(timeout=30) == 7
    assert processes.of("AIRFLOW_HOME", tmp_path) == []


def test_end_kills_what_stays(start, tmp_path):
    process = start("bash", "-c", STAYS)
    assert pids(processes.end(processes.of("AIRFLOW_HOME", tmp_path), seconds=0.3)) == {process.pid}
    assert process.wait(timeout=30) == -signal.SIGKILL


def test_a_pid_that_names_another_process_now_is_left_alone(start, tmp_path):
    process = start("bash", "-c", STAYS)
    earlier = [found._replace(started=found.started - 1) for found in processes.of("AIRFLOW_HOME", tmp_path)]
    assert processes.end(earlier, seconds=0) == []
    assert process.poll() is None


ENDS_ITS_FIRST_THREAD = """
import ctypes, signal, sys, threading, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
threading.Thread(target=time.sleep, args=[300]).start()
print("ready", flush=True)
sys.stdin.readline()
ctypes.CDLL(None).pthread_exit(None)
"""


def test_a_process_has_not_ended_while_one_of_its_threads_holds_its_ports(start, tmp_path):
    process = start(sys.executable, "-c", ENDS_ITS_FIRST_THREAD)
    found = processes.of("AIRFLOW_HOME", tmp_path)
    process.stdin.write(b"\n")
    process.stdin.flush()
    wait_until(lambda: ") Z " in Path(f"/proc/{process.pid}/stat").read_text(), "its first thread to end")
    assert pids(processes.end(found, seconds=0.3)) == {process.pid}
    assert process.wait(timeout=30) == -signal.SIGKILL
