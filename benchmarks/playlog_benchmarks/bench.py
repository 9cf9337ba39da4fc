"""What every measurement needs: a stack, topics with listens, empty tables, counts, and rounds that alternate."""

import contextlib
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from cassandra.cluster import NoHostAvailable
from cassandra.concurrent import execute_concurrent_with_args
from playlog_testkit.messages import end_offsets
from playlog_testkit.stack import ROOT, Stack, last_full_hour
from playlog_testkit.waiting import wait_until

from . import processes
from .checkout import OURS, Checkout
from .servers import is_settled, truncated
from .sizes import Sizes

BASELINES = ROOT / "benchmarks/baselines"
PRODUCER_JAR = ROOT / "producer/target/producer.jar"
JOBS_JAR = ROOT / "jobs/target/jobs.jar"
CATALOGUE = ROOT / "data/spotify-songs.csv"
SEED = 7
COUNTED_RANGES = 64
START_SECONDS = 300
SETTLE_SECONDS = 120
HOUR = timedelta(hours=1)


T = TypeVar("T")


class SanityError(Exception):
    """A measurement did not do what it should have measured."""


def check(holds: bool, otherwise: str) -> None:
    if not holds:
        raise SanityError(otherwise)


@dataclass(frozen=True)
class Backlog:
    """Listens in a topic of their own, spread evenly over the `hours` before the last full hour's end."""

    topic: str
    listens: int
    listeners: int
    hours: int = 1
    end: datetime = field(default_factory=lambda: last_full_hour() + HOUR)

    @property
    def warm_after(self) -> int:
        """JVMs are warm after a third of a backlog: 500,000 listens in a full run."""
        return self.listens // 3

    @property
    def span(self) -> tuple[str, str]:
        return utc(self.end - self.hours * HOUR), utc(self.end)

    @property
    def last_hour(self) -> str:
        return self.each_hour[0]

    @property
    def each_hour(self) -> list[str]:
        """Its hours, newest first."""
        return [utc(self.end - (number + 1) * HOUR) for number in range(self.hours)]


