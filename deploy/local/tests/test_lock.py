import os
import subprocess
import sys

import pytest
from playlog_local import lock
from playlog_local.console import Failure

HOLD = """
import sys
from pathlib import Path
from playlog_local import lock
with getattr(lock, sys.argv[1])(Path(sys.argv[2]), *sys.argv[3:]):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def held_by():
    started = []

    def _held_by(*arguments):
        command = [sys.executable, "-c", HOLD, *arguments]
        environment = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
        process = subprocess.Popen(
            command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        started.append(process)
        while process.stdout.readline() not in (b"held\n", b""):
            pass
        return process

    yield _held_by
    for process in started:
        with process:
            process.kill()


def test_a_second_start_is_refused_and_told_by_whom(held_by, tmp_path):
    path = tmp_path / "stack.lock"
    other = held_by("stack", str(path), "start-all.sh")
    with pytest.raises(Failure) as failure, lock.stack(path, "stop-all.sh"):
        pytest.fail("locked twice")
    assert str(failure.value) == (
        f"start-all.sh (process {other.pid}) is at work on this stack: wait for it, or end it with Ctrl-C."
    )


def test_a_killed_holder_holds_no_longer(held_by, tmp_path):
    path = tmp_path / "stack.lock"
    other = held_by("stack", str(path), "start-all.sh with a long name")
    other.kill()
    other.wait()
    with lock.stack(path, "stop-all.sh"):
        assert path.read_text() == f"stop-all.sh (process {os.getpid()})"


def test_what_is_started_meanwhile_does_not_hold_it(tmp_path):
    path = tmp_path / "stack.lock"
    with lock.stack(path, "start-all.sh"):
        supervisord = subprocess.Popen(["sleep", "1000"])
    with lock.stack(path, "stop-all.sh"):
        supervisord.kill()
        supervisord.wait()


def test_a_second_build_waits(held_by, tmp_path, monkeypatch, capsys):
    other = held_by("build", str(tmp_path))
    monkeypatch.setattr("playlog_local.console.time.sleep", lambda _: other.stdin.close() or other.wait())
    with lock.build(tmp_path):
        assert other.returncode == 0
    assert capsys.readouterr().out.startswith("==> Another script builds in this checkout\n    done (")


def test_a_build_alone_says_nothing(tmp_path, capsys):
    with lock.build(tmp_path), lock.build(tmp_path / ".."):
        assert capsys.readouterr().out == ""
