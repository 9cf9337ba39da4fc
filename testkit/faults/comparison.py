"""Compares, as sets, what was sent, what the topic holds, and what is stored."""

from collections import Counter
from dataclasses import dataclass

from playlog_testkit.messages import Listen, Message


@dataclass(frozen=True)
class Comparison:
    """`problems` names what is missing or a duplicate, a few of each."""

    sent: int
    stored: int
    missing: int
    duplicates: int
    problems: list[str]

    def __add__(self, other: "Comparison") -> "Comparison":
        """Of listens that were compared apart."""
        return Comparison(
            sent=self.sent + other.sent,
            stored=self.stored + other.stored,
            missing=self.missing + other.missing,
            duplicates=self.duplicates + other.duplicates,
            problems=self.problems + other.problems,
        )


def source(letter: Message) -> tuple[int, int]:
    """Partition and offset of the message that a dead letter was."""
    return int(letter.headers["playlog.partition"]), int(letter.headers["playlog.offset"])


def compare(
    sent: set[Listen],
    acknowledged: set[Listen],
    topic: list[Message],
    records: set[Listen],
    dead_letters: list[Message],
    summaries: dict[str, int] | None,
) -> Comparison:
    """acknowledged is within the topic's listens, these are the records, and those are within sent.

    An invalid message is a dead letter with the same bytes. `summaries`: songs_listened by listener, each the number
    of that listener's records; None before there are any.
    """
    listens = [message.listen() for message in topic]
    valid = {listen for listen in listens if listen}
    invalid = {(m.partition, m.offset, m.value) for m, listen in zip(topic, listens, strict=True) if not listen}
    letters = {(*source(letter), letter.value) for letter in dead_letters}
    missing: dict[str, set] = {
        "acknowledged, not in the topic": acknowledged - valid,
        "in the topic, not in records": valid - records,
        "invalid, not in the dead letters": invalid - letters,
    }
    duplicates: dict[str, set] = {
        "in records, not in the topic": records - valid,
        "in records, never sent": records - sent,
        "a listen in the dead letters": letters - invalid,
    }
    repeated = sum(1 for listen in listens if listen) - len(valid)
    of_listener = Counter(name for name, _, _ in records)
    published = of_listener if summaries is None else summaries
    differ = {name: published.get(name, 0) - of_listener[name] for name in published.keys() | of_listener.keys()}
    short = -sum(count for count in differ.values() if count < 0)
    excess = sum(count for count in differ.values() if count > 0)
    problems = [f"{len(found)} {what}: {sorted(found)[:3]}" for what, found in (missing | duplicates).items() if found]
    problems += [f"{repeated} in the topic again"] if repeated else []
    problems += [f"summaries are {short} listens short, and {excess} in excess"] if short or excess else []
    return Comparison(
        sent=len(sent),
        stored=len(records),
        missing=sum(map(len, missing.values())) + short,
        duplicates=sum(map(len, duplicates.values())) + repeated + excess,
        problems=problems,
    )
