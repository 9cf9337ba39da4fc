"""Drain: how fast a backlog is stored, against the plain Spark job and the bare driver."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from .bench import BASELINES, CATALOGUE, JOBS_JAR, PRODUCER_JAR, SEED, Backlog, Bench, numbers
from .checkout import OURS
from .processes import output
from .results import Goal, Result, against
from .streams import WARM_AFTER, check_stored, drain_with_playlog, drain_with_report

NO_SLOWER = 0.98
WARM_GOAL = 0.8


@dataclass(frozen=True)
class Case:
    """A number of listeners, and what the bare driver does best with it."""

    listeners: int
    rows_per_batch: int
    in_flight: int
    bare: str
    than_report: float
    than_bare: float


CASES = (
    Case(1_000, 100, 64, "the bare driver in batches of 100", than_report=3, than_bare=0.6),
    Case(200_000, 1, 512, "the bare driver one by one", than_report=2.5, than_bare=0.75),
)


def measure(bench: Bench) -> list[Result]:
    results = []
    for case in CASES:
        backlog = Backlog(f"drain-{case.listeners}", bench.sizes.drained_listens, case.listeners)
        bench.fill(backlog)
        results += _compare(bench, case, backlog)
    return results


def _compare(bench: Bench, case: Case, backlog: Backlog) -> list[Result]:
    bare = partial(drive, bench, backlog, case.rows_per_batch, case.in_flight)
    runs: dict[str, Callable[[], tuple[float, ...]]] = {
        checkout.name: partial(drain_with_playlog, bench, backlog, checkout) for checkout in bench.checkouts
    }
    runs[case.bare] = bare
    if not bench.against:
        runs["the plain Spark job"] = lambda: (drain_with_report(bench, backlog),)
    bench.say("warms Cassandra up")
    bare()
    rates = bench.alternate(runs)
    cold = {name: [rate[0] for rate in found] for name, found in rates.items()}
    warm = {name: [rate[1] for rate in found] for name, found in rates.items() if len(found[0]) > 1}
    name = f"drain, {case.listeners:,} listeners"
    goals = {"the plain Spark job": case.than_report, case.bare: case.than_bare}
    goals |= {checkout.name: NO_SLOWER for checkout in bench.checkouts}
    results = [
        against(f"{name}, against {other}", "listens/s", cold[OURS.name], cold[other], Goal(at_least=goals[other]))
        for other in runs
        if other != OURS.name
    ]
    goals[case.bare] = WARM_GOAL
    return results + [
        against(
            f"{name}, warm, against {other}", "listens/s", warm[OURS.name], warm[other], Goal(at_least=goals[other])
        )
        for other in warm
        if other != OURS.name
    ]


def drive(bench: Bench, backlog: Backlog, rows_per_batch: int, in_flight: int) -> tuple[float, float]:
    """The bare driver's rate, and the one once warm; its rows are those that the stream stores of the backlog."""
    bench.empty_tables()
    rows = [bench.cassandra_port, "spotify", CATALOGUE, SEED, backlog.listens, backlog.listeners, *backlog.span]
    command = ["java", "-cp", f"{JOBS_JAR}:{PRODUCER_JAR}", BASELINES / "BareDriver.java", *rows]
    printed = output(
        [str(word) for word in [*command, rows_per_batch, in_flight, backlog.listens // WARM_AFTER]],
        bench.stack.variables,
    )
    pattern = r"wrote \d+ listens and \d+ listeners in ([\d.]+) s; warm: (\d+) listens in ([\d.]+) s"
    seconds, warm_listens, warm_seconds = numbers(pattern, printed)
    check_stored(bench, "spotify.records", backlog)
    return backlog.listens / seconds, warm_listens / warm_seconds
