"""Whether folders can be used, before anything is made in them."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .console import Problem

GIB = 1024**3
NEEDED_FILES = 50_000
READ_OTHERWISE = ":#\n"
"""By Java in class paths, by spark-submit in the address of a jar, by our scripts. Tried: no other one is."""


@dataclass(frozen=True)
class Folder:
    """A folder that is about to be used."""

    path: Path
    purpose: str
    remedy: str
    needs: int = 0
    """Bytes of disk."""
    written: bool = True
    runs_programs: bool = False
    of_airflow: bool = False
    """Airflow puts the values of variables in place of their names."""

    def __str__(self) -> str:
        return f"{self.path} ({self.purpose})"

    @property
    def existing(self) -> Path:
        """The folder, or that of its parents that is there."""
        return next(path for path in [self.path, *self.path.parents] if os.path.lexists(path))


def problems(folders: list[Folder]) -> Iterator[Problem]:
    """What is wrong with each, and with the disks that they are on."""
    usable = []
    for folder in folders:
        found = _problem(folder)
        if found:
            yield Problem(f"{found}: {folder.remedy}.")
        else:
            usable.append(folder)
    yield from _disks(usable)


def _problem(folder: Folder) -> str | None:
    if awkward := next((letter for letter in str(folder.path) if letter in READ_OTHERWISE), None):
        return f"Found {awkward!r} in the name of {folder}, which Java and Spark do not take there"
    if folder.of_airflow and "$" in str(folder.path):
        return f"Found '$' in the name of {folder}, which Airflow does not take there (--without-airflow does)"
    try:
        existing = folder.existing
        if not existing.is_dir():
            what = "a link to nowhere" if existing.is_symlink() and not existing.exists() else "a file"
            return f"Found {what} at {existing}, expected a folder, for {folder}"
    except OSError as error:
        return f"Found no way to {folder} ({error.strerror}), expected a folder that this user can use"
    mounted = os.statvfs(existing).f_flag
    if folder.written and not os.access(existing, os.W_OK | os.X_OK):
        reason = "is mounted read-only" if mounted & os.ST_RDONLY else "this user may not write"
        return f"Found {existing}, which {reason}, expected a folder that this user can write, for {folder}"
    if folder.runs_programs and mounted & os.ST_NOEXEC:
        return f"Found {existing} mounted noexec, expected a disk that programs are run from, for {folder}"
    return None


def _disks(folders: list[Folder]) -> Iterator[Problem]:
    for device in dict.fromkeys(folder.existing.stat().st_dev for folder in folders):
        on_it = [folder for folder in folders if folder.existing.stat().st_dev == device and folder.needs]
        if not on_it:
            continue
        needed = sum(folder.needs for folder in on_it)
        names = ", ".join(str(folder) for folder in on_it)
        free = shutil.disk_usage(on_it[0].existing).free
        if free < needed:
            yield Problem(
                f"Found {free / GIB:.1f} GiB free on the disk of {names}, expected {needed / GIB:.1f}: free some, "
                f"or {' or '.join(dict.fromkeys(folder.remedy for folder in on_it))}."
            )
        counted = os.statvfs(on_it[0].existing)
        if counted.f_files and counted.f_favail < NEEDED_FILES:
            yield Problem(
                f"Found room for {counted.f_favail} files (inodes) on the disk of {names}, expected {NEEDED_FILES}: "
                "delete some."
            )


def owner(folder: Path) -> str:
    """For people."""
    try:
        return folder.owner()
    except KeyError:  # it has no name here
        return f"user {folder.stat().st_uid}"


def is_of_another(folder: Path) -> bool:
    return folder.exists() and folder.stat().st_uid != os.geteuid()
