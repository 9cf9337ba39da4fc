"""Trickle: what a stream costs that has little to do, and how soon its listens can be read."""

import time
from dataclasses import dataclass
from functools import partial

from playlog_testkit.stack import ROOT

from .bench import Bench
from .checkout import OURS, Checkout
from .processes import cpu_seconds, running
from .readable import Readable
from .results import Goal, Result, against, percentile, round_off
from .streams import playlog, wait_for_start

LISTENERS = 61
RATE = 12.2
"""As shipped: each listener plays a song every five seconds."""
AT_MOST = 0.6
LATENCY_AT_MOST = round(1 / 0.98, 2)


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


def measure(bench: Bench) -> list[Result]:
    idle = _idle(bench)
    found = bench.alternate({checkout.name: partial(_run, bench, checkout) for checkout in bench.checkouts})
    ours = [Cost(*cost) for cost in found[OURS.name]]
    name = f"trickle at {RATE} listens/s"
    results = [Result(f"{name}, Cassandra without a stream", "CPU s per hour", round_off(idle))]
    if not bench.against:
        middle = sorted(ours, key=lambda cost: cost.together)[len(ours) // 2]
        return [
            *results,
            Result(f"{name}, stream", "CPU s per hour", round_off(middle.stream)),
            Result(f"{name}, Cassandra", "CPU s per hour", round_off(middle.cassandra)),
            Result(f"{name}, latency p50", "s", round_off(middle.p50)),
            Result(f"{name}, latency p99", "s", round_off(middle.p99)),
        ]
    theirs = [Cost(*cost) for cost in found[bench.against.name]]
    figures = {
        "stream and Cassandra": ("CPU s per hour", lambda cost: cost.together, Goal(at_most=AT_MOST)),
        "stream": ("CPU s per hour", lambda cost: cost.stream, None),
        "Cassandra": ("CPU s per hour", lambda cost: cost.cassandra, None),
        "latency p50": ("s", lambda cost: cost.p50, Goal(at_most=LATENCY_AT_MOST)),
        "latency p99": ("s", lambda cost: cost.p99, Goal(at_most=LATENCY_AT_MOST)),
    }
    return results + [
        against(
            f"{name}, {figure}, against {bench.against.name}",
            unit,
            [value(cost) for cost in ours],
            [value(cost) for cost in theirs],
            goal,
        )
        for figure, (unit, value, goal) in figures.items()
    ]


def _idle(bench: Bench) -> float:
    """Of Cassandra, with tables and nobody who uses them."""
    bench.empty_tables()
    pid = bench.pid("cassandra")
    return _per_hour([pid], bench.sizes.trickle_seconds)[0]


def _run(bench: Bench, checkout: Checkout) -> tuple[float, float, float, float]:
    bench.empty_tables(checkout.keyspace)
    topic = bench.new_path("trickle").name
    producer = bench.new_topic(topic, {})
    command = [str(ROOT / "scripts/run-producer.sh")]
    sizes = bench.sizes
    with playlog(bench, topic, checkout=checkout) as (program, checkpoint), bench.stack.session() as session:
        wait_for_start(program, checkpoint)
        with running(command, producer.variables, bench.new_path("producer.log")):
            # Classes are loaded and compiled, and the first batches are over.
            time.sleep(sizes.trickle_warm_up_seconds)
            stream, cassandra = _per_hour([program.pid, bench.pid("cassandra")], sizes.trickle_seconds)
        # The client that polls would cost Cassandra more than the stream does, so it comes afterwards.
        count = str(round(RATE * sizes.trickle_latency_seconds))
        with running([*command, "--count", count], producer.variables, bench.new_path("producer.log")) as sending:
            begun = time.time()
            seen = Readable(session, f"{checkout.keyspace}.records").poll_while(program, sending)
    latencies = [read - sent for (_, sent), read in seen.items() if sent >= begun]
    return stream, cassandra, percentile(latencies, 50), percentile(latencies, 99)


def _per_hour(pids: list[int], seconds: int) -> list[float]:
    before = [cpu_seconds(pid) for pid in pids]
    start = time.monotonic()
    time.sleep(seconds)
    factor = 3600 / (time.monotonic() - start)
    return [(cpu_seconds(pid) - used) * factor for pid, used in zip(pids, before, strict=True)]
