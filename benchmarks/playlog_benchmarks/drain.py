"""Drain: how fast a backlog is stored, against the plain Spark job and the bare driver."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from .bench import BASELINES, CATALOGUE, JOBS_JAR, PRODUCER_JAR, SEED, Backlog, Bench, numbers
from .checkout import OURS
from .processes import output
from .results import NOT_LOWER, Goal, Result, against
from .streams import PLAIN_SPARK, Rates, check_stored, drain_with_plain_spark, drain_with_playlog

OF_BARE_ONCE_WARM = 0.8


@dataclass(frozen=True)
class Case:
    """A number of listeners, and what the bare driver does best with it."""

    listeners: int
    rows_per_batch: int
    in_flight: int
    bare: str
    of_plain_spark: float
    of_bare: float

    def goal(self, other: str, warm: bool) -> Goal:
        if other == PLAIN_SPARK:
            return Goal(at_least=self.of_plain_spark)
        if other == self.bare:
            return Goal(at_least=OF_BARE_ONCE_WARM if warm else self.of_bare)
        return NOT_LOWER


CASES = (
    Case(1_000, 100, 64, "the bare driver in batches of 100", of_plain_spark=3, of_bare=0.6),
    Case(200_000, 1, 512, "the bare driver one by one", of_plain_spark=2.5, of_bare=0.75),
)


def measure(bench: Bench) -> list[Result]:
    made = []
    for case in CASES:
        backlog = Backlog(f"drain-{case.listeners}", bench.sizes.drained_listens, case.listeners)
        bench.fill(backlog)
        made += _compare(bench, case, backlog)
    return made


def _compare(bench: Bench, case: Case, backlog: Backlog) -> list[Result]:
    bare = partial(drive, bench, backlog, case.rows_per_batch, case.in_flight)
    runs: dict[str, Callable[[], Rates]] = {
        checkout.name: partial(drain_with_playlog, bench, backlog, checkout) for checkout in bench.checkouts
    }
    if not bench.against:
        runs[PLAIN_SPARK] = partial(drain_with_plain_spark, bench, backlog)
    runs[case.bare] = bare
    bench.say("warms up: Cassandra, and what Spark's first start reads")
    bare()
    runs[OURS.name]()
    return results(case, bench.alternate(runs))


RATES: Mapping[str, Callable[[Rates], float | None]] = {
    "": lambda rates: rates.whole,
    "once warm, ": lambda rates: rates.warm,
    "a second of processor time, ": lambda rates: rates.processor,
}


def results(case: Case, found: Mapping[str, Sequence[Rates]]) -> list[Result]:
    """Our rates against each other one's, of each kind that is known of both."""
    made = []
    for what, rate_of in RATES.items():
        rates = {name: [rate for rate in map(rate_of, of_one) if rate is not None] for name, of_one in found.items()}
        for other in [name for name in found if name != OURS.name and rates[name]]:
            title = f"drain, {case.listeners:,} listeners, {what}against {other}"
            goal = case.goal(other, warm=what.startswith("once warm"))
            made.append(against(title, "listens/s", rates[OURS.name], rates[other], goal))
    return made


def drive(bench: Bench, backlog: Backlog, rows_per_batch: int, in_flight: int) -> Rates:
    """The bare driver; its rows are those that the stream stores of the backlog."""
    bench.empty_tables()
    rows = [bench.cassandra_port, OURS.keyspace, CATALOGUE, SEED, backlog.listens, backlog.listeners, *backlog.span]
    command = ["java", "-cp", f"{JOBS_JAR}:{PRODUCER_JAR}", BASELINES / "BareDriver.java", *rows]
    command += [rows_per_batch, in_flight, backlog.warm_after]
    printed = output([str(word) for word in command], bench.stack.variables)
    pattern = r"wrote \d+ listens and \d+ listeners in ([\d.]+) s; once warm (\d+) listens in ([\d.]+) s"
    seconds, warm_listens, warm_seconds = numbers(pattern, printed)
    check_stored(bench, f"{OURS.keyspace}.records", backlog.listens)
    return Rates(backlog.listens / seconds, warm_listens / warm_seconds)
