"""Finds what would make the start fail, before anything is started."""

import errno
import importlib.util
import os
import re
import resource
import socket
import subprocess
from collections.abc import Iterator

from . import downloads, jdk
from .console import Code, Failure, Problem
from .folders import GIB

UNLIMITED = resource.RLIM_INFINITY
LIMITS = (
    ("open files", "ulimit -Hn", resource.RLIMIT_NOFILE, 1, 4096),
    ("processes and threads of this user", "ulimit -u", resource.RLIMIT_NPROC, 0, 2048),
    ("bytes of address space", "ulimit -v", resource.RLIMIT_AS, 0, 8 * GIB),
    ("bytes in a file", "ulimit -f", resource.RLIMIT_FSIZE, 0, 2 * GIB),
    ("seconds of processor time", "ulimit -t", resource.RLIMIT_CPU, 0, UNLIMITED),
)
"""What a process may use: what of, the shell's word for it, the limit, the soft (0) or the hard one (1), the least."""


def limits() -> Iterator[Problem]:
    """Limits of this shell, which all programs inherit. Root's processes are not counted."""
    for what, command, limit, kind, least in LIMITS:
        found = resource.getrlimit(limit)[kind]
        if limit == resource.RLIMIT_NPROC and os.geteuid() == 0:
            continue
        if found != UNLIMITED and (least == UNLIMITED or found < least):
            expected = "no limit" if least == UNLIMITED else f"{least} or more"
            yield Problem(f"Found a limit of {found} {what}, expected {expected}: see `{command}`.")


def programs() -> Iterator[Problem]:
    """What a build needs."""
    yield from _java()
    yield from _maven()
    for module in ("venv", "ensurepip"):
        if importlib.util.find_spec(module) is None:
            yield Problem(f"Python has no module {module}: apt-get install python3-venv", "python3-venv")
            break


def ports(needed: dict[tuple[str, str], int]) -> Iterator[Problem]:
    """Ports, by setting and address, that a program of ours is about to listen on."""
    taken: dict[int, str] = {}
    for (setting, host), port in needed.items():
        if taken.get(port, setting) != setting:
            yield Problem(f"playlog.{taken[port]} and playlog.{setting} are both {port}: set one to another port.")
            continue
        taken[port] = setting
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as error:
                if error.errno == errno.EADDRNOTAVAIL:
                    yield Problem(f"Found no {host} on this machine, which Linux has: set playlog.local.nodes to 1.")
                    continue
                yield Problem(
                    f"Port {port} on {host} cannot be used ({error.strerror}): end the program that has it "
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
        done = subprocess.run(command, env=downloads.variables(), check=False).returncode == 0
    except FileNotFoundError as error:
        raise Failure(
            Code.PREREQUISITES, f"Found no {error.filename}, which --install needs: install by hand what is missing."
        ) from None
    if not done:
        raise Failure(Code.PREREQUISITES, f"{' '.join(command)} failed: install by hand what is missing.")


def _java() -> Iterator[Problem]:
    wrong = jdk.problem()
    if wrong:
        yield Problem(wrong, jdk.PACKAGE)
        return
    compiler = f"{jdk.java()}c"
    version = _output(compiler, "-version")
    if version is None:
        yield Problem(f"Found no {compiler}, a JRE, {jdk.ADVICE}", jdk.PACKAGE)
    elif not re.search(rf"javac {jdk.VERSION}\b", version):
        yield Problem(f"Found {version.strip()} as {compiler}, {jdk.ADVICE}", jdk.PACKAGE)


def _maven() -> Iterator[Problem]:
    version = _output("mvn", "-v")
    what_to_do = "install Maven 3.8 or later (apt-get install maven)"
    found = re.search(r"Apache Maven (\d+)\.(\d+)", version or "")
    if version is None:
        yield Problem(f"Found no mvn, expected Maven: {what_to_do}", "maven")
    elif not found:
        if jdk.problem() is None:  # else mvn does not start for the same reason
            said = next(iter(version.strip().splitlines()), "nothing")
            yield Problem(f"Found mvn, which says {said!r}, expected Maven: {what_to_do}", "maven")
    elif (int(found[1]), int(found[2])) < (3, 8):
        yield Problem(f"Found {found[0]}, expected 3.8 or later: {what_to_do}", "maven")


def _output(*command: str) -> str | None:
    try:
        result = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError:
        return None
    return result.stdout + result.stderr
