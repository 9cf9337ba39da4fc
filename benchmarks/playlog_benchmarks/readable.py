"""When a listen can first be read: a plain CQL client looks again and again."""

import calendar
import time
from datetime import datetime, timedelta

from cassandra.cluster import Session

from .bench import check
from .processes import Program

POLL_SECONDS = 0.05
GRACE_SECONDS = 15
"""How long after the producer's end the last listens may become readable."""
OVERLAP = timedelta(seconds=5)
"""Rows of a listener need not become readable in the order of their times."""


class Readable:
    """When the listens of some listeners could first be read."""

    def __init__(self, session: Session, table: str, listeners: int) -> None:
        """`listeners`: how many of them are watched, the first that the table has."""
        self._session = session
        self._table = table
        self._listeners = listeners
        self._seen: dict[tuple[str, float], float] = {}

    def poll_while(self, stream: Program, producer: Program) -> dict[tuple[str, float], float]:
        """Until some seconds after the producer's end; first reading by name and event time, epoch seconds."""
        names = self._names(stream)
        query = self._session.prepare(f"SELECT name, event_time FROM {self._table} WHERE name IN ? AND event_time > ?")
        newest = dict.fromkeys(names, datetime(2000, 1, 1))
        end = None
        while end is None or time.time() < end:
            check(stream.process.poll() is None, "the stream ended early")
            if end is None and producer.process.poll() is not None:
                check(producer.process.returncode == 0, "the producer failed")
                end = time.time() + GRACE_SECONDS
            rows = list(self._session.execute(query, (names, min(newest.values()) - OVERLAP)))
            now = time.time()
            for row in rows:
                name, event_time = row["name"], row["event_time"]
                newest[name] = max(newest[name], event_time)
                self._seen.setdefault((name, _seconds(event_time)), now)
            time.sleep(max(0.0, POLL_SECONDS - (time.time() - now)))
        self._check_all_were_seen(names)
        return self._seen

    def _check_all_were_seen(self, names: list[str]) -> None:
        query = self._session.prepare(f"SELECT count(*) FROM {self._table} WHERE name = ?")
        stored = sum(self._session.execute(query, (name,)).one()["count"] for name in names)
        check(len(self._seen) >= 0.99 * stored, f"saw {len(self._seen)} of {stored} listens of the sampled listeners")

    def _names(self, stream: Program) -> list[str]:
        names: list[str] = []

        def found() -> bool:
            rows = self._session.execute(f"SELECT DISTINCT name FROM {self._table} LIMIT {self._listeners}")
            names[:] = [row["name"] for row in rows]
            return len(names) == self._listeners

        stream.wait_until(found, "the first listens", 120)
        return names


def _seconds(event_time: datetime) -> float:
    """The driver gives UTC without a zone."""
    return calendar.timegm(event_time.timetuple()) + event_time.microsecond / 1e6
