"""Checkouts of the project that are measured: this one and, with --against, another, such as a commit before."""

import json
import os
from dataclasses import dataclass, replace
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


class NotBuiltError(Exception):
    """The other checkout has no jars."""


def other(root: Path) -> Checkout:
    """The checkout in this folder, named by its commit or, without git, by its folder."""
    found = Checkout(root.resolve().name, root.resolve(), "other")
    for jar in (found.producer_jar, found.jobs_jar):
        if not jar.exists():
            raise NotBuiltError(
                f"found no {jar}, expected a checkout that is built: cd {root}; mvn -DskipTests package"
            )
    try:
        commit = output(["git", "-C", str(root), "rev-parse", "--short", "HEAD"], dict(os.environ)).strip()
    except (OSError, RuntimeError):
        return found
    return replace(found, name=f"commit {commit}")
