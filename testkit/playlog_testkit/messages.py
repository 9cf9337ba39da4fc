"""What a topic holds, read with a plain Kafka client."""

import asyncio
import calendar
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from .stack import Stack

T = TypeVar("T")

Listen = tuple[str, int, str]
"""Name, milliseconds since the epoch, song."""


@dataclass(frozen=True)
class Message:
    partition: int
    offset: int
    value: bytes | None
    headers: dict[str, bytes]

    def listen(self) -> Listen | None:
        """The listen, or None for a message that is none. Only for messages that the tests send."""
        try:
            fields = json.loads(self.value or b"")
            return fields["name"], int(fields["event_timestamp"]), fields["song"]
        except (TypeError, ValueError, KeyError):
            return None


def milliseconds(utc: datetime) -> int:
    """Since the epoch, of a time as Cassandra's driver gives it: without a zone."""
    return calendar.timegm(utc.timetuple()) * 1000 + utc.microsecond // 1000


def end_offsets(stack: Stack, topic: str) -> dict[int, int]:
    """Offset of the next message, by partition."""

    async def ask(consumer: AIOKafkaConsumer, partitions: list[TopicPartition]) -> dict[int, int]:
        return {tp.partition: offset for tp, offset in (await consumer.end_offsets(partitions)).items()}

    return asyncio.run(with_consumer(stack, topic, ask))


def read(stack: Stack, topic: str, since: dict[int, int]) -> list[Message]:
    """All messages from these offsets to the topic's end as it is now."""

    async def ask(consumer: AIOKafkaConsumer, partitions: list[TopicPartition]) -> list[Message]:
        ends = await consumer.end_offsets(partitions)
        for tp in partitions:
            consumer.seek(tp, since.get(tp.partition, 0))
        messages = []
        while any([await consumer.position(tp) < ends[tp] for tp in partitions]):
            for batch in (await consumer.getmany(timeout_ms=1000)).values():
                messages += [Message(m.partition, m.offset, m.value, dict(m.headers)) for m in batch]
        return messages

    return asyncio.run(with_consumer(stack, topic, ask))


def send(stack: Stack, topic: str, values: list[bytes]) -> None:
    """To a stack that lets everybody write."""

    async def run() -> None:
        producer = AIOKafkaProducer(bootstrap_servers=stack.kafka, acks="all")
        await producer.start()
        for value in values:
            await producer.send(topic, value)
        await producer.stop()

    asyncio.run(run())


async def with_consumer(
    stack: Stack,
    topic: str,
    ask: Callable[[AIOKafkaConsumer, list[TopicPartition]], Awaitable[T]],
) -> T:
    """What `ask` answers, given a consumer and the topic's partitions, which it may seek in."""
    consumer = AIOKafkaConsumer(topic, request_timeout_ms=60_000, **stack.kafka_client)
    try:
        await consumer.start()
        while not consumer.assignment():
            await asyncio.sleep(0.05)
        return await ask(consumer, sorted(consumer.assignment()))
    finally:
        await consumer.stop()
