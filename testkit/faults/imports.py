"""A downloaded history is imported, killed and imported again; compared with what a plain reader finds in its files."""

import random
import re
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from playlog_testkit.exports import PRIVATE_WORDS, Extended, extended_history
from playlog_testkit.messages import Listen, milliseconds
from playlog_testkit.stack import Stack
from playlog_testkit.waiting import WAIT_SECONDS

from .comparison import Comparison

NAME = "import killed"
LISTENER = "Imported Listener"
DAYS = 3650
ACCOUNT = re.compile(r"^in (\d+) = (.*)$", re.MULTILINE)
KIND = re.compile(r"(.+) (\d+)")
DAMAGED_FILES = 2
"""The exit code of an import that has read all that it can of files that are damaged."""

Rows = dict[Listen, tuple[str, str, int]]


def run(stack: Stack, plays: int, times: int, dice: random.Random, wait: Callable[[], None]) -> Comparison:
    """`wait` returns when the stream has stored what the topic holds."""
    folder = stack.folder.parent / "my_spotify_data"
    since = datetime.now(UTC).replace(microsecond=0)
    first_play = since - timedelta(days=DAYS + 30)
    export = extended_history(folder, LISTENER, plays, first_play, DAYS, dice.randrange(1000))
    problems = []
    begun = time.monotonic()
    problems += _account(_import(stack, export, "--dry-run"), export)
    seconds = time.monotonic() - begun
    for _ in range(times):
        killed = stack.start("run-producer.sh", *_arguments(export))
        time.sleep(dice.uniform(0, seconds))
        killed.kill()
        killed.communicate(timeout=WAIT_SECONDS)
    problems += _account(_import(stack, export), export)
    wait()
    first = _rows(stack)
    problems += _account(_import(stack, export), export)
    wait()
    second = _rows(stack)
    problems += [] if first == second else ["another import has changed rows"]
    until = datetime.now(UTC) + timedelta(minutes=1)
    audited = stack.completed("spark-job.sh", "audit", "--from", since.isoformat(), "--to", until.isoformat())
    if audited.returncode != 0:
        problems.append(f"the audit ended with {audited.returncode}:\n{audited.stdout}")
    missing, excess = export.rows.keys() - second.keys(), second.keys() - export.rows.keys()
    differ = [listen for listen in export.rows.keys() & second.keys() if not _same(export.rows[listen], second[listen])]
    for what, found in (("missing", missing), ("in excess", excess), ("differ", differ)):
        problems += [f"{len(found)} {what}: {sorted(found)[:3]}"] if found else []
    return Comparison(
        sent=len(export.rows),
        stored=len(second),
        missing=len(missing) + len(differ),
        duplicates=len(excess),
        problems=problems + _leaks(stack),
    )


def _arguments(export: Extended) -> list[str]:
    return ["import", *map(str, export.paths), "--listener", LISTENER]


def _import(stack: Stack, export: Extended, *options: str) -> subprocess.CompletedProcess:
    return stack.completed("run-producer.sh", *_arguments(export), *options)


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
    query = f"SELECT event_time, song_name, artists, album_name, ms_played FROM records WHERE name = '{LISTENER}'"
    return {
        (LISTENER, milliseconds(row["event_time"]), row["song_name"]): (
            row["artists"],
            row["album_name"],
            row["ms_played"],
        )
        for row in stack.select(query)
    }


def _same(played: tuple[str, str, int], stored: tuple[str, str, int]) -> bool:
    """The catalogue may know more artists of a song than its export names."""
    return played[0] in stored[0].split(", ") and played[1:] == stored[1:]


def _leaks(stack: Stack) -> list[str]:
    """Private words in what was logged."""
    found = []
    for log in sorted((stack.folder / "log").rglob("*")):
        if log.is_file():
            text = log.read_text(errors="replace")
            found += [f"{word} is in {log.name}" for word in PRIVATE_WORDS if word in text]
    return found
