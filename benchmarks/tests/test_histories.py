import csv
from datetime import timedelta

from playlog_benchmarks.histories import CROWD_YEARS, LISTENERS, SINCE, YEARS, sessions, ten_years, write


def hour(at):
    return at.replace(minute=0, second=0, microsecond=0)


def test_ten_years_of_one_listener_lie_in_as_many_hours_as_are_asked_for():
    lines = [*ten_years(15_000)]
    assert len({hour(at) for _, at, _ in lines}) == 4_500
    assert len({(name, int(at.timestamp()), song) for name, at, song in lines}) == 15_000
    assert min(at for _, at, _ in lines) - SINCE < timedelta(days=7)
    assert timedelta() < SINCE + YEARS - max(at for _, at, _ in lines) < timedelta(days=7)


def test_a_few_listeners_have_most_of_the_sessions():
    lines = [*sessions(50_000)]
    counts = {}
    for name, at, _ in lines:
        counts[name] = counts.get(name, 0) + 1
        assert SINCE <= at < SINCE + CROWD_YEARS + timedelta(hours=2)
    assert len(lines) == 50_000
    most = sorted(counts.values(), reverse=True)
    assert sum(most[: LISTENERS // 10]) > len(lines) / 3


def test_a_file_has_the_columns_of_scrobbles(tmp_path):
    write(tmp_path / "own.csv", [("Ada", SINCE, 61)])
    with (tmp_path / "own.csv").open(newline="") as file:
        (row,) = csv.DictReader(file)
    assert row["uts"] == str(int(SINCE.timestamp()))
    assert (row["artist"], row["album"], row["track"], row["name"]) == ("Artist 2", "Album 6", "Song 61", "Ada")
