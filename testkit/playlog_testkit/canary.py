"""Where passwords of a secured stack show: in what programs say, and in what others may read."""

import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

MOST_BYTES = 64 << 20
"""Of a file, which is searched as a whole."""


def secrets(folder: Path) -> dict[bytes, str]:
    """Passwords of the stack in this folder, and the names of their files."""
    return {path.read_bytes().strip(): path.name for path in (folder / "security").glob("*.password")}


def shown(folder: Path, printed: dict[str, str], pages: list[str]) -> list[str]:
    """Each place that shows a password, with the password's name; `printed` by program, `pages` are URLs."""
    wanted = secrets(folder)
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
                if file.is_file() and status.st_size < MOST_BYTES and (said or status.st_mode & 0o044):
                    yield str(name), file.read_bytes()
            except OSError:
                continue  # it was deleted meanwhile

    @staticmethod
    def pages(urls: list[str]) -> Iterator[tuple[str, bytes]]:
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        for url in urls:
            with opener.open(url, timeout=30) as answer:
                yield url, answer.read()


def spark_pages(ui: str) -> list[str]:
    """Of a running application, with what its REST API tells."""
    with urllib.request.urlopen(f"{ui}/api/v1/applications", timeout=30) as answer:
        applications = [application["id"] for application in json.load(answer)]
    api = [f"{ui}/api/v1/applications/{id}/{what}" for id in applications for what in ("environment", "sql", "jobs")]
    return [f"{ui}/environment/", f"{ui}/SQL/", f"{ui}/jobs/", f"{ui}/executors/", f"{ui}/StreamingQuery/", *api]
