"""The requests, against a stand-in for the API server; the answers are cut from those of Airflow 3.3.2."""

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import airflow_api
import pytest

DAG = "/api/v2/dags/playlog_hourly"
RUN = "scheduled__2026-11-22T14:00:00+00:00"


@pytest.fixture
def server():
    class Handler(BaseHTTPRequestHandler):
        answer = None

        def handle_any(self):
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            requests.append((self.command, self.path, self.headers.get("Authorization"), json.loads(body or "null")))
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(Handler.answer).encode())

        do_GET = do_POST = do_PATCH = handle_any

        def log_message(self, *_):
            pass

    requests = []
    with HTTPServer(("127.0.0.1", 0), Handler) as http:
        Handler.url = f"http://127.0.0.1:{http.server_port}"
        Handler.requests = requests
        threading.Thread(target=http.serve_forever, args=(0.05,), daemon=True).start()
        yield Handler
        http.shutdown()


def test_token(server):
    server.answer = {"access_token": "abc"}
    assert airflow_api.token(server.url, "admin", "pass") == "abc"
    assert server.requests == [("POST", "/auth/token", None, {"username": "admin", "password": "pass"})]


def test_health(server):
    server.answer = {"metadatabase": {"status": "healthy"}, "scheduler": {"status": None, "latest_heartbeat": None}}
    assert airflow_api.health(server.url) == {"metadatabase": "healthy", "scheduler": None}
    assert server.requests == [("GET", "/api/v2/monitor/health", None, None)]


@pytest.mark.parametrize(("call", "paused"), [(airflow_api.pause, True), (airflow_api.unpause, False)])
def test_pause_and_unpause(server, call, paused):
    call(server.url, "abc", "playlog_hourly")
    assert server.requests == [("PATCH", f"{DAG}?update_mask=is_paused", "Bearer abc", {"is_paused": paused})]


@pytest.mark.parametrize(
    ("hour", "conf"), [((), {}), ((None,), {}), (("2026-11-22T13:00Z",), {"hour": "2026-11-22T13:00Z"})]
)
def test_trigger(server, hour, conf):
    server.answer = {"dag_run_id": RUN, "state": "queued"}
    assert airflow_api.trigger(server.url, "abc", "playlog_hourly", *hour) == RUN
    assert server.requests == [("POST", f"{DAG}/dagRuns", "Bearer abc", {"logical_date": None, "conf": conf})]


@pytest.mark.parametrize("runs", [[], [{"dag_run_id": RUN, "state": "running"}]])
def test_latest_run(server, runs):
    server.answer = {"dag_runs": runs, "total_entries": 7}
    assert airflow_api.latest_run(server.url, "abc", "playlog_hourly") == (runs[0] if runs else None)
    assert server.requests == [("GET", f"{DAG}/dagRuns?order_by=-run_after&limit=1", "Bearer abc", None)]


def test_task_state(server):
    server.answer = {"state": "up_for_retry"}
    assert airflow_api.task_state(server.url, "abc", "playlog_hourly", RUN, "ensure_schema") == "up_for_retry"
    run = "scheduled__2026-11-22T14%3A00%3A00%2B00%3A00"
    assert server.requests == [("GET", f"{DAG}/dagRuns/{run}/taskInstances/ensure_schema", "Bearer abc", None)]


def test_active_tasks(server):
    server.answer = {"task_instances": [{"task_id": "hourly_summary", "state": "running"}]}
    assert airflow_api.active_tasks(server.url, "abc", "playlog_hourly") == server.answer["task_instances"]
    path = f"{DAG}/dagRuns/~/taskInstances?state=queued&state=running"
    assert server.requests == [("GET", path, "Bearer abc", None)]


def test_import_errors(server):
    server.answer = {"import_errors": [{"filename": "playlog_hourly.py", "stack_trace": "RuntimeError: …"}]}
    assert airflow_api.import_errors(server.url, "abc") == {"playlog_hourly.py": "RuntimeError: …"}
    assert server.requests == [("GET", "/api/v2/importErrors", "Bearer abc", None)]


def test_no_server_is_an_os_error(server):
    with pytest.raises(OSError, match="refused"):
        airflow_api.health("http://127.0.0.1:1")
