"""status.sh: what runs, and how far stream and reports have come."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from . import folders, members, processes, programs
from .answers import Answers
from .console import Code, Failure
from .layout import Layout, kept_settings
from .supervisor import STACK_VARIABLE, Program, Supervisor

ALLOWED_DELAY = timedelta(hours=1)
"""An hour may be due this long after its end: the hourly run has to come round."""

OVERDUE = timedelta(minutes=2)
"""Status.OVERDUE: when a message that is not stored has waited for long. Of a backlog all have; it is well while it is
worked off."""

RUNNING = ("RUNNING", "STARTING")
STEADY_SECONDS = 60
"""A program that ended and was started again counts as well when it has run for this long."""

REPORTS_STOPPED_AFTER = timedelta(hours=2)
"""A report ends each hour, however many hours are due; if none does for this long, reports do not run."""


def status(layout: Layout) -> dict:
    """Components, the stream's and the reports' numbers, and what is wrong."""
    if not layout.built_web_jar.exists() and not kept_settings(layout.likely_dir).exists():
        raise Failure(Code.NOTHING_RUNS, f"{_not_started(layout.likely_dir)} builds and starts the stack.")
    with Answers(layout) as answers:
        return _status(layout, answers)


def _status(layout: Layout, answers: Answers) -> dict:
    supervisor = Supervisor(layout)
    supervised = supervisor.is_running()
    states = supervisor.states() if supervised else {}
    components = _components(layout, states)
    problems = [f"{name} is {state['state']}" for name, state in components.items() if not state["well"]]
    if not supervised and not folders.is_of_another(layout.dir) and not kept_settings(layout.dir).exists():
        problems = [f"{_not_started(layout.dir)} starts the stack"]
    orphans = processes.of(STACK_VARIABLE, layout.dir) if not supervised else []
    if orphans:
        problems.append(f"{len(orphans)} processes run without their supervisor: start-all.sh ends and replaces them")
    if not supervised and folders.is_of_another(layout.dir):
        problems.append(f"{layout.dir} belongs to {folders.owner(layout.dir)}, who alone sees what runs in it")
    numbers = None
    if all(any(components[name]["well"] for name in _names(layout, server)) for server in members.SERVERS):
        numbers, error = answers.numbers()
        problems += error
    if numbers:
        problems += _stalled(numbers) + _overdue(numbers)
    problems += _restarted(states, caught_up=numbers is not None and numbers["lag"] == 0)
    return {"components": components, "data": numbers, "problems": problems}


def _not_started(folder: Path) -> str:
    return f"Nothing was started yet in {folder}: scripts/start-all.sh"


def text(result: dict) -> str:
    """One line per component, the numbers, and what is wrong."""
    lines = []
    for name, state in result["components"].items():
        lines.append(f"{name:<22} {state['state']:<10} {state['since'] or '':<21} {state['address'] or ''}".rstrip())
    if result["data"]:
        data = result["data"]
        lines += [
            f"{'lag':<22} {data['lag']} messages not stored yet{_waiting(data)}{_held(data)}",
            f"{'listens stored':<22} {data['listens_stored']} (unmatched {data['unmatched']}), "
            f"dead letters {data['dead_letters']}",
            f"{'newest listen':<22} {data['newest_event'] or 'none'}",
            f"{'last published hour':<22} {data['last_published_hour'] or 'none'}",
            f"{'hours due':<22} {_due(data)}",
        ]
    lines += [f"PROBLEM: {problem}" for problem in result["problems"]] or ["All is well."]
    return "\n".join(lines)


def _waiting(data: dict) -> str:
    overdue = data["lag_overdue"]
    return f", {overdue} of them for more than {OVERDUE.seconds // 60} minutes" if overdue else ""


def _held(data: dict) -> str:
    held = data["held_by_transactions"]
    return f", {held} more wait for an open transaction to end" if held else ""


def _components(layout: Layout, states: dict[str, dict]) -> dict[str, dict]:
    settings = layout.settings
    addresses = {
        "kafka": settings["kafka.bootstrap-servers"],
        "cassandra": settings["cassandra.contact-points"],
        "airflow-api-server": layout.airflow_url,
        "stream": f"http://127.0.0.1:{settings['spark.ui-port']}",
        "web": layout.web_url,
    }
    addresses |= {member.name: member.address(layout) for member in members.bundled(layout)}
    addresses |= {program.name: _page_of(layout, program) for program in programs.spark(layout)}
    components = {}
    for server in members.SERVERS:
        if not settings[f"local.{server}-bundled"]:
            components[server] = {"state": "EXTERNAL", "since": None, "well": True}
    expected = [
        *(name for server in members.SERVERS for name in _names(layout, server)),
        *(program.name for program in programs.spark(layout)),
        *(name for name in programs.AIRFLOW if name in states),
        "stream",
        "producer",
        "web",
    ]
    for name in expected:
        if name not in components:
            components[name] = _component(states.get(name))
    for name, component in components.items():
        component["address"] = addresses.get(name)
    return components


def _names(layout: Layout, server: str) -> list[str]:
    """Of its members, or of the whole where it is another's."""
    return [member.name for member in members.of(layout, server)] or [server]


def _page_of(layout: Layout, program: Program) -> str:
    kind = program.name.split("-")[1]
    host = program.variables["SPARK_LOCAL_IP"]
    return f"http://{host}:{layout.settings[f'local.spark-{kind}-ui-port']}"


def _component(info: dict | None) -> dict:
    if info is None:
        return {"state": "STOPPED", "since": None, "well": False}
    running = info["statename"] in RUNNING
    return {"state": info["statename"], "since": _instant(info["start"]) if running else None, "well": running}


def _restarted(states: dict[str, dict], caught_up: bool) -> list[str]:
    """One that dies again and again runs whenever one looks; supervisord knows when it ended last (0: it never did)."""
    return [
        f"{name} ended at {_instant(info['stop'])} and has run again for {info['now'] - info['start']} s only"
        for name, info in states.items()
        if info["statename"] in RUNNING and info["stop"] and info["now"] - info["start"] < STEADY_SECONDS
        if not (name == "stream" and caught_up)
    ]


def _instant(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _stalled(numbers: dict) -> list[str]:
    last = numbers["last_stored"]
    if not numbers["lag_overdue"] or (last and datetime.now(UTC) < datetime.fromisoformat(last) + OVERDUE):
        return []
    return [
        f"{numbers['lag_overdue']} messages have waited for more than {OVERDUE.seconds // 60} minutes, and the stream "
        f"has stored nothing since {last or 'it was first started'}: see the end of its log"
    ]


def _overdue(numbers: dict) -> list[str]:
    """Old hours may be due for long: an import of years is summed up bit by bit. But some report must end each hour."""
    now = datetime.now(UTC)
    oldest, finished = numbers["oldest_hour_due"], numbers["last_report_finished"]
    if not numbers["hours_due"] or now < datetime.fromisoformat(oldest) + timedelta(hours=1) + ALLOWED_DELAY:
        return []
    if finished and now < datetime.fromisoformat(finished) + REPORTS_STOPPED_AFTER:
        return []
    return [f"{_due(numbers)} hours are due, and the last report ended at {finished or 'no time'}: see Airflow or cron"]


def _due(numbers: dict) -> str:
    if not numbers["hours_due"]:
        return "none"
    oldest, newest = numbers["oldest_hour_due"], numbers["newest_hour_due"]
    return f"{numbers['hours_due']} ({oldest if oldest == newest else f'{oldest} to {newest}'})"
