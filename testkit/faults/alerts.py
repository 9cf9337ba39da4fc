"""Faults that make each alert fire. Each lasts until it has fired, and is mended then."""

import asyncio
import json
import os
import signal
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager, suppress
from datetime import timedelta
from typing import NamedTuple

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.admin.config_resource import ConfigResource, ConfigResourceType
from cassandra.cluster import ConsistencyLevel, DriverException, NoHostAvailable
from cassandra.query import SimpleStatement
from playlog_testkit import messages
from playlog_testkit.stack import Stack, last_full_hour
from playlog_testkit.waiting import wait_until

from .prometheus import Prometheus
from .trial import TOPIC, Trial

DAYS_LATE = 3
INVALID_MESSAGES = 5000
RETENTION = timedelta(days=7)
"""Of the topic, by kafka.retention."""
SHORT_RETENTION = timedelta(seconds=15)
REQUEST_SECONDS = 0.05
STARTED = 'process_start_time_seconds{job="playlog-stream"}'


@contextmanager
def stream_killed_three_times(trial: Trial, prometheus: Prometheus) -> Iterator[None]:
    for _ in range(3):
        _kill_stream(trial, prometheus)
    yield


def _kill_stream(trial: Trial, prometheus: Prometheus) -> None:
    before = wait_until(lambda: prometheus.value(STARTED), "Prometheus to see the stream")
    trial.kill("stream")
    wait_until(lambda: prometheus.value(STARTED) not in (None, before), "Prometheus to see it started again")


@contextmanager
def page_stopped(trial: Trial, prometheus: Prometheus) -> Iterator[None]:
    trial.stack.output("control.sh", "stop", "web")
    try:
        yield
    finally:
        trial.stack.output("control.sh", "start", "web")


@contextmanager
def invalid_messages(trial: Trial, prometheus: Prometheus) -> Iterator[None]:
    messages.send(trial.stack, TOPIC, [b"no listen"] * INVALID_MESSAGES)
    yield


@contextmanager
def stream_stopped(trial: Trial, prometheus: Prometheus) -> Iterator[None]:
    """While listens come, and the topic keeps them for a few seconds only.

    Kafka deletes none: it deletes whole segments, and the newest message of each partition's is new all the time.
    """
    trial.stack.output("control.sh", "start", "producer")
    trial.stack.output("control.sh", "stop", "stream")
    try:
        _set_retention(trial.stack, SHORT_RETENTION)
        yield
    finally:
        _set_retention(trial.stack, RETENTION)
        trial.stack.output("control.sh", "stop", "producer")
        trial.stack.output("control.sh", "start", "stream")


def _set_retention(stack: Stack, retention: timedelta) -> None:
    milliseconds = str(retention // timedelta(milliseconds=1))
    # Not one setting is altered, but all that the topic has of its own are replaced.
    configs = {"retention.ms": milliseconds, "message.timestamp.type": "LogAppendTime"}

    async def alter() -> None:
        admin = AIOKafkaAdminClient(**stack.kafka_client)
        await admin.start()
        try:
            for answer in await admin.alter_configs([ConfigResource(ConfigResourceType.TOPIC, TOPIC, configs)]):
                for error, message, *_ in answer.resources:
                    if error:
                        raise RuntimeError(f"the topic's retention cannot be altered: {message}")
        finally:
            await admin.close()

    asyncio.run(alter())


@contextmanager
def cassandra_frozen(trial: Trial, prometheus: Prometheus) -> Iterator[None]:
    """The page's questions wait for web.request-timeout, which is longer here than a sample may be old."""
    pid = trial.wait_for_pid("cassandra")
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


@contextmanager
def requests_that_need_two_nodes(trial: Trial, prometheus: Prometheus) -> Iterator[None]:
    """Of one node: it refuses them all, and does those of all others."""
    ended = threading.Event()

    def ask() -> None:
        with trial.stack.session() as session:
            session.execute(
                "CREATE KEYSPACE two_nodes WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 2}"
            )
            session.execute("CREATE TABLE two_nodes.rows (key int PRIMARY KEY)")
            query = SimpleStatement(
                "SELECT key FROM two_nodes.rows WHERE key = 1", consistency_level=ConsistencyLevel.TWO
            )
            while not ended.wait(REQUEST_SECONDS):
                with suppress(DriverException, NoHostAvailable):
                    session.execute(query)
            session.execute("DROP KEYSPACE two_nodes")

    with ThreadPoolExecutor() as threads:
        asking = threads.submit(ask)
        try:
            yield
        finally:
            ended.set()
            asking.result()


@contextmanager
def report_held_back(trial: Trial, prometheus: Prometheus) -> Iterator[None]:
    """A late listen makes its hour due, and nobody runs the report."""
    at = last_full_hour() - timedelta(days=DAYS_LATE)
    listen = {"name": "Ada Lovelace", "song": "Late", "event_timestamp": str(int(at.timestamp() * 1000))}
    messages.send(trial.stack, TOPIC, [json.dumps(listen).encode()])
    try:
        yield
    finally:
        trial.stack.output("run-hourly-report.sh", "--due")


class Provoked(NamedTuple):
    """A fault, and the alerts that must fire because of it."""

    fault: Callable[[Trial, Prometheus], AbstractContextManager[None]]
    alerts: frozenset[str]


ALL: dict[str, Provoked] = {
    # Cleared only when the starts are long ago, so the first one.
    "stream killed three times": Provoked(stream_killed_three_times, frozenset({"PlaylogStreamRestarting warning"})),
    "page stopped": Provoked(page_stopped, frozenset({"PlaylogPageDown critical"})),
    # Before listens come of which they would have to be more than a hundredth.
    "invalid messages": Provoked(invalid_messages, frozenset({"PlaylogDeadLettersRising warning"})),
    "stream stopped, retention short": Provoked(
        stream_stopped,
        frozenset(
            {
                "PlaylogStreamDown critical",
                "PlaylogLagGrowing warning",
                "PlaylogLagNearRetention warning",
                "PlaylogLagNearRetention critical",
            }
        ),
    ),
    "Cassandra frozen until it is seen": Provoked(
        cassandra_frozen, frozenset({"PlaylogServersNotAnswering critical", "PlaylogSampleStale critical"})
    ),
    "requests that need two nodes": Provoked(
        requests_that_need_two_nodes, frozenset({"PlaylogCassandraRefusing warning"})
    ),
    # Last, since the report before it must be a while ago.
    "report held back": Provoked(report_held_back, frozenset({"PlaylogHourOverdue warning"})),
}

OF_FAULTS: dict[str, frozenset[str]] = {
    "Cassandra down": frozenset({"PlaylogServersNotAnswering critical"}),
    "everything restarted": frozenset({"PlaylogStreamDown critical", "PlaylogPageDown critical"}),
}
"""What the faults of the other trials must make fire too, because they last long enough for it on any machine."""
