"""Sizing on paper: what rates need that no machine here can try, by what a listen costs where it was measured."""

import math
from collections.abc import Sequence

RATES = (50_000, 500_000, 5_000_000)

# Measured, each on two cores; docs/sizing.md says where, and a test holds both to that.
STREAM_MICROSECONDS = 36
"""Processor time of a listen, stream and Kafka together, if each row is a write of its own."""
CASSANDRA_MICROSECONDS = 54
"""The same of Cassandra, for one replica."""
REPORT_MICROSECONDS = 55.0
"""The same of a report, Spark and Cassandra together, for a listen of an hour in which each listener has five."""
RECORD_BYTES = 105.1
"""Of a listen on Cassandra's disk, for one replica, compressed."""
MESSAGE_BYTES = 42.96
"""Of a listen on Kafka's disk, for one replica, compressed by the producer."""
PARTITION_ROW_BYTES = 153.9
"""Of a listen in its listener's partition of `records`, before compression."""

# Chosen.
LOAD = 0.5
"""Of the cores: the other half is for what comes at once after an outage, and for compaction."""
REPLICAS = 3
QUORUM = 2
NODE_CORES = 16
NODE_TERABYTES = 4
"""Of data on a Cassandra node."""
PARTITION_MEBIBYTES = 100
"""From which on a partition gets hard for Cassandra to read and compact."""

# Of the project.
RETENTION_SECONDS = 7 * 86_400
BATCH_SECONDS = 4
"""That `stream.max-offsets-per-trigger` should hold; its default does at 50,000 listens/s."""
YEAR_SECONDS = 365 * 86_400
TERA = 10**12


def table(rates: Sequence[int] = RATES) -> str:
    """In Markdown, a column for each rate in listens a second."""
    rows: dict[str, Sequence[float]] = {
        "listens a day, millions": [rate * 86_400 / 1e6 for rate in rates],
        "the stream's cores, and the topic's partitions at least": [stream_cores(rate) for rate in rates],
        "`stream.max-offsets-per-trigger`": [rate * BATCH_SECONDS for rate in rates],
        f"Kafka's disks for 7 days at RF {REPLICAS}, TB": [kafka_terabytes(rate) for rate in rates],
        f"Cassandra's cores for writing at RF {REPLICAS}": [cassandra_cores(rate) for rate in rates],
        f"Cassandra's disks for each year at RF {REPLICAS}, TB": [cassandra_terabytes(rate) for rate in rates],
        f"Cassandra's cores for the hourly reports, {QUORUM} of {REPLICAS} replicas read": [
            report_cores(rate) for rate in rates
        ],
        f"Cassandra's nodes by cores ({NODE_CORES} each)": [
            max(REPLICAS, math.ceil((cassandra_cores(rate) + report_cores(rate)) / NODE_CORES)) for rate in rates
        ],
        f"Cassandra's nodes by disks after a year ({NODE_TERABYTES} TB each)": [
            max(REPLICAS, math.ceil(cassandra_terabytes(rate) / NODE_TERABYTES)) for rate in rates
        ],
    }
    lines = [
        f"| | {' | '.join(f'{rate:,} listens/s' for rate in rates)} |",
        f"|---|{'---:|' * len(rates)}",
        *(f"| {name} | {' | '.join(_shown(value) for value in values)} |" for name, values in rows.items()),
    ]
    return "\n".join(lines)


def stream_cores(rate: float) -> int:
    return math.ceil(rate * STREAM_MICROSECONDS / 1e6 / LOAD)


def cassandra_cores(rate: float) -> int:
    return math.ceil(rate * CASSANDRA_MICROSECONDS * REPLICAS / 1e6 / LOAD)


def report_cores(rate: float) -> int:
    """Nearly all of a report is Cassandra's reads; every listen is read once, at a quorum."""
    return math.ceil(rate * REPORT_MICROSECONDS * QUORUM / 1e6 / LOAD)


def kafka_terabytes(rate: float) -> float:
    return rate * MESSAGE_BYTES * RETENTION_SECONDS * REPLICAS / TERA


def cassandra_terabytes(rate: float) -> float:
    """A year's."""
    return rate * RECORD_BYTES * YEAR_SECONDS * REPLICAS / TERA


def years_to_large_partition(listens_a_day: float) -> float:
    """Until one listener's partition of `records` is hard to read and compact."""
    return PARTITION_MEBIBYTES * 2**20 / PARTITION_ROW_BYTES / listens_a_day / 365


def _shown(value: float) -> str:
    return f"{value:,.0f}" if value >= 20 or value == int(value) else f"{value:.1f}"
