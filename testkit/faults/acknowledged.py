"""What Cassandra acknowledged just before it was killed, and must still have afterwards."""

import os
import signal
from contextlib import suppress

from playlog_testkit.stack import Stack
from playlog_testkit.waiting import wait_until

ROWS = 100


class LastWrites:
    """Rows of a table of its own, of which the last one is acknowledged when the server is killed at once.

    A kill at a random moment finds rows that were acknowledged within the last milliseconds only by chance.
    """

    def __init__(self, stack: Stack) -> None:
        self.stack = stack

    def kill_after(self, pid: int) -> None:
        with self.stack.session() as session:
            replication = "{'class': 'SimpleStrategy', 'replication_factor': 1}"
            session.execute(f"CREATE KEYSPACE IF NOT EXISTS acknowledged WITH replication = {replication}")
            session.execute(
                "CREATE TABLE IF NOT EXISTS acknowledged.writes (killed int, row int, PRIMARY KEY (killed, row))"
            )
            insert = session.prepare("INSERT INTO acknowledged.writes (killed, row) VALUES (?, ?)")
            self.killed = pid
            for row in range(ROWS):
                session.execute(insert, (pid, row))
            os.kill(pid, signal.SIGKILL)

    def require_kept(self) -> None:
        """Waits until Cassandra answers again."""
        found = wait_until(self._found, "Cassandra to answer")[0]["rows"]
        if found != ROWS:
            raise RuntimeError(f"Cassandra acknowledged {ROWS} rows, was killed, and has {found} of them")

    def _found(self) -> list[dict]:
        query = f"SELECT count(*) AS rows FROM acknowledged.writes WHERE killed = {self.killed}"
        with suppress(Exception):  # It may not be up yet; the driver has a dozen ways to say so.
            return self.stack.select(query)
        return []
