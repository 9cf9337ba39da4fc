import json
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from playlog_local import __main__ as command
from playlog_local import status
from playlog_local.console import Code, Failure
from playlog_local.layout import kept_settings

STARTED = int(datetime(2026, 11, 22, 13, 4, 5, tzinfo=UTC).timestamp())
NUMBERS = {
    "lag": 3,
    "lag_overdue": 0,
    "last_stored": "2026-11-22T14:00:01Z",
    "held_by_transactions": 0,
    "listens_stored": 1000,
    "unmatched": 2,
    "dead_letters": 1,
    "newest_event": "2026-11-22T13:59:59Z",
    "last_published_hour": "2026-11-22T12:00Z",
    "last_report_finished": "2026-11-22T13:01:10Z",
    "hours_due": 0,
    "oldest_hour_due": None,
    "newest_hour_due": None,
}
NAMES = ("kafka", "cassandra", "airflow-api-server", "stream", "producer", "web")


def info(**fields):
    """supervisord's words on a program: it started an hour ago and never ended."""
    return {"statename": "RUNNING", "start": STARTED, "stop": 0, "now": STARTED + 3600} | fields


@pytest.fixture
def stack(layout, monkeypatch, tmp_path):
    """What the supervisor and the jobs say; a test changes it."""

    stack = SimpleNamespace(
        states={name: info() for name in NAMES},
        numbers=dict(NUMBERS),
        answer=None,
        supervised=True,
        settings=layout.settings,
        status=lambda: status.status(layout),
    )

    class Supervised:
        def __init__(self, of):
            assert of is layout

        def is_running(self):
            return stack.supervised

        def states(self):
            return stack.states

    class Answered:
        def __init__(self, of):
            assert of is layout
            self.numbers = lambda: stack.answer or (stack.numbers, [])

        def __enter__(self):
            return self

        def __exit__(self, *_):
            pass

    layout.built_web_jar = tmp_path / "web.jar"
    layout.built_web_jar.touch()
    kept = kept_settings(layout.dir)
    kept.parent.mkdir(parents=True)
    kept.touch()
    monkeypatch.setattr(status, "Supervisor", Supervised)
    monkeypatch.setattr(status, "Answers", Answered)
    return stack


def hours_ago(hours):
    return (datetime.now(UTC) - timedelta(hours=hours)).strftime("%Y-%m-%dT%H:00Z")


def test_all_is_well(stack):
    found = stack.status()
    assert found["problems"] == []
    assert found["data"] == NUMBERS
    assert list(found["components"]) == list(NAMES)
    assert found["components"]["kafka"] == {
        "state": "RUNNING",
        "since": "2026-11-22T13:04:05Z",
        "well": True,
        "address": "127.0.0.1:29092",
    }
    assert status.text(found) == (
        "kafka                  RUNNING    2026-11-22T13:04:05Z  127.0.0.1:29092\n"
        "cassandra              RUNNING    2026-11-22T13:04:05Z  127.0.0.1:9042\n"
        "airflow-api-server     RUNNING    2026-11-22T13:04:05Z  http://127.0.0.1:8080\n"
        "stream                 RUNNING    2026-11-22T13:04:05Z  http://127.0.0.1:4040\n"
        "producer               RUNNING    2026-11-22T13:04:05Z\n"
        "web                    RUNNING    2026-11-22T13:04:05Z  http://127.0.0.1:8090\n"
        "lag                    3 messages not stored yet\n"
        "listens stored         1000 (unmatched 2), dead letters 1\n"
        "newest listen          2026-11-22T13:59:59Z\n"
        "last published hour    2026-11-22T12:00Z\n"
        "hours due              none\n"
        "All is well."
    )


def test_messages_behind_an_open_transaction(stack):
    stack.numbers["held_by_transactions"] = 7
    assert (
        "lag                    3 messages not stored yet, 7 more wait for an open transaction to end\n"
        in status.text(stack.status())
    )


def minutes_ago(minutes):
    return (datetime.now(UTC) - timedelta(minutes=minutes)).isoformat()


def test_a_backlog_that_is_worked_off_is_no_problem(stack):
    stack.numbers |= {"lag": 70000, "lag_overdue": 69000, "last_stored": minutes_ago(1)}
    found = stack.status()
    assert found["problems"] == []
    assert (
        "lag                    70000 messages not stored yet, 69000 of them for more than 2 minutes\n"
        in status.text(found)
    )


def test_a_quiet_topics_next_message_is_no_problem(stack):
    stack.numbers |= {"lag": 1, "lag_overdue": 0, "last_stored": minutes_ago(500)}
    assert stack.status()["problems"] == []


