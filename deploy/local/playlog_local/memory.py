"""How much memory and how many processes there is room for: on the machine, and in this process's control groups."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from .folders import GIB

PROC = Path("/proc")


class Room(NamedTuple):
    available: int
    """Bytes, or processes and threads."""
    place: str
    """Where the limit is, for people."""


def room() -> Room:
    """The smallest one, of memory."""
    [kilobytes] = re.findall(r"MemAvailable:\s+(\d+) kB", (PROC / "meminfo").read_text())
    return min([Room(int(kilobytes) * 1024, "this machine"), *_of_memory()])


def processes() -> Room | None:
    """Processes and threads that can be started; None without a limit."""
    found = []
    for group, _ in _groups("pids"):
        bounds, used = _limits(group, "pids.max"), _number(group / "pids.current")
        if bounds and used is not None:
            found.append(Room(max(min(bounds) - used, 0), f"the control group {group} ({min(bounds)} in all)"))
    return min(found, default=None)


def _of_memory() -> Iterator[Room]:
    for group, version in _groups("memory"):
        if version == 2:
            bounds, used = _limits(group, "memory.max", "memory.high"), _number(group / "memory.current")
        else:
            bounds, used = _limits(group, "memory.limit_in_bytes"), _number(group / "memory.usage_in_bytes")
        if bounds and used is not None:
            statistics = (group / "memory.stat").read_text() if (group / "memory.stat").is_file() else ""
            freed = re.search(rf"^{'' if version == 2 else 'total_'}inactive_file (\d+)$", statistics, re.MULTILINE)
            available = min(bounds) - used + (int(freed[1]) if freed else 0)
            yield Room(max(available, 0), f"the control group {group} ({min(bounds) / GIB:.1f} GiB in all)")


def _groups(controller: str) -> Iterator[tuple[Path, int]]:
    """The folder of each group that this process is in, up to the root that can be seen from here, and its version."""
    groups = [line.split(":", 2) for line in (PROC / "self/cgroup").read_text().splitlines()]
    for line in (PROC / "self/mountinfo").read_text().splitlines():
        fields, _, after = line.partition(" - ")
        root, mounted = (_unescape(field) for field in fields.split()[3:5])
        kind, _, options = after.split(maxsplit=2)
        if kind == "cgroup2":
            path, version = next((path for number, _, path in groups if number == "0"), None), 2
        elif kind == "cgroup" and controller in options.split(","):
            path, version = next((path for _, names, path in groups if controller in names.split(",")), None), 1
        else:
            continue
        if path is not None:
            below = _below(path, root)
            for folder in (below, *below.parents):
                yield Path(mounted) / folder, version


def _limits(group: Path, *files: str) -> list[int]:
    return [bound for file in files if (bound := _number(group / file)) is not None]


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
