"""Compares, as sets, what was sent, what the topic holds, and what is stored."""

from dataclasses import dataclass

from .messages import Listen, Message


@dataclass(frozen=True)
class Comparison:
    """`problems` names what is missing or there twice, a few of each."""

    sent: int
    stored: int
    missing: int
    twice: int
    problems: list[str]


def source(letter: Message) -> tuple[int, int]:
    """Partition and offset of the message that a dead letter was."""
    return int(letter.headers["playlog.partition"]), int(letter.headers["playlog.offset"])


def compare(
    sent: set[Listen],
    acknowledged: set[Listen],
    topic: list[Message],
    records: set[Listen],
    dead_letters: list[Message],
    songs_listened: int | None,
) -> Comparison:
    """acknowledged is within the topic's listens, these are the records, and those are within sent.

    What is no listen is a dead letter. `songs_listened`: sum over the summaries, None before there are any.
    """
    listens = [message.listen() for message in topic]
    valid = {listen for listen in listens if listen}
    invalid = {(m.partition, m.offset) for m, listen in zip(topic, listens, strict=True) if not listen}
    letters = {source(letter) for letter in dead_letters}
    missing = {
        "acknowledged, not in the topic": acknowledged - valid,
        "in the topic, not in records": valid - records,
        "no listen, not in the dead letters": invalid - letters,
    }
    twice = {
        "in records, not in the topic": records - valid,
        "in records, never sent": records - sent,
        "a listen in the dead letters": letters - invalid,
    }
    repeated = sum(1 for listen in listens if listen) - len(valid)
    excess = 0 if songs_listened is None else songs_listened - len(records)
    problems = [f"{len(found)} {what}: {sorted(found)[:3]}" for what, found in (missing | twice).items() if found]
    problems += [f"{repeated} in the topic twice"] if repeated else []
    problems += [f"summaries say {songs_listened}, records {len(records)}"] if excess else []
    return Comparison(
        sent=len(sent),
        stored=len(records),
        missing=sum(map(len, missing.values())) + max(-excess, 0),
        twice=sum(map(len, twice.values())) + repeated + max(excess, 0),
        problems=problems,
    )
