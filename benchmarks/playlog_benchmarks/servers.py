"""The servers that are measured: a stack's Kafka and Cassandra, and what Cassandra's nodes are busy with."""

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from cassandra.cluster import NoHostAvailable, Session
from cassandra.pool import Host
from cassandra.protocol import TruncateError, Unavailable
from playlog_testkit.stack import Stack

SETTINGS = "local.history = 0 s"


@contextlib.contextmanager
def servers(folder: Path, nodes: int = 1, variables: Mapping[str, str] | None = None) -> Iterator[Stack]:
    """A stack of its own in this folder, of which Kafka and Cassandra run."""
    stack = Stack(folder / "var", SETTINGS, nodes).with_variables(dict(variables or {}))
    try:
        stack.output("start-all.sh", "--without-airflow")
        stack.output("control.sh", "stop", "producer", "stream", "web")
        yield stack
    finally:
        stack.output("stop-all.sh", "--purge")


def is_settled(session: Session, node: Host) -> bool:
    """Whether it answers, and compacts nothing. One that was too busy for long counts as down for a while."""
    with contextlib.suppress(NoHostAvailable):
        return not session.execute("SELECT * FROM system_views.sstable_tasks", host=node).one()
    return False


def truncated(session: Session, table: str) -> bool:
    """Whether all nodes did it, which have to be up for that."""
    with contextlib.suppress(Unavailable, TruncateError):
        session.execute(f"TRUNCATE {table}")
        return True
    return False
