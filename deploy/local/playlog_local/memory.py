"""How much memory there is for new programs: of the machine, and of the control groups that this process is in."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")


class Room(NamedTuple):
    available: int
    """Bytes."""
    place: str
    """Where the limit is, for people."""


def room() -> Room:
    """The smallest one."""
    return min([Room(_of_machine(), "this machine"), *_of_control_groups()])


def _of_machine() -> int:
    [kilobytes] = re.findall(r"MemAvailable:\s+(\d+) kB", (PROC / "meminfo").read_text())
    return int(kilobytes) * 1024


def _of_control_groups() -> Iterator[Room]:
    """Each group that has a limit, up to the root that can be seen from here; of version 1 and 2."""
    groups = [line.split(":", 2) for line in (PROC / "self/cgroup").read_text().splitlines()]
    for line in (PROC / "self/mountinfo").read_text().splitlines():
        fields, _, after = line.partition(" - ")
        root, mounted = (_unescape(field) for field in fields.split()[3:5])
        kind, _, options = after.split(maxsplit=2)
        if kind == "cgroup2":
            names = ("memory.max", "memory.high"), "memory.current", "inactive_file"
            path = next((path for number, _, path in groups if number == "0"), None)
        elif kind == "cgroup" and "memory" in options.split(","):
            names = ("memory.limit_in_bytes",), "memory.usage_in_bytes", "total_inactive_file"
            path = next((path for _, controllers, path in groups if "memory" in controllers.split(",")), None)
        else:
            continue
        if path is not None:
            yield from _of_branch(Path(mounted), _below(path, root), *names)


def _of_branch(top: Path, path: Path, limits: tuple[str, ...], usage: str, freed: str) -> Iterator[Room]:
    for folder in [top / path, *(top / parent for parent in path.parents)]:
        bounds = [bound for limit in limits if (bound := _number(folder / limit)) is not None]
        used = _number(folder / usage)
        if bounds and used is not None:
            statistics = (folder / "memory.stat").read_text() if (folder / "memory.stat").is_file() else ""
            cached = re.search(rf"^{freed} (\d+)$", statistics, re.MULTILINE)
            available = min(bounds) - used + (int(cached[1]) if cached else 0)
            yield Room(max(available, 0), f"the control group {folder} ({min(bounds) / 1024**3:.1f} GiB in all)")


def _below(path: str, root: str) -> Path:
    """A group's path below a mount. In a container it may be the host's, which cannot be seen: then the mount's own."""
    if root != "/":
        path = path.removeprefix(root) if path == root or path.startswith(f"{root}/") else ""
    parts = [part for part in path.split("/") if part not in ("", "..")]
    return Path(*parts)


def _number(file: Path) -> int | None:
    """None for "max", and for a group that has no such file: the root, or one that is another namespace's."""
    try:
        text = file.read_text().strip()
    except OSError:
        return None
    return int(text) if text.isdigit() else None


def _unescape(field: str) -> str:
    return re.sub(r"\\([0-7]{3})", lambda octal: chr(int(octal[1], 8)), field)
