"""What the machine refuses is a sentence, never a traceback; by the real command line."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest
from playlog_local import __main__, refusals
from playlog_local.console import Code

ROOT = Path(__file__).resolve().parents[3]
VARIABLES = os.environ | {"PYTHONPATH": os.pathsep.join([f"{ROOT}/deploy/local", f"{ROOT}/deploy/airflow"])}


@pytest.mark.parametrize("number", sorted(refusals.ADVICE))
def test_each_error_has_the_path_the_reason_and_what_to_do(number, layout):
    failure = refusals.failure(OSError(number, os.strerror(number), "/a folder"), layout)
    assert failure.code == Code.MACHINE_REFUSED
    assert str(failure).startswith(f"/a folder: {os.strerror(number)}. {refusals.ADVICE[number]} Details: ")


def test_one_that_names_nothing(layout):
    assert str(refusals.failure(OSError("why"), layout)).startswith("why. The machine refused that. Details: ")


class TestDetails:
    def raised(self, layout):
        try:
            Path("/proc/1/nothing here").mkdir()
        except OSError as error:
            return str(refusals.failure(error, layout)).rpartition(" Details: ")[2]

    def test_are_kept_with_the_stacks_logs(self, layout):
        layout.logs.mkdir(parents=True)
        for count in (1, 2):
            path = self.raised(layout)
            assert path == f"{layout.logs}/errors-{os.getuid()}.log"
            assert Path(path).read_text().count("Traceback (most recent call last)") == count
        assert Path(path).stat().st_mode & 0o777 == 0o600

    def test_or_where_they_can_be(self, layout, monkeypatch, tmp_path):
        monkeypatch.setattr(refusals, "ROOT", tmp_path)
        (tmp_path / "target").mkdir()
        assert self.raised(layout) == f"{tmp_path}/target/errors-{os.getuid()}.log"

    def test_or_nowhere(self, layout, monkeypatch):
        def refused(*_):
            raise OSError(errno.EROFS, "read-only")

        monkeypatch.setattr(refusals.os, "open", refused)
        assert refusals.failure(OSError("why"), layout).args == ("why. The machine refused that.",)


@pytest.fixture
def main(monkeypatch, capsys, tmp_path):
    """Runs status.sh's part with a layout that fails so."""

    def _main(error):
        def fail(_):
            raise error

        monkeypatch.setattr(__main__.status, "status", fail)
        code = __main__.main(["status", "--config", str(tmp_path / "x.conf")])
        shown = capsys.readouterr()
        assert "Traceback" not in shown.err + shown.out
        return code, shown.err

    monkeypatch.setattr(refusals, "ROOT", tmp_path)
    (tmp_path / "target").mkdir()
    return _main


def test_the_machines_own(main, tmp_path):
    log = f"{tmp_path}/target/errors-{os.getuid()}.log"
    assert main(PermissionError(errno.EACCES, "Permission denied", "/var/lib/playlog")) == (
        1,
        "\nPL-613: /var/lib/playlog: Permission denied. This user may not: PLAYLOG_LOCAL_DIR and PLAYLOG_ENVIRONMENTS "
        f"name folders of your own. Details: {log}\n",
    )
    assert "PermissionError" in Path(log).read_text()


def test_one_that_nobody_has_thought_of(main, tmp_path):
    assert main(ZeroDivisionError("why")) == (
        1,
        f"\nPL-900: ZeroDivisionError: why. Please report it. Details: {tmp_path}/target/errors-{os.getuid()}.log\n",
    )


@pytest.mark.parametrize("command", ["start", "stop", "status", "control", "summaries"])
@pytest.mark.parametrize("kind", ["a loop of links", "below a file", "a name that is too long"])
def test_a_configuration_that_cannot_be_reached(tmp_path, command, kind, fakes):
    fakes.add("java", "echo 'PL-101: no such file' >&2; exit 2")
    fakes.add("javac", "echo 'javac 17.0.12'")
    (tmp_path / "loop").symlink_to("loop")
    (tmp_path / "file").touch()
    path = {"a loop of links": "loop", "below a file": "file/x", "a name that is too long": "x" * 300}[kind]
    variables = os.environ | {"PYTHONPATH": os.pathsep.join([f"{ROOT}/deploy/local", f"{ROOT}/deploy/airflow"])}
    done = subprocess.run(
        [sys.executable, "-m", "playlog_local", command, "--config", str(tmp_path / path)],
        env=variables,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert "PL-" in done.stderr


def say(lines):
    """The command line of a status.sh that prints so many lines."""
    script = "from playlog_local import __main__, status\n"
    script += f"status.status = lambda _: {{'problems': ['x' * 99] * {lines}}}\n"
    script += "import sys; sys.exit(__main__.main(['status', '--json']))"
    return [sys.executable, "-c", script]


@pytest.mark.parametrize("lines", [1, 9999])
def test_what_is_said_does_not_fit_on_the_disk(lines):
    with open("/dev/full", "w") as full:
        done = subprocess.run(say(lines), env=VARIABLES, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert done.returncode == 1
    assert done.stderr.startswith("\nPL-613: No space left on device. ")
    assert done.stderr.count("\n") == 2


@pytest.mark.parametrize("lines", [1, 9999])
def test_nobody_reads_on(lines):
    with subprocess.Popen(
        say(lines), env=VARIABLES, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1
