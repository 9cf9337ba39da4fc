"""Finds what would make the start fail, before anything is started."""

import importlib.util
import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .console import Code, Failure
from .layout import java

GIB = 1024**3
NEEDED_DISK = 6 * GIB


@dataclass(frozen=True)
class Problem:
    """What is wrong and what to do. `package` is the Debian package that mends it, if one does."""

    message: str
    package: str | None = None


def programs() -> Iterator[Problem]:
    """What a build needs."""
    yield from _java()
    yield from _maven()
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            yield Problem(f"Python has no module {module}: apt-get install python3-venv", "python3-venv")
            break


def room(folder: Path, needed_memory: int) -> Iterator[Problem]:
    """Disk for environments, jars and data; memory for all processes together."""
    disk = shutil.disk_usage(folder).free
    if disk < NEEDED_DISK:
        yield Problem(
            f"Found {disk / GIB:.1f} GiB free on the disk of {folder}, expected {NEEDED_DISK // GIB}: free some."
        )
    memory = _available_memory(Path("/proc/meminfo").read_text())
    if memory < needed_memory:
        yield Problem(
            f"Found {memory / GIB:.1f} GiB of memory available, expected {needed_memory / GIB:.1f}: "
            "end other programs, or lower the *-memory settings in conf/application.conf."
        )


def ports(needed: dict[str, int]) -> Iterator[Problem]:
    """Ports, by setting, that a program of ours is about to listen on."""
    for setting, port in needed.items():
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError as error:
                yield Problem(
                    f"Port {port} on 127.0.0.1 cannot be used ({error.strerror}): end the program that has it "
                    f"(ss -ltnp 'sport = :{port}'), or set playlog.{setting} to another port."
                )


def install(problems: list[Problem]) -> None:
    """Installs the Debian packages that mend the problems."""
    packages = sorted({problem.package for problem in problems if problem.package})
    if packages:
        prefix = [] if os.geteuid() == 0 else ["sudo"]
        for command in (["apt-get", "update"], ["apt-get", "install", "-y", *packages]):
            _must_succeed([*prefix, *command])


def _must_succeed(command: list[str]) -> None:
    try:
        done = subprocess.run(command, check=False).returncode == 0
    except FileNotFoundError as error:
        raise Failure(
            Code.PREREQUISITES, f"Found no {error.filename}, which --install needs: install by hand what is missing."
        ) from None
    if not done:
        raise Failure(Code.PREREQUISITES, f"{' '.join(command)} failed: install by hand what is missing.")


def _java() -> Iterator[Problem]:
    package = "openjdk-17-jdk-headless"
    what_to_do = f"install JDK 17 (apt-get install {package}) and, with several, set JAVA_HOME to it"
    for command in (java(), java() + "c"):
        version = _output(command, "-version")
        if version is None:
            yield Problem(f"Found no {command}, expected JDK 17: {what_to_do}", package)
        elif not re.search(r'(version "|javac )17\b', version):
            yield Problem(f"Found {version.splitlines()[0]} as {command}, expected JDK 17: {what_to_do}", package)


def _maven() -> Iterator[Problem]:
    version = _output("mvn", "-v")
    what_to_do = "install Maven 3.8 or later (apt-get install maven)"
    found = re.search(r"Apache Maven (\d+)\.(\d+)", version or "")
    if not found:
        yield Problem(f"Found no mvn, expected Maven: {what_to_do}", "maven")
    elif (int(found[1]), int(found[2])) < (3, 8):
        yield Problem(f"Found {found[0]}, expected 3.8 or later: {what_to_do}", "maven")


def _output(*command: str) -> str | None:
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return result.stdout + result.stderr


def _available_memory(meminfo: str) -> int:
    [kilobytes] = re.findall(r"MemAvailable:\s+(\d+) kB", meminfo)
    return int(kilobytes) * 1024
