"""Drain: how fast a backlog is stored, against the report's job and the bare driver."""

from collections.abc import Callable
from dataclasses import dataclass

from .bench import CATALOGUE, JOBS_JAR, PRODUCER_JAR, SEED, YARDSTICKS, Backlog, Bench, numbers
from .processes import output
from .results import Goal, Result, against
from .streams import check_stored, drain_with_playlog, drain_with_report


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
    runs: dict[str, Callable[[], float]] = {
        "Playlog": lambda: drain_with_playlog(bench, backlog),
        "the report's job": lambda: drain_with_report(bench, backlog),
        case.bare: lambda: drive(bench, backlog, case.rows_per_batch, case.in_flight),
    }
    bench.say("warms Cassandra up")
    drive(bench, backlog, case.rows_per_batch, case.in_flight)
    rates = bench.alternate(runs)
    goals = {"the report's job": case.than_report, case.bare: case.than_bare}
    return [
        against(
            f"drain, {case.listeners:,} listeners, against {other}",
            "listens/s",
            rates["Playlog"],
            rates[other],
            Goal(at_least=goal),
        )
        for other, goal in goals.items()
    ]


def drive(bench: Bench, backlog: Backlog, rows_per_batch: int, in_flight: int) -> float:
    """The bare driver's rate; its rows are those that the stream stores of the backlog."""
    bench.empty_tables()
    rows = [bench.cassandra_port, "spotify", CATALOGUE, SEED, backlog.listens, backlog.listeners, *backlog.span]
    command = ["java", "-cp", f"{JOBS_JAR}:{PRODUCER_JAR}", YARDSTICKS / "BareDriver.java", *rows]
    printed = output([str(word) for word in [*command, rows_per_batch, in_flight]], bench.stack.variables)
    [seconds] = numbers(r"wrote \d+ listens and \d+ listeners in ([\d.]+) s", printed)
    check_stored(bench, "spotify.records", backlog)
    return backlog.listens / seconds
