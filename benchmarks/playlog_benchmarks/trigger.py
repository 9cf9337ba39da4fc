"""Trigger: what stream.trigger-interval, which trades latency against load, does to both."""

from functools import partial

from .bench import Bench
from .results import Result, percentile, round_off
from .steady import RATE, run
from .streams import playlog

INTERVALS = ("100 ms", "250 ms", "1 s", "5 s")


def measure(bench: Bench) -> list[Result]:
    return [result for interval in INTERVALS for result in _with(bench, interval)]


def _with(bench: Bench, interval: str) -> list[Result]:
    bench.say(f"stream with stream.trigger-interval = {interval}")
    stream = partial(playlog, bench, settings={"stream.trigger-interval": interval})
    found = run(bench, stream, "spotify.records", bench.sizes.trigger_seconds)
    name = f"trigger-interval {interval} at {RATE:,} listens/s"
    return [
        Result(f"{name}, latency p50", "s", round_off(percentile(found.latencies, 50))),
        Result(f"{name}, latency p99", "s", round_off(percentile(found.latencies, 99))),
        Result(f"{name}, stream and Cassandra", "CPU s per million listens", round_off(found.cpu_seconds)),
    ]
