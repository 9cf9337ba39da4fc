"""Replicas: the drain, and the bare driver, with three copies of everything on three nodes beside one copy on one."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from playlog_testkit.stack import Stack

from .bench import Backlog, Bench
from .drain import CASES, Case, drive
from .results import NOT_LOWER, Result, against
from .streams import Rates, drain_with_playlog

COPIES = (1, 3)
SETTINGS = "local.history = 0 s"
ONE_SPARK = {"spark.master": "local[2,4]", "spark.stream-memory": "1200m"}
"""The same for both, as shipped with one node: what differs is Kafka and Cassandra."""


def measure(bench: Bench) -> list[Result]:
    """All nodes share this machine: what counts is how far the bare driver is ahead, not how long three copies take."""
    made = []
    with three_nodes(bench) as three:
        for case in CASES:
            backlog = Backlog(f"replicas-{case.listeners}", bench.sizes.replicated_listens, case.listeners)
            runs = {}
            for copies, at in zip(COPIES, (bench, three), strict=True):
                at.fill(backlog)
                bench.say(f"warms Cassandra up, {shown(copies)}")
                bare = partial(drive, at, backlog, case.rows_per_batch, case.in_flight)
                bare()
                runs[f"Playlog, {shown(copies)}"] = partial(drain_with_playlog, at, backlog)
                runs[f"the bare driver, {shown(copies)}"] = bare
            made += results(case, bench.alternate(runs))
    return made


@contextmanager
def three_nodes(bench: Bench) -> Iterator[Bench]:
    """A stack of its own beside the one that there is."""
    folder = bench.folder / "three"
    folder.mkdir()
    stack = Stack(folder / "var", SETTINGS)
    stack.variables |= {"PLAYLOG_LOCAL_NODES": "3", "PLAYLOG_SPARK_MASTER": ONE_SPARK["spark.master"]}
    try:
        bench.say("starts three brokers and three Cassandra nodes")
        stack.output("start-all.sh", "--without-airflow")
        stack.output("control.sh", "stop", "producer", "stream", "web")
        three = Bench(stack, folder, bench.output, bench.sizes, bench.say, common=ONE_SPARK)
        three.create_tables()
        yield three
    finally:
        stack.output("stop-all.sh", "--purge")


def results(case: Case, found: Mapping[str, Sequence[Rates]]) -> list[Result]:
    """Of each number of copies our rate against the bare driver's, and both of three against those of one."""
    title = f"drain, {case.listeners:,} listeners"
    ours = {copies: [rates.whole for rates in found[f"Playlog, {shown(copies)}"]] for copies in COPIES}
    bare = {copies: [rates.whole for rates in found[f"the bare driver, {shown(copies)}"]] for copies in COPIES}
    of_bare = {
        copies: [own / other for own, other in zip(ours[copies], bare[copies], strict=True)] for copies in COPIES
    }
    one, three = COPIES
    return [
        *(
            against(f"{title}, {shown(copies)}, against {case.bare}", "listens/s", ours[copies], bare[copies], None)
            for copies in COPIES
        ),
        against(f"{title}, of {case.bare}: RF 3 against RF 1", "ratio", of_bare[three], of_bare[one], NOT_LOWER),
        against(f"{title}, RF 3 against RF 1", "listens/s", ours[three], ours[one], None),
        against(f"{title}, {case.bare}: RF 3 against RF 1", "listens/s", bare[three], bare[one], None),
    ]


def shown(copies: int) -> str:
    return f"RF {copies} on {copies} node{'s' if copies > 1 else ''}"
