"""The back-dated listens of a new topic: due until all have been sent, however often a start is broken off."""

import json
from datetime import datetime, timedelta

from . import files, members
from .layout import Layout


class History:
    """Remembered in a file, which is there while they are due. Only a topic that is new ever gets them."""

    def __init__(self, layout: Layout) -> None:
        settings = layout.settings
        self._file = layout.dir / "history-due.json"
        self._bundled = settings["local.kafka-bundled"]
        self._kafka_data = [member.folder(layout) / "data/meta.properties" for member in members.of(layout, "kafka")]
        self._topic = {
            "kafka": "bundled" if self._bundled else settings["kafka.bootstrap-servers"],
            "topic": settings["kafka.topic"],
        }
        self._length = timedelta(seconds=settings["local.history"])
        self._interval = timedelta(seconds=settings["producer.interval"])

    def plan_if_kafka_is_new(self) -> None:
        """Before Kafka and the topic are made: a start that ends between that and `plan` is no exception."""
        if self._bundled and not any(file.exists() for file in self._kafka_data):
            self._write(None)

    def plan(self) -> None:
        """The topic has just been created."""
        if not self.is_due():
            self._write(None)

    def is_due(self) -> bool:
        return self._length > timedelta() and self._read() is not None

    def begin(self, now: datetime) -> tuple[datetime, datetime]:
        """The time to fill; one that was begun from the same instant on, so that rows overwrite themselves.

        With whole intervals of the producer the listens of a longer time begin with those of a shorter one.
        """
        begun = (self._read() or {}).get("range")
        since, until = (datetime.fromisoformat(instant) for instant in begun) if begun else (now, now)
        if not begun or until < now - self._length:  # long ago: the last hours would not be all that is filled
            since = now - self._length
        until = since + (now - since) // self._interval * self._interval
        self._write([since.isoformat(), until.isoformat()])
        return since, until

    def end(self) -> None:
        self._file.unlink()

    def _read(self) -> dict | None:
        """What is due, if it is due for this topic."""
        if not self._file.exists():
            return None
        due = files.read_json(self._file)
        return due if self._topic.items() <= due.items() else None

    def _write(self, range: list[str] | None) -> None:
        self._file.parent.mkdir(parents=True, exist_ok=True)
        files.replace(self._file, json.dumps(self._topic | {"range": range}))
