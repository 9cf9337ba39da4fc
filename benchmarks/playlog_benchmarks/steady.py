"""A stream at a steady rate: how long listens take to become readable, and the processor time that they cost."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass

from playlog_testkit.stack import ROOT

from .bench import Bench, check
from .checkpoint import Checkpoint
from .processes import Program, cpu_seconds, running
from .readable import SAMPLED_LISTENERS, Readable
from .streams import wait_for_start

RATE = 2_000
LISTENERS = 1_000
LEAST_SHARE_OF_SAMPLES = 0.9
"""The rate is kept if the sampled listeners have nearly as many listens as they should have."""

Stream = Callable[[str], AbstractContextManager[tuple[Program, Checkpoint]]]
"""Starts a stream that reads the topic of this name."""


@dataclass(frozen=True)
class Steady:
    """`latencies`: seconds; `cpu_seconds`: of the stream and of Cassandra together, per million listens."""

    latencies: list[float]
    cpu_seconds: float


def run(bench: Bench, stream: Stream, table: str, seconds: int) -> Steady:
    """After the warm-up, which is not part of `seconds`."""
    bench.empty_tables(table.partition(".")[0] if table != "baseline.records" else "spotify")
    topic = bench.new_path("live").name
    producer = bench.new_topic(topic, {"producer.listeners": LISTENERS - 1})
    warm_up = bench.sizes.latency_warm_up_seconds
    count = RATE * (warm_up + seconds)
    command = [str(ROOT / "scripts/run-producer.sh"), "--rate", str(RATE), "--count", str(count)]
    with stream(topic) as (program, checkpoint), bench.stack.session() as session:
        wait_for_start(program, checkpoint)
        pids = (program.pid, bench.pid("cassandra"))
        before = sum(cpu_seconds(pid) for pid in pids)
        with running(command, producer.variables, bench.new_path("producer.log")) as sending:
            seen = Readable(session, table).poll_while(program, sending)
        used = sum(cpu_seconds(pid) for pid in pids) - before
    measured_from = min(sent for _, sent in seen) + warm_up
    latencies = [read - sent for (_, sent), read in seen.items() if sent >= measured_from]
    least = seconds * RATE * SAMPLED_LISTENERS / LISTENERS * LEAST_SHARE_OF_SAMPLES
    check(len(latencies) >= least, f"only {len(latencies)} latencies, expected {least:.0f} at least")
    return Steady(latencies, used / count * 1e6)
