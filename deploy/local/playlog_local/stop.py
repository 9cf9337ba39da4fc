"""stop-all.sh: stops everything, first what writes, last what stores."""

import contextlib
import shlex
import time

import airflow_api
import airflow_env

from . import folders, lock, members, processes, programs
from . import purge as purging
from .console import Failure, Step, step
from .layout import Layout
from .programs import DAG
from .supervisor import STACK_VARIABLE, Supervisor

TASK_SECONDS = 60
END_SECONDS = 20
LEFT_SECONDS = 60
LEFT_ROUNDS = 3


def stop(layout: Layout, purge: bool) -> None:
    """Ends with no process of the stack left, whether the supervisor still runs or not."""
    supervisor = Supervisor(layout)
    with lock.stack(supervisor.lock, "stop-all.sh"):
        _stop(layout, supervisor, purge)


def _stop(layout: Layout, supervisor: Supervisor, purge: bool) -> None:
    supervised = supervisor.is_running()
    if supervised:
        _stop_program(supervisor, "producer", "Producer: flushes what it has sent")
        airflow(layout, supervisor)
        _stop_program(supervisor, "web", "Page")
        _stop_program(supervisor, "stream", "Stream: finishes the running batch")
        _stop_members(supervisor, "Spark", list(reversed(members.SPARK)))
        for server in members.SERVERS:
            _stop_members(supervisor, server.capitalize(), members.possible(server))
        with step("Supervisor"):
            supervisor.shutdown()
    with step("Processes left") as running:
        if supervised:
            _wait_for_end(layout)
        ended = end_left(running, layout)
        running.result = "none any more" if ended else "none"
        if not supervised and not ended:
            running.note(f"Nothing ran of the stack in {layout.dir}.")
            if folders.is_of_another(layout.dir):
                running.note(f"It belongs to {folders.owner(layout.dir)}, who alone can stop what runs in it.")
            for other in sorted(processes.folders(STACK_VARIABLE)):
                running.note(f"Another one runs: PLAYLOG_LOCAL_DIR={shlex.quote(other)} scripts/stop-all.sh stops it")
    if purge and layout.dir.exists():
        with step(f"Purge: deletes the stack's data in {layout.dir}") as running:
            left = purging.purge(layout)
            if left:
                running.note(f"The folder stays, with what the stack did not make: {', '.join(left)}")


def trust_airflow(layout: Layout) -> None:
    if layout.security and layout.airflow_url.startswith("https"):
        airflow_api.trust(layout.security / "ca.pem")


def end_orphans(layout: Layout, supervisor: Supervisor) -> None:
    """Programs whose supervisor was killed hold their ports, and nothing would start them again."""
    if not supervisor.is_running() and processes.of(STACK_VARIABLE, layout.dir):
        with step("Processes that an earlier start left without a supervisor") as running:
            end_left(running, layout)


def end_left(running: Step, layout: Layout) -> bool:
    """Ends every process of the stack; tells whether there was one."""
    found = False
    for _ in range(LEFT_ROUNDS):  # one may start another at its end
        left = processes.of(STACK_VARIABLE, layout.dir)
        killed = processes.end(left, LEFT_SECONDS)
        for process in left:
            running.note(f"ended {process.pid} {process.program}{' by force' if process in killed else ''}")
        found = found or bool(left)
    return found


def _stop_program(supervisor: Supervisor, name: str, title: str) -> None:
    if name in supervisor.states():
        with step(title) as running:
            running.result = "stopped" if supervisor.runs(name) else "did not run"
            supervisor.stop_program(name)


def _stop_members(supervisor: Supervisor, title: str, names: list[str]) -> None:
    known = [name for name in names if name in supervisor.states()]
    if known:
        with step(title) as running:
            running.result = "stopped" if any(supervisor.runs(name) for name in known) else "did not run"
            supervisor.stop_together(known)


def airflow(layout: Layout, supervisor: Supervisor) -> None:
    """A running task may finish in bounded time; then its spark-submit is ended, or it would outlive Airflow."""
    if not any(supervisor.runs(name) for name in programs.AIRFLOW):
        return
    with step("Airflow: pauses the DAG and lets a running task finish") as running:
        url = layout.airflow_url
        trust_airflow(layout)
        with contextlib.suppress(OSError):
            access = airflow_api.token(url, *airflow_env.login(layout.airflow_home))
            airflow_api.pause(url, access, DAG)
            _wait_for_tasks(running, url, access)
            _end_tasks(running, layout, url, access)
        # The API server last: the tasks report to it.
        for name in reversed(programs.AIRFLOW):
            supervisor.stop_program(name)


def _wait_for_tasks(running: Step, url: str, access: str) -> None:
    with contextlib.suppress(Failure):
        running.wait_until("a running task", lambda: not airflow_api.active_tasks(url, access, DAG), TASK_SECONDS)


def _end_tasks(running: Step, layout: Layout, url: str, access: str) -> None:
    """In a loop: a task is said to run some seconds before its spark-submit is there."""
    end = time.monotonic() + TASK_SECONDS
    while airflow_api.active_tasks(url, access, DAG) and time.monotonic() < end:
        for process in processes.spark_submits(layout.airflow_home):
            running.note(f"ending the task's {process.program}, {process.pid}; its hour stays due")
            processes.end([process], END_SECONDS)
        time.sleep(0.5)


def _wait_for_end(layout: Layout) -> None:
    """All were told to end: gives them some seconds."""
    end = time.monotonic() + END_SECONDS
    while processes.of(STACK_VARIABLE, layout.dir) and time.monotonic() < end:
        time.sleep(0.2)
