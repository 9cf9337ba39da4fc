"""Ours and the plain Spark job as programs, on a topic and with a checkpoint of its own."""

from collections.abc import Iterator
from contextlib import contextmanager

from playlog_testkit.messages import end_offsets

from .bench import CATALOGUE, Backlog, Bench, check
from .checkout import OURS, Checkout
from .checkpoint import Checkpoint
from .processes import Program, running

START_SECONDS = 180
WARM_AFTER = 3
"""A stream is warm after a third of the backlog: 500,000 listens in a full run."""
DRAIN_SECONDS = 3600
LEAST_SHARE_OF_REPORT = 0.95
"""The plain Spark job loses the songs whose names Spark's CSV defaults misread, and some of a millisecond's listens."""


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
def report(bench: Bench, topic: str, *options: str) -> Iterator[tuple[Program, Checkpoint]]:
    checkpoint = Checkpoint(bench.new_path("checkpoint"))
    addresses = ["--kafka", bench.stack.kafka, "--cassandra-port", bench.cassandra_port]
    data = ["--topic", topic, "--catalogue", str(CATALOGUE), "--checkpoint", str(checkpoint.folder)]
    command = bench.spark_submit("report_stream.py", "spark.stream-memory", *addresses, *data, *options)
    with running(command, bench.spark_variables, bench.new_path("report.log")) as program:
        yield program, checkpoint


def wait_for_start(program: Program, checkpoint: Checkpoint) -> None:
    program.wait_until(checkpoint.has_started, "the stream's start", START_SECONDS)


def wait_for_drain(bench: Bench, program: Program, checkpoint: Checkpoint, topic: str) -> None:
    ends = end_offsets(bench.stack.kafka, topic)
    program.wait_until(lambda: checkpoint.committed(topic) == ends, "the last commit", DRAIN_SECONDS)


def drain_with_playlog(bench: Bench, backlog: Backlog, checkout: Checkout = OURS) -> tuple[float, float]:
    """Listens a second, from the first batch's start to the last commit, into empty tables; and once warm."""
    bench.empty_tables(checkout.keyspace)
    with playlog(bench, backlog.topic, checkout=checkout) as (program, checkpoint):
        wait_for_drain(bench, program, checkpoint, backlog.topic)
    check_stored(bench, f"{checkout.keyspace}.records", backlog)
    warm = checkpoint.warm_rate(backlog.topic, backlog.listens // WARM_AFTER)
    return backlog.listens / checkpoint.seconds(), warm


def drain_with_report(bench: Bench, backlog: Backlog) -> float:
    bench.empty_tables()
    with report(bench, backlog.topic, "--drain") as (program, checkpoint):
        wait_for_drain(bench, program, checkpoint, backlog.topic)
    stored = bench.count("baseline.records")
    share = stored / backlog.listens
    check(LEAST_SHARE_OF_REPORT < share <= 1, f"the plain Spark job stored {stored} of {backlog.listens} listens")
    return backlog.listens / checkpoint.seconds()


def check_stored(bench: Bench, table: str, backlog: Backlog) -> None:
    stored = bench.count(table)
    check(stored == backlog.listens, f"{table} has {stored} rows, not {backlog.listens}")
