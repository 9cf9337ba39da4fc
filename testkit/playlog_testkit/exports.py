"""Made-up listening histories as Spotify gives them, and a plain reader of them. The same seed makes the same files."""

import csv
import json
import random
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from .messages import Listen
from .stack import ROOT

FILES = 15
SHORT_MS = 30_000
PRIVATE_WORDS = ("canary-user", "203.0.113.77", "canary-phone", "QZ", "canary-agent")
"""What the files say about the person, which must never leave them: user name, address, device, country, client."""

Play = dict[str, Any]
"""A line of Spotify's extended history."""


@dataclass(frozen=True)
class Extended:
    """`paths` are to be imported together; the account and the rows that this should give, by a plain reader."""

    paths: list[Path]
    account: dict[str, int]
    rows: dict[Listen, tuple[str, str, int]]
    """Artist, album and milliseconds played."""


def extended_history(folder: Path, listener: str, plays: int, since: datetime, days: int, seed: int) -> Extended:
    """Writes `FILES` files, and a zip of an earlier export that overlaps with them, with all that real ones have.

    One file ends in the middle, as a download that broke off; one has an object that is no JSON.
    """
    dice = random.Random(seed)
    made = [*_plays(dice, plays, since, timedelta(days=days) / plays)]
    folder.mkdir(parents=True)
    size = len(made) // FILES + 1
    parts = [made[start : start + size] for start in range(0, len(made), size)]
    for number, part in enumerate(parts):
        old = number < 3  # other names, a byte order mark, one object a line
        name = f"endsong_{number}.json" if old else f"Streaming_History_Audio_{part[0]['ts'][:4]}_{number}.json"
        text = _text(part, indent=None if old else 2)
        if number == 4:
            text = text.replace('"ms_played":', '"ms_played":, "broken":', 1)
        if number == len(parts) - 1:
            text = text[: text.rindex('"platform"')]
        (folder / name).write_text(text, encoding="utf-8-sig" if old else "utf-8")
    earlier = folder.with_suffix(".zip")
    with zipfile.ZipFile(earlier, "w", zipfile.ZIP_DEFLATED) as archive:
        top = "Spotify Extended Streaming History"
        archive.writestr(f"{top}/ReadMeFirst_ExtendedStreamingHistory.pdf", b"%PDF-1.7\n")
        archive.writestr(f"{top}/Streaming_History_Audio_2012-2015_0.json", _text(made[: 2 * size]))
        archive.writestr(f"{top}/Streaming_History_Video_2018-2019.json", _text(made[-200:]))
    paths = [folder, earlier]
    account, rows = read_plainly(paths, listener)
    return Extended(paths, account, rows)


def _text(plays: list[Play], indent: int | None = 2) -> str:
    return json.dumps(plays, ensure_ascii=False, indent=indent)


def _plays(dice: random.Random, count: int, since: datetime, step: timedelta) -> Iterator[Play]:
    songs = [*_songs(dice)]
    for number in range(count):
        end = since + number * step
        song, artist, album = dice.choice(songs)
        played = int(dice.triangular(0, 400_000, 200_000)) if dice.random() < 0.8 else dice.randrange(SHORT_MS)
        play = _play(dice, end, played, song, artist, album)
        yield play
        chance = dice.random()
        if chance < 0.01:  # the same line again
            yield play
        elif chance < 0.03:  # a batch of what was played offline: all of them end at once
            for song, artist, album in dice.sample(songs, 3):
                yield _play(dice, end, dice.randrange(400_000), song, artist, album)


def _songs(dice: random.Random) -> Iterator[tuple[str, str, str]]:
    """Half of them are in the catalogue."""
    with (ROOT / "data/spotify-songs.csv").open(encoding="utf-8", newline="") as file:
        rows = dice.sample([*csv.DictReader(file)], 1500)
    for number, row in enumerate(rows):
        artist = row["artists"].split(", ")[0]
        # The message's stands where the catalogue has none.
        yield row["name"], artist, row["album_name"] or "An Album"
        script = dice.choice(("Ünïcode", "雨の日", "🎧", "Привет"))
        yield f'Unknown "{number}" \\ {script}', artist, f"Album {number % 70}"


