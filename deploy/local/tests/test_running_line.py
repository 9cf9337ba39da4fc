import os
import sys
from types import SimpleNamespace

import pytest
from playlog_local import console, running_line
from playlog_local.console import Failure, step
from playlog_local.running_line import RunningLine

ERASED = "\r\033[K"


@pytest.fixture
def terminal(capsys, monkeypatch):
    """Lets stdout be a terminal; gives what was shown on it."""
    monkeypatch.setattr(console, "on_terminal", lambda: True)
    return lambda: capsys.readouterr().out


def test_what_is_printed_appears_above_it(terminal):
    text = "waiting (1 s)"
    line = RunningLine(lambda: text)
    line.draw()
    text = "waiting (2 s)"
    line.draw()
    line.print("    a note")
    line.print("    another")
    line.draw()
    line.start()
    line.end()
    shown = f"    waiting (1 s){ERASED}    waiting (2 s){ERASED}    a note\n    another\n    waiting (2 s){ERASED}"
    assert terminal() == shown


def test_it_is_as_long_as_the_terminal_is_wide(terminal, monkeypatch):
    monkeypatch.setattr(running_line.shutil, "get_terminal_size", lambda: os.terminal_size((20, 24)))
    RunningLine(lambda: "x" * 100).draw()
    assert terminal() == "    " + "x" * 15


def test_without_words_there_is_none(terminal):
    """A program may be writing on the terminal itself."""
    line = RunningLine(lambda: "")
    line.draw()
    line.print("a note")
    assert terminal() == "a note\n"


class TestStep:
    @pytest.fixture
    def drawn(self, monkeypatch):
        """Draws when it is told to, not every second."""
        monkeypatch.setattr(running_line, "DRAW_SECONDS", 1000)

    def test_says_what_it_waits_for(self, terminal, drawn, monkeypatch):
        monkeypatch.setattr(console.time, "sleep", lambda _: None)
        seen = []
        with step("Report") as running:

            def holds():
                seen.append(running._text().partition(" (")[0])
                return len(seen) == 3

            running.wait_until("the report", holds, 60, left=lambda: f"{3 - len(seen)} messages")
            assert running._text() == ""
        assert seen == [
            "waiting for the report",
            "waiting for the report: 2 messages",
            "waiting for the report: 1 messages",
        ]

    def test_says_what_a_program_says(self, terminal, drawn):
        with step("Listens") as running:
            running.progress("10 of 100")
            assert running._text() == "10 of 100 (0 s)"
            running._line.draw()
        assert terminal() == f"==> Listens\n    10 of 100 (0 s){ERASED}    done (0.0 s)\n"

    def test_that_fails_leaves_no_line(self, terminal, drawn):
        with pytest.raises(Failure), step("Listens") as running:
            running.progress("10 of 100")
            running._line.draw()
            raise Failure(console.Code.STEP_FAILED, "no")
        assert terminal() == f"==> Listens\n    10 of 100 (0 s){ERASED}"

    def test_a_pipe_gets_lines(self, capsys):
        with step("Listens") as running:
            running.progress("10 of 100")
            running.progress("20 of 100")
        assert capsys.readouterr().out == "==> Listens\n    10 of 100\n    20 of 100\n    done (0.0 s)\n"


@pytest.mark.parametrize(
    ("isatty", "term", "found"), [(True, "xterm", True), (True, "dumb", False), (False, "xterm", False)]
)
def test_a_terminal_is_one_that_can_erase(monkeypatch, isatty, term, found):
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(isatty=lambda: isatty))
    monkeypatch.setenv("TERM", term)
    assert running_line.on_terminal() is found
