"""A trial on a cluster: listens happen now, so that their waits can be told, and go on until all is well again."""

import random
import re
import subprocess
import time
from contextlib import suppress
from datetime import UTC, datetime

from aiokafka.errors import KafkaError
from cassandra.policies import WhiteListRoundRobinPolicy
from cassandra.query import ConsistencyLevel
from playlog_local import processes
from playlog_local.processes import Process
from playlog_local.supervisor import STACK_VARIABLE
from playlog_testkit.stack import Stack
from playlog_testkit.waiting import wait_until

from . import brokers
from .comparison import Comparison
from .network import Machine
from .trial import TOPIC, Trial
from .waits import Progress, Sent, Waits, waits

BEFORE_SECONDS = (8, 15)
AFTER_SECONDS = 5
ENDLESS = 1_000_000_000
CORES = 2
"""spark.stream-cores as it is shipped; one node alone has no executors."""


class LiveTrial(Trial):
    """Its time is that in which it runs.

    `hour`: a past one that it has for itself, for listens that need a report; `machine`: one that can be cut off.
    """

    def __init__(
        self,
        stack: Stack,
        number: int,
        hour: datetime,
        rate: int,
        dice: random.Random,
        machine: Machine | None = None,
    ) -> None:
        super().__init__(stack, number, hour, ENDLESS, rate, dice)
        self.begin = datetime.now(UTC)
        self.machine = machine
        self.progress = Progress(stack)
        self.reported: list[Comparison] = []
        """What a fault has compared itself, of the hour's report."""

    def start_producer(self) -> subprocess.Popen:
        """Returns when it has sent for a while."""
        producer = self.begin_to_send()
        time.sleep(self.dice.uniform(*BEFORE_SECONDS))
        return producer

    def begin_to_send(self) -> subprocess.Popen:
        """Until the producer is told to stop."""
        manifest = self.new_manifest("producer")
        producer = self.stack.start(
            "run-producer.sh",
            *("--rate", str(self.rate), "--seed", str(self.dice.randrange(1_000_000)), "--manifest", str(manifest)),
        )
        wait_until(lambda: manifest.exists() or producer.poll() is not None, "the producer to begin")
        return producer

    def stop_producer(self, producer: subprocess.Popen) -> None:
        """When all is well again, and listens were sent then too."""
        self.wait_until_whole()
        time.sleep(AFTER_SECONDS)
        producer.terminate()
        self.finish(producer)
        self.wait_for_stream()
        self.end = datetime.now(UTC)

    def wait_until_whole(self) -> None:
        """Each broker has all, each node answers, executors have the cores of the stream, and the stream keeps up."""
        wait_until(self._brokers_are_in_sync, "brokers to be in sync")
        self.wait_for_nodes()
        wait_until(lambda: cores(self.stack) == (CORES if self.stack.nodes > 1 else 0), "executors with all cores")
        self.wait_for_stream()

    def wait_for_nodes(self) -> None:
        wait_until(self._nodes_answer, "nodes to answer")

    def _brokers_are_in_sync(self) -> bool:
        with suppress(KafkaError):
            return brokers.all_in_sync(self.stack, TOPIC)
        return False

    def _nodes_answer(self) -> bool:
        """Each, asked for what all of them must answer."""
        try:
            for host in self.stack.hosts:
                only = WhiteListRoundRobinPolicy([host])
                everyone = ConsistencyLevel.ALL
                with self.stack.session(load_balancing_policy=only, consistency_level=everyone) as session:
                    session.execute("SELECT next_offset FROM stream_progress", timeout=10)
        except Exception:  # The driver has a dozen ways to say that a node is not there.
            return False
        return True

    def leader(self) -> str:
        """Name of the broker that leads a partition, any."""
        host = self.dice.choice([*brokers.leaders(self.stack, TOPIC).values()])
        return f"kafka-{self.stack.hosts.index(host) + 1}"

    def programs(self, kind: str) -> list[str]:
        return [f"{kind}-{number + 1}" for number in range(self.stack.nodes)]

    def past(self, listens: int) -> Trial:
        """A trial of back-dated listens beside this one, in its hour; they are all stored."""
        trial = Trial(self.stack, 1000 + self.number, self.hour, listens, listens, self.dice)
        trial.finish(trial.produce(0, 1))
        trial.wait_for_stream()
        return trial

    def waits(self) -> Waits:
        sent = [
            Sent(message.partition, message.offset, listen[1])
            for message in self.messages()
            if (listen := message.listen())
        ]
        return waits(sent, self.progress.seen)


def executors(stack: Stack) -> list[Process]:
    """Of the stream: nothing else has any while no report runs."""
    found = processes.of(STACK_VARIABLE, stack.folder)
    return [process for process in found if "CoarseGrainedExecutorBackend" in process.arguments]


def cores(stack: Stack) -> int:
    """That the stream's executors have. Those of a worker that is gone Spark gives it elsewhere, in one or in several;
    an executor that was cut off lives on for a while beside them.
    """
    given = [re.search(r"--cores (\d+)", executor.arguments) for executor in executors(stack)]
    return sum(int(found[1]) for found in given if found)
