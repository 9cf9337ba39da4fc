"""A Prometheus of the trial's own, on loopback, that watches its stack with the repository's rules."""

import json
import subprocess
import time
import urllib.parse
import urllib.request
from pathlib import Path
from typing import Any, NamedTuple

from playlog_local import debian
from playlog_local.layout import Layout
from playlog_testkit.stack import ROOT, Stack, free_ports
from playlog_testkit.waiting import wait_until

from . import shortened

MONITORING = ROOT / "deploy/monitoring"
RULES = "playlog.rules.yml"
MOST_SAMPLES = 10_000
"""Of a series in an answer; Prometheus refuses more than 11,000."""


class Firing(NamedTuple):
    """`alert`: its name and its severity. Times are seconds since the epoch; `cleared` is None while it fires.

    It was not there yet at `began`, and no more at `cleared`.
    """

    alert: str
    began: float
    cleared: float | None


class Prometheus:
    """Runs as long as the `with` lasts."""

    def __init__(self, folder: Path, stack: Stack) -> None:
        [port] = free_ports(1)
        self.url = f"http://127.0.0.1:{port}"
        folder.mkdir()
        ports = {
            "playlog-web": "PLAYLOG_WEB_PORT",
            "playlog-stream": "PLAYLOG_STREAM_METRICS_PORT",
            "playlog-kafka": "PLAYLOG_KAFKA_METRICS_PORT",
            "playlog-cassandra": "PLAYLOG_CASSANDRA_METRICS_PORT",
        }
        own = {job: stack.variables[variable] for job, variable in ports.items()}
        (folder / RULES).write_text(shortened.rules((MONITORING / RULES).read_text()))
        (folder / "prometheus.yml").write_text(
            shortened.scrape_configuration((MONITORING / "prometheus.yml").read_text(), own)
        )
        self.jobs = len(ports)
        self.log = folder / "prometheus.log"
        self.command = [
            debian.program(Layout(ROOT / "conf/application.conf"), "monitoring", "prometheus"),
            f"--config.file={folder}/prometheus.yml",
            f"--storage.tsdb.path={folder}/data",
            f"--web.listen-address=127.0.0.1:{port}",
        ]

    def __enter__(self) -> "Prometheus":
        with self.log.open("w") as log:
            self.process = subprocess.Popen(self.command, stdout=log, stderr=subprocess.STDOUT)
        try:
            wait_until(self._is_ready, "Prometheus to be ready", while_waiting=self._must_run)
            # Until it has asked them first they are absent, and that is an alert.
            wait_until(self._sees_all, "Prometheus to see all that it asks", while_waiting=self._must_run)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.process.kill()
        self.process.wait()

    def _is_ready(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/-/ready", timeout=60):
                return True
        except OSError:
            return False

    def _sees_all(self) -> bool:
        return self.value("sum(up)") == self.jobs and not self.firing()

    def _must_run(self) -> None:
        if self.process.poll() is not None:
            raise RuntimeError(f"Prometheus ended with {self.process.returncode}:\n{self.log.read_text()[-2000:]}")

    def value(self, query: str) -> float | None:
        """The value of the query's only series; None if there is none now."""
        found = self._ask("query", query=query)["result"]
        return float(found[0]["value"][1]) if found else None

    def firing(self) -> set[str]:
        """Alerts that fire now."""
        return {_alert(alert["labels"]) for alert in self._ask("alerts")["alerts"] if alert["state"] == "firing"}

    def firings(self, since: float) -> list[Firing]:
        """All since then, those of an alert with other labels each by itself. What fired then already began before."""
        now = time.time()
        step = max(1.0, (now - since) / MOST_SAMPLES)
        # Into the future: what fires now fires there, since Prometheus has marked the end of what does not.
        until = now + 2 * step
        found = self._ask("query_range", query='ALERTS{alertstate="firing"}', start=since, end=until, step=step)
        return [firing for series in found["result"] for firing in of_series(series, step, now)]

    def _ask(self, what: str, **parameters: object) -> Any:
        address = f"{self.url}/api/v1/{what}?{urllib.parse.urlencode(parameters)}"
        with urllib.request.urlopen(address, timeout=60) as answer:
            return json.load(answer)["data"]


def of_series(series: dict, step: float, now: float) -> list[Firing]:
    """The times in which a series of ALERTS has samples, a step apart; in the future if it fires now."""
    alert = _alert(series["metric"])
    times = [float(at) for at, _ in series["values"]]
    begins = [at for before, at in zip([float("-inf"), *times], times, strict=False) if at - before > 1.5 * step]
    ends = [at for at, after in zip(times, [*times[1:], float("inf")], strict=True) if after - at > 1.5 * step]
    return [
        Firing(alert, first - step, last + step if last <= now else None)
        for first, last in zip(begins, ends, strict=True)
    ]


def _alert(labels: dict[str, str]) -> str:
    return f"{labels['alertname']} {labels['severity']}"
