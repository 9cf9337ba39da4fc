import re
import subprocess
from pathlib import Path

import pytest

CRONTAB = Path(__file__).resolve().parents[2] / "cron/playlog.crontab"


@pytest.fixture
def run(fakes, tmp_path):
    """Runs the crontab's command as cron does: by its SHELL, with its variables only. A stand-in is the report."""
    lines = [line for line in CRONTAB.read_text().splitlines() if line and not line.startswith("#")]
    variables = dict(line.split("=", 1) for line in lines if re.match(r"[A-Z_]+=", line))
    minute, hour, day, month, weekday, command = lines[-1].split(maxsplit=5)
    assert (minute, hour, day, month, weekday) == ("2", "*", "*", "*", "*")
    assert "%" not in command, "cron ends the command there"
    home = tmp_path / "a checkout"
    variables |= {"PLAYLOG_HOME": str(home), "PATH": "/usr/bin:/bin"}

    def _run(body):
        fakes.add("run-hourly-report.sh", body, folder=home / "scripts")
        shell = variables["SHELL"]
        return subprocess.run([shell, "-c", command], env=variables, capture_output=True, text=True, check=False)

    _run.log = home / "var/log/hourly-report.log"
    return _run


def test_a_report_that_succeeds_is_logged_and_says_nothing(run, fakes):
    for _ in range(2):
        done = run("echo published; echo INFO >&2")
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert run.log.read_text() == "published\nINFO\n" * 2
    assert fakes.called() == ["run-hourly-report.sh []"] * 2


def test_one_that_fails_is_logged_and_mailed(run):
    done = run("echo 'no broker answers' >&2; exit 3")
    assert done.stdout == f"The hourly report failed with exit code 3: see {run.log}\n"
    assert done.stderr == ""
    assert run.log.read_text() == "no broker answers\n"


def test_a_log_that_cannot_be_written_is_mailed(run):
    run.log.parent.parent.parent.mkdir(exist_ok=True)
    run.log.parent.parent.write_text("not a folder")
    assert "failed with exit code 1" in run("exit 0").stdout


def test_variables_in_the_comments_are_those_of_the_configuration():
    known = (CRONTAB.parents[2] / "common/src/main/resources/playlog-environment.conf").read_text()
    named = set(re.findall(r"^#(PLAYLOG_\w+)=", CRONTAB.read_text(), re.MULTILINE))
    assert {name for name in named if f" = {name}\n" not in known} == {"PLAYLOG_CONFIG", "PLAYLOG_PASS_ENV"}
