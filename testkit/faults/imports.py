"""A downloaded history is imported, killed and imported again; compared with what a plain reader finds in its files."""

import random
import re
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playlog_testkit.exports import PRIVATE_WORDS, Extended, extended_history
from playlog_testkit.messages import Listen, end_offsets, milliseconds, read
from playlog_testkit.stack import Stack
from playlog_testkit.waiting import WAIT_SECONDS

from .comparison import Comparison
from .trial import TOPIC

NAME = "import killed"
LISTENER = "Imported Listener"
SOURCE = "spotify-extended"
DAYS = 3650
ACCOUNT = re.compile(r"^in (\d+) = (.*)$", re.MULTILINE)
KIND = re.compile(r"(.+) (\d+)")
DAMAGED_FILES = 2
"""The exit code of an import that has read all that it can of files that are damaged."""

Rows = dict[Listen, tuple[str | None, str | None, int | None, str | None]]
"""Artists, album, milliseconds played and source, as they are stored: each may be missing."""


def run(stack: Stack, plays: int, times: int, dice: random.Random, wait: Callable[[], None]) -> Comparison:
    """`wait` returns when the stream has stored what the topic holds."""
    folder = stack.folder.parent / "my_spotify_data"
    since = datetime.now(UTC).replace(microsecond=0)
    first_play = since - timedelta(days=DAYS + 30)
    export = extended_history(folder, LISTENER, plays, first_play, DAYS, dice.randrange(1000))
    problems = []
    printed: list[str] = []
    offsets = end_offsets(stack, TOPIC)

    def import_all(*options: str) -> None:
        done = stack.completed("run-producer.sh", *_arguments(export), *options)
        printed.extend((done.stdout, done.stderr))
        problems.extend(_account(done, export))

    begun = time.monotonic()
    import_all("--dry-run", "--list")
    seconds = time.monotonic() - begun
    for _ in range(times):
        killed = stack.start("run-producer.sh", *_arguments(export))
        time.sleep(dice.uniform(0, seconds))
        killed.kill()
        printed.append(killed.communicate(timeout=WAIT_SECONDS)[0])
    import_all()
    wait()
    first = _rows(stack)
    import_all()
    wait()
    second = _rows(stack)
    problems += [] if first == second else ["another import has changed rows"]
    until = datetime.now(UTC) + timedelta(minutes=1)
    audited = stack.completed("spark-job.sh", "audit", "--from", since.isoformat(), "--to", until.isoformat())
    if audited.returncode != 0:
        problems.append(f"the audit ended with {audited.returncode}:\n{audited.stdout}")
    stack.output("run-hourly-report.sh", "--due")
    query = f"SELECT songs_listened FROM user_hourly_summary WHERE name = '{LISTENER}'"
    summed_up = sum(row["songs_listened"] for row in stack.select(query))
    if summed_up != len(second):
        problems.append(f"the summaries of all hours count {summed_up} listens")
    missing, excess = export.rows.keys() - second.keys(), second.keys() - export.rows.keys()
    differ = [
        listen for listen in export.rows.keys() & second.keys() if not is_same(export.rows[listen], second[listen])
    ]
    for what, found in (("missing", missing), ("in excess", excess), ("differ", differ)):
        problems += [f"{len(found)} {what}: {sorted(found)[:3]}"] if found else []
    return Comparison(
        sent=len(export.rows),
        stored=len(second),
        missing=len(missing) + len(differ),
        duplicates=len(excess),
        problems=problems + found_private(stack, printed, [message.value for message in read(stack, TOPIC, offsets)]),
    )


def _arguments(export: Extended) -> list[str]:
    return ["import", *map(str, export.paths), "--listener", LISTENER]


def _account(done: subprocess.CompletedProcess, export: Extended) -> list[str]:
    """What is wrong with it."""
    found = ACCOUNT.search(done.stdout)
    if done.returncode != DAMAGED_FILES or found is None:
        return [f"the import ended with {done.returncode}:\n{done.stdout}{done.stderr}"]
    account = {"in": int(found[1])}
    for part in found[2].split(" + "):
        kind = KIND.fullmatch(part)
        assert kind, part
        account[kind[1].replace("to send", "sent")] = int(kind[2])
    return [] if account == export.account else [f"the account is {account}, expected {export.account}"]


def _rows(stack: Stack) -> Rows:
    query = (
        f"SELECT event_time, song_name, artists, album_name, ms_played, source FROM records WHERE name = '{LISTENER}'"
    )
    return {
        (LISTENER, milliseconds(row["event_time"]), row["song_name"]): (
            row["artists"],
            row["album_name"],
            row["ms_played"],
            row["source"],
        )
        for row in stack.select(query)
    }


def is_same(played: tuple[str, str, int], stored: tuple[str | None, str | None, int | None, str | None]) -> bool:
    """The catalogue may know more artists of a song than its export names."""
    artists = (stored[0] or "").split(", ")
    return played[0] in artists and (*played[1:], SOURCE) == stored[1:]


def found_private(stack: Stack, printed: list[str], messages: list[bytes | None]) -> list[str]:
    """Private words in what was logged, printed and sent."""
    texts = {
        log.name: log.read_text(errors="replace") for log in sorted((stack.folder / "log").rglob("*")) if log.is_file()
    }
    texts["what an import printed"] = "\n".join(printed)
    found = [f"{word} is in {place}" for place, text in texts.items() for word in PRIVATE_WORDS if word in text]
    sent = b"\n".join(value or b"" for value in messages)
    if LISTENER.encode() not in sent:
        found.append("the topic's messages were not found")
    return found + [f"{word} is in a message" for word in PRIVATE_WORDS if word.encode() in sent]
