"""What dies of a cluster. Each fault happens once, while listens are sent, and returns when all is started again."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from typing import NamedTuple

from playlog_testkit.stack import Stack, free_ports
from playlog_testkit.waiting import WAIT_SECONDS, wait_until

from . import brokers
from .live import LiveTrial, executors
from .trial import TOPIC

NOTHING_SECONDS = 30
DOWN_SECONDS = 30
FROZEN_SECONDS = 60
CUT_OFF_SECONDS = 60
RECOVERY_SECONDS = 30
"""Twice what a new master waits for (spark.worker.timeout)."""
ANOTHER_RUNS_SECONDS = 15
MORE_PARTITIONS = 4
LISTENS_OF_A_REPORT = 20_000
NOT_SET_UP = 5
"""The exit code of a stream that another one refuses."""


def nothing(trial: LiveTrial) -> None:
    """What the others are to be compared with."""
    time.sleep(NOTHING_SECONDS)


def leading_broker_killed(trial: LiveTrial) -> None:
    _down(trial, trial.leader())


def leading_broker_frozen(trial: LiveTrial) -> None:
    _frozen(trial, trial.leader())


def brokers_restarted(trial: LiveTrial) -> None:
    _restart(trial, "kafka")


def node_killed(trial: LiveTrial) -> None:
    _down(trial, trial.dice.choice(trial.programs("cassandra")))


def node_frozen(trial: LiveTrial) -> None:
    _frozen(trial, trial.dice.choice(trial.programs("cassandra")))


def nodes_restarted(trial: LiveTrial) -> None:
    _restart(trial, "cassandra")


def _down(trial: LiveTrial, program: str) -> None:
    """Killed, and not started again before a while."""
    trial.kill(program)
    _keep_down(trial, program)


def _keep_down(trial: LiveTrial, program: str) -> None:
    trial.stack.output("control.sh", "stop", program)
    time.sleep(DOWN_SECONDS)
    trial.stack.output("control.sh", "start", program)


def _frozen(trial: LiveTrial, program: str) -> None:
    """It keeps its connections, and answers nothing."""
    pid = trial.wait_for_pid(program)
    os.kill(pid, signal.SIGSTOP)
    try:
        time.sleep(FROZEN_SECONDS)
    finally:
        os.kill(pid, signal.SIGCONT)


def _restart(trial: LiveTrial, kind: str) -> None:
    """One after the other, each when the one before is back."""
    for program in trial.programs(kind):
        trial.stack.output("control.sh", "restart", program)
        trial.wait_until_whole()


def executor_killed(trial: LiveTrial) -> None:
    os.kill(trial.dice.choice(executors(trial.stack)).pid, signal.SIGKILL)


def worker_killed(trial: LiveTrial) -> None:
    trial.kill(trial.dice.choice(["spark-worker-1", "spark-worker-2"]))


def master_killed(trial: LiveTrial) -> None:
    """A new master asks all workers and drops those that do not answer; only then does it give cores to anybody."""
    _down(trial, "spark-master")
    time.sleep(RECOVERY_SECONDS)


def machine_cut_off(trial: LiveTrial) -> None:
    """With all that runs on it: a broker, a node, and a worker with an executor, of which none notices to be alone."""
    if trial.machine is None:
        raise RuntimeError("There is no machine to cut off")
    trial.machine.pull_cable()
    try:
        time.sleep(CUT_OFF_SECONDS)
    finally:
        trial.machine.plug_cable()


def partitions_added(trial: LiveTrial) -> None:
    brokers.add_partitions(trial.stack, TOPIC, MORE_PARTITIONS)


def node_killed_during_report(trial: LiveTrial) -> None:
    """Half-way in the report of an hour of back-dated listens, which must come to its end all the same."""
    past = trial.past(LISTENS_OF_A_REPORT)
    day, hour = f"{past.hour:%Y-%m-%d}", f"{past.hour:%Y-%m-%dT%H:%M:%SZ}"
    query = f"SELECT state FROM report_runs WHERE day = '{day}' AND hour = '{hour}'"
    program = trial.dice.choice(trial.programs("cassandra"))
    pid = trial.wait_for_pid(program)
    report = trial.stack.start("run-hourly-report.sh", "--hour", hour)
    with trial.stack.session() as session:
        wait_until(lambda: session.execute(query).one() or report.poll() is not None, "the report to begin", poll=0.02)
    os.kill(pid, signal.SIGKILL)
    _keep_down(trial, program)
    output, _ = report.communicate(timeout=WAIT_SECONDS)
    if report.returncode != 0:
        raise RuntimeError(f"The report ended with {report.returncode}:\n{output}")
    trial.reported.append(past.compare(past.summaries()))


def driver_moved(trial: LiveTrial) -> None:
    """As long as it lives, another machine's is refused; killed and not started again, that one goes on in its place.

    Both have the same checkpoint, and nothing else in common. Which of the two guards refuses it, the checkpoint's lock
    or the lease, depends on what the folder is on.
    """
    another_machine = _another_machine(trial.stack)
    refused = another_machine.completed("submit-stream.sh")
    if refused.returncode != NOT_SET_UP:
        raise RuntimeError(f"Another stream ended with {refused.returncode}:\n{refused.stderr}")
    trial.kill("stream")
    trial.stack.output("control.sh", "stop", "stream")
    another = another_machine.start("submit-stream.sh")
    wait_until(
        lambda: trial.storing_pid() == another.pid,
        "another machine's stream to take over",
        while_waiting=lambda: _must_run(another),
    )
    time.sleep(ANOTHER_RUNS_SECONDS)
    trial.wait_for_stream()
    another.terminate()
    another.communicate(timeout=WAIT_SECONDS)
    trial.stack.output("control.sh", "start", "stream")


def _another_machine(stack: Stack) -> Stack:
    folder = stack.folder.with_name("another-machine")
    folder.mkdir(exist_ok=True)
    ports = dict(zip(("PLAYLOG_SPARK_UI_PORT", "PLAYLOG_STREAM_METRICS_PORT"), free_ports(2), strict=True))
    own = {"PLAYLOG_LOCAL_DIR": str(folder), "PLAYLOG_CHECKPOINT": str(stack.folder / "checkpoint")}
    return stack.with_variables(own | ports)


def _must_run(stream: subprocess.Popen) -> None:
    if stream.poll() is not None:
        raise RuntimeError(f"The stream ended with {stream.returncode}:\n{stream.communicate()[0]}")


class ClusterFault(NamedTuple):
    """`bound`: seconds that a listen may wait on a machine that does nothing else; None where none is promised."""

    happen: Callable[[LiveTrial], None]
    bound: float | None


MACHINE_CUT_OFF = "machine cut off"
"""Needs what `network.move` has moved."""

ALL: dict[str, ClusterFault] = {
    "nothing": ClusterFault(nothing, None),
    "leading broker killed": ClusterFault(leading_broker_killed, 15),
    "leading broker frozen": ClusterFault(leading_broker_frozen, 15),
    "brokers restarted one by one": ClusterFault(brokers_restarted, 15),
    "Cassandra node killed": ClusterFault(node_killed, 5),
    "Cassandra node frozen": ClusterFault(node_frozen, 5),
    "Cassandra nodes restarted one by one": ClusterFault(nodes_restarted, 5),
    "executor killed": ClusterFault(executor_killed, 60),
    "worker killed": ClusterFault(worker_killed, 60),
    "master killed": ClusterFault(master_killed, 60),
    MACHINE_CUT_OFF: ClusterFault(machine_cut_off, 60),
    "partitions added": ClusterFault(partitions_added, None),
    "Cassandra node killed during a report": ClusterFault(node_killed_during_report, 5),
    "driver killed, started on another machine": ClusterFault(driver_moved, 60),
}

SHORT = (
    MACHINE_CUT_OFF,
    "leading broker killed",
    "driver killed, started on another machine",
)
"""Of the short form: of each server and of Spark one member, and then the driver."""
