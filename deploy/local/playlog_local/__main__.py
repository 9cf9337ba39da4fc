"""Command lines of start-all.sh, stop-all.sh and status.sh."""

import argparse
import json
import os
import shutil
import sys
from datetime import UTC, datetime
from pathlib import Path

from . import build, console, debian, downloads, preflight, refusals, result, start, status, stop, summaries
from .layout import ROOT, Layout
from .supervisor import Supervisor


def main(arguments: list[str]) -> int:
    layout = None
    try:
        parsed = _parser().parse_args(arguments)
        layout = Layout(parsed.config)
        code = parsed.run(layout, parsed)
        sys.stdout.flush()
        return code
    except console.Failure as failure:
        console.warn(f"\n{failure.line()}")
        return 1
    except BrokenPipeError:  # of `status.sh | head`: nobody reads on
        _drop_what_nobody_takes()
        return 1
    except OSError as error:
        _drop_what_nobody_takes()
        console.warn(f"\n{refusals.failure(error, layout).line()}")
        return 1
    except Exception as error:
        console.warn(f"\n{refusals.unexpected(error, layout).line()}")
        return 1
    except KeyboardInterrupt:
        console.warn("\nInterrupted. What was started goes on running: start-all.sh again, or stop-all.sh.")
        return 130


def _drop_what_nobody_takes() -> None:
    """Python would try once more at its end, and print a traceback."""
    try:
        sys.stdout.flush()
    except OSError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _start(layout: Layout, parsed: argparse.Namespace) -> int:
    started = start.Start(layout, with_airflow=not parsed.without_airflow, install=parsed.install)
    published = started.run()
    print(result.text(layout, published, with_airflow=not parsed.without_airflow))
    return 0


def _stop(layout: Layout, parsed: argparse.Namespace) -> int:
    layout.use_kept_settings()
    stop.stop(layout, parsed.purge)
    return 0


def _status(layout: Layout, parsed: argparse.Namespace) -> int:
    found = status.status(layout)
    print(json.dumps(found, indent=2) if parsed.json else status.text(found))
    return 1 if found["problems"] else 0


def _summaries(layout: Layout, parsed: argparse.Namespace) -> int:
    day = summaries.parse_day(parsed.day)
    found = summaries.read(layout, day)
    print(json.dumps(found, indent=2) if parsed.json else summaries.text(found, day))
    return 0


def _environments(layout: Layout, parsed: argparse.Namespace) -> int:
    build.environments(layout, parsed.names)
    return 0


def _programs(layout: Layout, parsed: argparse.Namespace) -> int:
    missing = [name for name in parsed.names if shutil.which(name) is None]
    preflight.install([console.Problem(f"Found no {name}", name) for name in missing])
    return 0


def _control(layout: Layout, parsed: argparse.Namespace) -> int:
    layout.use_kept_settings()
    supervisor = Supervisor(layout)
    if not supervisor.is_running():
        raise console.Failure(console.Code.NOTHING_RUNS, "Nothing runs: scripts/start-all.sh starts the stack.")
    command = supervisor.command(*parsed.arguments)
    os.execv(command[0], command)


def _parser() -> argparse.ArgumentParser:
    common = argparse.ArgumentParser(add_help=False)
    default = Path(os.environ.get("PLAYLOG_CONFIG") or ROOT / "conf/application.conf")
    common.add_argument("--config", type=Path, default=default, help="configuration file (default: %(default)s)")
    parser = argparse.ArgumentParser(prog="local.sh")
    commands = parser.add_subparsers(required=True)

    one = commands.add_parser(
        "start",
        prog="start-all.sh",
        parents=[common],
        description="Builds what is not built and starts what does not run. Ends when listens can be read from "
        "Cassandra and the first hourly summary is published.",
    )
    one.add_argument("--without-airflow", action="store_true", help="no Airflow: schema and report by script")
    one.add_argument("--install", action="store_true", help="install missing programs with apt-get")
    one.set_defaults(run=_start)

    one = commands.add_parser(
        "stop",
        prog="stop-all.sh",
        parents=[common],
        description="Stops everything that start-all.sh started. The data stays; the next start goes on where it was.",
    )
    one.add_argument(
        "--purge", action="store_true", help="delete the data too, but nothing that the stack did not make"
    )
    one.set_defaults(run=_stop)

    one = commands.add_parser(
        "status",
        prog="status.sh",
        parents=[common],
        description="Shows what runs and how far stream and reports have come. Exit code 0 only if all is well.",
    )
    one.add_argument("--json", action="store_true", help="print one JSON object")
    one.set_defaults(run=_status)

    one = commands.add_parser(
        "summaries",
        prog="query.sh summaries",
        parents=[common],
        description="Shows the reports of a day, and the newest summary of each listener, complete or unfinished.",
    )
    one.add_argument("day", nargs="?", default=f"{datetime.now(UTC):%Y-%m-%d}", help="UTC day (default: today)")
    one.add_argument("--json", action="store_true", help="print one JSON object")
    one.set_defaults(run=_summaries)

    one = commands.add_parser(
        "environments",
        prog="local.sh environments",
        parents=[common],
        description="Makes environments of Python packages, or of a Debian package, where they are not up to date.",
    )
    one.add_argument(
        "names", nargs="+", choices=[*build.REQUIREMENTS, *build.ADDITIONS, *debian.PACKAGES], metavar="NAME"
    )
    one.set_defaults(run=_environments)

    one = commands.add_parser(
        "programs",
        prog="local.sh programs",
        parents=[common],
        description="Installs the Debian packages of programs that are not there, with apt-get.",
    )
    one.add_argument("names", nargs="+", metavar="NAME", help="of a program and of its package")
    one.set_defaults(run=_programs)

    one = commands.add_parser(
        "control",
        prog="control.sh",
        parents=[common],
        description="Passes its arguments to supervisorctl: status, stop NAME, start NAME, restart NAME, tail -f NAME.",
    )
    one.add_argument("arguments", nargs="*", default=["status"], help="for supervisorctl")
    one.set_defaults(run=_control)
    return parser


if __name__ == "__main__":
    downloads.take()
    os.environ.pop("PYTHONPATH", None)  # of this program only
    sys.exit(main(sys.argv[1:]))
