"""Page: how long a person waits for it while a backlog is drained, and how much a browser loads."""

import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from urllib.parse import quote

from playlog_testkit.messages import end_offsets
from playlog_testkit.stack import ROOT

from .bench import HOUR, Backlog, Bench, check
from .checkout import OURS
from .processes import running
from .results import Goal, Result, percentile, round_off
from .streams import check_stored, playlog, wait_for_drain, wait_for_start
from .summary import publish

LISTENERS = 1_000
HOURS = 24
NAMES = 200
IDLE_ROUNDS = 100
START_SECONDS = 60
LONGEST_MS = Goal(at_most=100)
LOADED = re.compile(r'(?:src|href)="(/[^"]+\.(?:css|js|svg|png|ico))"')

Pages = Mapping[str, Iterator[str]]
"""Addresses by kind of page, each time of another listener."""
Times = Mapping[str, Sequence[float]]
"""Milliseconds of each request, by kind of page."""


def measure(bench: Bench) -> list[Result]:
    """Asks for one page after the other, from the backlog's first batch to its last."""
    bench.empty_tables()
    stored = Backlog("page", bench.sizes.drained_listens, LISTENERS, HOURS)
    bench.fill(stored)
    with playlog(bench, stored.topic) as (stream, checkpoint):
        wait_for_drain(bench, stream, checkpoint, stored.topic)
    bench.say("publishes an hour")
    publish(bench, stored, OURS.keyspace)
    backlog = Backlog("page-drain", bench.sizes.drained_listens, LISTENERS, HOURS, stored.end - HOURS * HOUR)
    bench.fill(backlog)
    bench.settle()
    ends = end_offsets(bench.stack, backlog.topic)
    with page_server(bench, backlog.topic) as client:
        pages = _pages(bench, stored.last_hour)
        bench.say("pages are asked for, at first to warm the server up")
        client.ask(pages, iter(range(IDLE_ROUNDS)))
        idle = client.ask(pages, iter(range(IDLE_ROUNDS)))
        with playlog(bench, backlog.topic) as (stream, checkpoint):
            wait_for_start(stream, checkpoint)
            bench.say("pages are asked for while the stream drains")
            beside = client.ask(pages, _until(lambda: checkpoint.committed(backlog.topic) == ends))
            wait_for_drain(bench, stream, checkpoint, backlog.topic)
        weights = {name: client.weight(next(addresses)) for name, addresses in pages.items()}
    check_stored(bench, f"{OURS.keyspace}.records", stored.listens + backlog.listens)
    return results(idle, beside, weights)


def results(idle: Times, beside: Times, weights: Mapping[str, tuple[int, int]]) -> list[Result]:
    """`weights`: bytes of a page, and of all that comes with it."""
    made = []
    for name, times in beside.items():
        slowest, alone = (round_off(percentile(found, 99)) for found in (times, idle[name]))
        title = f"page, {name}, p99 of {len(times)} beside a drain, and alone"
        goal, met = str(LONGEST_MS), LONGEST_MS.met(slowest)
        made.append(Result(title, "ms", slowest, alone, round(slowest / alone, 3), goal=goal, met=met))
    for name, (own, loaded) in weights.items():
        made.append(
            Result(f"page, {name}, what a browser loads, and of it the page itself", "bytes", own + loaded, own)
        )
    return made


class Client:
    """One connection to the page's server."""

    def __init__(self, connection: HTTPConnection) -> None:
        self._connection = connection

    def is_answered(self) -> bool:
        """Whether the server has found out how things are."""
        try:
            return b"\nplaylog_stream_lag_messages{" in self.get("/metrics")
        except (OSError, HTTPException):
            self._connection.close()
            return False

    def get(self, address: str) -> bytes:
        """What comes, compressed as for a browser if it is a page."""
        headers = {} if address == "/metrics" else {"Accept-Encoding": "gzip"}
        self._connection.request("GET", address, headers=headers)
        answer = self._connection.getresponse()
        body = answer.read()
        check(answer.status == 200, f"{address} was answered with {answer.status}")
        return body

    def ask(self, pages: Pages, rounds: Iterator[object]) -> Times:
        """Asks for one page of each kind in each round."""
        found: dict[str, list[float]] = {name: [] for name in pages}
        for _ in rounds:
            for name, addresses in pages.items():
                begun = time.perf_counter()
                self.get(next(addresses))
                found[name].append((time.perf_counter() - begun) * 1000)
        return found

    def weight(self, address: str) -> tuple[int, int]:
        """Bytes of the page, and of what a browser that comes for the first time loads with it."""
        self._connection.request("GET", address)
        plain = self._connection.getresponse().read().decode()
        return len(self.get(address)), sum(len(self.get(each)) for each in set(LOADED.findall(plain)))


def _until(condition: Callable[[], bool]) -> Iterator[object]:
    return iter(condition, True)


@contextmanager
def page_server(bench: Bench, topic: str, settings: dict[str, object] | None = None) -> Iterator[Client]:
    """A server that watches the stream of the topic, has found out how things are, and ends with its client."""
    stack = bench.configured(topic, settings or {})
    port = int(stack.variables["PLAYLOG_WEB_PORT"])
    command = [str(ROOT / "scripts/run-web.sh")]
    with running(command, stack.variables, bench.new_path("web.log")) as server:
        client = Client(HTTPConnection("127.0.0.1", port, timeout=START_SECONDS))
        server.wait_until(client.is_answered, "the page", START_SECONDS)
        yield client


def _pages(bench: Bench, hour: str) -> Pages:
    """`hour`: one that is published."""
    rows = bench.stack.select(f"SELECT DISTINCT name FROM {OURS.keyspace}.records LIMIT {NAMES}")
    names = [quote(row["name"], safe="") for row in rows]
    day, year = hour[:10], hour[:4]
    return {
        "overview": cycle(["/"]),
        "search": cycle([f"/listeners?q={quote(row['name'][:2])}" for row in rows]),
        "a listener's 30 days": cycle([f"/listeners/{name}" for name in names]),
        "a listener's day": cycle([f"/listeners/{name}?from={day}&to={day}" for name in names]),
        "a listener's year": cycle([f"/listeners/{name}/{year}" for name in names]),
        "hours": cycle(["/hours"]),
        "an hour": cycle([f"/hours/{hour[:16]}Z"]),
        "operation": cycle(["/operation"]),
        "metrics": cycle(["/metrics"]),
    }
