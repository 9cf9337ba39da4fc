"""Replicas: the drain, and the bare driver, with three copies on three nodes beside one copy on one node."""

from collections.abc import Mapping, Sequence
from functools import partial

from .bench import Backlog, Bench
from .drain import CASES, RATES, Case, drive
from .results import NOT_LOWER, Result, against
from .servers import servers
from .streams import Rates, drain_with_playlog

NODES = 3
SPARK_MASTER, SPARK_MEMORY = "spark.master", "spark.stream-memory"
BATCHES, ONE_BY_ONE = CASES
ONE, THREE = "RF 1", "RF 3"


def measure(bench: Bench) -> list[Result]:
    return _measure(bench, ONE_BY_ONE, bench.sizes.replicated_listens)


def measure_batches(bench: Bench) -> list[Result]:
    """Of more listens, since batches of one partition are written faster."""
    return _measure(bench, BATCHES, 3 * bench.sizes.replicated_listens)


def _measure(bench: Bench, case: Case, listens: int) -> list[Result]:
    """The second stack has three of each server, and the first one's Spark: nothing else is to differ.

    The backlog is small, since three nodes on one machine are slow: by three batches there is a rate once warm.
    """
    backlog = Backlog(f"replicas-{case.listeners}", listens, case.listeners)
    variables = {"PLAYLOG_LOCAL_NODES": str(NODES), "PLAYLOG_SPARK_MASTER": str(bench.settings[SPARK_MASTER])}
    settings = {SPARK_MEMORY: bench.settings[SPARK_MEMORY], "stream.max-offsets-per-trigger": listens // 3}
    folder = bench.new_path("three-nodes")
    folder.mkdir()
    bench.say("starts three brokers and three Cassandra nodes")
    with servers(folder, NODES, variables) as stack:
        three = Bench(stack, folder, bench.output, bench.sizes, bench.say)
        runs = {}
        for copies, at in ((ONE, bench), (THREE, three)):
            at.fill(backlog)
            bare = partial(drive, at, backlog, case.rows_per_batch, case.in_flight)
            bench.say(f"warms Cassandra up, {copies}")
            bare()
            runs[ours(copies)] = partial(drain_with_playlog, at, backlog, settings=settings)
            runs[driver(copies)] = bare
        return results(case, bench.alternate(runs))


def ours(copies: str) -> str:
    return f"Playlog at {copies}"


def driver(copies: str) -> str:
    return f"the bare driver at {copies}"


def results(case: Case, found: Mapping[str, Sequence[Rates]]) -> list[Result]:
    """The nodes share the machine: what counts is the ratio to the bare driver, which three copies must not lower."""
    title = f"replicas, {case.listeners:,} listeners"
    made = []
    for kind, rate_of in RATES.items():
        rates = {name: [rate for rate in map(rate_of, of_one) if rate is not None] for name, of_one in found.items()}
        for of in (ours, driver):
            if rates[of(ONE)]:
                name = f"{title}, {kind}{of(THREE)} against {ONE}"
                made.append(against(name, "listens/s", rates[of(THREE)], rates[of(ONE)], None))
        if not rates[driver(ONE)]:
            continue
        shares = {}
        for copies in (ONE, THREE):
            own, bare = rates[ours(copies)], rates[driver(copies)]
            shares[copies] = [one / other for one, other in zip(own, bare, strict=True)]
            made.append(against(f"{title}, {kind}{copies}, against {case.bare}", "listens/s", own, bare, None))
        name = f"{title}, {kind}share of the bare driver's rate, {THREE} against {ONE}"
        made.append(against(name, "ratio", shares[THREE], shares[ONE], NOT_LOWER))
    return made
