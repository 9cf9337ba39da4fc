"""Builds the jars and the Python environments, where they are not up to date."""

import shutil
import subprocess
import sys
from pathlib import Path

from . import console
from .console import Failure, Step
from .layout import ROOT, Layout

REQUIREMENTS = {
    "tools": ROOT / "deploy/local/requirements/tools.lock",
    "spark": ROOT / "deploy/local/requirements/spark.lock",
    "airflow": ROOT / "deploy/airflow/requirements.lock",
}
BUILT = ROOT / "target/built"
"""As old as the last build's begin: Maven leaves a jar alone whose sources have not changed."""
BUILDING = ROOT / "target/building"
"""Becomes BUILT. Made by the file system, whose clock is a little behind the one that a program reads."""
SOURCES = ("common", "producer", "jobs", "deploy/local/kafka", "deploy/local/cassandra")


def jars(step: Step, layout: Layout) -> None:
    """Runs Maven if a source is newer than what was built from it."""
    built = [BUILT, layout.built_producer_jar, layout.built_jobs_jar, *layout.built_libraries.values()]
    if all(path.exists() for path in built) and _newest_source() < BUILT.stat().st_mtime:
        step.result = "up to date"
        return
    BUILDING.parent.mkdir(exist_ok=True)
    BUILDING.touch()
    log = ROOT / "target/build.log"
    step.note(f"mvn package, log in {log} (the first build downloads about 600 MB)")
    with log.open("w") as output:
        command = ["mvn", "-B", "-DskipTests", "-Dspotless.check.skip", "package"]
        done = subprocess.run(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        errors = [line for line in log.read_text().splitlines() if line.startswith("[ERROR]")]
        raise Failure("\n".join(["The build failed:", *errors[:5], f"The whole log is in {log}"]))
    BUILDING.replace(BUILT)


def environments(layout: Layout, with_airflow: bool) -> None:
    for name in ["tools", "spark", *(["airflow"] if with_airflow else [])]:
        if name != "spark" or not layout.settings["spark.home"]:
            with console.step(f"Python environment {name}: {layout.environment(name)}") as running:
                environment(running, layout, name)


def environment(step: Step, layout: Layout, name: str) -> None:
    """Makes a virtual environment from its lock, again if the lock has changed."""
    folder = layout.environment(name)
    lock = REQUIREMENTS[name]
    made_from = folder / "playlog.lock"
    if made_from.exists() and made_from.read_text() == lock.read_text():
        step.result = "up to date"
        return
    shutil.rmtree(folder, ignore_errors=True)
    _run(step, [sys.executable, "-m", "venv", str(folder)])
    pip = [str(folder / "bin/python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run(step, [*pip, "--no-deps", "--require-hashes", "-r", str(lock)])
    shutil.copy(lock, made_from)


def _run(step: Step, command: list[str]) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failure(f"{' '.join(command)} failed:\n{done.stderr.strip()[-2000:]}")


def _newest_source() -> float:
    files = [ROOT / "pom.xml", *(ROOT / "schema").iterdir()]
    for module in SOURCES:
        files.append(ROOT / module / "pom.xml")
        files.extend(path for path in Path(ROOT / module / "src/main").rglob("*") if path.is_file())
    return max(path.stat().st_mtime for path in files)
