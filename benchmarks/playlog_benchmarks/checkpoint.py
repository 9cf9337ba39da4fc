"""What a Spark checkpoint tells: how far a query has come, and when. The same for every job, ours or not."""

import json
from pathlib import Path


class Checkpoint:
    """`offsets/N` is written when batch N starts, `commits/N` when it is done."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def has_started(self) -> bool:
        """Whether the query has fixed where it begins to read."""
        return (self.folder / "sources/0/0").exists()

    def committed(self, topic: str) -> dict[int, int]:
        """By partition, the offset before which all messages are dealt with."""
        done = self._batches("commits")
        return offsets((self.folder / f"offsets/{done[-1]}").read_text(), topic) if done else {}

    def seconds(self) -> float:
        """From the first batch's start to the last commit."""
        start = (self.folder / "offsets/0").stat().st_mtime
        return (self.folder / f"commits/{self._batches('commits')[-1]}").stat().st_mtime - start

    def warm_rate(self, topic: str, after: int) -> float:
        """Messages a second from the first commit that has dealt with `after` of them to the last.

        For a topic whose messages begin at offset 0.
        """
        done = self._batches("commits")
        counts = {batch: sum(offsets((self.folder / f"offsets/{batch}").read_text(), topic).values()) for batch in done}
        warm = [batch for batch in done if counts[batch] >= after]
        if len(warm) < 2:
            raise ValueError(
                f"found {len(warm)} commits from message {after} on, expected 2 at least: a longer backlog"
            )
        first, last = warm[0], warm[-1]
        times = [(self.folder / f"commits/{batch}").stat().st_mtime for batch in (first, last)]
        return (counts[last] - counts[first]) / (times[1] - times[0])

    def _batches(self, kind: str) -> list[int]:
        folder = self.folder / kind
        if not folder.exists():
            return []
        return sorted(int(entry.name) for entry in folder.iterdir() if entry.name.isdigit())


def offsets(text: str, topic: str) -> dict[int, int]:
    """Reads a file of the checkpoint's folder `offsets`: version, metadata, and a line per source."""
    for line in text.splitlines()[2:]:
        found = json.loads(line)
        if topic in found:
            return {int(partition): offset for partition, offset in found[topic].items()}
    return {}
