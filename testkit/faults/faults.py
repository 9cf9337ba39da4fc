"""What dies. Each fault happens once, while the trial's producer sends, and returns when it is over."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playlog_testkit.stack import Stack
from playlog_testkit.waiting import WAIT_SECONDS, wait_until

from .acknowledged import LastWrites
from .printing import timed
from .trial import Trial

DOWN_SECONDS = 60
FROZEN_SECONDS = 15
ANSWERED = 2000
"""Listens of players, ten for each of them."""


def stream_killed(trial: Trial, producer: subprocess.Popen) -> None:
    trial.kill("stream")


def two_streams(trial: Trial, producer: subprocess.Popen) -> None:
    """The stream stands still, and another one takes over, as on another machine: with a copy of its checkpoint.

    When it goes on, it notices that, ends, and is refused until the other one is stopped.
    """
    log = trial.stack.folder / "log/stream.log"
    before = log.stat().st_size
    checkpoint = trial.stack.folder / "checkpoint"
    copy = checkpoint.with_name("checkpoint-of-another")
    first = wait_until(lambda: _storing(trial), "the stream to have the lease")
    os.kill(first, signal.SIGSTOP)
    try:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(checkpoint, copy)
        another = trial.stack.with_variables({"PLAYLOG_CHECKPOINT": str(copy)}).start("submit-stream.sh")
        wait_until(
            lambda: trial.storing_pid() == another.pid,
            "another stream to take over",
            while_waiting=lambda: _must_run(another),
        )
    finally:
        os.kill(first, signal.SIGCONT)
    wait_until(lambda: "PL-742" in _since(log, before), "the stream that stood still to end")
    wait_until(lambda: "PL-741" in _since(log, before), "its next start to be refused")
    another.terminate()
    another.communicate(timeout=WAIT_SECONDS)


def _storing(trial: Trial) -> int:
    """The stream's process; 0 if it has just been started again, and has no lease yet."""
    pid = trial.pid("stream")
    return pid if pid == trial.storing_pid() else 0


def _since(log: Path, size: int) -> str:
    return log.read_bytes()[size:].decode()


def _must_run(stream: subprocess.Popen) -> None:
    if stream.poll() is not None:
        raise RuntimeError(f"The stream ended with {stream.returncode}:\n{stream.communicate()[0]}")


def last_commit_removed(trial: Trial, producer: subprocess.Popen) -> None:
    """As if the machine had died between a batch's writes and its commit."""
    checkpoint = trial.stack.folder / "checkpoint"
    trial.stack.output("control.sh", "stop", "stream")
    last = max(_batches(checkpoint / "commits"))
    _remove_batch(checkpoint / "commits", last)
    # A batch that was planned after it, and held by the stop, would be gone on with instead.
    for planned in _batches(checkpoint / "offsets"):
        if planned > last:
            _remove_batch(checkpoint / "offsets", planned)
    trial.stack.output("control.sh", "start", "stream")


def _batches(folder: Path) -> list[int]:
    return [int(path.name) for path in folder.iterdir() if path.name.isdigit()]


def _remove_batch(folder: Path, batch: int) -> None:
    (folder / str(batch)).unlink()
    (folder / f".{batch}.crc").unlink(missing_ok=True)


def checkpoint_lost(trial: Trial, producer: subprocess.Popen) -> None:
    """The whole topic is read once more."""
    trial.stack.output("control.sh", "stop", "stream")
    shutil.rmtree(Path(trial.stack.folder / "checkpoint"))
    trial.stack.output("control.sh", "start", "stream")


def kafka_killed(trial: Trial, producer: subprocess.Popen) -> None:
    trial.kill("kafka")


def cassandra_down(trial: Trial, producer: subprocess.Popen) -> None:
    """Killed, and not started again before a while; the stream fails and is started until it can go on."""
    writes = LastWrites(trial.stack)
    writes.kill_after(trial.wait_for_pid("cassandra"))
    trial.stack.output("control.sh", "stop", "cassandra")
    time.sleep(DOWN_SECONDS)
    trial.stack.output("control.sh", "start", "cassandra")
    writes.require_kept()