def _play(dice: random.Random, end: datetime, played: int, song: str, artist: str, album: str) -> Play:
    epoch = int(end.timestamp())
    play: Play = {
        "ts": f"{end:%Y-%m-%dT%H:%M:%SZ}",
        "platform": PRIVATE_WORDS[2],
        "ms_played": played,
        "conn_country": PRIVATE_WORDS[3],
        "ip_addr" if end.year > 2017 else "ip_addr_decrypted": PRIVATE_WORDS[1],
        "master_metadata_track_name": song,
        "master_metadata_album_artist_name": artist,
        "master_metadata_album_album_name": album,
        "spotify_track_uri": f"spotify:track:{dice.randrange(10**12):022}",
        "episode_name": None,
        "episode_show_name": None,
        "spotify_episode_uri": None,
        "reason_start": dice.choice(("trackdone", "fwdbtn", "clickrow", "unknown")),
        "reason_end": dice.choice(("trackdone", "endplay", "unexpected-exit-while-paused", "")),
        "shuffle": dice.random() < 0.5,
        "skipped": dice.choice((None, True, False)),
        "offline": dice.random() < 0.1,
        "offline_timestamp": dice.choice((None, 0, 57, epoch, epoch * 1000)),
        "incognito_mode": dice.random() < 0.01,
    }
    if end.year < 2020:
        play |= {"username": PRIVATE_WORDS[0], "user_agent_decrypted": PRIVATE_WORDS[4]}
    if end.year == 2017:
        del play["reason_start"], play["reason_end"]
    if end.year > 2021:
        play |= {"audiobook_title": None, "audiobook_uri": None, "audiobook_chapter_uri": None}
    chance = dice.random()
    if chance < 0.045:
        music = ("master_metadata_track_name", "master_metadata_album_artist_name", "master_metadata_album_album_name")
        play |= dict.fromkeys((*music, "spotify_track_uri"))
        if chance < 0.03:
            play |= {
                "episode_name": "An Episode",
                "episode_show_name": "A Show",
                "spotify_episode_uri": "spotify:episode:1",
            }
        elif chance < 0.04:
            play |= {"audiobook_title": "A Book", "audiobook_uri": "spotify:show:1"}
    elif chance < 0.046:
        play["ts"] = "1970-01-01T00:00:00Z"
    return play


def read_plainly(paths: list[Path], listener: str) -> tuple[dict[str, int], dict[Listen, tuple[str, str, int]]]:
    """What the documentation says becomes of each line, in the words of the account; and the listens."""
    account: Counter[str] = Counter()
    rows: dict[Listen, tuple[str, str, int]] = {}
    for name, text in _texts(paths):
        for play in _objects(text):
            account["in"] += 1
            kind = "videos" if "Video" in name else _kind(play)
            if kind == "sent":
                assert play
                start = int(datetime.fromisoformat(play["ts"]).timestamp()) * 1000 - play["ms_played"]
                listen = (listener, start, play["master_metadata_track_name"])
                details = (play["master_metadata_album_artist_name"], play["master_metadata_album_album_name"])
                kind = "repeated" if listen in rows else "sent"
                rows.setdefault(listen, (*details, play["ms_played"]))
            account[kind] += 1
    return dict(account), rows


def _texts(paths: list[Path]) -> Iterable[tuple[str, str]]:
    for path in paths:
        if path.is_dir():
            for file in sorted(path.iterdir()):
                yield file.name, file.read_text("utf-8-sig")
        else:
            with zipfile.ZipFile(path) as archive:
                for name in sorted(archive.namelist()):
                    if name.endswith(".json"):
                        yield name, archive.read(name).decode("utf-8-sig")


def _objects(text: str) -> Iterator[Play | None]:
    """None for what is no JSON."""
    decoder = json.JSONDecoder()
    position = text.find("{")
    while position >= 0:
        try:
            play, position = decoder.raw_decode(text, position)
            yield play
        except json.JSONDecodeError:
            yield None
            position += 1
        position = text.find("{", position)


def _kind(play: Play | None) -> str:
    if play is None:
        return "unreadable"
    if play["master_metadata_track_name"] is None:
        if play["episode_name"]:
            return "podcasts"
        return "audiobooks" if play.get("audiobook_title") else "unreadable"
    if play["incognito_mode"]:
        return "private"
    if play["ms_played"] < SHORT_MS:
        return "shorter than 30 s"
    return "unreadable" if datetime.fromisoformat(play["ts"]) < datetime(2000, 1, 1, tzinfo=UTC) else "sent"
