"""Latency: from the producer's send until a plain client can read the listen, at a steady rate.

And what stream.trigger-interval does to it and to processor time, which it trades against each other.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial

from playlog_testkit.messages import end_offsets
from playlog_testkit.stack import ROOT, Stack

from .bench import Bench, check
from .checkout import OURS
from .checkpoint import Checkpoint
from .processes import Program, cpu_seconds, running
from .readable import Readable
from .results import NO_LONGER, Goal, Result, against, percentile, round_off
from .streams import BASELINE_KEYSPACE, PLAIN_SPARK, check_stored, plain_spark, playlog, wait_for_drain, wait_for_start

OF_PLAIN_SPARK = Goal(at_most=0.5)
INTERVALS = ("100 ms", "250 ms", "1 s", "5 s")
LEAST_SHARE_OF_SAMPLES = 0.9
"""The rate is kept if the sampled listeners have nearly as many listens as they should have."""

Stream = Callable[[str], AbstractContextManager[tuple[Program, Checkpoint]]]
"""Starts a stream that reads the topic of this name."""


@dataclass(frozen=True)
class Load:
    """`rate`: listens a second of all listeners; `sampled`: how many of them are watched."""

    rate: float
    listeners: int
    sampled: int

    @property
    def period(self) -> float:
        """Between two listens of a listener, in seconds."""
        return self.listeners / self.rate


BUSY = Load(rate=2_000, listeners=991, sampled=12)
"""1,000 would play every half second, always at the same times within a trigger interval: how long a dozen of them
waited for their batches would be a matter of when the run had begun."""


class Live:
    """A stream that stores what its producer sends."""

    def __init__(
        self,
        bench: Bench,
        stream: tuple[Program, Checkpoint],
        topic: str,
        keyspace: str,
        load: Load,
        producer: Stack,
    ) -> None:
        self.program, self._checkpoint = stream
        self.topic = topic
        self._bench = bench
        self._table = f"{keyspace}.records"
        self._load = load
        self._producer = producer

    @contextmanager
    def sending(self, count: int | None = None) -> Iterator[Program]:
        """A producer that keeps the rate, until it has sent `count` listens or, without that, until it is ended."""
        command = [str(ROOT / "scripts/run-producer.sh"), "--rate", str(self._load.rate)]
        if count is not None:
            command += ["--count", str(count)]
        with running(command, self._producer.variables, self._bench.new_path("producer.log")) as producer:
            yield producer

    def latencies(self, warm_up: int, seconds: int) -> list[float]:
        """In seconds, of what is sent in `seconds` after the warm-up."""
        load = self._load
        with self._bench.stack.session() as session, self.sending(round(load.rate * (warm_up + seconds))) as producer:
            seen = Readable(session, self._table, load.sampled).poll_while(self.program, producer)
        measured_from = min(sent for _, sent in seen) + warm_up
        found = [read - sent for (_, sent), read in seen.items() if sent >= measured_from]
        least = seconds * load.rate * load.sampled / load.listeners * LEAST_SHARE_OF_SAMPLES
        check(len(found) >= least, f"found {len(found)} latencies, expected {least:.0f} at least")
        return found

    def wait_until_all_is_stored(self) -> None:
        """Fails if a listen is missing; for a stream of ours, and when nobody sends any more."""
        wait_for_drain(self._bench, self.program, self._checkpoint, self.topic)
        sent = sum(end_offsets(self._bench.stack, self.topic).values())
        check_stored(self._bench, self._table, sent)


@contextmanager
def live(bench: Bench, stream: Stream, keyspace: str, load: Load) -> Iterator[Live]:
    """A stream that has just begun to read a new topic, with empty tables."""
    bench.empty_tables()
    topic = bench.new_path("live").name
    producer = bench.new_topic(topic, {"producer.listeners": load.listeners - 1})
    with stream(topic) as (program, checkpoint):
        wait_for_start(program, checkpoint)
        yield Live(bench, (program, checkpoint), topic, keyspace, load, producer)


def measure(bench: Bench) -> list[Result]:
    runs = {
        checkout.name: partial(_percentiles, bench, partial(playlog, bench, checkout=checkout), checkout.keyspace)
        for checkout in bench.checkouts
    }
    other, goal = PLAIN_SPARK, OF_PLAIN_SPARK
    if bench.against:
        other, goal = bench.against.name, NO_LONGER
    else:
        runs[PLAIN_SPARK] = partial(_percentiles, bench, partial(plain_spark, bench), BASELINE_KEYSPACE)
    found = bench.alternate(runs)
    return [
        against(
            f"latency at {BUSY.rate:,} listens/s, p{percent}, against {other}",
            "s",
            [percentiles[index] for percentiles in found[OURS.name]],
            [percentiles[index] for percentiles in found[other]],
            goal,
        )
        for index, percent in enumerate((50, 99))
    ]


def _percentiles(bench: Bench, stream: Stream, keyspace: str) -> tuple[float, float]:
    """p50 and p99 in seconds."""
    with live(bench, stream, keyspace, BUSY) as it:
        latencies = it.latencies(bench.sizes.latency_warm_up_seconds, bench.sizes.latency_seconds)
    return percentile(latencies, 50), percentile(latencies, 99)


def measure_trigger(bench: Bench) -> list[Result]:
    return [result for interval in INTERVALS for result in _with(bench, interval)]


def _with(bench: Bench, interval: str) -> list[Result]:
    bench.say(f"stream with stream.trigger-interval = {interval}")
    stream = partial(playlog, bench, settings={"stream.trigger-interval": interval})
    warm_up, seconds = bench.sizes.latency_warm_up_seconds, bench.sizes.trigger_seconds
    with live(bench, stream, OURS.keyspace, BUSY) as it:
        pids = (it.program.pid, bench.pid("cassandra"))
        before = sum(cpu_seconds(pid) for pid in pids)
        latencies = it.latencies(warm_up, seconds)
        used = sum(cpu_seconds(pid) for pid in pids) - before
    name = f"trigger-interval {interval} at {BUSY.rate:,} listens/s"
    each = round_off(used / (BUSY.rate * (warm_up + seconds)) * 1e6)
    return [
        Result(f"{name}, latency p50", "s", round_off(percentile(latencies, 50))),
        Result(f"{name}, latency p99", "s", round_off(percentile(latencies, 99))),
        Result(f"{name}, stream and Cassandra", "CPU s per million listens", each),
    ]
