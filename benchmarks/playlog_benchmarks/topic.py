"""When the broker appended a topic's first and last message."""

import asyncio

from aiokafka import AIOKafkaConsumer, TopicPartition


def append_span(bootstrap_servers: str, topic: str) -> tuple[int, float]:
    """Number of messages, and seconds from the first to the last append; the topic has LogAppendTime."""
    return asyncio.run(_append_span(bootstrap_servers, topic))


async def _append_span(bootstrap_servers: str, topic: str) -> tuple[int, float]:
    consumer = AIOKafkaConsumer(bootstrap_servers=bootstrap_servers, request_timeout_ms=60_000)
    await consumer.start()
    try:
        await consumer.topics()
        partitions = [TopicPartition(topic, number) for number in consumer.partitions_for_topic(topic) or ()]
        ends = {tp: end for tp, end in (await consumer.end_offsets(partitions)).items() if end > 0}
        first = [await _timestamp(consumer, tp, 0) for tp in ends]
        last = [await _timestamp(consumer, tp, end - 1) for tp, end in ends.items()]
        return sum(ends.values()), (max(last) - min(first)) / 1000
    finally:
        await consumer.stop()


async def _timestamp(consumer: AIOKafkaConsumer, tp: TopicPartition, offset: int) -> int:
    consumer.assign([tp])
    consumer.seek(tp, offset)
    return (await consumer.getone(tp)).timestamp
