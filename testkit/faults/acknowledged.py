"""What Cassandra acknowledged just before it was killed, and must still have afterwards."""

import os
import signal

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
        query = f"SELECT count(*) AS rows FROM acknowledged.writes WHERE killed = {self.killed}"
        [counted] = wait_until(lambda: self.stack.select_if_up(query), "Cassandra to answer")
        if counted["rows"] != ROWS:
            raise RuntimeError(f"Cassandra acknowledged {ROWS} rows, was killed, and has {counted['rows']} of them")
