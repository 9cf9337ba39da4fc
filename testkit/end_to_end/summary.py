"""The hourly summary computed anew, in plain Python from the rows of `records`."""

from collections import Counter, defaultdict
from datetime import datetime, timedelta


def summaries(records: list[dict], hour: datetime) -> dict[str, dict]:
    """By listener, with the columns of user_hourly_summary; `hour` without a zone, as the driver gives times."""
    listens = defaultdict(list)
    for row in records:
        if hour <= row["event_time"] < hour + timedelta(hours=1):
            listens[row["name"]].append(row)
    return {name: _summary(rows) for name, rows in listens.items()}


def _summary(rows: list[dict]) -> dict:
    matched = [row for row in rows if row["duration_ms"] is not None]
    averages = {
        f"avg_{feature}": sum(row[feature] for row in matched) / len(matched) if matched else None
        for feature in ("danceability", "energy", "valence", "tempo")
    }
    return averages | {
        "songs_listened": len(rows),
        "songs_matched": len(matched),
        "distinct_songs": len({row["song_name"] for row in rows}),
        "listened_ms": sum(listened_ms(row) for row in rows),
        "top_song": _top(row["song_name"] for row in rows),
        "top_artist": _top(row["artists"] for row in rows if row["artists"]),
    }


def listened_ms(row: dict) -> int:
    """Of a row of `records`: what was really played where it is known, else the song's duration."""
    return (row["duration_ms"] or 0) if row["ms_played"] is None else row["ms_played"]


def _top(values) -> str | None:
    counts = Counter(values)
    # Python orders text by code point.
    return min(counts, key=lambda value: (-counts[value], value), default=None)
