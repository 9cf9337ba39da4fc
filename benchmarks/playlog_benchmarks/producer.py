"""Producer: as fast as it can, against Kafka's own perf test with the same messages, and the aiokafka producer."""

import sys
from functools import partial
from pathlib import Path

from playlog_testkit.messages import read
from playlog_testkit.stack import ROOT

from .bench import BASELINES, CATALOGUE, Backlog, Bench, check
from .processes import output
from .results import Goal, Result, against
from .topic import append_span

LISTENERS = 1_000
PAYLOADS = 100_000
COMPRESSIONS = ("gzip", "lz4")
OF_PERF_TEST = 0.9
THAN_REPORT = 3
SAME_CLIENT = ("acks=all", "enable.idempotence=true", "linger.ms=20", "batch.size=131072", "buffer.memory=67108864")
"""The settings of the producer's own client."""


def measure(bench: Bench) -> list[Result]:
    payloads = _payloads(bench)
    runs = {}
    for compression in COMPRESSIONS:
        runs[f"Playlog's producer, {compression}"] = partial(_playlog, bench, compression)
        runs[f"Kafka's perf test, {compression}"] = partial(_perf_test, bench, compression, payloads)
    runs["the aiokafka producer"] = partial(_report, bench)
    rates = bench.alternate(runs)
    results = [
        against(
            f"producer, {compression}, against Kafka's perf test",
            "listens/s",
            rates[f"Playlog's producer, {compression}"],
            rates[f"Kafka's perf test, {compression}"],
            Goal(at_least=OF_PERF_TEST),
        )
        for compression in COMPRESSIONS
    ]
    ours, other = rates["Playlog's producer, lz4"], rates["the aiokafka producer"]
    name = "producer, lz4, against the aiokafka producer"
    return [*results, against(name, "listens/s", ours, other, Goal(at_least=THAN_REPORT))]


def _payloads(bench: Bench) -> Path:
    """Messages of our producer, a line each."""
    backlog = Backlog("payloads", PAYLOADS, LISTENERS)
    bench.fill(backlog)
    path = bench.new_path("payloads")
    path.write_bytes(b"".join((message.value or b"") + b"\n" for message in read(bench.stack.kafka, backlog.topic, {})))
    return path


def _playlog(bench: Bench, compression: str) -> float:
    topic = bench.new_path("ours").name
    settings = {"producer.listeners": LISTENERS - 1, "producer.compression": compression}
    stack = bench.new_topic(topic, settings)
    stack.output("run-producer.sh", "--rate", "max", "--count", str(bench.sizes.produced_listens))
    return _rate(bench, topic, bench.sizes.produced_listens)


def _perf_test(bench: Bench, compression: str, payloads: Path) -> float:
    topic = bench.new_path("perf-test").name
    bench.new_topic(topic)
    count = bench.sizes.produced_listens
    libraries = ROOT / "deploy/local/kafka/target/lib/*"
    command = ["java", "-cp", str(libraries), "org.apache.kafka.tools.ProducerPerformance", "--topic", topic]
    load = ["--num-records", str(count), "--throughput", "-1", "--payload-file", str(payloads)]
    client = ["--bootstrap-server", bench.stack.kafka, "--command-property", f"compression.type={compression}"]
    output([*command, *load, *client, *SAME_CLIENT], bench.stack.variables)
    return _rate(bench, topic, count)


def _report(bench: Bench) -> float:
    topic = bench.new_path("report").name
    bench.new_topic(topic)
    count = bench.sizes.report_produced_listens
    data = ["--topic", topic, "--catalogue", CATALOGUE, "--listens", count, "--listeners", LISTENERS]
    command = [sys.executable, BASELINES / "report_produce.py", "--kafka", bench.stack.kafka, *data]
    output([str(word) for word in command], bench.stack.variables)
    return _rate(bench, topic, count)


def _rate(bench: Bench, topic: str, count: int) -> float:
    """By the broker's clock, so that no program's start counts."""
    messages, seconds = append_span(bench.stack.kafka, topic)
    check(messages == count, f"the topic {topic} holds {messages} messages, not {count}")
    return messages / seconds
