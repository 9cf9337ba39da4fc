"""The few calls of Airflow's REST API that the scripts need: milliseconds each, where the command takes seconds.

Standard library only. `url` is the address of the API server, for example http://127.0.0.1:8080.
A server that cannot be reached raises OSError (urllib's URLError is one), a refused call HTTPError (one too).
"""

import json
import ssl
import urllib.request
from pathlib import Path
from urllib.parse import quote, urlencode

TIMEOUT_SECONDS = 10
# Never through a proxy: the server is on this machine.
_opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))


def trust(authority: Path) -> None:
    """From now on a server of https is believed if its certificate is of this authority, and for its address."""
    global _opener
    context = ssl.create_default_context(cafile=str(authority))
    _opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))


def token(url: str, user: str, password: str) -> str:
    """A token for the other calls; good for a day."""
    return _call("POST", f"{url}/auth/token", body={"username": user, "password": password})["access_token"]


def health(url: str) -> dict[str, str | None]:
    """State of each part ('healthy', 'unhealthy', or None before its first heartbeat). Needs no token."""
    return {part: value["status"] for part, value in _call("GET", f"{url}/api/v2/monitor/health").items()}


def pause(url: str, access: str, dag: str) -> None:
    """Starts no further run and no further task (nor retry) of the DAG. Running tasks go on."""
    _call("PATCH", f"{_dag(url, dag)}?update_mask=is_paused", access, {"is_paused": True})


def unpause(url: str, access: str, dag: str) -> None:
    _call("PATCH", f"{_dag(url, dag)}?update_mask=is_paused", access, {"is_paused": False})


def import_errors(url: str, access: str) -> dict[str, str]:
    """Why DAG files could not be read, by file."""
    answer = _call("GET", f"{url}/api/v2/importErrors", access)
    return {error["filename"]: error["stack_trace"] for error in answer["import_errors"]}


def trigger(url: str, access: str, dag: str, hour: str | None = None) -> str:
    """Starts a run by hand, for `hour` (for example 2026-11-22T13:00Z) or the last full one. Returns its dag_run_id."""
    body = {"logical_date": None, "conf": {"hour": hour} if hour else {}}
    return _call("POST", f"{_dag(url, dag)}/dagRuns", access, body)["dag_run_id"]


def latest_run(url: str, access: str, dag: str) -> dict | None:
    """The newest run of the DAG (dag_run_id, state, data_interval_start, …), or None if there is none yet."""
    runs = _call("GET", f"{_dag(url, dag)}/dagRuns?{urlencode({'order_by': '-run_after', 'limit': 1})}", access)
    return next(iter(runs["dag_runs"]), None)


def task_state(url: str, access: str, dag: str, run: str, task: str) -> str | None:
    """For example 'queued', 'running', 'success', 'failed', 'up_for_retry'; None before it is scheduled."""
    return _call("GET", f"{_dag(url, dag)}/dagRuns/{quote(run, safe='')}/taskInstances/{task}", access)["state"]


def active_tasks(url: str, access: str, dag: str) -> list[dict]:
    """The DAG's task instances, of any run, that run or are about to (dag_run_id, task_id, state, try_number, …)."""
    query = urlencode({"state": ["queued", "running"]}, doseq=True)
    return _call("GET", f"{_dag(url, dag)}/dagRuns/~/taskInstances?{query}", access)["task_instances"]


def _dag(url: str, dag: str) -> str:
    return f"{url}/api/v2/dags/{quote(dag, safe='')}"


def _call(method: str, address: str, access: str | None = None, body: dict | None = None) -> dict:
    request = urllib.request.Request(address, method=method, data=None if body is None else json.dumps(body).encode())
    request.add_header("Content-Type", "application/json")
    request.add_header("Accept", "application/json")
    if access:
        request.add_header("Authorization", f"Bearer {access}")
    with _opener.open(request, timeout=TIMEOUT_SECONDS) as answer:
        return json.load(answer)
