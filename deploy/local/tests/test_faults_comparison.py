"""The comparison of the fault trials: each way to be wrong is seen."""

import json

import pytest
from faults.comparison import Comparison, compare
from playlog_testkit.messages import Listen, Message

ADA: Listen = ("Ada", 1000, "Quiet")
BEN: Listen = ("Ben", 2000, "Loud")
BAD = Message(0, 2, b"no listen", {})


def message(listen: Listen, offset: int) -> Message:
    name, timestamp, song = listen
    fields = {"name": name, "song": song, "event_timestamp": str(timestamp)}
    return Message(0, offset, json.dumps(fields).encode(), {})


def letter(of: Message, value: bytes | None = None) -> Message:
    headers = {"playlog.partition": str(of.partition).encode(), "playlog.offset": str(of.offset).encode()}
    return Message(0, 0, value or of.value, headers)


def compared(**changed) -> Comparison:
    good = {
        "sent": {ADA, BEN},
        "acknowledged": {ADA, BEN},
        "topic": [message(ADA, 0), message(BEN, 1), BAD],
        "records": {ADA, BEN},
        "dead_letters": [letter(BAD)],
        "summaries": {"Ada": 1, "Ben": 1},
    }
    return compare(**good | changed)


def test_good():
    found = compared()
    assert (found.sent, found.stored, found.missing, found.duplicates, found.problems) == (2, 2, 0, 0, [])
    assert compared(summaries=None).missing == 0


@pytest.mark.parametrize(
    ("changed", "missing", "duplicates"),
    [
        ({"records": {ADA}, "summaries": {"Ada": 1}}, 1, 0),
        ({"topic": [message(ADA, 0), BAD], "records": {ADA}, "summaries": {"Ada": 1}}, 1, 0),
        ({"dead_letters": []}, 1, 0),
        ({"dead_letters": [letter(BAD, b"other bytes")]}, 1, 1),
        ({"dead_letters": [letter(BAD), letter(BAD)]}, 0, 0),
        ({"dead_letters": [letter(BAD), letter(message(ADA, 0))]}, 0, 1),
        ({"topic": [message(ADA, 0), message(BEN, 1), message(BEN, 3), BAD]}, 0, 1),
        ({"sent": {ADA}, "acknowledged": {ADA}}, 0, 1),
        ({"summaries": {"Ada": 1}}, 1, 0),
        ({"summaries": {"Ada": 2}}, 1, 1),
        ({"summaries": {"Ada": 1, "Ben": 3}}, 0, 2),
    ],
)
def test_wrong(changed, missing, duplicates):
    found = compared(**changed)
    assert (found.missing, found.duplicates) == (missing, duplicates)
