import os
from pathlib import Path
from types import SimpleNamespace

import pytest
from playlog_local import checks, folders
from playlog_local.console import Failure
from playlog_local.folders import GIB, Folder

REMEDY = "set PLAYLOG_LOCAL_DIR to another one"


def problems(path, **fields):
    return [problem.message for problem in folders.problems([Folder(path, "data", REMEDY, **fields)])]


@pytest.fixture
def mounted(monkeypatch):
    def _mounted(flags=0, files=10**6, free=100 * GIB):
        found = SimpleNamespace(f_flag=flags, f_files=files and 10**7, f_favail=files)
        monkeypatch.setattr(folders.os, "statvfs", lambda _: found)
        monkeypatch.setattr(folders.shutil, "disk_usage", lambda _: SimpleNamespace(free=free))

    return _mounted


def test_one_that_can_be_used(tmp_path):
    assert problems(tmp_path, needs=1, runs_programs=True) == []
    assert problems(tmp_path / "not/yet there") == []


@pytest.mark.parametrize(
    "name", ["two words", "für Ü", "100%", "$HOME", "it's", "a;b", "(x)", "a&b", "`id`", "~", "{a}", "[1]", "a,b?*"]
)
def test_names_that_can_be_used(tmp_path, name):
    assert problems(tmp_path / name) == []


@pytest.mark.parametrize("letter", list(folders.READ_OTHERWISE))
def test_names_that_java_and_spark_read_otherwise(tmp_path, letter):
    path = tmp_path / f"a{letter}b"
    assert problems(path) == [
        f"Found {letter!r} in the name of {path} (data), which Java and Spark do not take there: {REMEDY}."
    ]


def test_a_name_that_airflow_reads_otherwise(tmp_path):
    assert problems(tmp_path / "$HOME", of_airflow=True) == [
        f"Found '$' in the name of {tmp_path}/$HOME (data), which Airflow does not take there "
        f"(--without-airflow does): {REMEDY}."
    ]


def test_a_file_in_its_place(tmp_path):
    (tmp_path / "file").touch()
    for path in (tmp_path / "file", tmp_path / "file/below"):
        assert problems(path) == [f"Found a file at {tmp_path}/file, expected a folder, for {path} (data): {REMEDY}."]


def test_a_link_to_nowhere(tmp_path):
    link = tmp_path / "link"
    link.symlink_to("nowhere")
    assert problems(link) == [f"Found a link to nowhere at {link}, expected a folder, for {link} (data): {REMEDY}."]


def test_a_link_to_a_folder(tmp_path):
    (tmp_path / "link").symlink_to(tmp_path)
    assert problems(tmp_path / "link") == []


def test_one_that_this_user_may_not_write(tmp_path, monkeypatch):
    monkeypatch.setattr(folders.os, "access", lambda path, _: Path(path) != tmp_path)
    assert problems(tmp_path / "var") == [
        f"Found {tmp_path}, which this user may not write, expected a folder that this user can write, "
        f"for {tmp_path}/var (data): {REMEDY}."
    ]
    assert problems(tmp_path / "var", written=False) == []


def test_one_that_is_mounted_read_only(tmp_path, monkeypatch, mounted):
    monkeypatch.setattr(folders.os, "access", lambda *_: False)
    mounted(os.ST_RDONLY)
    assert "which is mounted read-only, expected" in problems(tmp_path)[0]


def test_one_that_no_programs_can_be_run_from(tmp_path, mounted):
    mounted(os.ST_NOEXEC)
    assert problems(tmp_path) == []
    [message] = problems(tmp_path, runs_programs=True)
    assert message.startswith(f"Found {tmp_path} mounted noexec, expected a disk that programs are run from, for")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may enter any folder")
def test_one_that_cannot_be_entered(tmp_path):
    (tmp_path / "shut").mkdir(mode=0)
    assert problems(tmp_path / "shut/var")[0].startswith("Found ")


def test_a_disk_that_is_full(tmp_path, mounted):
    mounted(free=int(0.2 * GIB))
    assert problems(tmp_path / "var", needs=3 * GIB) == [
        f"Found 0.2 GiB free on the disk of {tmp_path}/var (data), expected 3.0: free some, or {REMEDY}."
    ]
    assert problems(tmp_path / "var") == []


def test_a_disk_without_room_for_files(tmp_path, mounted):
    mounted(files=7)
    assert problems(tmp_path, needs=1) == [
        f"Found room for 7 files (inodes) on the disk of {tmp_path} (data), expected 50000: delete some."
    ]
    mounted(files=0)  # a file system that does not count them
    assert problems(tmp_path, needs=1) == []


def test_folders_of_one_disk_are_summed_up(tmp_path, mounted):
    mounted(free=4 * GIB)
    both = [Folder(tmp_path / name, name, f"move {name}", needs=3 * GIB) for name in ("one", "two")]
    [problem] = folders.problems(both)
    assert problem.message == (
        f"Found 4.0 GiB free on the disk of {tmp_path}/one (one), {tmp_path}/two (two), expected 6.0: "
        "free some, or move one or move two."
    )


def test_the_data_may_be_on_another_disk(layout, monkeypatch, mounted):
    """Not the checkout's."""
    asked = []
    usage = lambda path: asked.append(Path(path)) or SimpleNamespace(free=GIB)  # noqa: E731
    mounted()
    monkeypatch.setattr(folders.shutil, "disk_usage", usage)
    monkeypatch.setattr(checks.preflight, "ports", lambda _: [])
    nothing_runs = SimpleNamespace(is_running=lambda: False)
    with pytest.raises(Failure, match=f"^Nothing was started:\n- Found 1.0 GiB free on the disk of {layout.dir} "):
        checks.room(layout, nothing_runs, with_airflow=False)
    assert asked == [layout.dir.parent]
