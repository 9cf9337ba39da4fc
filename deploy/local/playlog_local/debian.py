"""Programs of Debian packages, unpacked into an environment's folder: nothing is installed on the machine."""

import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import NamedTuple

from . import downloads
from .console import Code, Failure, Step
from .layout import Layout


class Package(NamedTuple):
    name: str
    programs: tuple[str, ...]


PACKAGES = {"monitoring": Package("prometheus", ("prometheus", "promtool"))}
"""By the environment's name."""
UNPACKED = "playlog.package"
"""Names the package's file; made last, so that what is half unpacked is unpacked again."""


def environment(step: Step, layout: Layout, name: str) -> None:
    """Unpacks the package, unless the machine has its programs or they are unpacked already."""
    package = PACKAGES[name]
    if all(shutil.which(program) for program in package.programs):
        step.result = "the machine has them"
        return
    folder = layout.environment(name)
    if (folder / UNPACKED).exists():
        step.result = "up to date"
        return
    shutil.rmtree(folder, ignore_errors=True)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        file = _download(package, Path(temporary))
        _run(package, ["dpkg", "-x", str(file), str(folder)])
        (folder / UNPACKED).write_text(f"{file.name}\n")


def program(layout: Layout, environment: str, name: str) -> str:
    """The path of a program whose environment is made."""
    unpacked = layout.environment(environment) / "usr/bin" / name
    return str(unpacked) if unpacked.exists() else shutil.which(name) or str(unpacked)


def _download(package: Package, folder: Path) -> Path:
    """With the machine's lists of packages or, where they are missing or old, with lists of our own."""
    lists, cache = folder / "lists", folder / "cache"
    for made in (lists / "partial", cache / "archives/partial"):
        made.mkdir(parents=True)
    own = ["-o", f"Dir::State::Lists={lists}", "-o", f"Dir::Cache={cache}"]
    download = ["download", package.name]
    try:
        _run(package, ["apt-get", *download], folder)
    except Failure:
        _run(package, ["apt-get", *own, "update"], folder)
        _run(package, ["apt-get", *own, *download], folder)
    [file] = folder.glob(f"{package.name}_*.deb")
    return file


def _run(package: Package, command: list[str], folder: Path | None = None) -> None:
    try:
        done = subprocess.run(
            command, cwd=folder, env=downloads.variables(), capture_output=True, text=True, check=False
        )
    except FileNotFoundError:
        raise Failure(Code.BUILD_FAILED, f"Found no {command[0]}: {_advice(package)}") from None
    if done.returncode != 0:
        words = done.stderr.strip()[-2000:]
        raise Failure(Code.BUILD_FAILED, f"{' '.join(command)} failed: {_advice(package)}\n{words}")


def _advice(package: Package) -> str:
    programs = " and ".join(package.programs)
    return f"expected to unpack Debian's package {package.name}. Elsewhere, put {programs} on the PATH."
