"""Producer: as fast as it can, against Kafka's own perf test with the same messages, and the aiokafka producer."""

import asyncio
import sys
from functools import partial
from pathlib import Path

from aiokafka import AIOKafkaConsumer, TopicPartition
from playlog_testkit.messages import read, with_consumer
from playlog_testkit.stack import ROOT

from .bench import BASELINES, CATALOGUE, Backlog, Bench, check
from .processes import output
from .results import Goal, Result, against

LISTENERS = 1_000
PAYLOADS = 100_000
COMPRESSIONS = ("gzip", "lz4")
OF_PERF_TEST = Goal(at_least=0.9)
OF_AIOKAFKA = Goal(at_least=3)
SAME_CLIENT = ("acks=all", "enable.idempotence=true", "linger.ms=20", "batch.size=131072", "buffer.memory=67108864")
"""The settings of the producer's own client."""


def measure(bench: Bench) -> list[Result]:
    lines = payloads(bench)
    runs = {}
    for compression in COMPRESSIONS:
        runs[f"Playlog's producer, {compression}"] = partial(_playlog, bench, compression)
        runs[f"Kafka's perf test, {compression}"] = partial(perf_test, bench, compression, lines)
    runs["the aiokafka producer"] = partial(_aiokafka, bench)
    rates = bench.alternate(runs)
    results = [
        against(
            f"producer, {compression}, against Kafka's perf test",
            "listens/s",
            rates[f"Playlog's producer, {compression}"],
            rates[f"Kafka's perf test, {compression}"],
            OF_PERF_TEST,
        )
        for compression in COMPRESSIONS
    ]
    ours, other = rates["Playlog's producer, lz4"], rates["the aiokafka producer"]
    name = "producer, lz4, against the aiokafka producer"
    return [*results, against(name, "listens/s", ours, other, OF_AIOKAFKA)]


def payloads(bench: Bench) -> Path:
    """Messages of our producer, a line each."""
    backlog = Backlog("payloads", PAYLOADS, LISTENERS)
    bench.fill(backlog)
    path = bench.new_path("payloads")
    path.write_bytes(b"".join((message.value or b"") + b"\n" for message in read(bench.stack, backlog.topic, {})))
    return path


def _playlog(bench: Bench, compression: str) -> float:
    topic = bench.new_path("ours").name
    settings = {"producer.listeners": LISTENERS - 1, "producer.compression": compression}
    stack = bench.new_topic(topic, settings)
    stack.output("run-producer.sh", "--rate", "max", "--count", str(bench.sizes.produced_listens))
    return _rate(bench, topic, bench.sizes.produced_listens)


def perf_test(bench: Bench, compression: str, lines: Path) -> float:
    """Messages per second; `lines`: of `payloads`."""
    topic = bench.new_path("perf-test").name
    bench.new_topic(topic)
    count = bench.sizes.produced_listens
    libraries = ROOT / "deploy/local/kafka/target/lib/*"
    command = ["java", "-cp", str(libraries), "org.apache.kafka.tools.ProducerPerformance", "--topic", topic]
    load = ["--num-records", str(count), "--throughput", "-1", "--payload-file", str(lines)]
    client = ["--bootstrap-server", bench.stack.kafka, "--command-property", f"compression.type={compression}"]
    output([*command, *load, *client, *SAME_CLIENT], bench.stack.variables)
    return _rate(bench, topic, count)


def _aiokafka(bench: Bench) -> float:
    topic = bench.new_path("aiokafka").name
    bench.new_topic(topic)
    count = bench.sizes.aiokafka_produced_listens
    data = ["--topic", topic, "--catalogue", CATALOGUE, "--listens", count, "--listeners", LISTENERS]
    command = [sys.executable, BASELINES / "aiokafka_producer.py", "--kafka", bench.stack.kafka, *data]
    output([str(word) for word in command], bench.stack.variables)
    return _rate(bench, topic, count)


def _rate(bench: Bench, topic: str, count: int) -> float:
    """By the broker's clock, so that no program's start counts."""
    messages, seconds = asyncio.run(with_consumer(bench.stack, topic, _append_span))
    check(messages == count, f"the topic {topic} holds {messages} messages, not {count}")
    return messages / seconds


async def _append_span(consumer: AIOKafkaConsumer, partitions: list[TopicPartition]) -> tuple[int, float]:
    """Number of messages, and seconds from the first to the last append; the topic has LogAppendTime."""
    ends = {tp: end for tp, end in (await consumer.end_offsets(partitions)).items() if end > 0}
    first = [await _timestamp(consumer, tp, 0) for tp in ends]
    last = [await _timestamp(consumer, tp, end - 1) for tp, end in ends.items()]
    return sum(ends.values()), (max(last) - min(first)) / 1000


async def _timestamp(consumer: AIOKafkaConsumer, tp: TopicPartition, offset: int) -> int:
    consumer.seek(tp, offset)
    return (await consumer.getone(tp)).timestamp
