"""Where passwords of a secured stack show: in what programs say, on pages, and in what others may read."""

import json
import ssl
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from urllib.request import OpenerDirector, Request

AIRFLOW_LOGIN = Path("airflow/passwords.json")
MOST_BYTES = 64 << 20
"""Of a file, which is searched as a whole."""


def secrets(folder: Path) -> dict[bytes, str]:
    """Passwords of the stack in this folder, and the names of their files."""
    found = {path.read_bytes().strip(): path.name for path in (folder / "security").glob("*.password")}
    logins = json.loads((folder / AIRFLOW_LOGIN).read_text(encoding="utf-8"))
    return found | {password.encode(): str(AIRFLOW_LOGIN) for password in logins.values()}


def shown(folder: Path, wanted: dict[bytes, str], printed: dict[str, str], pages: list[Request]) -> list[str]:
    """Each place that shows one of the wanted, as `secrets` gives them, with its name; `printed` by program."""
    places = _Places(folder)
    found = [(name, text.encode()) for name, text in printed.items()]
    searched = [*found, *places.command_lines(), *places.files(), *places.pages(pages)]
    return [f"{wanted[secret]} in {where}" for where, text in searched for secret in wanted if secret in text]


class _Places:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @staticmethod
    def command_lines() -> Iterator[tuple[str, bytes]]:
        for file in Path("/proc").glob("[0-9]*/cmdline"):
            try:
                yield str(file), file.read_bytes()
            except OSError:
                continue  # it has ended

    def files(self) -> Iterator[tuple[str, bytes]]:
        """Logs, checkpoint, Airflow's folder and settings as they were kept; of all others what others may read."""
        for file in self._folder.rglob("*"):
            name = file.relative_to(self._folder)
            said = any(part in name.parts for part in ("log", "logs", "checkpoint", "airflow", "supervisor"))
            try:
                status = file.lstat()
                others_may = bool(status.st_mode & 0o044)
                wanted = others_may or (said and name != AIRFLOW_LOGIN)
                if file.is_file() and status.st_size < MOST_BYTES and wanted:
                    yield str(name), file.read_bytes()
            except OSError:
                continue  # it was deleted meanwhile

    def pages(self, requests: list[Request]) -> Iterator[tuple[str, bytes]]:
        opener = _opener(self._folder)
        for request in requests:
            with opener.open(request, timeout=30) as answer:
                yield request.full_url, answer.read()


def spark_pages(ui: str) -> list[Request]:
    """Of a running application, with what its REST API tells."""
    with urllib.request.urlopen(f"{ui}/api/v1/applications", timeout=30) as answer:
        applications = [application["id"] for application in json.load(answer)]
    api = [f"{ui}/api/v1/applications/{id}/{what}" for id in applications for what in ("environment", "sql", "jobs")]
    pages = [f"{ui}/{name}/" for name in ("environment", "SQL", "jobs", "executors", "StreamingQuery")]
    return [Request(url) for url in [*pages, *api]]


def airflow_pages(folder: Path, url: str, access: str, dag: str, run: str) -> list[Request]:
    """What its page gets of a run to show, with the logs of the tasks; `access` as of `airflow_api.token`."""
    headers = {"Authorization": f"Bearer {access}", "Accept": "application/json"}
    dag_url = f"{url}/api/v2/dags/{quote(dag, safe='')}"
    tasks = f"{dag_url}/dagRuns/{quote(run, safe='')}/taskInstances"
    with _opener(folder).open(Request(tasks, headers=headers), timeout=30) as answer:
        tries = [
            (one["task_id"], one["try_number"]) for one in json.load(answer)["task_instances"] if one["try_number"]
        ]
    of_tasks = [
        f"{tasks}/{task}/{what}" for task, number in tries for what in (f"logs/{number}", "xcomEntries", "tries")
    ]
    lists = ("eventLogs", "importErrors", "connections", "variables", "pools", "jobs", "plugins", f"dagSources/{dag}")
    api = [dag_url, f"{dag_url}/details", f"{dag_url}/dagRuns", tasks, *of_tasks]
    api += [f"{url}/api/v2/{name}" for name in lists]
    return [Request(f"{url}/"), *(Request(one, headers=headers) for one in api)]


def _opener(folder: Path) -> OpenerDirector:
    """Opens pages of the stack's own servers, never through a proxy."""
    context = ssl.create_default_context(cafile=str(folder / "security/ca.pem"))
    handlers = (urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
    return urllib.request.build_opener(*handlers)
