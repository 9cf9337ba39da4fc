"""Histories: years of listens from a file to records and to published hours, against the plain ways of doing it."""

import csv
import random
import sys
import time
from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median

from playlog_testkit.messages import end_offsets
from playlog_testkit.stack import Stack

from .bench import BASELINES, Bench, check, utc
from .checkout import OURS
from .processes import output
from .results import Goal, Result, against, alone
from .streams import check_stored, playlog, wait_for_drain, wait_for_start

SINCE = datetime(2015, 1, 1, tzinfo=UTC)
LISTENER = "Ada Lovelace"
LISTENERS = 992
YEARS = timedelta(days=3650)
CROWD_YEARS = timedelta(days=1643)
LISTENS_PER_HOUR = 10 / 3
SONGS = 5_000
NO_SLOWER = Goal(at_least=1)
STORED_SECONDS = Goal(at_most=60)
SUMMED_UP_SECONDS = Goal(at_most=120)

Line = tuple[str, datetime, int]
"""Whose it is, when it began, and the number of the song."""


def measure_import(bench: Bench) -> list[Result]:
    """Lines of one listener's CSV to the topic, and on to records."""
    count = bench.sizes.imported_lines
    file = bench.new_path("recenttracks.csv")
    write(file, ((LISTENER, SINCE + number * timedelta(minutes=4), number % SONGS) for number in range(count)))
    rates = bench.alternate(
        {
            "import": partial(_to_topic, bench, count, lambda stack, _: _import(stack, file)),
            "plain Python": partial(_to_topic, bench, count, lambda stack, topic: _plainly(stack, topic, file)),
        }
    )
    stored = bench.alternate({"import, to records": partial(_to_records, bench, file, count)})["import, to records"]
    return [
        against("import against plain Python", "lines/s", rates["import"], rates["plain Python"], NO_SLOWER),
        alone(f"import of {count:,} lines, until all are in records", "s", median(stored), STORED_SECONDS),
    ]


def measure(bench: Bench) -> list[Result]:
    """Ten years of one listener, and of a thousand listeners as Last.fm's users are."""
    years, crowd = bench.sizes.years_listens, bench.sizes.crowd_listens
    return [
        *_published(bench, "ten years of one listener", years, ten_years(years), SUMMED_UP_SECONDS),
        *_published(bench, f"4.5 years of {LISTENERS} listeners", crowd, sessions(crowd), None),
    ]


def ten_years(count: int) -> Iterable[Line]:
    """Of one listener, who listens in 45,000 of the hours if there are 150,000 listens."""
    dice = random.Random(count)
    hours = dice.sample(range(int(YEARS / timedelta(hours=1))), int(count / LISTENS_PER_HOUR))
    for number in range(count):
        hour = hours[number % len(hours)]
        minutes = 4 * (number // len(hours)) + dice.random()
        yield LISTENER, SINCE + timedelta(hours=hour, minutes=minutes), dice.randrange(SONGS)


def sessions(count: int) -> Iterable[Line]:
    """Of listeners of whom few listen to most: in sessions of one to twenty songs."""
    dice = random.Random(count)
    weights = [dice.lognormvariate(0, 1.2) for _ in range(LISTENERS)]
    left = count
    while left > 0:
        name = f"user_{dice.choices(range(LISTENERS), weights)[0]:06}"
        start = SINCE + dice.random() * CROWD_YEARS
        songs = min(left, dice.randint(1, 20))
        left -= songs
        for number in range(songs):
            yield name, start + number * timedelta(minutes=4), dice.randrange(SONGS)


def write(file: Path, lines: Iterable[Line]) -> None:
    """As programs that fetch scrobbles do, with one more column for whose they are."""
    with file.open("w", encoding="utf-8", newline="") as out:
        rows = csv.writer(out)
        rows.writerow(
            ("uts", "utc_time", "artist", "artist_mbid", "album", "album_mbid", "track", "track_mbid", "name")
        )
        for name, at, song in lines:
            when = f"{at:%d %b %Y, %H:%M}"
            album = f"Album {song // 10}"
            rows.writerow((int(at.timestamp()), when, f"Artist {song // 30}", "", album, "", f"Song {song}", "", name))


def _import(stack: Stack, file: Path) -> None:
    stack.output("run-producer.sh", "import", str(file), "--listener", LISTENER)


def _plainly(stack: Stack, topic: str, file: Path) -> None:
    data = ["--topic", topic, "--file", str(file)]
    output([sys.executable, str(BASELINES / "plain_import.py"), "--kafka", stack.kafka, *data], stack.variables)


def _to_topic(bench: Bench, count: int, send: Callable[[Stack, str], None]) -> float:
    """Lines a second, the program's start included."""
    topic = bench.new_path("history").name
    stack = bench.new_topic(topic)
    seconds = _timed(partial(send, stack, topic))
    found = sum(end_offsets(stack, topic).values())
    check(found == count, f"the topic {topic} holds {found} messages, not {count}")
    return count / seconds


def _to_records(bench: Bench, file: Path, count: int) -> float:
    """Seconds from the import's start until the stream, which waits, has stored all."""
    bench.empty_tables()
    topic = bench.new_path("history").name
    stack = bench.new_topic(topic)
    with playlog(bench, topic) as (stream, checkpoint):
        wait_for_start(stream, checkpoint)

        def run() -> None:
            _import(stack, file)
            wait_for_drain(bench, stream, checkpoint, topic)

        seconds = _timed(run)
    check_stored(bench, f"{OURS.keyspace}.records", count)
    return seconds


def _published(bench: Bench, name: str, count: int, lines: Iterable[Line], goal: Goal | None) -> list[Result]:
    bench.empty_tables()
    topic = bench.new_path("history").name
    stack = bench.new_topic(topic)
    file = bench.new_path("history.csv")
    write(file, lines)

    def store() -> None:
        _plainly(stack, topic, file)
        wait_for_drain(bench, stream, checkpoint, topic)

    with playlog(bench, topic) as (stream, checkpoint):
        wait_for_start(stream, checkpoint)
        bench.say(f"stream stores {name}")
        stored = _timed(store)
    bench.settle()
    hours = ("--from", utc(SINCE), "--to", utc(SINCE + YEARS))
    seconds = bench.alternate(
        {
            name: lambda: _timed(lambda: stack.output("run-hourly-report.sh", *hours)),
            "plain Spark": lambda: _timed(partial(_plain_spark, bench)),
        }
    )
    ours, plain = seconds[name], seconds["plain Spark"]
    first = ours[0]
    return [
        alone(f"{name}, {count:,} listens, first reports of all hours", "s", first, goal),
        alone(f"{name}, from file to published hours", "s", stored + first, None),
        against(f"{name}, reports of all hours, against plain Spark", "s", ours, plain, None),
    ]


def _plain_spark(bench: Bench) -> None:
    arguments = ["--cassandra-port", bench.cassandra_port, "--keyspace", OURS.keyspace]
    output(bench.spark_submit("plain_spark_hours.py", "spark.report-memory", *arguments), bench.spark_variables)


def _timed(run: Callable[[], object]) -> float:
    begun = time.monotonic()
    run()
    return time.monotonic() - begun
