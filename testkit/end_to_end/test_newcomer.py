"""What a newcomer does: start everything, see the first report, stop, start again, stop; and the numbers hold."""

import asyncio
import csv
import json
from datetime import UTC, date, timedelta

import airflow_api
import airflow_env
import pytest
from aiokafka import AIOKafkaProducer
from liblistenbrainz import Listen, ListenBrainz
from liblistenbrainz.errors import InvalidAuthTokenException
from playlog_testkit.stack import ROOT, Stack, last_full_hour
from playlog_testkit.waiting import wait_until

from end_to_end import browser
from end_to_end.history import Page, address, computed, shown
from end_to_end.summary import summaries

LISTENERS = 61
REPORTER = "Reporter / 2.0 (ünïcode)"
PLAYER = "Player (ünïcode)"
AUTUMN = 1_792_872_000_000
"""2026-10-24T20:00Z; in Berlin the clocks went back at 01:00Z the next day."""
DAG = "playlog_hourly"


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    stack = Stack(tmp_path_factory.mktemp("stack") / "var")
    yield stack
    stack.run("stop-all.sh", "--purge")


def send_as_the_report_did(kafka: str, listens: list[dict]) -> None:
    """No key, gzip, the timestamp a string: the form of the first producer."""

    async def send():
        producer = AIOKafkaProducer(
            bootstrap_servers=kafka, compression_type="gzip", value_serializer=lambda v: json.dumps(v).encode()
        )
        await producer.start()
        for listen in listens:
            await producer.send("spotify", listen)
        await producer.stop()

    asyncio.run(send())


def submit_as_players_do(stack: Stack, songs: list[dict], at: int) -> set[tuple]:
    """With ListenBrainz's own client; song, second and milliseconds played of each listen."""
    token = stack.output("run-web.sh", "token", "--listener", PLAYER).strip()
    client = ListenBrainz(api_base_url=f"http://127.0.0.1:{stack.variables['PLAYLOG_WEB_PORT']}")
    with pytest.raises(InvalidAuthTokenException):
        client.set_auth_token("6f1d8c3e-0000-4000-8000-000000000000")
    client.set_auth_token(token)
    listens = [
        Listen(
            song["name"],
            song["artists"],
            listened_at=at + second,
            release_name=song["album_name"],
            listening_from="end-to-end",
            additional_info={"duration_played": 30 + second},
        )
        for second, song in enumerate(songs)
    ]
    client.submit_playing_now(Listen("No song", "Nobody"))
    assert client.submit_single_listen(listens[0]) == {"status": "ok"}
    assert client.submit_multiple_listens(listens[1:]) == {"status": "ok"}
    return {(listen.track_name, listen.listened_at, 1000 * (30 + second)) for second, listen in enumerate(listens)}


def stored(stack: Stack) -> int:
    rows = stack.select("SELECT name, count(*), avg(energy) FROM records GROUP BY name")
    return sum(row["count"] for row in rows)


def check_page(stack: Stack, records: list[dict]) -> None:
    """The page's numbers, over the end of summer time and in a zone of half an hour, are those of the records."""
    base = f"http://127.0.0.1:{stack.variables['PLAYLOG_WEB_PORT']}"
    ranges = [
        ((date(2026, 10, 25), date(2026, 10, 25)), "Europe/Berlin"),
        ((date(2026, 10, 24), date(2026, 10, 26)), "Europe/Berlin"),
        ((date(2026, 10, 25), date(2026, 10, 25)), "Asia/Kolkata"),
        ((date(2026, 1, 1), date(2026, 12, 31)), "America/St_Johns"),
    ]
    for name in (REPORTER, "Ada Lovelace"):
        rows = [row for row in records if row["name"] == name]
        for days, zone in ranges:
            found = shown(Page(address(base, name, days, zone)), zone)
            expected = computed(rows, days, zone)
            assert found["numbers"] == pytest.approx(expected.pop("numbers"), rel=1e-12)
            del found["numbers"]
            assert found == expected


