"""What start-all.sh checks before it starts anything."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from . import build, files, folders, members, memory, preflight
from .console import Code, Failure, Problem, step
from .folders import GIB, Folder
from .layout import ROOT, Layout, kept_settings
from .programs import AIRFLOW
from .supervisor import Supervisor

MIB = 1024**2
SERVERS = {
    "kafka": (512 * MIB, ("kafka-port", "kafka-controller-port", "kafka-metrics-port")),
    "cassandra": (848 * MIB, ("cassandra-port", "cassandra-storage-port", "cassandra-metrics-port")),
}
"""Memory of a server beside its heap, and the ports it listens on, settings of `local`."""


class Need(NamedTuple):
    """What is needed to start a program: memory, and the ports it listens on."""

    program: str
    memory: int
    host: str
    ports: tuple[str, ...]


NEEDED_DISK = 3 * GIB
"""For the data of the first days, and copies of the jars."""

NEEDED_PROCESSES = 1000
"""With threads: all programs together have about 700."""


def programs(install: bool) -> None:
    with step("Checks: limits, JDK, Maven, Python") as running:
        _fail_with(list(preflight.limits()))
        problems = list(preflight.programs())
        if problems and install:
            preflight.install(problems)
            problems = list(preflight.programs())
        _fail_with(problems, "start-all.sh --install installs what apt-get has")
        running.result = "all there"


def checkout(layout: Layout, with_airflow: bool) -> None:
    """The folders that jars and environments are made in, if they have to be made, and run from."""
    with step("Checks: folders of the checkout") as running:
        built = build.jars_are_up_to_date(layout)
        made = layout.environment("tools").exists() and not os.access(layout.environments, os.W_OK)
        needs = 0 if layout.environment("tools").exists() else 2 * GIB
        elsewhere = "put the checkout somewhere else"
        found = [
            Folder(
                ROOT,
                "the checkout",
                elsewhere,
                needs=0 if built else GIB,
                written=not built,
                runs_programs=True,
                of_airflow=with_airflow,
            ),
            Folder(
                layout.environments,
                "Python environments",
                "set PLAYLOG_ENVIRONMENTS to another one",
                needs,
                written=not made,
                runs_programs=True,
            ),
            Folder(Path("/tmp"), "temporary files of Java and Spark", "mount it otherwise", runs_programs=True),
        ]
        if not built:
            found.append(Folder(Path.home() / ".m2", "what Maven downloads", "set HOME to another one", GIB))
        _fail_with(list(folders.problems(found)))
        running.result = "can be used"


def owner(folder: Path) -> None:
    if folders.is_of_another(folder):
        raise Failure(
            Code.FOREIGN_FOLDER,
            f"{folder} belongs to {folders.owner(folder)}, who can start the stack in it. "
            "PLAYLOG_LOCAL_DIR names a folder of your own (and PLAYLOG_*_PORT other ports).",
        )


def room(layout: Layout, supervisor: Supervisor, with_airflow: bool) -> None:
    """For what does not run yet. Needs the settings, and so the jars."""
    supervised = supervisor.is_running()
    needs = [need for need in _needs(layout, with_airflow) if not (supervised and supervisor.runs(need.program))]
    if not needs:
        return
    with step("Checks: memory, disk, ports") as running:
        ports = {(port, need.host): layout.settings[port] for need in needs for port in need.ports}
        remedy = "set PLAYLOG_LOCAL_DIR to another one"
        data = Folder(layout.dir, "the stack's data", remedy, NEEDED_DISK, of_airflow=with_airflow)
        problems = [*folders.problems([data]), *_memory(sum(need.memory for need in needs)), *_processes()]
        problems += preflight.ports(ports)
        _fail_with(problems)
        running.result = f"all free: {', '.join(dict.fromkeys(str(port) for port in ports.values()))}"


def _needs(layout: Layout, with_airflow: bool) -> Iterator[Need]:
    for member in members.bundled(layout):
        beside, ports = SERVERS[member.server]
        heap = _bytes(layout.settings[f"local.{member.server}-memory"])
        yield Need(member.name, heap + beside, member.host, tuple(f"local.{port}" for port in ports))
    if layout.settings["local.spark-bundled"]:
        [master, *workers] = members.SPARK
        yield Need(master, GIB // 2, members.host(1), ("local.spark-master-port", "local.spark-master-ui-port"))
        for number, worker in enumerate(workers, 1):  # with the executors of stream and report
            host = members.host(number)
            yield Need(worker, 2 * GIB, host, ("local.spark-worker-port", "local.spark-worker-ui-port"))
    first = members.host(1)
    if with_airflow:
        yield Need(AIRFLOW[0], 2 * GIB, first, ("local.airflow-port",))  # stands for all of it
    yield Need("stream", 2 * GIB, first, ("spark.ui-port", "stream.metrics-port"))
    yield Need("web", GIB // 2, first, ("web.port",))


def _bytes(memory: str) -> int:
    """Of a setting such as 512m or 2g."""
    return int(memory[:-1]) * {"m": MIB, "g": GIB}[memory[-1]]


def nodes(layout: Layout, supervisor: Supervisor) -> None:
    """Refuses to start other members than those that have the data, beside which the checkpoint would be wrong."""
    for server in members.SERVERS:
        names = [member.name for member in members.of(layout, server)]
        for name in members.possible(server) if names else []:
            folder = layout.dir / name
            if name not in names and folder.exists() and (supervisor.folder / f"{name}.sh").exists():
                raise Failure(
                    Code.OTHER_NODES,
                    f"Found the data of {name} in {layout.dir}, expected that of {' and '.join(names)} (local.nodes = "
                    f"{len(names)}): set playlog.local.nodes to what it was, or PLAYLOG_LOCAL_DIR to another folder, "
                    "or let stop-all.sh --purge delete the data.",
                )


def _memory(needed: int) -> list[Problem]:
    """For all processes together."""
    found = memory.room()
    if found.available >= needed:
        return []
    return [
        Problem(
            f"Found {found.available / GIB:.1f} GiB of memory available to {found.place}, expected {needed / GIB:.1f}: "
            "end other programs, raise the limit, or lower the *-memory settings in conf/application.conf."
        )
    ]


def _processes() -> list[Problem]:
    found = memory.processes()
    if found is None or found.available >= NEEDED_PROCESSES:
        return []
    return [
        Problem(
            f"Found room for {found.available} processes and threads in {found.place}, expected {NEEDED_PROCESSES}: "
            "raise its limit (pids.max, TasksMax, --pids-limit)."
        )
    ]


def keep_or_compare_settings(layout: Layout, supervisor: Supervisor) -> None:
    """A program reads its settings when it starts: keeps them at a start, and says later which have changed since."""
    kept = kept_settings(layout.dir)
    if not supervisor.is_running():
        kept.parent.mkdir(parents=True, exist_ok=True)
        files.replace(kept, json.dumps(layout.settings))
    elif kept.exists():
        earlier = files.read_json(kept)
        changed = [key for key, value in layout.settings.items() if earlier.get(key) != value]
        if changed:
            with step("Settings have changed since the stack was started") as running:
                for key in changed:
                    running.note(f"{key} = {layout.settings[key]}, it was {earlier.get(key)}")
                running.result = "what runs keeps the earlier ones: stop-all.sh, then start-all.sh"


def _fail_with(problems: list[Problem], hint: str = "") -> None:
    if problems:
        lines = [f"- {problem.message}" for problem in problems]
        if hint and any(problem.package for problem in problems):
            lines.append(hint)
        raise Failure(Code.PREREQUISITES, "\n".join(["Nothing was started:", *lines]))
