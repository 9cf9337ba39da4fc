import os
import shlex
import signal
import socket
import subprocess

import pytest
from playlog_local import layout as layout_module
from playlog_local import processes, stop
from playlog_local.console import Failure
from playlog_local.supervisor import STACK_VARIABLE, Program, Supervisor

SLEEPS = ["sleep", "1000"]
AWKWARD = 'it\'s 100%d "of" $HOME `id` \\ ; # é\nand a second line'


@pytest.fixture
def stack(layout, until):
    """A stack of tiny programs, under a real supervisord. The folder's name is as awkward as one can be."""
    layout.settings["local.dir"] += " of 100% 'mine'; (x)"
    supervisor = Supervisor(layout)
    assert os.path.exists(layout.tool("supervisord")[1]), ".envs/tools is missing: scripts/start-all.sh makes it"
    yield supervisor
    until(lambda: not processes.end(processes.of(STACK_VARIABLE, layout.dir), 0))
    supervisor.socket.unlink(missing_ok=True)
    supervisor.lock.unlink(missing_ok=True)


def state(supervisor, name):
    return supervisor.states()[name]["statename"]


def programs_of(supervisor):
    return sorted(process.program for process in processes.of(STACK_VARIABLE, supervisor.layout.dir))


def supervisord(supervisor):
    return int((supervisor.folder / "supervisord.pid").read_text())


class TestScript:
    def test_hands_values_on_as_they_are(self, layout, monkeypatch, tmp_path):
        monkeypatch.setenv("PLAYLOG_AWKWARD", AWKWARD)
        monkeypatch.setenv("PLAYLOG_NOT-A-NAME", "sh cannot export it")
        monkeypatch.setenv("OTHER", "not ours")
        supervisor = Supervisor(layout)
        show = ["python3", "-c", "import os, sys; print(repr((dict(os.environ), sys.argv[1:])))", AWKWARD, "", "*"]
        supervisor._write([Program("show", show, {"GIVEN": AWKWARD, "PLAYLOG_GIVEN": "mine"})])
        script = supervisor.folder / "show.sh"
        path = {"PATH": os.environ["PATH"]}
        shown = subprocess.run(["sh", str(script)], env=path, capture_output=True, text=True, check=True).stdout
        environment, arguments = eval(shown)
        assert arguments == [AWKWARD, "", "*"]
        expected = {
            "PLAYLOG_AWKWARD": AWKWARD,
            "GIVEN": AWKWARD,
            "PLAYLOG_GIVEN": "mine",
            STACK_VARIABLE: str(layout.dir),
        }
        assert {name: environment.get(name) for name in expected} == expected
        assert environment.keys().isdisjoint({"OTHER", "PLAYLOG_NOT-A-NAME"})

    def test_is_for_its_owner_only(self, layout):
        supervisor = Supervisor(layout)
        supervisor._write([Program("airflow", SLEEPS, {"SECRET": "x"})])
        assert (supervisor.folder / "airflow.sh").stat().st_mode & 0o777 == 0o700


def test_configuration(layout):
    supervisor = Supervisor(layout)
    supervisor._write([Program("stream", SLEEPS, stop_seconds=61)])
    section = supervisor.config.read_text().split("[program:stream]\n")[1].splitlines()
    assert section == [
        f"command=/bin/sh {supervisor.folder}/stream.sh",
        "autostart=false",
        "autorestart=true",
        "startsecs=10",
        "startretries=1000000",
        "stopwaitsecs=61",
        "killasgroup=true",
        "redirect_stderr=true",
        f"stdout_logfile={layout.logs}/stream.log",
        "stdout_logfile_maxbytes=20MB",
        "stdout_logfile_backups=3",
    ]


def test_socket_is_short_and_the_same_whatever_tmpdir_says(layout, monkeypatch):
    layout.settings["local.dir"] = "/" + "deep/" * 60
    first = Supervisor(layout).socket
    monkeypatch.setenv("TMPDIR", "/var/tmp")
    assert Supervisor(layout).socket == first
    assert len(os.fsencode(first)) < 107
    layout.settings["local.dir"] += "other"
    assert Supervisor(layout).socket != first


def test_programs_start_when_told_and_stay_until_told(stack, until):
    stack.start([Program("one", SLEEPS), Program("two", SLEEPS)])
    assert stack.is_running()
    assert {name: info["statename"] for name, info in stack.states().items()} == {"one": "STOPPED", "two": "STOPPED"}
    assert stack.start_program("one") is True
    assert stack.start_program("one") is False
    assert (stack.runs("one"), stack.runs("two"), stack.runs("three")) == (True, False, False)
    until(lambda: "sleep" in programs_of(stack))
    stack.stop_program("one")
    assert "sleep" not in programs_of(stack)
    stack.stop_program("one")
    stack.stop_program("three")
    stack.shutdown()
    until(lambda: not stack.is_running())
    until(lambda: programs_of(stack) == [])


