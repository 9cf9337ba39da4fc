"""Trickle: what a stream costs that has little to do, and how soon its listens can be read."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from statistics import median

from playlog_testkit.messages import end_offsets

from .bench import Bench, check, shown
from .checkout import OURS, Checkout
from .latency import Load, live
from .processes import cpu_seconds
from .results import NO_LONGER, Goal, Result, against, percentile, round_off
from .streams import playlog

CPU = "CPU s per hour"
LOAD = Load(rate=12.2, listeners=61, sampled=30)
"""As shipped: each of 61 listeners plays a song every five seconds."""
NAME = f"trickle at {LOAD.rate} listens/s"
OF_BEFORE = Goal(at_most=0.6)
SLICE_SECONDS = 30
SETTLE_SECONDS = 10
RATE_OFF_BY = 0.1
"""The rate is kept if the topic has grown by as much as it should have, within this share."""


@dataclass(frozen=True)
class Cost:
    """Processor seconds per hour of the stream and of Cassandra, and latencies in seconds."""

    stream: float
    cassandra: float
    p50: float
    p99: float

    @property
    def together(self) -> float:
        return self.stream + self.cassandra

    def __str__(self) -> str:
        cpu = f"stream {self.stream:,.0f} and Cassandra {self.cassandra:,.0f} {CPU}"
        return f"{cpu}, latency p50 {self.p50:.3f} s, p99 {self.p99:.3f} s"


FIGURES: dict[str, tuple[str, Callable[[Cost], float], Goal | None]] = {
    "stream and Cassandra": (CPU, lambda cost: cost.together, OF_BEFORE),
    "stream": (CPU, lambda cost: cost.stream, None),
    "Cassandra": (CPU, lambda cost: cost.cassandra, None),
    "latency p50": ("s", lambda cost: cost.p50, NO_LONGER),
    "latency p99": ("s", lambda cost: cost.p99, NO_LONGER),
}


def measure(bench: Bench) -> list[Result]:
    found = bench.alternate({checkout.name: partial(_run, bench, checkout) for checkout in bench.checkouts})
    # At the end: then Cassandra is as warm as it was beside the streams.
    bench.say("Cassandra without a stream")
    bench.empty_tables()
    [idle] = _per_hour(bench, [bench.pid("cassandra")])
    return [*results(found), Result(f"{NAME}, Cassandra without a stream", CPU, round_off(idle))]


def results(found: Mapping[str, Sequence[Cost]]) -> list[Result]:
    """Our costs, against another checkout's if there are any."""
    others = [name for name in found if name != OURS.name]
    made = []
    for figure, (unit, of, goal) in FIGURES.items():
        values = {name: [of(cost) for cost in costs] for name, costs in found.items()}
        ours = values[OURS.name]
        made += [against(f"{NAME}, {figure}, against {other}", unit, ours, values[other], goal) for other in others]
        if not others:
            made.append(Result(f"{NAME}, {figure}", unit, round_off(median(ours))))
    return made


def _run(bench: Bench, checkout: Checkout) -> Cost:
    sizes = bench.sizes
    with live(bench, partial(playlog, bench, checkout=checkout), checkout.keyspace, LOAD) as it:
        # The client that polls costs Cassandra more than the stream does, so processor time is measured without it, and
        # afterwards, since the stream is then warmer.
        latencies = it.latencies(sizes.trickle_warm_up_seconds, sizes.trickle_latency_seconds)
        with it.sending() as producer:
            time.sleep(SETTLE_SECONDS)
            before = _sent(bench, it.topic)
            stream, cassandra = _per_hour(bench, [it.program.pid, bench.pid("cassandra")])
            check_rate(before, _sent(bench, it.topic))
            check(producer.process.poll() is None, f"the producer failed:\n{producer.tail()}")
        it.wait_until_all_is_stored()
    return Cost(stream, cassandra, percentile(latencies, 50), percentile(latencies, 99))


def _sent(bench: Bench, topic: str) -> tuple[float, int]:
    """A time, and the number of listens sent until then. The time is that of the answer: asking may take seconds."""
    messages = sum(end_offsets(bench.stack, topic).values())
    return time.monotonic(), messages


def check_rate(before: tuple[float, int], after: tuple[float, int]) -> None:
    sent, expected = after[1] - before[1], LOAD.rate * (after[0] - before[0])
    check(abs(sent - expected) <= RATE_OFF_BY * expected, f"found {sent} listens sent, expected about {expected:.0f}")


def _per_hour(bench: Bench, pids: Sequence[int]) -> list[float]:
    """Processor seconds per hour of each process; shows them by slices, which fall as long as a JVM still compiles."""
    seconds = bench.sizes.trickle_seconds
    taken = [_now(pids)]
    for until in range(SLICE_SECONDS, seconds + 1, SLICE_SECONDS):
        time.sleep(max(0.0, taken[0][0] + until - time.monotonic()))
        taken.append(_now(pids))
    slices = [per_hour(*pair) for pair in pairwise(taken)]
    bench.say(f"    CPU s per hour, each {SLICE_SECONDS} s: " + "; ".join(shown(tuple(each)) for each in slices))
    return per_hour(taken[0], taken[-1])


Moment = tuple[float, list[float]]
"""A time, and the processor time of each process until then."""


def _now(pids: Sequence[int]) -> Moment:
    return time.monotonic(), [cpu_seconds(pid) for pid in pids]


def per_hour(before: Moment, after: Moment) -> list[float]:
    factor = 3600 / (after[0] - before[0])
    return [(now - then) * factor for then, now in zip(before[1], after[1], strict=True)]
