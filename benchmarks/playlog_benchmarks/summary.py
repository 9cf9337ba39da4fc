"""Hourly summary: what an hour costs on a history of growing length, against a filter over the whole table."""

from collections.abc import Callable
from functools import partial
from itertools import cycle
from statistics import median

from .bench import Backlog, Bench, check, numbers
from .checkout import OURS, Checkout
from .processes import output
from .results import NO_LONGER, Goal, Result, against, alone
from .streams import check_stored, playlog, wait_for_drain

LISTENERS = 1_000
SLOWER_AT_MOST = 1.3
WIDE_HOUR_SECONDS = {200_000: Goal(at_most=20), 1_000_000: Goal(at_most=100)}
"""For a million listens, by listeners."""


def measure(bench: Bench) -> list[Result]:
    if bench.against:
        return _against_checkout(bench, bench.against)
    backlogs = {factor: _history(bench, factor) for factor in bench.sizes.histories}
    runs: dict[str, Callable[[], float]] = {}
    for factor, backlog in backlogs.items():
        runs[f"hourly summary, history {factor}x"] = partial(publish, bench, backlog, _keyspace(factor))
        runs[f"plain Spark query, history {factor}x"] = partial(_query, bench, backlog, _keyspace(factor))
    bench.settle()
    seconds = bench.alternate(runs)
    ours = {factor: seconds[f"hourly summary, history {factor}x"] for factor in backlogs}
    results = [
        against(
            f"hourly summary, history {factor}x, against a plain Spark query",
            "s",
            ours[factor],
            seconds[f"plain Spark query, history {factor}x"],
            Goal(at_most=1) if factor > 1 else None,
        )
        for factor in backlogs
    ]
    first, last = min(backlogs), max(backlogs)
    name = f"hourly summary, history {last}x against {first}x"
    return [*results, against(name, "s", ours[last], ours[first], Goal(at_most=SLOWER_AT_MOST))]


def measure_wide(bench: Bench) -> list[Result]:
    """First reports of hours in which very many listened."""
    return [result for listeners in bench.sizes.wide_hour_listeners for result in _wide(bench, listeners)]


def _wide(bench: Bench, listeners: int) -> list[Result]:
    rounds, listens = bench.sizes.rounds, bench.sizes.wide_hour_listens
    backlog = Backlog(f"wide-{listeners}", listens * rounds, listeners, rounds)
    bench.empty_tables()
    bench.fill(backlog)
    _drain(bench, backlog, OURS.keyspace, OURS)
    bench.settle()
    name = f"hourly summary, {listens:,} listens of {listeners:,} listeners"
    own, plain = cycle(backlog.each_hour), cycle(backlog.each_hour)
    seconds = bench.alternate(
        {
            name: lambda: publish(bench, backlog, OURS.keyspace, hour=next(own)),
            "plain Spark query": lambda: _query(bench, backlog, OURS.keyspace, next(plain)),
        }
    )
    return [
        alone(name, "s", median(seconds[name]), WIDE_HOUR_SECONDS.get(listeners)),
        against(f"{name}, against a plain Spark query", "s", seconds[name], seconds["plain Spark query"], None),
    ]


def _against_checkout(bench: Bench, other: Checkout) -> list[Result]:
    # A first run for each round.
    factor = max(bench.sizes.histories[1], bench.sizes.rounds)
    backlogs = {checkout: _history(bench, factor, checkout) for checkout in (OURS, other)}
    bench.settle()
    results = []
    for title in ("hourly summary", "hourly summary, once more"):
        found = bench.alternate(
            {
                checkout.name: _next_hours(bench, backlog, _keyspace(factor, checkout), checkout)
                for checkout, backlog in backlogs.items()
            }
        )
        name = f"{title}, history {factor}x, against {other.name}"
        results.append(against(name, "s", found[OURS.name], found[other.name], NO_LONGER))
    return results


def _next_hours(bench: Bench, backlog: Backlog, keyspace: str, checkout: Checkout) -> Callable[[], float]:
    """Publishes another of the backlog's hours in each run: mostly a report is the first one of its hour."""
    hours = cycle(backlog.each_hour)
    return lambda: publish(bench, backlog, keyspace, checkout, next(hours))


def _keyspace(factor: int, checkout: Checkout = OURS) -> str:
    return f"{checkout.keyspace}_history_{factor}"


def _history(bench: Bench, factor: int, checkout: Checkout = OURS) -> Backlog:
    """Stores as many hours, each with the same number of listens, in a keyspace of their own."""
    backlog = Backlog(f"{checkout.keyspace}-history-{factor}", bench.sizes.hour_listens * factor, LISTENERS, factor)
    bench.fill(backlog)
    keyspace = _keyspace(factor, checkout)
    bench.create_schema(checkout, backlog.topic, keyspace)
    _drain(bench, backlog, keyspace, checkout)
    return backlog


def _drain(bench: Bench, backlog: Backlog, keyspace: str, checkout: Checkout) -> None:
    bench.say(f"stream stores {backlog.hours} hours")
    with playlog(bench, backlog.topic, {"cassandra.keyspace": keyspace}, checkout) as (program, checkpoint):
        wait_for_drain(bench, program, checkpoint, backlog.topic)
    check_stored(bench, f"{keyspace}.records", backlog.listens)


def publish(bench: Bench, backlog: Backlog, keyspace: str, checkout: Checkout = OURS, hour: str | None = None) -> float:
    """Publishes an hour of the backlog, by default the last; the time without the JVM's start, as the job logs it."""
    stack = bench.configured(backlog.topic, {"cassandra.keyspace": keyspace}, checkout)
    printed = output([checkout.script("run-hourly-report.sh"), "--hour", hour or backlog.last_hour], stack.variables)
    *found, seconds = numbers(r"Published \S+ (\d+) listens of (\d+) listeners in ([\d.]+) s", printed)
    _check_hour(backlog, found)
    return seconds


def _query(bench: Bench, backlog: Backlog, keyspace: str, hour: str | None = None) -> float:
    arguments = ["--cassandra-port", bench.cassandra_port, "--keyspace", keyspace, "--hour", hour or backlog.last_hour]
    command = bench.spark_submit("plain_spark_hour.py", "spark.report-memory", *arguments)
    printed = output(command, bench.spark_variables)
    *found, seconds = numbers(r"summed up (\d+) listens of (\d+) listeners in ([\d.]+) s", printed)
    _check_hour(backlog, found)
    return seconds


def _check_hour(backlog: Backlog, found: list[float]) -> None:
    expected = [backlog.listens // backlog.hours, backlog.listeners]
    check(found == expected, f"found {found} listens and listeners in the hour, expected {expected}")
