"""A listener's page: what it shows, and the same computed anew in plain Python from the rows of `records`."""

import urllib.parse
import urllib.request
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

from end_to_end.summary import listened_ms

TOP = 10
FEATURES = ("danceability", "energy", "valence", "tempo")


class Page(HTMLParser):
    """Tables by caption, each a list of rows of (text, data-value), and the values of elements with a name."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.named: dict[str, float] = {}
        self.days: dict[str, int] = {}
        self.tables: dict[str, list[list[tuple[str, str | None]]]] = {}
        self._rows: list[list[tuple[str, str | None]]] = []
        self._text: list[str] | None = None
        self._value: str | None = None
        self._caption = ""
        with urllib.request.urlopen(address, timeout=60) as answer:
            self.feed(answer.read().decode())

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        found = dict(attributes)
        if "data-name" in found:
            self.named[str(found["data-name"])] = float(str(found["data-value"]))
        if "data-day" in found:
            self.days[str(found["data-day"])] = int(str(found["data-value"]))
        if tag == "table":
            self._rows, self._caption = [], ""
        elif tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th", "caption"):
            self._text, self._value = [], found.get("data-value")

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._text is not None:
            self._rows[-1].append(("".join(self._text).strip(), self._value))
            self._text = None
        elif tag == "caption" and self._text is not None:
            self._caption, self._text = "".join(self._text).strip(), None
        elif tag == "table":
            self.tables[self._caption] = self._rows


def address(base: str, name: str, days: tuple[date, date], zone: str) -> str:
    query = urllib.parse.urlencode({"from": days[0], "to": days[1], "zone": zone})
    return f"{base}/listeners/{urllib.parse.quote(name, safe='')}?{query}"


def shown(page: Page, zone: str) -> dict:
    """What a listener's page shows."""
    week = page.tables.get(f"Listens by weekday and hour ({zone})", [[]])[1:]
    return {
        "numbers": page.named,
        "songs": _top_of(page, "Songs played most"),
        "artists": _top_of(page, "Artists played most"),
        "albums": _top_of(page, "Albums played most"),
        "week": [[int(str(value)) for _, value in row[1:]] for row in week],
        "days": {day: count for day, count in page.days.items() if count},
    }


def _top_of(page: Page, caption: str) -> list[tuple[str, int]]:
    return [(row[0][0], int(str(row[-1][1]))) for row in page.tables.get(caption, [])[1:]]


def computed(records: list[dict], days: tuple[date, date], zone: str) -> dict:
    """The same from a listener's rows, with times without a zone, as the driver gives them."""
    there = ZoneInfo(zone)
    start = datetime.combine(days[0], time(), there)
    end = datetime.combine(days[1] + timedelta(days=1), time(), there)
    rows = [row for row in records if start <= row["event_time"].replace(tzinfo=UTC) < end]
    rows.sort(key=lambda row: (row["event_time"], row["song_name"]))
    matched = [row for row in rows if row["duration_ms"] is not None]
    numbers = {
        "listens": len(rows),
        "milliseconds": sum(listened_ms(row) for row in rows),
        "distinct-songs": len({row["song_name"] for row in rows}),
        "unmatched": len(rows) - len(matched),
    }
    if matched:
        numbers |= {feature: sum(row[feature] for row in matched) / len(matched) for feature in FEATURES}
    week = [[0] * 24 for _ in range(7)]
    for row in rows:
        local = row["event_time"].replace(tzinfo=UTC).astimezone(there)
        week[local.weekday()][local.hour] += 1
    return {
        "numbers": numbers,
        "songs": _top(row["song_name"] for row in rows),
        "artists": _top(row["artists"] for row in rows if row["artists"]),
        "albums": _top(row["album_name"] for row in rows if row["album_name"]),
        "week": week if rows else [],
        "days": Counter(row["event_time"].replace(tzinfo=UTC).astimezone(there).date().isoformat() for row in rows),
    }


def _top(values) -> list[tuple[str, int]]:
    # Python orders text by code point.
    return sorted(Counter(values).items(), key=lambda item: (-item[1], item[0]))[:TOP]
