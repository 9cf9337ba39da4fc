"""Checkouts of the project that are measured: this one and, with --against, another, such as a commit before."""

import json
from dataclasses import dataclass
from pathlib import Path

from playlog_testkit.stack import ROOT

from .processes import output


@dataclass(frozen=True)
class Checkout:
    """One that is built. Its programs use the bundled servers of this one, and a keyspace of their own."""

    name: str
    root: Path
    keyspace: str

    def script(self, name: str) -> str:
        return str(self.root / "scripts" / name)

    @property
    def producer_jar(self) -> Path:
        return self.root / "producer/target/producer.jar"

    @property
    def jobs_jar(self) -> Path:
        return self.root / "jobs/target/jobs.jar"

    def configuration(self, settings: dict[str, object]) -> str:
        """Its shipped file, and these settings laid over it."""
        own = {"catalogue.path": str(ROOT / "data/spotify-songs.csv"), "cassandra.keyspace": self.keyspace} | settings
        lines = "\n".join(f"{key} = {json.dumps(value)}" for key, value in own.items())
        return f"{(self.root / 'conf/application.conf').read_text()}\nplaylog {{\n{lines}\n}}\n"


OURS = Checkout("Playlog", ROOT, "spotify")


def other(root: Path) -> Checkout:
    commit = output(["git", "-C", str(root), "rev-parse", "--short", "HEAD"], {}).strip()
    return Checkout(f"commit {commit}", root.resolve(), "other")
