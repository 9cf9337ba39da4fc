"""What dies. Each fault takes a trial and the number of times, and returns when all is sent."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

from .trial import Trial, finish, terminate


def stream_killed(trial: Trial, times: int) -> None:
    producer = trial.produce()
    for moment in trial.moments(times):
        time.sleep(moment)
        trial.kill("stream")
    finish(producer)


def last_commit_removed(trial: Trial, times: int) -> None:
    """As if the machine had died between a batch's writes and its commit."""
    checkpoint = trial.stack.folder / "checkpoint"
    producer = trial.produce()
    for moment in trial.moments(times):
        time.sleep(moment)
        trial.stack.quietly("control.sh", "stop", "stream")
        last = max(_batches(checkpoint / "commits"))
        _remove_batch(checkpoint / "commits", last)
        # A batch that was planned after it, and held by the stop, would be gone on with instead.
        for planned in _batches(checkpoint / "offsets"):
            if planned > last:
                _remove_batch(checkpoint / "offsets", planned)
        trial.stack.quietly("control.sh", "start", "stream")
    finish(producer)


def _batches(folder: Path) -> list[int]:
    return [int(path.name) for path in folder.iterdir() if path.name.isdigit()]


def _remove_batch(folder: Path, batch: int) -> None:
    (folder / str(batch)).unlink()
    (folder / f".{batch}.crc").unlink(missing_ok=True)


def kafka_killed(trial: Trial, times: int) -> None:
    producer = trial.produce()
    for moment in trial.moments(times):
        time.sleep(moment)
        trial.kill("kafka")
    finish(producer)


def cassandra_down(trial: Trial, times: int) -> None:
    """Killed, and not started again before a while; the stream fails and is started until it can go on."""
    producer = trial.produce()
    for moment in trial.moments(times):
        time.sleep(moment)
        trial.kill("cassandra")
        trial.stack.quietly("control.sh", "stop", "cassandra")
        time.sleep(60 if times > 2 else 20)
        trial.stack.quietly("control.sh", "start", "cassandra")
    finish(producer)


def cassandra_frozen(trial: Trial, times: int) -> None:
    """It answers nothing for longer than the jobs wait, so that writes time out, and then goes on."""
    producer = trial.produce()
    for moment in trial.moments(times):
        time.sleep(moment)
        trial.wait_until(lambda: trial.pid("cassandra") > 0, "cassandra to run")
        pid = trial.pid("cassandra")
        os.kill(pid, signal.SIGSTOP)
        time.sleep(15)
        os.kill(pid, signal.SIGCONT)
    finish(producer)


def producer_terminated(trial: Trial, times: int) -> None:
    for part, moment in enumerate(trial.moments(times)):
        producer = trial.produce(part, times)
        time.sleep(moment)
        terminate(producer)


def report_killed(trial: Trial, times: int) -> None:
    """Half-way: when the hour is marked as publishing, and not complete."""
    finish(trial.produce())
    trial.wait_for_stream()
    killed = 0
    while killed < times:
        killed += _kill_report(trial)


def _kill_report(trial: Trial) -> bool:
    """Tells whether it was killed half-way, and not too late."""
    day, hour = f"{trial.hour:%Y-%m-%d}", f"{trial.hour:%Y-%m-%dT%H:%M:%SZ}"
    query = f"SELECT state, started_at FROM report_runs WHERE day = '{day}' AND hour = '{hour}'"
    with trial.stack.session() as session:

        def started() -> list:
            return [row["started_at"] for row in session.execute(query)]

        before = started()
        report = trial.stack.start("run-hourly-report.sh", "--hour", hour)
        trial.wait_until(lambda: started() != before or report.poll() is not None, "the report to begin", poll=0.005)
        report.kill()
        report.communicate()
        return [row["state"] for row in session.execute(query)] == ["publishing"]


def everything_restarted(trial: Trial, times: int) -> None:
    """The producer goes on meanwhile: it keeps what the broker does not take."""
    producer = trial.produce()
    for moment in trial.moments(times):
        time.sleep(moment)
        trial.stack.quietly("stop-all.sh")
        trial.stack.quietly("start-all.sh", "--without-airflow")
        trial.stack.quietly("control.sh", "stop", "producer")
    finish(producer)


def supervisor_killed(trial: Trial, times: int) -> None:
    """Its programs go on without it; the next start takes over."""
    producer = trial.produce()
    for moment in trial.moments(times):
        time.sleep(moment)
        pid = int(trial.stack.quietly("control.sh", "pid"))
        subprocess.run(["kill", "-9", str(pid)], check=True)
        trial.stack.quietly("start-all.sh", "--without-airflow")
        trial.stack.quietly("control.sh", "stop", "producer")
    finish(producer)


def checkpoint_lost(trial: Trial, times: int) -> None:
    """The whole topic is read once more."""
    producer = trial.produce()
    for moment in trial.moments(times):
        time.sleep(moment)
        trial.stack.quietly("control.sh", "stop", "stream")
        shutil.rmtree(Path(trial.stack.folder / "checkpoint"))
        trial.stack.quietly("control.sh", "start", "stream")
    finish(producer)


ALL = {
    "stream killed": stream_killed,
    "last commit removed": last_commit_removed,
    "checkpoint lost": checkpoint_lost,
    "Kafka killed": kafka_killed,
    "Cassandra down": cassandra_down,
    "Cassandra frozen": cassandra_frozen,
    "producer terminated": producer_terminated,
    "report killed": report_killed,
    "everything restarted": everything_restarted,
    "supervisor killed": supervisor_killed,
}
