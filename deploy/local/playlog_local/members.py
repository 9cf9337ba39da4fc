"""The bundled servers: one of each or several, each member on a loopback address of its own, with the same ports."""

from dataclasses import dataclass
from pathlib import Path

from .layout import Layout

SERVERS = ("kafka", "cassandra")
MOST = 3
SPARK_WORKERS = 2
SPARK = ("spark-master", *(f"spark-worker-{number}" for number in range(1, SPARK_WORKERS + 1)))


@dataclass(frozen=True)
class Member:
    """A broker or a node. `name` is that of its program and of its folder."""

    server: str
    number: int
    name: str

    @property
    def host(self) -> str:
        return host(self.number)

    def address(self, layout: Layout) -> str:
        return f"{self.host}:{layout.settings[f'local.{self.server}-port']}"

    def folder(self, layout: Layout) -> Path:
        return layout.dir / self.name


def host(number: int) -> str:
    """Linux answers on all of 127.0.0.0/8. As LocalSettings.host does."""
    return f"127.0.0.{number}"


def named(server: str, count: int) -> list[Member]:
    """As LocalSettings.dir does: a single one has its server's name."""
    return [Member(server, number, server if count == 1 else f"{server}-{number}") for number in range(1, count + 1)]


def of(layout: Layout, server: str) -> list[Member]:
    """None where the configuration names other servers."""
    return named(server, layout.settings["local.nodes"]) if layout.settings[f"local.{server}-bundled"] else []


def bundled(layout: Layout) -> list[Member]:
    return [member for server in SERVERS for member in of(layout, server)]


def possible(server: str) -> list[str]:
    """The names of its members, however many there are."""
    return [member.name for count in (1, MOST) for member in named(server, count)]
