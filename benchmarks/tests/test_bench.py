import os
from pathlib import Path

import pytest
from playlog_benchmarks.bench import Backlog, SanityError, alternate, numbers, shown
from playlog_benchmarks.checkpoint import Checkpoint, offsets
from playlog_benchmarks.footprint import table_bytes

OFFSETS = 'v1\n{"batchWatermarkMs":0,"batchTimestampMs":1}\n{"spotify":{"1":7,"0":5}}\n'


def test_offsets():
    assert offsets(OFFSETS, "spotify") == {0: 5, 1: 7}
    assert offsets(OFFSETS, "other") == {}


def test_a_checkpoint_tells_how_far_the_commits_have_come_and_when(tmp_path):
    checkpoint = Checkpoint(tmp_path)
    assert checkpoint.committed("spotify") == {}
    assert not checkpoint.has_started()
    for name, written in {
        "sources/0/0": 90,
        "offsets/0": 100,
        "commits/0": 101,
        "offsets/1": 102,
        "commits/1": 103.5,
        "offsets/2": 104,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(OFFSETS.replace("5", name[-1]))
        os.utime(path, (written, written))
    (tmp_path / "commits/.1.crc").touch()
    assert checkpoint.has_started()
    assert checkpoint.committed("spotify") == {0: 1, 1: 7}
    assert checkpoint.seconds() == 3.5


@pytest.fixture
def drained(tmp_path: Path) -> Checkpoint:
    """Three batches, of 100 messages each, which were done at 10, 12 and 13 s."""
    for batch, (end, done) in enumerate([(100, 10), (200, 12), (300, 13)]):
        for kind, written in (("offsets", done - 1), ("commits", done)):
            path = tmp_path / kind / str(batch)
            path.parent.mkdir(exist_ok=True)
            path.write_text(f'v1\n{{}}\n{{"spotify":{{"0":{end // 2},"1":{end // 2}}}}}\n')
            os.utime(path, (written, written))
    return Checkpoint(tmp_path)


def test_the_warm_rate_counts_from_the_first_commit_that_has_come_far_enough(drained):
    assert drained.warm_rate("spotify", 100) == 200 / 3
    assert drained.warm_rate("spotify", 101) == 100


def test_a_backlog_without_two_commits_once_warm_is_too_short(drained):
    with pytest.raises(ValueError, match="found 1 commits from message 250 on, expected 2 at least"):
        drained.warm_rate("spotify", 250)


def test_numbers():
    line = "Published 2026-11-22T13:00:00Z: 100000 listens of 1000 listeners in 1.25 s"
    assert numbers(r"(\d+) listens of (\d+) listeners in ([\d.]+) s", line) == [100_000, 1_000, 1.25]
    with pytest.raises(SanityError, match="expected"):
        numbers(r"(\d+) listens", "nothing was published")


def test_snapshots_and_other_tables_are_not_counted(tmp_path):
    for name, size in {
        "records-1/big-Data.db": 10,
        "records-1/snapshots/old-Data.db": 100,
        "listeners_by_hour-2/big-Data.db": 1000,
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"x" * size)
    assert table_bytes(tmp_path, "records") == 10


def test_runs_alternate_and_every_other_round_goes_the_other_way_round():
    made = []
    runs = {name: lambda name=name: made.append(name) or len(made) for name in ("ours", "theirs")}
    said: list[str] = []
    assert alternate(runs, 3, said.append) == {"ours": [1, 4, 5], "theirs": [2, 3, 6]}
    assert made == ["ours", "theirs", "theirs", "ours", "ours", "theirs"]
    assert said[:2] == ["ours, 1 of 3", "    1"]


def test_what_a_run_found_is_shown():
    assert shown(1234.5) == "1,234"
    assert shown((0.12345, 2)) == "0.123, 2"
    assert shown("as it says itself") == "as it says itself"


def test_a_backlog_is_warm_after_a_third():
    assert Backlog("drain", 1_500_000, 1_000).warm_after == 500_000
