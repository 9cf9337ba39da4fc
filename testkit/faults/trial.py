"""One trial: listens are sent, something dies meanwhile, and at the end all is compared."""

import json
import random
import subprocess
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from aiokafka.errors import KafkaError
from cassandra.concurrent import execute_concurrent_with_args
from playlog_testkit import messages
from playlog_testkit.messages import Listen, Message, milliseconds
from playlog_testkit.stack import Stack
from playlog_testkit.waiting import WAIT_SECONDS, wait_until

from .comparison import Comparison, compare, source
from .players import Players

TOPIC = "spotify"
DEAD_LETTERS = "spotify.dead-letters"
PLAYERS_LISTENER = "Listener of players"


class Trial:
    """Each trial has a time of events of its own, an hour, so that its rows can be told from others'."""

    def __init__(self, stack: Stack, number: int, hour: datetime, listens: int, rate: int, dice: random.Random) -> None:
        self.stack = stack
        self.number = number
        self.listens = listens
        self.rate = rate
        self.dice = dice
        self.hour = hour
        self.begin = hour
        self.end = hour + timedelta(hours=1)
        self.since = messages.end_offsets(stack, TOPIC)
        self.letters_since = messages.end_offsets(stack, DEAD_LETTERS)
        self.manifests: list[Path] = []

    def produce(self, part: int, parts: int) -> subprocess.Popen:
        """Starts a producer that sends this part of the trial's listens, over this part of its hour.

        Returns when it begins to send, and can be told to stop.
        """
        manifest = self.new_manifest("producer")
        start = self.hour + timedelta(hours=part / parts)
        end = self.hour + timedelta(hours=(part + 1) / parts)
        producer = self.stack.start(
            "run-producer.sh",
            *("--from", start.isoformat(), "--to", end.isoformat(), "--count", str(self.listens // parts)),
            *("--rate", str(self.rate), "--seed", str(self.number), "--manifest", str(manifest)),
        )
        wait_until(lambda: manifest.exists() or producer.poll() is not None, "the producer to begin")
        return producer

    def new_manifest(self, of: str) -> Path:
        """Where listens are to be noted that count as sent in this trial."""
        manifest = self.stack.folder.parent / f"manifest-{self.number}-{len(self.manifests)}-{of}.tsv"
        self.manifests.append(manifest)
        return manifest

    def players(self) -> Players:
        """Players of a listener of their own, whom the page lets in."""
        token = self.stack.output("run-web.sh", "token", "--listener", PLAYERS_LISTENER).strip()
        port = int(self.stack.variables["PLAYLOG_WEB_PORT"])
        title = f"player of {len(self.manifests)}"
        players = Players(port, PLAYERS_LISTENER, token, int(self.begin.timestamp()), title)
        wait_until(players.is_let_in, "the page to let players in")
        return players

    def finish(self, producer: subprocess.Popen) -> None:
        """Waits for the producer; none of its listens may have failed."""
        output, _ = producer.communicate(timeout=WAIT_SECONDS)
        if producer.returncode != 0:
            raise RuntimeError(f"The producer ended with {producer.returncode}:\n{output}")

    def send_invalid_messages(self) -> None:
        messages.send(self.stack, TOPIC, [f"invalid {number}".encode() for number in range(100)])

    def random_moment(self, parts: int) -> float:
        """Seconds after the producer's begin, at which it still sends its part."""
        return self.dice.uniform(0.1, 0.9) * self.listens / parts / self.rate

    def pid(self, program: str) -> int:
        """0 while it does not run; supervisorctl then ends with another exit code too."""
        return int(self.stack.completed("control.sh", "pid", program).stdout.strip() or 0)

    def kill(self, program: str) -> None:
        """SIGKILL to a program that runs."""
        subprocess.run(["kill", "-9", str(self.wait_for_pid(program))], check=False)

    def wait_for_pid(self, program: str) -> int:
        """Waits for one that is just being started again."""
        return wait_until(lambda: self.pid(program), f"{program} to run")

    def storing_pid(self) -> int:
        """The process of the stream that has the lease; 0 while nobody has it."""
        rows = self.stack.select("SELECT process FROM stream_lease")
        return int(rows[0]["process"].split("@")[0]) if rows else 0

    def wait_for_kafka(self) -> dict[int, int]:
        """Waits for one that is just being started again; the topic's end."""

        def end() -> dict[int, int]:
            with suppress(KafkaError):
                return messages.end_offsets(self.stack, TOPIC)
            return {}

        return wait_until(end, "Kafka to answer")

    def wait_for_stream(self) -> None:
        """Returns when stream_progress has reached the topic's end."""
        ends = self.wait_for_kafka()

        def caught_up() -> bool:
            rows = self.stack.select_if_up("SELECT kafka_partition, next_offset FROM stream_progress")
            progress = {row["kafka_partition"]: row["next_offset"] for row in rows}
            return all(progress.get(partition, -1) >= end for partition, end in ends.items())

        wait_until(caught_up, "the stream to catch up")

    def compare(self, summaries: dict[str, int] | None) -> Comparison:
        return compare(
            sent=self._manifest("sent"),
            acknowledged=self._manifest("acknowledged"),
            topic=self.messages(),
            records=self.records(),
            dead_letters=[letter for letter in self._dead_letters() if self._came_in_this_trial(letter)],
            summaries=summaries,
        )

    def messages(self) -> list[Message]:
        """Those of this trial in the topic; invalid ones since its begin are among them."""
        found = messages.read(self.stack, TOPIC, self.since)
        begin, end = milliseconds(self.begin), milliseconds(self.end)
        return [m for m in found if (listen := m.listen()) is None or begin <= listen[1] < end]

    def _dead_letters(self) -> list[Message]:
        return messages.read(self.stack, DEAD_LETTERS, self.letters_since)

    def _came_in_this_trial(self, letter: Message) -> bool:
        """A replay sends letters of earlier trials once more: they are delivered at least once."""
        partition, offset = source(letter)
        return offset >= self.since.get(partition, 0)

    def summaries(self) -> dict[str, int]:
        """songs_listened by listener."""
        rows = self.stack.select("SELECT name, hour, songs_listened FROM user_hourly_summary")
        return {row["name"]: row["songs_listened"] for row in rows if row["hour"] == self.hour.replace(tzinfo=None)}

    def records(self) -> set[Listen]:
        """The rows of this trial's time, slice by slice."""
        query = "SELECT name, event_time, song_name FROM records WHERE name = ? AND event_time >= ? AND event_time < ?"
        with self.stack.session() as session:
            names = [row["name"] for row in session.execute("SELECT DISTINCT name FROM records")]
            select = session.prepare(query)
            slices = execute_concurrent_with_args(session, select, [(name, self.begin, self.end) for name in names])
            return {
                (row["name"], milliseconds(row["event_time"]), row["song_name"])
                for found in slices
                for row in found.result_or_exc
            }

    def _manifest(self, state: str) -> set[Listen]:
        listens = set()
        for manifest in self.manifests:
            for line in manifest.read_text(encoding="utf-8").splitlines():
                found, timestamp, name, song = line.split("\t")
                if found == state:
                    listens.add((json.loads(name), int(timestamp), json.loads(song)))
        return listens