def test_newcomer(stack):
    hour = last_full_hour()
    started = stack.run("start-all.sh")
    assert started.returncode == 0
    assert "Playlog runs: the summaries of 61 listeners" in started.stdout

    url = f"http://127.0.0.1:{stack.variables['PLAYLOG_AIRFLOW_PORT']}"
    access = airflow_api.token(url, *airflow_env.login(stack.folder / "airflow"))
    wait_until(lambda: (airflow_api.latest_run(url, access, DAG) or {}).get("state") == "success", "the stack", poll=1)
    run = airflow_api.latest_run(url, access, DAG)
    assert run["run_type"] == "scheduled"
    assert run["data_interval_start"] >= f"{hour:%Y-%m-%dT%H:00:00}"

    assert stack.run("status.sh").returncode == 0

    # The producer ends with what was acknowledged; the first one's history is counted from the topic.
    stack.run("control.sh", "stop", "producer")
    with (ROOT / "data/spotify-songs.csv").open(encoding="utf-8", newline="") as file:
        catalogue = list(csv.DictReader(file))
    songs = [row["name"] for row in catalogue]
    at = int((hour + timedelta(minutes=30)).timestamp() * 1000)
    good = [{"name": REPORTER, "song": song, "event_timestamp": str(at + i)} for i, song in enumerate(songs)]
    # Every ten minutes of the day on which clocks went back, some of songs that the catalogue does not know.
    autumn = [
        {
            "name": REPORTER,
            "song": songs[i % 7] if i % 5 else f"No song {i % 3}",
            "event_timestamp": str(AUTUMN + i * 600_000),
        }
        for i in range(200)
    ]
    good += autumn
    send_as_the_report_did(stack.kafka, [*good, {"name": "Reporter", "song": "", "event_timestamp": str(at)}])
    played = submit_as_players_do(stack, catalogue[:100], at // 1000)
    wait_until(lambda: stack.status()["data"]["lag"] == 0, "the stack", poll=1)

    data = stack.status()["data"]
    assert data["dead_letters"] == 1
    assert data["unmatched"] == 40
    history = LISTENERS * 2 * 3600 // 5
    total = history + stack.acknowledged() + len(good) + len(played)
    assert stored(stack) == total
    assert data["listens_stored"] == total

    # The late listens made their hour due; summed up again it is what plain Python makes of the records.
    assert stack.run("run-hourly-report.sh", "--due").returncode == 0
    records = stack.select("SELECT * FROM records")
    published = stack.select("SELECT * FROM user_hourly_summary")
    for checked in {row["hour"] for row in published}:
        expected = summaries(records, checked)
        found = {row["name"]: row for row in published if row["hour"] == checked}
        assert found.keys() == expected.keys()
        for name, summary in expected.items():
            assert {column: found[name][column] for column in summary} == pytest.approx(summary, abs=1e-6)
    in_the_hour = {row["name"] for row in published if row["hour"] == hour.replace(tzinfo=None)}
    assert len(in_the_hour) == LISTENERS + 2
    of_player = [row for row in records if row["name"] == PLAYER]
    found = {
        (row["song_name"], int(row["event_time"].replace(tzinfo=UTC).timestamp()), row["ms_played"])
        for row in of_player
    }
    assert found == played
    assert {row["source"] for row in of_player} == {"listenbrainz"}
    assert all(row["duration_ms"] for row in of_player)

    check_page(stack, records)
    browser.check(
        f"http://127.0.0.1:{stack.variables['PLAYLOG_WEB_PORT']}",
        ROOT / "target/screenshots",
        REPORTER,
        f"{hour:%Y-%m-%dT%H:%MZ}",
    )

    queried = json.loads(stack.output("query.sh", "summaries", "--json"))["summaries"]
    assert {row["name"] for row in queried} == {row["name"] for row in published}
    assert {row["state"] for row in queried} == {"complete"}

    assert stack.run("stop-all.sh").returncode == 0
    assert stack.processes() == []

    assert stack.run("start-all.sh").returncode == 0
    stack.run("control.sh", "stop", "producer")
    wait_until(lambda: stack.status()["data"]["lag"] == 0, "the stack", poll=1)
    assert stored(stack) == history + stack.acknowledged() + len(good) + len(played)

    assert stack.run("stop-all.sh", "--purge").returncode == 0
    assert stack.processes() == []
    assert not stack.folder.exists()