def cassandra_frozen(trial: Trial, producer: subprocess.Popen) -> None:
    """It answers nothing for longer than the jobs wait, so that writes time out, and then goes on."""
    pid = trial.wait_for_pid("cassandra")
    os.kill(pid, signal.SIGSTOP)
    time.sleep(FROZEN_SECONDS)
    os.kill(pid, signal.SIGCONT)


def producer_terminated(trial: Trial, producer: subprocess.Popen) -> None:
    """It flushes, and says that nothing has failed."""
    producer.send_signal(signal.SIGTERM)


def report_killed(trial: Trial, producer: subprocess.Popen) -> None:
    """Half-way: when the hour is marked as publishing, and not complete."""
    trial.finish(producer)
    trial.wait_for_stream()
    while not _kill_report(trial):
        pass


def _kill_report(trial: Trial) -> bool:
    """Tells whether it was killed half-way, and not too late."""
    day, hour = f"{trial.hour:%Y-%m-%d}", f"{trial.hour:%Y-%m-%dT%H:%M:%SZ}"
    query = f"SELECT state, started_at FROM report_runs WHERE day = '{day}' AND hour = '{hour}'"
    with trial.stack.session() as session:

        def started() -> list:
            return [row["started_at"] for row in session.execute(query)]

        before = started()
        report = trial.stack.start("run-hourly-report.sh", "--hour", hour)
        wait_until(lambda: started() != before or report.poll() is not None, "the report to begin", poll=0.005)
        report.kill()
        report.communicate()
        return [row["state"] for row in session.execute(query)] == ["publishing"]


def page_killed(trial: Trial, producer: subprocess.Popen) -> None:
    """While players submit listens, each of which counts as acknowledged if it was answered with 200."""
    players = trial.players()
    with players.submitting(trial.new_manifest("players")):
        wait_until(lambda: players.answered >= ANSWERED, "players to be answered", poll=0.01)
        trial.kill("web")


def everything_restarted(trial: Trial, producer: subprocess.Popen) -> None:
    """The producer goes on meanwhile: it keeps what the broker does not take."""
    trial.stack.output("stop-all.sh")
    start(trial.stack)


def supervisor_killed(trial: Trial, producer: subprocess.Popen) -> None:
    """Its programs go on without it; the next start takes over."""
    pid = int(trial.stack.output("control.sh", "pid"))
    subprocess.run(["kill", "-9", str(pid)], check=True)
    start(trial.stack)


@contextmanager
def own_stack(settings: str, nodes: int = 1) -> Iterator[Stack]:
    """Started in a folder of its own, and removed at the end."""
    with tempfile.TemporaryDirectory(prefix="playlog-faults-") as folder:
        stack = Stack(Path(folder) / "var", settings, nodes)
        try:
            with timed("a stack is started"):
                start(stack)
            yield stack
        except Exception:
            stack.print_evidence()
            raise
        finally:
            stack.end_started()
            stack.output("stop-all.sh", "--purge")


def start(stack: Stack) -> None:
    """Without the stack's own producer, whose listens nobody compares."""
    stack.output("start-all.sh", "--without-airflow")
    stack.output("control.sh", "stop", "producer")


Fault = Callable[[Trial, subprocess.Popen], None]

ALL: dict[str, Fault] = {
    "stream killed": stream_killed,
    "two streams": two_streams,
    "last commit removed": last_commit_removed,
    "checkpoint lost": checkpoint_lost,
    "Kafka killed": kafka_killed,
    "Cassandra down": cassandra_down,
    "Cassandra frozen": cassandra_frozen,
    "producer terminated": producer_terminated,
    "report killed": report_killed,
    "page killed while listens are submitted": page_killed,
    "everything restarted": everything_restarted,
    "supervisor killed": supervisor_killed,
}
