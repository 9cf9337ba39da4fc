"""Baseline: the university report's producer, flat out: aiokafka, no key, gzip, Python's JSON."""

import argparse
import asyncio
import csv
import json
import random
import time

from aiokafka import AIOKafkaProducer


async def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("catalogue", "kafka", "topic"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("listens", "listeners"):
        parser.add_argument(f"--{name}", type=int, required=True)
    options = parser.parse_args()
    with open(options.catalogue, encoding="utf-8", newline="") as file:
        songs = [row["name"] for row in csv.DictReader(file)]
    listeners = [f"Listener No. {number}" for number in range(options.listeners)]
    producer = AIOKafkaProducer(
        bootstrap_servers=options.kafka,
        compression_type="gzip",
        value_serializer=lambda listen: json.dumps(listen).encode(),
    )
    await producer.start()
    for number in range(options.listens):
        listen = {
            "name": listeners[number % len(listeners)],
            "song": random.choice(songs),
            "event_timestamp": str(int(time.time() * 1000)),
        }
        await producer.send(options.topic, listen)
    await producer.stop()


if __name__ == "__main__":
    asyncio.run(main())
