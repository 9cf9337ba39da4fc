"""How long listens wait until they are stored: from the moment at which they are sent, whatever happens meanwhile."""

import statistics
import threading
import time
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import inf
from operator import itemgetter
from typing import Any, NamedTuple

from cassandra.policies import ConstantSpeculativeExecutionPolicy
from cassandra.query import ConsistencyLevel, SimpleStatement
from playlog_testkit.stack import Stack

from .trial import TOPIC

POLL_SECONDS = 0.2
ASK_ANOTHER_AFTER_SECONDS = 0.3
TIMEOUT_SECONDS = 10.0


class Sent(NamedTuple):
    """Where a listen stands in the topic; `at`: milliseconds since the epoch."""

    partition: int
    offset: int
    at: int


class Seen(NamedTuple):
    """`stored`: the offset up to which each partition's messages were stored, when somebody looked; `at` as above."""

    at: int
    stored: dict[int, int]


@dataclass(frozen=True)
class Waits:
    """Seconds. `longest_from`: seconds after the first listen at which the one was sent that waited longest.

    `unseen`: for how long nobody saw anything, at most; the longest wait may be shorter by this.
    """

    median: float
    longest: float
    longest_from: float
    unseen: float


def waits(sent: list[Sent], seen: list[Seen]) -> Waits:
    """Of each listen until somebody first saw that it was stored; infinite if nobody did. There must be listens."""
    steps = {partition: _steps(partition, seen) for partition in {listen.partition for listen in sent}}
    each = [(_wait(listen, *steps[listen.partition]), listen.at) for listen in sent]
    longest, at = max(each, key=itemgetter(0))
    first = min(listen.at for listen in sent)
    median = statistics.median(wait for wait, _ in each)
    return Waits(median, longest, (at - first) / 1000, _longest_gap(sorted(one.at for one in seen)))


def _steps(partition: int, seen: list[Seen]) -> tuple[list[int], list[int]]:
    """When somebody looked, and what was stored then; an answer that was overtaken by another is as that one."""
    answers = sorted((one.at, one.stored[partition]) for one in seen if partition in one.stored)
    return [at for at, _ in answers], [*accumulate((stored for _, stored in answers), max)]


def _wait(listen: Sent, times: list[int], stored: list[int]) -> float:
    first = bisect_right(stored, listen.offset)
    return (times[first] - listen.at) / 1000 if first < len(times) else inf


def _longest_gap(times: list[int]) -> float:
    return max((after - before for before, after in pairwise(times)), default=0) / 1000


class Progress:
    """Looks five times a second how far the stream is, also while a node does not answer.

    One replica's word is enough: the stream says how far it is when all is acknowledged by a quorum.
    """

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.seen: list[Seen] = []

    @contextmanager
    def watched(self) -> Iterator[None]:
        ended = threading.Event()
        thread = threading.Thread(target=self._watch, args=[ended], daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _watch(self, ended: threading.Event) -> None:
        another = ConstantSpeculativeExecutionPolicy(ASK_ANOTHER_AFTER_SECONDS, max_attempts=2)
        cql = f"SELECT kafka_partition, next_offset FROM stream_progress WHERE topic = '{TOPIC}'"
        query = SimpleStatement(cql, is_idempotent=True)
        profile = {
            "consistency_level": ConsistencyLevel.LOCAL_ONE,
            "speculative_execution_policy": another,
            "request_timeout": TIMEOUT_SECONDS,
        }
        with self.stack.session(**profile) as session:
            while not ended.wait(POLL_SECONDS):
                # None waits for the one before; one without an answer is no news.
                session.execute_async(query).add_callbacks(self._note, lambda _: None)
            self._note(session.execute(query).all())

    def _note(self, rows: list[dict[str, Any]]) -> None:
        now = int(time.time() * 1000)
        self.seen.append(Seen(now, {row["kafka_partition"]: row["next_offset"] for row in rows}))