def test_several_that_wait_for_each_other_stop_together(stack, until, tmp_path):
    def waits_for(other, own):
        mark, told = shlex.quote(str(tmp_path / other)), shlex.quote(str(tmp_path / own))
        end = f"touch {told}; while [ ! -e {mark} ]; do sleep 0.05; done; exit 0"
        return ["sh", "-c", f"trap {shlex.quote(end)} TERM; echo ready; while :; do sleep 0.05; done"]

    stack.start([Program("one", waits_for("two", "one")), Program("two", waits_for("one", "two"))])
    logs = [stack.log(name) for name in ("one", "two")]
    for log in logs:
        stack.start_program(log.stem)
    until(lambda: all(log.exists() and log.read_text() == "ready\n" for log in logs))
    stack.stop_together(["one", "two", "three"])
    assert [(info["statename"], info["exitstatus"]) for info in stack.states().values()] == [("STOPPED", 0)] * 2


def test_output_goes_to_the_log(stack, until):
    stack.start([Program("speaks", ["sh", "-c", "echo out; echo err >&2; exec sleep 1000"])])
    stack.start_program("speaks")
    until(lambda: stack.log("speaks").exists() and stack.log("speaks").read_text() == "out\nerr\n")


def test_a_killed_program_is_started_again(stack, until):
    stack.start([Program("one", SLEEPS)])
    stack.start_program("one")
    first = until(lambda: stack.states()["one"]["pid"])
    assert stack.states()["one"]["stop"] == 0
    os.kill(first, signal.SIGKILL)
    until(lambda: stack.states()["one"]["pid"] not in (0, first) and stack.runs("one"))
    again = stack.states()["one"]
    assert 0 < again["stop"] <= again["start"] <= again["now"]


def test_a_program_that_waits_for_its_next_try_is_tried_at_once(stack, until, tmp_path):
    switch = tmp_path / "works now"
    command = ["sh", "-c", f"test -e {shlex.quote(str(switch))} && exec sleep 1000"]
    stack.start([Program("flaky", command)])
    stack.start_program("flaky")
    until(lambda: state(stack, "flaky") == "BACKOFF")
    assert not stack.runs("flaky")
    switch.touch()
    assert stack.start_program("flaky") is True
    assert stack.runs("flaky")


def test_a_program_that_waits_for_its_next_try_can_be_stopped(stack, until):
    stack.start([Program("broken", ["false"])])
    stack.start_program("broken")
    until(lambda: state(stack, "broken") == "BACKOFF")
    stack.stop_program("broken")
    assert state(stack, "broken") == "STOPPED"


def test_a_stop_that_is_under_way_is_waited_for(stack, until, tmp_path):
    ready, go = tmp_path / "ready", tmp_path / "go"
    slow = f"trap 'while [ ! -e {go} ]; do sleep 0.05; done; exit' TERM; touch {ready}; while :; do sleep 0.05; done"
    stack.start([Program("slow", ["sh", "-c", slow])])
    stack.start_program("slow")
    until(ready.exists)
    stack._rpc().stopProcess("slow", False)
    assert state(stack, "slow") == "STOPPING"
    ready.unlink()
    with subprocess.Popen(["sh", "-c", f"sleep 0.3; touch {go}"]):
        assert stack.start_program("slow") is True
    until(ready.exists)
    assert stack.runs("slow")


def test_a_script_that_is_being_read_stays_whole(stack):
    stack.start([Program("changes", SLEEPS)])
    with (stack.folder / "changes.sh").open() as read_by_a_shell:
        stack.start([Program("changes", [*SLEEPS, "1"])])
        assert read_by_a_shell.read().endswith(f"exec {shlex.join(SLEEPS)}\n")
    assert (stack.folder / "changes.sh").read_text().endswith(f"exec {shlex.join([*SLEEPS, '1'])}\n")


def test_update_ends_what_is_gone_and_keeps_what_is_equal(stack, until):
    stack.start([Program("stays", SLEEPS), Program("goes", SLEEPS), Program("changes", SLEEPS, stop_seconds=5)])
    for name in ("stays", "goes", "changes"):
        stack.start_program(name)
    pid = stack.states()["stays"]["pid"]
    stack.start([Program("stays", SLEEPS), Program("new", SLEEPS), Program("changes", SLEEPS, stop_seconds=6)])
    assert stack.states().keys() == {"stays", "new", "changes"}
    assert [name for name in stack.states() if stack.runs(name)] == ["stays"]
    assert stack.states()["stays"]["pid"] == pid
    until(lambda: programs_of(stack).count("sleep") == 1)


