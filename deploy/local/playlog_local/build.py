"""Builds the jars and the Python environments, where they are not up to date."""

import re
import shutil
import subprocess
import sys
from concurrent.futures import Executor, ThreadPoolExecutor
from pathlib import Path

from . import console, debian, downloads, jdk, lock, processes
from .console import Code, Failure, Step, Work
from .layout import ROOT, Layout

REQUIREMENTS = {
    "tools": ROOT / "deploy/local/requirements/tools.lock",
    "spark": ROOT / "deploy/local/requirements/spark.lock",
    "airflow": ROOT / "deploy/airflow/requirements.lock",
    "test": ROOT / "deploy/local/requirements/test.lock",
}
ADDITIONS = {"airflow-test": ("airflow", ROOT / "deploy/airflow/requirements-test.lock")}
"""What is added to an environment: the few packages that the DAG's tests need. In one of their own they would need a
second Airflow. A stack that runs from this one does not mind: nothing is replaced, since both locks agree."""
AT_ONCE = 2
"""Environments: pip has one thread, and waits for the network now and then."""
BUILT = ROOT / "target/built"
"""As old as the last build's begin: Maven leaves a jar alone whose sources have not changed."""
BUILDING = ROOT / "target/building"
"""Becomes BUILT. Made by the file system, whose clock is a little behind the one that a program reads."""
SOURCES = ("common", "store", "producer", "jobs", "web", "deploy/local/kafka", "deploy/local/cassandra")


def jars(step: Step, layout: Layout) -> None:
    """Runs Maven if a source is newer than what was built from it."""
    if jars_are_up_to_date(layout):
        step.result = "up to date"
        return
    BUILDING.parent.mkdir(exist_ok=True)
    BUILDING.touch()
    log = ROOT / "target/build.log"
    step.note(f"mvn package, log in {log} (the first build downloads about 600 MB)")
    step.doing = lambda: _of_modules(log)
    with log.open("w") as output:
        command = ["mvn", "-B", "-T1C", "-DskipTests", "-Dspotless.check.skip", "package"]
        variables = downloads.variables()
        # mvn splits these at blanks, whatever they are quoted by.
        variables["MAVEN_OPTS"] = " ".join([variables.get("MAVEN_OPTS", ""), *jdk.options()]).strip()
        done = subprocess.run(command, cwd=ROOT, env=variables, stdout=output, stderr=subprocess.STDOUT, check=False)
    if done.returncode != 0:
        errors = [line for line in log.read_text(errors="replace").splitlines() if line.startswith("[ERROR]")]
        raise Failure(Code.BUILD_FAILED, "\n".join(["The build failed:", *errors[:5], f"The whole log is in {log}"]))
    BUILDING.replace(BUILT)


def _of_modules(log: Path) -> str:
    """Where Maven is, which says `Building NAME … [3/8]` when it begins with a module."""
    modules = re.findall(r"\[(\d+)/(\d+)\]$", log.read_text(errors="replace"), re.MULTILINE)
    return "mvn package, module {} of {}".format(*modules[-1]) if modules else "mvn package"


def jars_are_up_to_date(layout: Layout) -> bool:
    built = [
        BUILT,
        layout.built_producer_jar,
        layout.built_jobs_jar,
        layout.built_web_jar,
        *layout.built_libraries.values(),
    ]
    return all(path.exists() for path in built) and _newest_source() < BUILT.stat().st_mtime


def environments(layout: Layout, names: list[str]) -> None:
    """Makes these environments and additions, one script at a time."""
    of_python = dict.fromkeys(ADDITIONS.get(name, (name,))[0] for name in names if name not in debian.PACKAGES)
    with lock.build(ROOT), ThreadPoolExecutor(AT_ONCE) as pool:
        begun = {name: Begun(pool, layout, name) for name in of_python}
        for name in names:
            if name in debian.PACKAGES:
                with console.step(f"Programs of {name}: {layout.environment(name)}") as running:
                    debian.environment(running, layout, name)
            else:
                _of_python(layout, name, begun)


class Begun:
    """An environment that is being made, whether its step has begun or not."""

    def __init__(self, pool: Executor, layout: Layout, name: str) -> None:
        self.work = Work()
        self.made = pool.submit(environment, self.work, layout, name)

    def wait(self, step: Step) -> None:
        step.doing = lambda: self.work.doing()
        self.made.result()
        step.result = self.work.result


def _of_python(layout: Layout, name: str, begun: dict[str, Begun]) -> None:
    added_to, _ = ADDITIONS.get(name, (name, None))
    with console.step(f"Python environment {added_to}: {layout.environment(added_to)}") as running:
        begun[added_to].wait(running)
    if name in ADDITIONS:
        with console.step(f"Its packages for {name}") as running:
            _addition(running, layout, name)


def needed(layout: Layout, with_airflow: bool) -> list[str]:
    """The environments of a stack."""
    spark = [] if layout.settings["spark.home"] else ["spark"]
    return ["tools", *spark, *(["airflow"] if with_airflow else [])]


def environment(work: Work, layout: Layout, name: str) -> None:
    """Makes a virtual environment from its lock, again if the lock has changed."""
    folder = layout.environment(name)
    made_from = folder / "playlog.lock"
    if _is_made(work, made_from, REQUIREMENTS[name]):
        return
    users = processes.using(folder)
    if users:
        programs = ", ".join(f"{process.pid} {process.program}" for process in users)
        raise Failure(
            Code.IN_USE, f"{folder} has to be made again, and is in use ({programs}): scripts/stop-all.sh first."
        )
    shutil.rmtree(folder, ignore_errors=True)
    work.doing = lambda: "venv"
    _run([sys.executable, "-m", "venv", str(folder)])
    _install(work, folder, REQUIREMENTS[name], made_from)


def _addition(work: Work, layout: Layout, name: str) -> None:
    added_to, requirements = ADDITIONS[name]
    folder = layout.environment(added_to)
    made_from = folder / f"playlog-{name}.lock"
    if not _is_made(work, made_from, requirements):
        _install(work, folder, requirements, made_from)


def _is_made(work: Work, made_from: Path, requirements: Path) -> bool:
    made = made_from.exists() and made_from.read_text() == requirements.read_text()
    work.result = "up to date" if made else "done"
    return made


def _install(work: Work, folder: Path, requirements: Path, made_from: Path) -> None:
    work.doing = lambda: _of_packages(folder, requirements)
    python = str(folder / "bin/python")
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    _run([*pip, "--no-deps", "--require-hashes", "-r", str(requirements)], downloads.pip_variables(python))
    shutil.copy(requirements, made_from)


def _of_packages(folder: Path, requirements: Path) -> str:
    """pip says nothing on its way: it downloads all packages first, and then a package is there after the other."""
    there = sum(1 for _ in folder.glob("lib/python*/site-packages/*.dist-info"))
    needed = len(re.findall("^[^ #].*==", requirements.read_text(), re.MULTILINE))
    return f"pip, {min(there, needed)} of {needed} packages installed"


def _run(command: list[str], variables: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failure(Code.BUILD_FAILED, f"{' '.join(command)} failed:\n{done.stderr.strip()[-2000:]}")


def _newest_source() -> float:
    files = [ROOT / "pom.xml", *(ROOT / "schema").iterdir()]
    for module in SOURCES:
        files.append(ROOT / module / "pom.xml")
        files.extend(path for path in Path(ROOT / module / "src/main").rglob("*") if path.is_file())
    return max(path.stat().st_mtime for path in files)
