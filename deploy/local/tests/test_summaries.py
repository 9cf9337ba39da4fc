import datetime

import pytest
from playlog_local import cassandra, summaries
from playlog_local.console import Failure

DAY = datetime.date(2026, 11, 22)
HOURS = tuple(f"2026-11-22 1{n}:00:00.000Z" for n in range(5))


def run(hour, state, finished):
    return {"hour": HOURS[hour], "state": state, "finished_at": finished, "listens": 1, "listeners": 1}


@pytest.fixture
def answers(monkeypatch):
    """What Cassandra answers, query after query."""
    queries = []

    def rows(self, cql, keyspace=None):
        queries.append(cql)
        return answers.pop(0)

    answers = []
    monkeypatch.setattr(summaries.Cqlsh, "rows", rows)
    return answers


def test_a_summary_is_complete_only_if_no_report_touched_its_hour_meanwhile(layout, answers):
    # While they are read, hour 1 is published again, and 2 begins; 3 was left half-way; 4 has no report.
    now = "2026-11-22 15:00:00.000Z"
    found = [{"hour": hour, "name": "Ada"} for hour in HOURS]
    before = [run(0, "complete", now), run(1, "complete", now), run(2, "complete", now), run(3, "publishing", None)]
    later = now.replace("15:00", "15:01")
    after = [run(0, "complete", now), run(1, "complete", later), run(2, "publishing", now), run(3, "publishing", None)]
    answers += [found, before, [dict(row) for row in found], after, after]

    read = summaries.read(layout, DAY)
    assert [row["state"] for row in read["summaries"]] == ["complete", *["unfinished"] * 4]
    assert read["reports"] == after


@pytest.mark.parametrize("day", ["yesterday", "2026-11-31", "2026-11-22'; DROP TABLE records; --"])
def test_a_day_is_a_date(day):
    with pytest.raises(Failure, match="expected one such as 2026-11-22"):
        summaries.parse_day(day)


def test_a_table_shows_what_is_missing_as_nothing():
    rows = [{"name": "Zoë", "avg": None}, {"name": "A", "avg": 0.5}]
    assert summaries.table(rows, ["name", "avg"]).splitlines() == [
        "name  avg",
        "---------",
        "Zoë",
        "A     0.500",
        "(2 rows)",
    ]


@pytest.mark.parametrize(
    ("addresses", "found"),
    [
        ("one.example, two.example:9", ("one.example", "9042")),
        ("one.example:9043", ("one.example", "9043")),
        ("[::1]", ("::1", "9042")),
        ("[2001:db8::2]:9043,x", ("2001:db8::2", "9043")),
        (" [fe80::1%eth0]:9043 ,x", ("fe80::1%eth0", "9043")),
    ],
)
def test_a_contact_point(addresses, found):
    assert cassandra.contact_point(addresses) == found


@pytest.mark.parametrize(("name", "quoted"), [("spotify", "spotify"), ("Spotify", '"Spotify"'), ("1st", '"1st"')])
def test_a_keyspace_in_cql(name, quoted):
    assert cassandra.quoted(name) == quoted