def test_supervisorctl_of_a_person(stack):
    stack.start([Program("one", SLEEPS)])
    shown = subprocess.run(stack.command("status"), capture_output=True, text=True, check=False)
    assert shown.stdout.split() == ["one", "STOPPED", "Not", "started"]


def test_a_socket_left_by_a_crash_or_a_reboot_is_no_hindrance(stack):
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(stack.socket))
    assert not stack.is_running()
    stack.folder.mkdir(parents=True)
    (stack.folder / "supervisord.pid").write_text(f"{os.getpid()}\n")
    stack.start([Program("one", SLEEPS)])
    assert stack.is_running()


def test_supervisord_that_does_not_start_says_why(stack):
    with pytest.raises(Failure, match=r"^supervisord does not start:\nError: invalid literal .*'soon'.*program:one"):
        stack.start([Program("one", SLEEPS, stop_seconds="soon")])


class TestKilledSupervisor:
    @pytest.fixture
    def orphans(self, stack, until):
        stack.start([Program("one", SLEEPS), Program("two", SLEEPS)])
        stack.start_program("one")
        stack.start_program("two")
        until(lambda: programs_of(stack).count("sleep") == 2)
        os.kill(supervisord(stack), signal.SIGKILL)
        until(lambda: programs_of(stack) == ["sleep", "sleep"])
        assert stack.socket.exists()
        return stack

    def test_next_start_ends_its_programs(self, orphans, capsys):
        assert not orphans.is_running()
        stop.end_orphans(orphans.layout, orphans)
        assert programs_of(orphans) == []
        assert capsys.readouterr().out.startswith("==> Processes that an earlier start left without a supervisor\n")
        orphans.start([Program("one", SLEEPS)])
        assert orphans.is_running()

    def test_a_supervisor_that_runs_keeps_its_programs(self, stack, capsys, until):
        stack.start([Program("one", SLEEPS)])
        stack.start_program("one")
        stop.end_orphans(stack.layout, stack)
        assert stack.runs("one")
        assert capsys.readouterr().out == ""

    def test_stop_ends_its_programs_at_once(self, orphans, capsys, monkeypatch):
        monkeypatch.setattr(stop, "_wait_for_end", lambda _: pytest.fail("nothing told them to end"))
        stop.stop(orphans.layout, purge=False)
        assert programs_of(orphans) == []
        assert capsys.readouterr().out.count(" sleep\n") == 2
        assert orphans.layout.dir.exists()


class TestStop:
    def test_ends_all_and_keeps_the_data(self, stack, capsys, until):
        stack.start([Program(name, SLEEPS) for name in ("producer", "stream", "cassandra")])
        stack.start_program("cassandra")
        stack.start_program("stream")
        stop.stop(stack.layout, purge=False)
        assert programs_of(stack) == []
        assert stack.layout.dir.exists()
        shown = [line for line in capsys.readouterr().out.splitlines() if line.startswith("==>")]
        assert shown == [
            "==> Producer: flushes what it has sent",
            "==> Stream: finishes the running batch",
            "==> Cassandra",
            "==> Supervisor",
            "==> Processes left",
        ]
        stop.stop(stack.layout, purge=True)
        assert not stack.layout.dir.exists()

    def test_ends_what_a_program_has_left(self, stack, until, monkeypatch, capsys):
        monkeypatch.setattr(stop, "END_SECONDS", 0.2)
        stack.start([Program("stream", ["sh", "-c", "setsid sleep 1000 & exec sleep 2000"])])
        stack.start_program("stream")
        until(lambda: programs_of(stack).count("sleep") == 2)
        stop.stop(stack.layout, purge=False)
        assert programs_of(stack) == []
        assert "none any more" in capsys.readouterr().out

    def test_that_finds_nothing_names_the_stack_that_runs(self, stack, tmp_path, capsys):
        stack.start([Program("one", SLEEPS)])
        elsewhere = layout_module.Layout(tmp_path / "application.conf")
        elsewhere.settings = stack.layout.settings | {"local.dir": str(tmp_path / "elsewhere")}
        stop.stop(elsewhere, purge=False)
        shown = capsys.readouterr().out
        assert f"    Nothing ran of the stack in {tmp_path}/elsewhere.\n" in shown
        mine = shlex.quote(str(stack.layout.dir))
        assert f"    Another one runs: PLAYLOG_LOCAL_DIR={mine} scripts/stop-all.sh stops it\n" in shown
        assert stack.is_running()
        Supervisor(elsewhere).lock.unlink()