@pytest.mark.parametrize("last", [minutes_ago(3), None])
def test_a_stream_that_stores_nothing_is_a_problem(stack, last):
    stack.numbers |= {"lag": 70000, "lag_overdue": 69000, "last_stored": last}
    assert stack.status()["problems"] == [
        "69000 messages have waited for more than 2 minutes, and the stream has stored nothing since "
        f"{last or 'it was first started'}: see the end of its log"
    ]


def test_nothing_runs(stack):
    stack.supervised = False
    found = stack.status()
    assert found["data"] is None
    assert found["problems"] == [f"{name} is STOPPED" for name in ("kafka", "cassandra", "stream", "producer", "web")]
    assert status.text(found).endswith(
        "\nPROBLEM: stream is STOPPED\nPROBLEM: producer is STOPPED\nPROBLEM: web is STOPPED"
    )


class TestNothingWasStarted:
    @pytest.fixture(autouse=True)
    def nothing(self, stack, layout):
        stack.supervised = False
        kept_settings(layout.dir).unlink()

    def test_is_the_only_problem(self, stack, layout):
        assert stack.status()["problems"] == [
            f"Nothing was started yet in {layout.dir}: scripts/start-all.sh starts the stack"
        ]

    def test_is_all_that_is_known_before_a_build(self, stack, layout, tmp_path, monkeypatch):
        layout.built_web_jar.unlink()
        monkeypatch.setenv("PLAYLOG_LOCAL_DIR", str(tmp_path / "elsewhere"))
        with pytest.raises(Failure) as failure:
            stack.status()
        assert failure.value.code is Code.NOTHING_RUNS
        assert str(failure.value) == (
            f"Nothing was started yet in {tmp_path}/elsewhere: scripts/start-all.sh builds and starts the stack."
        )


def test_after_mvn_clean_the_jar_is_what_is_missing(layout):
    """Of a stack that may run."""
    layout.built_web_jar = layout.dir / "web.jar"
    layout.config = layout.dir.parent / "conf/application.conf"
    kept_settings(layout.dir).parent.mkdir(parents=True)
    kept_settings(layout.dir).touch()
    with pytest.raises(Failure, match=r"web\.jar is missing"):
        status.status(layout)


def test_the_folder_is_another_users(stack, layout, monkeypatch):
    stack.supervised = False
    monkeypatch.setattr(status.folders.os, "geteuid", lambda: 54321)
    assert stack.status()["problems"][-1] == (
        f"{layout.dir} belongs to {layout.dir.owner()}, who alone sees what runs in it"
    )


def test_a_killed_supervisor_leaves_programs_behind(stack, monkeypatch):
    stack.supervised = False
    monkeypatch.setattr(status.processes, "of", lambda variable, folder: ["kafka", "cassandra"])
    assert stack.status()["problems"][-1] == (
        "2 processes run without their supervisor: start-all.sh ends and replaces them"
    )


@pytest.mark.parametrize("state", ["BACKOFF", "FATAL", "EXITED", "STOPPED", "STOPPING"])
def test_one_does_not_run(stack, state):
    stack.states = stack.states | {"stream": info(statename=state)}
    found = stack.status()
    assert found["problems"] == [f"stream is {state}"]
    assert found["components"]["stream"]["since"] is None
    assert found["data"] == NUMBERS


class TestRestarted:
    AGAIN = "ended at 2026-11-22T13:03:55Z and has run again for 20 s only"

    def again(self, stack, name, **fields):
        stack.states = stack.states | {name: info(stop=STARTED - 10, now=STARTED + 20, **fields)}
        return stack.status()

    @pytest.mark.parametrize("state", ["RUNNING", "STARTING"])
    @pytest.mark.parametrize("name", NAMES)
    def test_is_a_problem_until_it_stays_up(self, stack, name, state):
        found = self.again(stack, name, statename=state)
        assert found["problems"] == [f"{name} {self.AGAIN}"]
        assert found["components"][name]["well"]
        stack.states[name] |= {"now": STARTED + 60}
        assert stack.status()["problems"] == []

    def test_a_stream_that_has_caught_up_is_well(self, stack):
        stack.numbers["lag"] = 0
        assert self.again(stack, "stream")["problems"] == []
        assert self.again(stack, "producer")["problems"] == [f"producer {self.AGAIN}"]

    def test_a_stream_whose_numbers_cannot_be_read_is_not(self, stack):
        stack.answer = (None, ["no broker answers"])
        assert self.again(stack, "stream")["problems"] == ["no broker answers", f"stream {self.AGAIN}"]

    def test_the_first_start_is_none(self, stack):
        stack.states = {name: info(statename="STARTING", now=STARTED + 1) for name in NAMES}
        assert stack.status()["problems"] == []


def test_without_a_store_there_are_no_numbers(stack):
    stack.states = stack.states | {"cassandra": info(statename="BACKOFF")}
    assert stack.status()["data"] is None


