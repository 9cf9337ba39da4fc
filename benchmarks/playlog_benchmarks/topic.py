"""When the broker appended a topic's first and last message."""

import asyncio

from aiokafka import AIOKafkaConsumer, TopicPartition
from playlog_testkit.messages import with_consumer


def append_span(bootstrap_servers: str, topic: str) -> tuple[int, float]:
    """Number of messages, and seconds from the first to the last append; the topic has LogAppendTime."""
    return asyncio.run(with_consumer(bootstrap_servers, topic, _append_span))


async def _append_span(consumer: AIOKafkaConsumer, partitions: list[TopicPartition]) -> tuple[int, float]:
    ends = {tp: end for tp, end in (await consumer.end_offsets(partitions)).items() if end > 0}
    first = [await _timestamp(consumer, tp, 0) for tp in ends]
    last = [await _timestamp(consumer, tp, end - 1) for tp, end in ends.items()]
    return sum(ends.values()), (max(last) - min(first)) / 1000


async def _timestamp(consumer: AIOKafkaConsumer, tp: TopicPartition, offset: int) -> int:
    consumer.seek(tp, offset)
    return (await consumer.getone(tp)).timestamp
