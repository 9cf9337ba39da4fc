"""Which broker leads what, which ones are behind, and more partitions: what Kafka tells an admin client."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from aiokafka.admin import AIOKafkaAdminClient, NewPartitions
from playlog_testkit.stack import Stack

T = TypeVar("T")


def leaders(stack: Stack, topic: str) -> dict[int, str]:
    """Address of each partition's leader, without its port."""

    async def ask(admin: AIOKafkaAdminClient) -> dict[int, str]:
        hosts = {broker["node_id"]: broker["host"] for broker in (await admin.describe_cluster())["brokers"]}
        return {one["partition"]: hosts[one["leader"]] for one in await _partitions(admin, topic)}

    return _ask(stack, ask)


def all_in_sync(stack: Stack, topic: str) -> bool:
    """Whether each partition has a leader, and each of its replicas all that the leader has."""

    async def ask(admin: AIOKafkaAdminClient) -> bool:
        found = await _partitions(admin, topic)
        return all(one["leader"] >= 0 and len(one["isr"]) == len(one["replicas"]) == stack.nodes for one in found)

    return _ask(stack, ask)


def add_partitions(stack: Stack, topic: str, count: int) -> int:
    """This many more; tells how many there are now."""

    async def ask(admin: AIOKafkaAdminClient) -> int:
        total = len(await _partitions(admin, topic)) + count
        await admin.create_partitions({topic: NewPartitions(total)})
        return total

    return _ask(stack, ask)


async def _partitions(admin: AIOKafkaAdminClient, topic: str) -> list[dict[str, Any]]:
    [found] = await admin.describe_topics([topic])
    return found["partitions"]


def _ask(stack: Stack, ask: Callable[[AIOKafkaAdminClient], Awaitable[T]]) -> T:
    async def run() -> T:
        admin = AIOKafkaAdminClient(**stack.kafka_client)
        await admin.start()
        try:
            return await ask(admin)
        finally:
            await admin.close()

    return asyncio.run(run())
