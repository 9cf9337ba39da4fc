"""query.sh summaries: the reports of a day, and each listener's newest summary, complete or unfinished."""

import datetime

from .cassandra import Cqlsh
from .console import Code, Failure
from .layout import Layout

RUNS = "SELECT JSON hour, state, listens, listeners, finished_at FROM report_runs WHERE day = '{day}'"
SUMMARIES = (
    "SELECT JSON hour, name, songs_listened, songs_matched, distinct_songs, avg_energy, top_song, top_artist "
    "FROM user_hourly_summary PER PARTITION LIMIT 1 LIMIT 100"
)
UNFINISHED = "unfinished"


def parse_day(text: str) -> datetime.date:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        raise Failure(Code.BAD_ARGUMENT, f"Found the day {text!r}, expected one such as 2026-11-22.") from None


def read(layout: Layout, day: datetime.date) -> dict[str, list[dict]]:
    """`reports` of the day and `summaries`; a summary is complete if no report was at work on its hour meanwhile."""
    cqlsh = Cqlsh(layout)
    keyspace = layout.settings["cassandra.keyspace"]

    def rows(cql: str) -> list[dict]:
        found = cqlsh.rows(cql, keyspace=keyspace)
        if found is None:
            raise Failure(Code.NO_ANSWER, f"Cassandra does not answer:\n{cqlsh.error}")
        return found

    def states(summaries: list[dict]) -> dict[str, tuple[str, str]]:
        days = ", ".join(f"'{day}'" for day in sorted({summary["hour"][:10] for summary in summaries}))
        runs = rows(f"SELECT JSON hour, state, finished_at FROM report_runs WHERE day IN ({days})") if days else []
        return {run["hour"]: (run["state"], run["finished_at"]) for run in runs}

    before = states(rows(SUMMARIES))
    summaries = rows(SUMMARIES)
    after = states(summaries)
    for summary in summaries:
        state = after.get(summary["hour"], (UNFINISHED, ""))
        complete = state[0] == "complete" and state == before.get(summary["hour"])
        summary["state"] = "complete" if complete else UNFINISHED
    return {"reports": rows(RUNS.format(day=day)), "summaries": summaries}


def text(found: dict[str, list[dict]], day: datetime.date) -> str:
    reports = table(found["reports"], ["hour", "state", "listens", "listeners", "finished_at"])
    columns = ["state", "hour", "name", "songs_listened", "songs_matched", "distinct_songs", "avg_energy", "top_song"]
    summaries = table(found["summaries"], [*columns, "top_artist"])
    return f"Reports of {day}:\n{reports}\nThe newest summary of each listener:\n{summaries}"


def table(rows: list[dict], columns: list[str]) -> str:
    cells = [columns, *([_cell(row[column]) for column in columns] for row in rows)]
    widths = [max(len(line[index]) for line in cells) for index in range(len(columns))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() for line in cells]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:], f"({len(rows)} rows)", ""])


def _cell(value: object) -> str:
    return "" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)