def test_servers_of_ones_own(stack):
    stack.settings |= {"local.kafka-bundled": False, "local.cassandra-bundled": False}
    stack.states = {name: info for name, info in stack.states.items() if name not in ("kafka", "cassandra")}
    found = stack.status()
    assert found["problems"] == []
    assert found["components"]["cassandra"] == {
        "state": "EXTERNAL",
        "since": None,
        "well": True,
        "address": "127.0.0.1:9042",
    }


MEMBERS = tuple(f"{server}-{number}" for server in ("kafka", "cassandra") for number in (1, 2, 3))
OF_SPARK = ("spark-master", "spark-worker-1", "spark-worker-2")


class TestThreeOfEach:
    @pytest.fixture(autouse=True)
    def members(self, three, stack):
        stack.states = {name: info() for name in (*MEMBERS, *OF_SPARK, "stream", "producer", "web")}

    def test_each_is_shown(self, stack):
        found = stack.status()
        assert found["problems"] == []
        assert list(found["components"]) == list(stack.states)
        assert found["components"]["kafka-2"]["address"] == "127.0.0.2:29092"
        assert found["components"]["cassandra-3"]["address"] == "127.0.0.3:9042"
        assert found["components"]["spark-master"]["address"] == "http://127.0.0.1:8094"
        assert found["components"]["spark-worker-2"]["address"] == "http://127.0.0.2:8095"

    def test_with_one_down_the_numbers_are_there(self, stack):
        stack.states["kafka-1"] = info(statename="BACKOFF")
        del stack.states["cassandra-3"]
        found = stack.status()
        assert found["problems"] == ["kafka-1 is BACKOFF", "cassandra-3 is STOPPED"]
        assert found["data"] == NUMBERS

    def test_with_all_down_they_are_not(self, stack):
        for number in (1, 2, 3):
            stack.states[f"kafka-{number}"] = info(statename="BACKOFF")
        assert stack.status()["data"] is None


def due(stack, oldest, newest, finished):
    times = {"oldest_hour_due": oldest, "newest_hour_due": newest, "last_report_finished": finished}
    stack.numbers |= {"hours_due": 2, **times}
    return stack.status()


def test_hours_that_wait_for_the_hourly_run_are_no_problem(stack):
    found = due(stack, hours_ago(1), hours_ago(1), None)
    assert found["problems"] == []
    assert f"\nhours due              2 ({hours_ago(1)})\n" in status.text(found)


def test_an_import_of_years_is_no_problem_while_reports_end(stack):
    found = due(stack, "2003-02-01T04:00:00Z", hours_ago(2), hours_ago(1))
    assert found["problems"] == []
    assert f"\nhours due              2 (2003-02-01T04:00:00Z to {hours_ago(2)})\n" in status.text(found)


@pytest.mark.parametrize("finished", [None, "2026-11-22T13:01:10Z"])
def test_reports_that_have_stopped_are_one(stack, finished):
    assert due(stack, hours_ago(4), hours_ago(4), finished)["problems"] == [
        f"2 ({hours_ago(4)}) hours are due, and the last report ended at {finished or 'no time'}: see Airflow or cron"
    ]


class TestExitCode:
    @pytest.fixture
    def run(self, monkeypatch, tmp_path):
        def _run(found, *arguments):
            monkeypatch.setattr(command.status, "status", lambda _: found)
            return command.main(["status", "--config", str(tmp_path / "application.conf"), *arguments])

        return _run

    def test_zero_only_if_all_is_well(self, run, capsys):
        found = {"components": {}, "data": None, "problems": []}
        assert run(found) == 0
        assert capsys.readouterr().out == "All is well.\n"
        assert run(found | {"problems": ["stream is FATAL"]}) == 1
        assert capsys.readouterr().out == "PROBLEM: stream is FATAL\n"

    def test_json(self, run, capsys):
        found = {"components": {}, "data": NUMBERS, "problems": ["stream is FATAL"]}
        assert run(found, "--json") == 1
        assert json.loads(capsys.readouterr().out) == found

    def test_failure_is_its_message_only(self, monkeypatch, capsys):
        def fails(_):
            raise Failure(Code.STEP_FAILED, "found this, expected that")

        monkeypatch.setattr(command.status, "status", fails)
        assert command.main(["status"]) == 1
        assert capsys.readouterr().err == "\nPL-609: found this, expected that\n"

    def test_ctrl_c(self, monkeypatch, capsys):
        def interrupted(*_):
            raise KeyboardInterrupt

        monkeypatch.setattr(command.status, "status", interrupted)
        assert command.main(["status"]) == 130
        assert capsys.readouterr().err.startswith("\nInterrupted.")
