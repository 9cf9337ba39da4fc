"""Baseline: a listening history from a CSV file to Kafka, as one would write it in a minute: no account, no key."""

import argparse
import asyncio
import csv
import json

from aiokafka import AIOKafkaProducer


async def main() -> None:
    parser = argparse.ArgumentParser()
    for name in ("kafka", "topic", "file"):
        parser.add_argument(f"--{name}", required=True)
    parser.add_argument("--listener", help="of a file without a column that says whose each listen is")
    options = parser.parse_args()
    producer = AIOKafkaProducer(
        bootstrap_servers=options.kafka,
        acks="all",
        compression_type="lz4",
        value_serializer=lambda listen: json.dumps(listen).encode(),
        key_serializer=str.encode,
    )
    await producer.start()
    with open(options.file, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = row.get("name", options.listener)
            listen = {
                "name": name,
                "song": row["track"],
                "artist": row["artist"],
                "event_timestamp": row["uts"] + "000",
            }
            await producer.send(options.topic, listen, key=name)
    await producer.stop()


if __name__ == "__main__":
    asyncio.run(main())
