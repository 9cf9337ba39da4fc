import subprocess
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import pytest
from playlog_local import start
from playlog_local.console import Failure
from playlog_local.history import History

NOW = datetime(2026, 11, 22, 14, 30, 3, tzinfo=UTC)
HOURS_2 = timedelta(hours=2)


def kafka_stores(layout):
    data = layout.dir / "kafka/data"
    data.mkdir(parents=True, exist_ok=True)
    (data / "meta.properties").touch()


class TestRange:
    @pytest.fixture
    def history(self, layout):
        history = History(layout)
        history.plan()
        return history

    def test_ends_now(self, history):
        assert history.begin(NOW) == (NOW - HOURS_2, NOW)

    def test_begun_again_it_has_the_same_begin_and_whole_intervals(self, history):
        history.begin(NOW)
        assert history.begin(NOW + timedelta(seconds=724)) == (NOW - HOURS_2, NOW + timedelta(seconds=720))

    def test_begun_long_ago_it_is_another_one(self, history):
        history.begin(NOW)
        later = NOW + HOURS_2 + timedelta(seconds=1)
        assert history.begin(later) == (later - HOURS_2, later)

    def test_of_no_time_is_never_due(self, history, layout):
        assert history.is_due()
        layout.settings["local.history"] = 0.0
        assert not History(layout).is_due()


class TestStart:
    """start-all.sh as far as the history, with scripts and servers that the test plays."""

    @pytest.fixture
    def run(self, layout, monkeypatch, capsys):
        sent = []

        def _run(topic="exists", servers=lambda: None, topics=lambda: None, producer=lambda: 0):
            begun = start.Start(layout, with_airflow=False, install=False)
            begun.supervisor = SimpleNamespace(states=lambda: {})

            def script(name, *arguments, running=None):
                if "create-topics" in arguments:
                    topics()
                    return subprocess.CompletedProcess([], 0, f"topic spotify {topic}", "")
                sent.append(arguments)
                return subprocess.CompletedProcess([], producer(), "acknowledged 1", "it failed")

            def start_servers():
                kafka_stores(layout)
                servers()

            monkeypatch.setattr(begun, "start_supervisor", lambda: None)
            monkeypatch.setattr(begun, "start_servers", start_servers)
            monkeypatch.setattr(begun, "_script", script)
            monkeypatch.setattr(begun, "wait_for_cassandra", lambda: None)
            for later in ("script", "start_program", "wait_for_listens", "wait_for_report"):
                monkeypatch.setattr(begun, later, lambda *_, **__: None)
            before = len(sent)
            begun.start_all()
            return len(sent) - before

        _run.sent = sent
        return _run

    def interrupted(self):
        raise KeyboardInterrupt

    def test_once_for_a_new_topic(self, run):
        assert run("created") == 1
        assert run("exists") == 0

    def test_not_for_one_that_was_there(self, run, layout):
        kafka_stores(layout)
        assert run("exists") == 0

    @pytest.mark.parametrize("where", ["servers", "topics", "producer"])
    def test_broken_off_anywhere_it_is_made_by_the_next_start(self, run, where):
        with pytest.raises(KeyboardInterrupt):
            run("created", **{where: self.interrupted})
        assert run("exists") == 1
        assert run("exists") == 0
        assert len({arguments[:2] for arguments in run.sent}) == 1, "each begins at the same instant"

    def test_that_failed_is_made_by_the_next_start(self, run):
        with pytest.raises(Failure, match="it failed"):
            run("created", producer=lambda: 1)
        assert run("exists") == 1

    def test_a_topic_made_again_gets_it_again(self, run):
        assert run("created") == 1
        assert run("created") == 1

    def test_a_kafka_of_ones_own_gets_none_unless_the_topic_is_new(self, run, layout):
        layout.settings |= {"local.kafka-bundled": False, "kafka.bootstrap-servers": "broker.example:9092"}
        with pytest.raises(KeyboardInterrupt):
            run("exists", topics=self.interrupted)
        assert run("exists") == 0
        with pytest.raises(KeyboardInterrupt):
            run("created", producer=self.interrupted)
        layout.settings["kafka.bootstrap-servers"] = "other.example:9092"
        assert run("exists") == 0
        layout.settings["kafka.bootstrap-servers"] = "broker.example:9092"
        assert run("exists") == 1

    def test_that_is_due_for_the_bundled_kafka_is_not_sent_to_another(self, run, layout):
        with pytest.raises(KeyboardInterrupt):
            run("created", producer=self.interrupted)
        layout.settings["local.kafka-bundled"] = False
        assert run("exists") == 0
