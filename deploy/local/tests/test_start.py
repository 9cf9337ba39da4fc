import subprocess
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import airflow_api
import pytest
from playlog_local import start, stop
from playlog_local.console import Failure, Step
from playlog_local.supervisor import STACK_VARIABLE

HOUR = datetime(2026, 11, 22, 14, tzinfo=UTC)
URL = "http://127.0.0.1:8080"


@pytest.fixture
def begun(layout, monkeypatch):
    """A start that asked for the report at 14:xx."""
    begun = start.Start(layout, with_airflow=True, install=False)
    begun.this_hour = HOUR
    begun.clock = lambda hour: monkeypatch.setattr(start, "_this_hour", lambda: hour)
    begun.clock(HOUR)
    return begun


class TestPublishedHour:
    @pytest.fixture
    def runs(self, begun, monkeypatch):
        rows = {}
        monkeypatch.setattr(begun, "_rows", lambda cql: [rows[hour] for hour in rows if f"hour = '{hour}'" in cql])
        return rows

    def test_is_the_last_full_one(self, begun, runs):
        runs["2026-11-22T12:00:00Z"] = {"state": "complete"}
        assert begun.published_hour() is None
        runs["2026-11-22T13:00:00Z"] = {"state": "publishing"}
        assert begun.published_hour() is None
        runs["2026-11-22T13:00:00Z"] = {"state": "complete", "hour": "13"}
        assert begun.published_hour()["hour"] == "13"

    def test_still_is_when_the_next_hour_has_begun(self, begun, runs):
        begun.clock(HOUR + timedelta(hours=1))
        runs["2026-11-22T13:00:00Z"] = {"state": "complete", "hour": "13"}
        assert begun.published_hour()["hour"] == "13"

    def test_or_one_since(self, begun, runs):
        begun.clock(HOUR + timedelta(hours=1))
        runs["2026-11-22T14:00:00Z"] = {"state": "complete", "hour": "14"}
        assert begun.published_hour()["hour"] == "14"

    def test_without_tables_there_is_none(self, begun, monkeypatch):
        monkeypatch.setattr(begun, "_rows", lambda _: None)
        assert begun.published_hour() is None


class TestSchemaMade:
    @pytest.fixture
    def made(self, begun, monkeypatch, capsys):
        def _made(run, state="success"):
            monkeypatch.setattr(airflow_api, "latest_run", lambda *_: run)
            monkeypatch.setattr(airflow_api, "task_state", lambda *_: state)
            return begun._schema_made(Step("DAG"), URL, "token")

        return _made

    def run(self, run_after, **fields):
        return {"dag_run_id": "scheduled__x", "run_after": run_after, "data_interval_end": run_after} | fields

    def test_by_the_run_of_this_hour(self, made):
        assert made(self.run("2026-11-22T14:00:00Z"))

    def test_by_a_run_by_hand_in_this_hour(self, made):
        assert made(self.run("2026-11-22T14:10:00Z", dag_run_id="manual__x", data_interval_end=None))

    def test_not_by_one_of_an_earlier_start(self, made):
        assert not made(None)
        assert not made(self.run("2026-11-22T13:00:00Z"))

    def test_by_its_run_also_when_the_next_hour_has_begun(self, begun, made):
        begun.clock(HOUR + timedelta(hours=1))
        assert made(self.run("2026-11-22T14:00:00Z"))

    @pytest.mark.parametrize("state", [None, "queued", "running", "up_for_retry"])
    def test_not_before_the_task_ends(self, made, state):
        assert not made(self.run("2026-11-22T14:00:00Z"), state)

    def test_a_failed_task_ends_the_start(self, made):
        with pytest.raises(Failure) as failure:
            made(self.run("2026-11-22T14:00:00Z"), "failed")
        assert str(failure.value) == (
            "The task ensure_schema of scheduled__x failed; its log is at http://127.0.0.1:8080/dags/playlog_hourly"
        )

    def test_a_call_that_fails_is_made_again(self, begun, monkeypatch, capsys):
        def times_out(*_):
            raise TimeoutError

        monkeypatch.setattr(airflow_api, "latest_run", times_out)
        monkeypatch.setattr(airflow_api, "import_errors", times_out)
        assert not begun._schema_made(Step("DAG"), URL, "token")
        assert not begun._unpause(Step("DAG"), URL, "token")


