"""Latency: from the producer's send until a plain client can read the listen, against the plain Spark job."""

from functools import partial

from .bench import Bench
from .checkout import OURS
from .results import Goal, Result, against, percentile
from .steady import RATE, Stream, run
from .streams import playlog, report

AT_MOST = 0.5
NO_SLOWER = round(1 / 0.98, 2)


def measure(bench: Bench) -> list[Result]:
    runs = {
        checkout.name: partial(
            _percentiles, bench, partial(playlog, bench, checkout=checkout), f"{checkout.keyspace}.records"
        )
        for checkout in bench.checkouts
    }
    goal = NO_SLOWER
    if not bench.against:
        runs["the plain Spark job"] = partial(_percentiles, bench, partial(report, bench), "baseline.records")
        goal = AT_MOST
    found = bench.alternate(runs)
    [other] = [name for name in runs if name != OURS.name]
    return [
        against(
            f"latency at {RATE:,} listens/s, p{percent}, against {other}",
            "s",
            [percentiles[index] for percentiles in found[OURS.name]],
            [percentiles[index] for percentiles in found[other]],
            Goal(at_most=goal),
        )
        for index, percent in enumerate((50, 99))
    ]


def _percentiles(bench: Bench, stream: Stream, table: str) -> tuple[float, float]:
    """p50 and p99 in seconds."""
    latencies = run(bench, stream, table, bench.sizes.latency_seconds).latencies
    return percentile(latencies, 50), percentile(latencies, 99)
