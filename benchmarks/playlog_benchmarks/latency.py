"""Latency: from the producer's send until a plain client can read the listen, against the report's job."""

from functools import partial

from .bench import Bench
from .results import Goal, Result, against, percentile
from .steady import RATE, Stream, run
from .streams import playlog, report

AT_MOST = 0.5


def measure(bench: Bench) -> list[Result]:
    runs = {
        "Playlog": partial(_percentiles, bench, partial(playlog, bench), "spotify.records"),
        "the report's job": partial(_percentiles, bench, partial(report, bench), "yardstick.records"),
    }
    found = bench.alternate(runs)
    return [
        against(
            f"latency at {RATE:,} listens/s, p{percent}, against the report's job",
            "s",
            [percentiles[index] for percentiles in found["Playlog"]],
            [percentiles[index] for percentiles in found["the report's job"]],
            Goal(at_most=AT_MOST),
        )
        for index, percent in enumerate((50, 99))
    ]


def _percentiles(bench: Bench, stream: Stream, table: str) -> tuple[float, float]:
    """p50 and p99 in seconds."""
    latencies = run(bench, stream, table, bench.sizes.latency_seconds).latencies
    return percentile(latencies, 50), percentile(latencies, 99)