class TestScript:
    @pytest.fixture
    def script(self, begun, fakes, monkeypatch, tmp_path, capsys):
        monkeypatch.setattr(start, "ROOT", tmp_path)

        def _script(body, **options):
            fakes.add("job.sh", body, folder=tmp_path / "scripts")
            begun.script("Job", "job.sh", "argument", **options)
            return fakes.called()

        return _script

    def test_runs_with_its_arguments(self, script):
        assert script("exit 0") == ["job.sh [argument]"]

    def test_is_marked_as_one_of_the_stack(self, begun, script, tmp_path, layout):
        script(f'printf "%s" "${STACK_VARIABLE}" > {tmp_path}/mark')
        assert (tmp_path / "mark").read_text() == str(layout.dir)

    def test_that_fails_says_why(self, script):
        with pytest.raises(Failure) as failure:
            script("echo 'no such keyspace' >&2; exit 4")
        assert str(failure.value) == "job.sh failed:\nno such keyspace"

    def test_shows_the_progress_that_its_log_tells_of(self, script, capsys):
        body = """echo '2026-11-22T13:00:10.000Z INFO  Progress: sent 1 of 9 listens' >&2; echo noise >&2
echo '2026-11-22 13:00:20.000Z INFO  Progress - read 2 of 9 messages' >&2; echo result"""
        script(body)
        assert capsys.readouterr().out.splitlines()[1:-1] == ["    sent 1 of 9 listens", "    read 2 of 9 messages"]

    def test_another_report_under_way_is_as_good(self, script):
        script("exit 75", well=(0, start.ANOTHER_REPORT_RUNS))


def test_a_program_that_gives_up_ends_the_start_with_its_log(begun, layout):
    log = layout.logs / "kafka.log"
    log.parent.mkdir(parents=True)
    log.write_text("".join(f"line {number}\n" for number in range(20)))
    states = {"kafka": {"statename": "BACKOFF"}, "stream": {"statename": "STARTING"}}
    begun.supervisor = SimpleNamespace(states=lambda: states, log=lambda name: layout.logs / f"{name}.log")
    begun._must_run("stream")
    begun._must_run("of another's own")
    with pytest.raises(Failure) as failure:
        begun._must_run("kafka")
    lines = str(failure.value).splitlines()
    assert lines[0] == f"kafka does not stay up. The end of {log}:"
    assert lines[1:] == [f"line {number}" for number in range(5, 20)]


class TestTopics:
    @pytest.fixture
    def create(self, begun, monkeypatch, capsys):
        def _create(*tries):
            answers = iter(tries)
            monkeypatch.setattr(begun, "_must_run", lambda *_: None)
            monkeypatch.setattr(begun, "_script", lambda *_: subprocess.CompletedProcess([], *next(answers)))
            monkeypatch.setattr("playlog_local.console.time.sleep", lambda _: None)
            return begun.create_topics()

        return _create

    @pytest.mark.parametrize(("output", "new"), [("topic spotify created", True), ("topic spotify exists", False)])
    def test_that_are_new(self, create, output, new):
        assert create((0, f"{output}\n", "")) is new

    def test_that_take_two_tries(self, create):
        failed = (1, "topic spotify created: x\n", "no broker answers")
        assert create(failed, (0, "topic spotify exists\ntopic spotify.dead-letters created", "")) is True

    def test_that_cannot_be_created(self, create, monkeypatch):
        monkeypatch.setattr(start, "SERVER_SECONDS", -1)
        with pytest.raises(Failure) as failure:
            create((1, "", "no broker answers\n"))
        assert str(failure.value) == "Waited -1 s for Kafka at 127.0.0.1:29092, in vain.\nno broker answers"


def test_leaving_airflow_out_ends_it_as_stop_all_does(begun, layout, monkeypatch, capsys):
    done = []
    begun.supervisor = SimpleNamespace(is_running=lambda: True, start=lambda programs: done.append("start"))
    monkeypatch.setattr(stop, "airflow", lambda *_: done.append("airflow ended"))
    monkeypatch.setattr(
        start,
        "programs",
        SimpleNamespace(
            servers=lambda _: [],
            spark=lambda _: [],
            airflow=lambda _: [],
            stream=lambda _: None,
            producer=lambda _: None,
            web=lambda _: None,
        ),
    )
    begun.start_supervisor()
    assert done == ["start"]
    begun.with_airflow = False
    begun.start_supervisor()
    assert done == ["start", "airflow ended", "start"]


def test_nodes_are_started_one_after_the_other(begun, three, monkeypatch, capsys):
    done = []
    begun.supervisor = SimpleNamespace(states=dict, start_program=lambda name: done.append(name) or True)

    class Asked:
        error = ""

        def __init__(self, _, address):
            self.rows = lambda _: done.append(address) or [{}]

    monkeypatch.setattr(start, "Cqlsh", Asked)
    begun.cqlsh = Asked(three, "the first one")
    begun.start_servers()
    assert done == ["kafka-1", "kafka-2", "kafka-3", "cassandra-1", "spark-master", "spark-worker-1", "spark-worker-2"]
    done.clear()
    begun.wait_for_cassandra()
    assert done == ["the first one", "cassandra-2", "127.0.0.2:9042", "cassandra-3", "127.0.0.3:9042"]
    said = capsys.readouterr().out
    assert "==> Kafka-2 at 127.0.0.2:29092\n" in said
    assert "==> Spark worker 2\n" in said
    assert "==> Cassandra-3 answers CQL\n" in said
