import pytest
from playlog_local import console
from playlog_local.console import Code, Failure, step


class Clock:
    """Time passes by sleeping only."""

    def __init__(self):
        self.now = 1000.0

    def monotonic(self):
        return self.now

    def sleep(self, seconds):
        self.now += seconds


@pytest.fixture(autouse=True)
def clock(monkeypatch):
    clock = Clock()
    monkeypatch.setattr(console, "time", clock)
    return clock


def test_a_step_says_how_long_it_took(clock, capsys):
    with step("Kafka") as running:
        running.note("a line")
        clock.sleep(2.34)
    assert capsys.readouterr().out == "==> Kafka\n    a line\n    done (2.3 s)\n"


def test_a_step_says_its_result(capsys):
    with step("Kafka") as running:
        running.result = "runs already"
    assert capsys.readouterr().out == "==> Kafka\n    runs already (0.0 s)\n"


def test_a_step_that_fails_is_not_done(capsys):
    with pytest.raises(Failure), step("Kafka"):
        raise Failure(Code.STEP_FAILED, "no")
    assert capsys.readouterr().out == "==> Kafka\n"


def test_waiting_says_what_for_every_15_seconds(clock, capsys):
    with step("Cassandra") as running:
        running.wait_until("CQL", lambda: clock.now >= 1036, seconds=60)
    assert capsys.readouterr().out == (
        "==> Cassandra\n    still waiting for CQL (16 s)\n    still waiting for CQL (31 s)\n    done (36.0 s)\n"
    )


def test_waiting_says_what_is_left(clock, capsys):
    with step("Report") as running:
        running.wait_until("it", lambda: clock.now >= 1020, seconds=60, left=lambda: f"{1020 - clock.now:.0f} messages")
    assert "    still waiting for it: 4 messages (16 s)\n" in capsys.readouterr().out


def test_what_holds_is_not_waited_for(clock, capsys):
    with step("Cassandra") as running:
        running.wait_until("CQL", lambda: True, seconds=0)
    assert clock.now == 1000


def test_waiting_is_bounded(clock, capsys):
    with pytest.raises(Failure) as failure, step("Cassandra") as running:
        running.wait_until("CQL", lambda: False, seconds=10, poll=3)
    assert str(failure.value) == "Waited 10 s for CQL, in vain."
    assert clock.now == 1012


def test_waiting_in_vain_says_why(clock, capsys):
    with pytest.raises(Failure) as failure, step("Cassandra") as running:
        running.wait_until("CQL", lambda: False, seconds=10, why=lambda: f"refused at {clock.now:.0f}\n")
    assert str(failure.value) == "Waited 10 s for CQL, in vain.\nrefused at 1011"


def test_a_failure_while_waiting_ends_it(clock, capsys):
    def gave_up():
        raise Failure(Code.STEP_FAILED, "kafka does not stay up")

    with pytest.raises(Failure, match="does not stay up"), step("Kafka") as running:
        running.wait_until("Kafka", gave_up, seconds=60)
    assert clock.now == 1000