class Bench:
    """One session on one stack; `say` shows progress."""

    def __init__(
        self,
        stack: Stack,
        folder: Path,
        output: Path,
        sizes: Sizes,
        say: Callable[[str], None],
        against: Checkout | None = None,
    ) -> None:
        """`folder`: for what is deleted at the end; `output`: for what stays."""
        self.stack = stack
        self.against = against
        self.folder = folder
        self.output = output
        self.sizes = sizes
        self.say = say
        self._files = 0
        command = ["java", "-jar", str(PRODUCER_JAR), "settings", "--json"]
        config = stack.variables["PLAYLOG_CONFIG"]
        self.settings = json.loads(processes.output([*command, "--config", config], stack.variables))

    def new_path(self, name: str) -> Path:
        """A path in the session's folder that nobody else uses."""
        self._files += 1
        return self.folder / f"{self._files:03}-{name}"

    def configured(self, topic: str, settings: dict[str, object], checkout: Checkout = OURS) -> Stack:
        """The stack for programs of a checkout that use this topic, and these settings."""
        own = {"kafka.topic": topic, "kafka.dead-letter-topic": f"{topic}.dead-letters"} | settings
        config = self.new_path(f"{topic}.conf")
        config.write_text(checkout.configuration(own))
        return self.stack.with_variables({"PLAYLOG_CONFIG": str(config), "PLAYLOG_ENVIRONMENTS": str(ROOT / ".envs")})

    def create_schema(self, checkout: Checkout, topic: str, keyspace: str) -> None:
        variables = self.configured(topic, {"cassandra.keyspace": keyspace}, checkout).variables
        processes.output([checkout.script("create-schema.sh")], variables)

    def new_topic(self, topic: str, settings: dict[str, object] | None = None) -> Stack:
        """Creates the topic as shipped; returns the stack configured for it."""
        stack = self.configured(topic, settings or {})
        stack.output("run-producer.sh", "create-topics")
        return stack

    def fill(self, backlog: Backlog) -> None:
        self.say(f"producer fills {backlog.topic}: {backlog.listens:,} listens by {backlog.listeners:,} listeners")
        stack = self.new_topic(backlog.topic, {"producer.listeners": backlog.listeners - 1})
        start, end = backlog.span
        stack.output("run-producer.sh", *("--from", start, "--to", end), "--count", str(backlog.listens))
        found = sum(end_offsets(stack, backlog.topic).values())
        check(found == backlog.listens, f"the topic {backlog.topic} holds {found} messages, not {backlog.listens}")

    def create_tables(self) -> None:
        """Those of the baselines and of the other checkout; ours are there."""
        replication = self.settings["cassandra.replication"]
        with self.stack.session() as session:
            session.execute(f"CREATE KEYSPACE IF NOT EXISTS baseline WITH replication = {replication}")
            for table in ("records", "hourly_summary"):
                session.execute((BASELINES / f"{table}.cql").read_text())
        if self.against:
            self.create_schema(self.against, "spotify", self.against.keyspace)

    @property
    def checkouts(self) -> list[Checkout]:
        return [OURS, *([self.against] if self.against else [])]

    def empty_tables(self) -> None:
        """Also those that the next run does not use, so that Cassandra holds the same for each run."""
        with self.stack.session() as session:
            for keyspace in ["baseline", *(checkout.keyspace for checkout in self.checkouts)]:
                query = "SELECT table_name FROM system_schema.tables WHERE keyspace_name = %s"
                for row in session.execute(query, [keyspace]):
                    table = f"{keyspace}.{row['table_name']}"
                    wait_until(partial(truncated, session, table), f"TRUNCATE {table}", SETTLE_SECONDS, 1)
        self.settle()

    def settle(self) -> None:
        """Waits until each Cassandra node has compacted what an earlier run left, for two minutes at most."""
        with contextlib.suppress(TimeoutError), self.stack.session() as session:
            nodes = session.cluster.metadata.all_hosts()
            wait_until(lambda: all(is_settled(session, node) for node in nodes), "compaction", SETTLE_SECONDS, 0.5)

    def restart_cassandra(self, between: Callable[[], T]) -> T:
        """Stops it, which writes its memory tables to disk; starts it when `between` is done."""
        self.stack.output("control.sh", "stop", "cassandra")
        found = between()
        self.stack.output("control.sh", "start", "cassandra")
        wait_until(self._cassandra_answers, "Cassandra", START_SECONDS, 0.5)
        return found

    def _cassandra_answers(self) -> bool:
        with contextlib.suppress(NoHostAvailable):
            return bool(self.stack.select("SELECT key FROM system.local"))
        return False

    def count(self, table: str) -> int:
        """Counts the rows by ranges of tokens: one query over all of them would time out."""
        step = 2**64 // COUNTED_RANGES
        starts = [-(2**63) + number * step for number in range(COUNTED_RANGES)]
        with self.stack.session() as session:
            query = session.prepare(f"SELECT count(*) FROM {table} WHERE token(name) >= ? AND token(name) <= ?")
            ranges = [(start, start + step - 1) for start in starts]
            counts = execute_concurrent_with_args(session, query, ranges, concurrency=2)
            return sum(found.result_or_exc.one()["count"] for found in counts)

    def spark_submit(self, script: str, memory: str, *arguments: str) -> list[str]:
        """The command line of a baseline, with the Spark, cores and memory that the project's job has."""
        home = self.settings["spark.home"] or next((ROOT / ".envs/spark/lib").glob("python3*/site-packages/pyspark"))
        options = ["--master", self.settings["spark.master"], "--driver-memory", self.settings[memory]]
        options += ["--conf", "spark.ui.enabled=false", "--jars", str(JOBS_JAR)]
        return [f"{home}/bin/spark-submit", *options, str(BASELINES / script), *arguments]

    @property
    def spark_variables(self) -> dict[str, str]:
        home = self.spark_submit("", "spark.report-memory")[0].removesuffix("/bin/spark-submit")
        own = {"SPARK_HOME": home, "SPARK_CONF_DIR": str(ROOT / "conf/spark"), "SPARK_LOCAL_IP": "127.0.0.1"}
        return self.stack.variables | own | {"PYSPARK_PYTHON": str(ROOT / ".envs/spark/bin/python")}

    @property
    def cassandra_port(self) -> str:
        return self.stack.variables["PLAYLOG_CASSANDRA_PORT"]

    def pid(self, program: str) -> int:
        return int(self.stack.output("control.sh", "pid", program))

    def alternate(self, runs: Mapping[str, Callable[[], T]]) -> dict[str, list[T]]:
        return alternate(runs, self.sizes.rounds, self.say)


def alternate(runs: Mapping[str, Callable[[], T]], rounds: int, say: Callable[[str], None]) -> dict[str, list[T]]:
    """What each run found, round by round. Every other round goes the other way round.

    So none has the advantage of what the one before it has warmed up, or the burden of what it has left.
    """
    found: dict[str, list[T]] = {name: [] for name in runs}
    for number in range(1, rounds + 1):
        for name in [*runs] if number % 2 else reversed([*runs]):
            say(f"{name}, {number} of {rounds}")
            found[name].append(runs[name]())
            say(f"    {shown(found[name][-1])}")
    return found


def utc(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M:%SZ}"


def shown(value: Any) -> str:
    """A number, or several, or what shows itself."""
    if isinstance(value, tuple):
        return ", ".join(shown(part) for part in value)
    if not isinstance(value, int | float):
        return str(value)
    return f"{value:,.0f}" if value >= 1000 else f"{value:.3g}"


def numbers(pattern: str, text: str) -> list[float]:
    """The groups of the one place where the text matches."""
    found = re.search(pattern, text)
    if found is None:
        raise SanityError(f"expected {pattern} in:\n{text[-3000:]}")
    return [float(group) for group in found.groups()]
