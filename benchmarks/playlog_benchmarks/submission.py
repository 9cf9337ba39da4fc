"""Submission: listens that players submit to the page, one in a request and a hundred, beside Kafka's own perf test."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

from playlog_testkit.messages import end_offsets
from playlog_testkit.stack import Stack

from . import producer
from .bench import BASELINES, Bench, check, numbers
from .page import page_server
from .processes import output
from .results import Result, against, round_off

PLAYERS = 32
LISTENERS = 4
"""With a token each; more would be more partitions' keys, of which the topic has four."""
SIZES = (1, 100)
COMPRESSION = "lz4"
SETTINGS: dict[str, object] = {"web.submission.rate-limit": 1_000_000, "producer.compression": COMPRESSION}
PERF_TEST = f"Kafka's perf test, {COMPRESSION}"


@dataclass(frozen=True)
class Answered:
    """Listens per second, and milliseconds until a request was answered."""

    rate: float
    p50: float
    p99: float

    def __str__(self) -> str:
        return f"{self.rate:,.0f} listens/s, p50 {self.p50:.3g} ms, p99 {self.p99:.3g} ms"


def measure(bench: Bench) -> list[Result]:
    lines = producer.payloads(bench)
    tokens = [_token(bench.stack, f"Listener {number}") for number in range(LISTENERS)]
    runs = {_title(size): partial(_submit, bench, size, tokens) for size in SIZES}
    found: dict[str, list] = bench.alternate({**runs, PERF_TEST: partial(_perf_test, bench, lines)})
    return results({size: found[_title(size)] for size in SIZES}, found[PERF_TEST])


def _perf_test(bench: Bench, lines: Path) -> Answered:
    return Answered(producer.perf_test(bench, COMPRESSION, lines), 0, 0)


def results(found: Mapping[int, Sequence[Answered]], perf_test: Sequence[Answered]) -> list[Result]:
    """`found`: by listens of a request."""
    baseline = [each.rate for each in perf_test]
    made = []
    for size, answered in found.items():
        rates = [each.rate for each in answered]
        made.append(against(f"{_title(size)}, against Kafka's perf test", "listens/s", rates, baseline, None))
        for name in ("p50", "p99"):
            value = median(getattr(each, name) for each in answered)
            made.append(Result(f"{_title(size)}, {name} of {PLAYERS} players' requests", "ms", round_off(value)))
    return made


def _title(size: int) -> str:
    return f"submission, {size} in a request"


def _token(stack: Stack, listener: str) -> str:
    return stack.output("run-web.sh", "token", "--listener", listener).strip()


def _submit(bench: Bench, size: int, tokens: Sequence[str]) -> Answered:
    """A page that has just been started, since each run has a topic of its own."""
    topic = bench.new_path("submission").name
    bench.new_topic(topic)
    sizes = bench.sizes
    with page_server(bench, topic, SETTINGS):
        seconds = [sizes.submission_warm_up_seconds, sizes.submission_seconds]
        load = [bench.stack.variables["PLAYLOG_WEB_PORT"], PLAYERS, size, *seconds, *tokens]
        command = ["java", "-Xmx128m", "-XX:+UseSerialGC", BASELINES / "Players.java", *load]
        text = output([str(word) for word in command], bench.stack.variables)
    answered, all_answered = read(text)
    found = sum(end_offsets(bench.stack, topic).values())
    check(found == all_answered * size, f"the topic {topic} holds {found} messages, not {all_answered * size}")
    return Answered(answered.rate * size, answered.p50, answered.p99)


def read(text: str) -> tuple[Answered, int]:
    """Requests per second and their times, and how many were answered in all."""
    number = r"([\d.]+)"
    pattern = rf"requests {number} in {number} s, p50 {number} ms, p99 {number} ms, with the warm-up {number}"
    requests, seconds, p50, p99, everything = numbers(pattern, text)
    return Answered(requests / seconds, p50, p99), int(everything)
