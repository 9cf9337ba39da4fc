"""What start-all.sh checks before it starts anything."""

import json
import os
from pathlib import Path

from . import files, preflight
from .console import Code, Failure, step
from .layout import ROOT, Layout
from .preflight import GIB, Problem
from .programs import AIRFLOW
from .supervisor import Supervisor

NEEDS = {
    "kafka": (1 * GIB, ("local.kafka-port", "local.kafka-controller-port")),
    "cassandra": (2 * GIB, ("local.cassandra-port", "local.cassandra-storage-port")),
    "airflow-api-server": (2 * GIB, ("local.airflow-port",)),
    "stream": (2 * GIB, ("spark.ui-port",)),
}
"""What is needed to start a program: memory, and the ports it listens on. Airflow's first stands for all of it."""


def programs(install: bool) -> None:
    with step("Checks: JDK, Maven, Python") as running:
        problems = list(preflight.programs())
        if problems and install:
            preflight.install(problems)
            problems = list(preflight.programs())
        _fail_with(problems, "start-all.sh --install installs what apt-get has")
        running.result = "all there"


def owner(folder: Path) -> None:
    if folder.exists() and folder.stat().st_uid != os.geteuid():
        raise Failure(
            Code.FOREIGN_FOLDER,
            f"{folder} belongs to {folder.owner()}, who can start the stack in it. "
            "PLAYLOG_LOCAL_DIR names a folder of your own (and PLAYLOG_*_PORT other ports).",
        )


def room(layout: Layout, supervisor: Supervisor, with_airflow: bool) -> None:
    """For what does not run yet. Needs the settings, and so the jars."""
    supervised = supervisor.is_running()
    needs = [
        need
        for name, need in NEEDS.items()
        if _is_wanted(name, layout, with_airflow) and not (supervised and supervisor.runs(name))
    ]
    if not needs:
        return
    with step("Checks: memory, disk, ports") as running:
        ports = {setting: layout.settings[setting] for _, settings in needs for setting in settings}
        problems = list(preflight.room(ROOT, sum(memory for memory, _ in needs)))
        problems += preflight.ports(ports)
        _fail_with(problems)
        running.result = f"all free: {', '.join(str(port) for port in ports.values())}"


def keep_or_compare_settings(layout: Layout, supervisor: Supervisor) -> None:
    """A program reads its settings when it starts: keeps them at a start, and says later which have changed since."""
    kept = supervisor.folder / "settings.json"
    if not supervisor.is_running():
        kept.parent.mkdir(parents=True, exist_ok=True)
        files.replace(kept, json.dumps(layout.settings))
    elif kept.exists():
        earlier = json.loads(kept.read_text())
        changed = [key for key, value in layout.settings.items() if earlier.get(key) != value]
        if changed:
            with step("Settings have changed since the stack was started") as running:
                for key in changed:
                    running.note(f"{key} = {layout.settings[key]}, it was {earlier.get(key)}")
                running.result = "what runs keeps the earlier ones: stop-all.sh, then start-all.sh"


def _is_wanted(name: str, layout: Layout, with_airflow: bool) -> bool:
    return with_airflow if name in AIRFLOW else layout.settings.get(f"local.{name}-bundled", True)


def _fail_with(problems: list[Problem], hint: str = "") -> None:
    if problems:
        lines = [f"- {problem.message}" for problem in problems]
        if hint and any(problem.package for problem in problems):
            lines.append(hint)
        raise Failure(Code.PREREQUISITES, "\n".join(["Nothing was started:", *lines]))
