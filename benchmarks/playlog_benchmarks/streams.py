"""Ours and the plain Spark job as programs, on a topic and with a checkpoint of its own."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from playlog_testkit.messages import end_offsets

from .bench import CATALOGUE, Backlog, Bench, check
from .checkout import OURS, Checkout
from .checkpoint import Checkpoint
from .processes import Program, machine_seconds, running

START_SECONDS = 180
PLAIN_SPARK = "the plain Spark job"
BASELINE_KEYSPACE = "baseline"
DRAIN_SECONDS = 3600
LEAST_SHARE_OF_PLAIN_SPARK = 0.95
"""The plain Spark job loses the songs whose names Spark's CSV defaults misread, and some of a millisecond's listens."""


@dataclass(frozen=True)
class Rates:
    """Rows a second of a whole run, and of what comes after the first third of the backlog.

    `processor`: rows a second of the machine's processor time, of which the stream's start takes a part. Of two commits
    it tells them apart better than time does, which depends on what else the machine has to do.
    """

    whole: float
    warm: float | None = None
    processor: float | None = None

    def __str__(self) -> str:
        shown = [f"{self.whole:,.0f}/s"]
        if self.warm is not None:
            shown.append(f"once warm {self.warm:,.0f}/s")
        if self.processor is not None:
            shown.append(f"{self.processor:,.0f} a second of processor time")
        return ", ".join(shown)


@contextmanager
def playlog(
    bench: Bench, topic: str, settings: dict[str, object] | None = None, checkout: Checkout = OURS
) -> Iterator[tuple[Program, Checkpoint]]:
    checkpoint = Checkpoint(bench.new_path("checkpoint"))
    own = {"stream.checkpoint": str(checkpoint.folder)} | (settings or {})
    variables = bench.configured(topic, own, checkout).variables
    command = [checkout.script("submit-stream.sh")]
    with running(command, variables, bench.new_path("stream.log")) as program:
        yield program, checkpoint


@contextmanager
def plain_spark(bench: Bench, topic: str, *options: str) -> Iterator[tuple[Program, Checkpoint]]:
    checkpoint = Checkpoint(bench.new_path("checkpoint"))
    addresses = ["--kafka", bench.stack.kafka, "--cassandra-port", bench.cassandra_port]
    data = ["--topic", topic, "--catalogue", str(CATALOGUE), "--checkpoint", str(checkpoint.folder)]
    command = bench.spark_submit("plain_spark_stream.py", "spark.stream-memory", *addresses, *data, *options)
    with running(command, bench.spark_variables, bench.new_path("plain-spark.log")) as program:
        yield program, checkpoint


def wait_for_start(program: Program, checkpoint: Checkpoint) -> None:
    program.wait_until(checkpoint.has_started, "the stream's start", START_SECONDS)


def wait_for_drain(bench: Bench, program: Program, checkpoint: Checkpoint, topic: str) -> None:
    ends = end_offsets(bench.stack, topic)
    program.wait_until(lambda: checkpoint.committed(topic) == ends, "the last commit", DRAIN_SECONDS)


def drain_with_playlog(
    bench: Bench, backlog: Backlog, checkout: Checkout = OURS, settings: dict[str, object] | None = None
) -> Rates:
    """From the first batch's start to the last commit, into empty tables."""
    bench.empty_tables()
    before = machine_seconds()
    with playlog(bench, backlog.topic, settings, checkout) as (program, checkpoint):
        wait_for_drain(bench, program, checkpoint, backlog.topic)
        used = machine_seconds() - before
    check_stored(bench, f"{checkout.keyspace}.records", backlog.listens)
    return Rates(
        backlog.listens / checkpoint.seconds(),
        checkpoint.warm_rate(backlog.topic, backlog.warm_after),
        backlog.listens / used,
    )


def drain_with_plain_spark(bench: Bench, backlog: Backlog) -> Rates:
    """It takes all that waits in one batch, so nothing tells its rate once warm."""
    bench.empty_tables()
    with plain_spark(bench, backlog.topic, "--drain") as (program, checkpoint):
        wait_for_drain(bench, program, checkpoint, backlog.topic)
    stored = bench.count(f"{BASELINE_KEYSPACE}.records")
    share = stored / backlog.listens
    check(LEAST_SHARE_OF_PLAIN_SPARK < share <= 1, f"{PLAIN_SPARK} stored {stored} of {backlog.listens} listens")
    return Rates(backlog.listens / checkpoint.seconds())


def check_stored(bench: Bench, table: str, expected: int) -> None:
    stored = bench.count(table)
    check(stored == expected, f"{table} has {stored} rows, expected {expected}")
