import os

import pytest
from playlog_local import purge

PROGRAMS = ("kafka", "cassandra", "airflow-scheduler", "stream", "producer", "web")
MADE = (
    "kafka/data/meta.properties",
    "cassandra/data/spotify/records/x.db",
    "airflow/airflow.db",
    "checkpoint/offsets/0",
    "checkpoint.lock",
    "hourly-report.lock",
    "history-due.json",
    "app/producer.jar",
    "app/jobs.jar",
    "app/web.jar",
    "app/jobs.jar.new",
    "app/kafka/kafka.jar",
    "app/cassandra/cassandra.jar",
    "log/hourly-report.log",
    "log/stream.log",
    "log/stream.log.1",
    "supervisor/settings.json",
    "supervisor/supervisord.conf",
)


@pytest.fixture
def make(layout):
    def _make(*files):
        for file in files:
            path = layout.dir / file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("")

    return _make


def files(layout):
    return {str(path.relative_to(layout.dir)) for path in layout.dir.rglob("*") if path.is_file()}


@pytest.fixture
def stack(make):
    make(*MADE, *(f"supervisor/{name}.sh" for name in PROGRAMS), *(f"log/{name}.log" for name in PROGRAMS))


def test_what_is_ours_goes_with_its_folder(layout, stack):
    assert purge.purge(layout) == []
    assert not layout.dir.exists()
    assert layout.dir.parent.exists()


def test_of_three_of_each_too(layout, make):
    names = ("kafka-1", "kafka-3", "cassandra-2", "spark-master", "spark-worker-2")
    make(
        *(f"supervisor/{name}.sh" for name in names),
        *(f"{name}/data" for name in names),
        "supervisor/settings.json",
        "kafka/x",
    )
    assert purge.purge(layout) == ["kafka"]


def test_what_is_not_ours_stays(layout, stack, make):
    others = ("photos/1.jpg", "log/nginx.log", "app/other.jar", "notes")
    make(*others)
    assert purge.purge(layout) == ["app", "log", "notes", "photos"]
    assert files(layout) == set(others)


def test_data_of_a_program_that_the_stack_did_not_run_stays(layout, make):
    make(*MADE, "supervisor/stream.sh", "supervisor/kafka.sh")
    assert purge.purge(layout) == ["airflow", "cassandra"]
    assert files(layout) == {"airflow/airflow.db", "cassandra/data/spotify/records/x.db"}


def test_where_no_stack_was_started(layout, make):
    others = ("kafka/data/1", "cassandra/data/1", "checkpoint/1", "app/jobs.jar", "supervisor/mine.sh")
    make("hourly-report.lock", *others)
    assert purge.purge(layout) == ["app", "cassandra", "checkpoint", "kafka", "supervisor"]
    assert files(layout) == set(others)


def test_a_link_is_not_followed(layout, stack, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (layout.dir / "cassandra").rename(elsewhere / "cassandra")
    (layout.dir / "cassandra").symlink_to(elsewhere / "cassandra")
    assert purge.purge(layout) == ["cassandra"]
    assert (elsewhere / "cassandra/data/spotify/records/x.db").exists()


def test_one_that_was_broken_off_goes_on(layout, stack, monkeypatch):
    remove = purge.shutil.rmtree
    monkeypatch.setattr(purge.shutil, "rmtree", lambda path: remove(path) if path.name != "airflow" else 1 / 0)
    with pytest.raises(ZeroDivisionError):
        purge.purge(layout)
    monkeypatch.setattr(purge.shutil, "rmtree", remove)
    assert purge.purge(layout) == []


def test_names_are_those_that_the_stack_uses(layout):
    assert {os.path.relpath(path, layout.dir) for path in (layout.app, layout.logs, layout.airflow_home)} == {
        "app",
        "log",
        "airflow",
    }
