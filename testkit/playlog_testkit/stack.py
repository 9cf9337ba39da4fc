"""A stack of its own for tests, trials and benchmarks: free ports, a folder of its own, the scripts a person types."""

import json
import os
import random
import re
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from copy import copy
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cassandra.cluster import EXEC_PROFILE_DEFAULT, Cluster, ExecutionProfile, Session
from cassandra.query import ConsistencyLevel, dict_factory
from playlog_local import processes
from playlog_local.supervisor import STACK_VARIABLE

from . import logins

ROOT = Path(__file__).resolve().parents[2]
PORTS = (
    "PLAYLOG_KAFKA_PORT",
    "PLAYLOG_KAFKA_CONTROLLER_PORT",
    "PLAYLOG_KAFKA_METRICS_PORT",
    "PLAYLOG_CASSANDRA_PORT",
    "PLAYLOG_CASSANDRA_STORAGE_PORT",
    "PLAYLOG_CASSANDRA_METRICS_PORT",
    "PLAYLOG_SPARK_MASTER_PORT",
    "PLAYLOG_SPARK_MASTER_UI_PORT",
    "PLAYLOG_SPARK_WORKER_PORT",
    "PLAYLOG_SPARK_WORKER_UI_PORT",
    "PLAYLOG_AIRFLOW_PORT",
    "PLAYLOG_SPARK_UI_PORT",
    "PLAYLOG_WEB_PORT",
    "PLAYLOG_STREAM_METRICS_PORT",
)
SERVERS_PORTS = (20_000, 32_000)
START_SECONDS = 3600
KEPT_BYTES = 1 << 20
EVIDENCE_LINES = 60


class Stack:
    """Runs the project's scripts with the variables of this stack."""

    def __init__(self, folder: Path, settings: str = "", nodes: int = 1) -> None:
        """`settings`: HOCON below the root `playlog`, laid over the shipped configuration; `nodes` as in it."""
        self.folder = folder
        self.nodes = nodes
        self.started: list[subprocess.Popen] = []
        others = {name: value for name, value in os.environ.items() if not name.startswith("PLAYLOG_")}
        self.variables = (
            others | dict(zip(PORTS, free_ports(len(PORTS)), strict=True)) | {"PLAYLOG_LOCAL_DIR": str(folder)}
        )
        if settings:
            own = f"catalogue.path = {ROOT}/data/spotify-songs.csv\n{settings}"
            self.variables["PLAYLOG_CONFIG"] = str(self._write_config(folder.with_suffix(".conf"), own))

    def with_settings(self, name: str, settings: str) -> "Stack":
        """The same servers, for programs with more settings of their own; `name` becomes that of their file."""
        other = copy(self)
        config = self._write_config(self.folder.with_name(f"{name}.conf"), settings)
        other.variables = self.variables | {"PLAYLOG_CONFIG": str(config)}
        return other

    def with_variables(self, variables: dict[str, str]) -> "Stack":
        """The same servers, for programs with these variables."""
        other = copy(self)
        other.variables = self.variables | variables
        return other

    def _write_config(self, path: Path, settings: str) -> Path:
        below = Path(self.variables.get("PLAYLOG_CONFIG", ROOT / "conf/application.conf"))
        path.write_text(f"{below.read_text()}\nplaylog {{\n{settings}\n}}\n")
        return path

    def start(self, script: str, *arguments: str) -> subprocess.Popen:
        """Starts a script in the background; what it prints is kept, and it stands still when that is too much."""
        command = [str(ROOT / "scripts" / script), *arguments]
        process = subprocess.Popen(
            command,
            env=self.variables,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            pipesize=KEPT_BYTES,
        )
        self.started.append(process)
        return process

    def end_started(self) -> None:
        """Ends what runs of the scripts that `start` has started."""
        for process in self.started:
            if process.poll() is None:
                process.kill()
                process.wait()

    def run(self, script: str, *arguments: str) -> subprocess.CompletedProcess:
        """Runs the script and prints what it prints; ended by its timeout it does not leave children."""
        command = [str(ROOT / "scripts" / script), *arguments]
        with subprocess.Popen(
            command, env=self.variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, process_group=0
        ) as process:
            try:
                output, _ = process.communicate(timeout=START_SECONDS)
            except BaseException:
                os.killpg(process.pid, signal.SIGTERM)
                raise
        print(f"$ {script} {' '.join(arguments)}\n{output}", flush=True)
        return subprocess.CompletedProcess(command, process.returncode, output)

    def output(self, script: str, *arguments: str) -> str:
        """What the script prints on stdout; fails with all that it printed if the script does."""
        done = self.completed(script, *arguments)
        if done.returncode != 0:
            raise RuntimeError(
                f"{script} {' '.join(arguments)} ended with {done.returncode}:\n{done.stdout}{done.stderr}"
            )
        return done.stdout

    def completed(self, script: str, *arguments: str) -> subprocess.CompletedProcess:
        """Runs the script whatever its exit code is, and prints nothing."""
        command = [str(ROOT / "scripts" / script), *arguments]
        return subprocess.run(
            command, env=self.variables, capture_output=True, text=True, timeout=START_SECONDS, check=False
        )

    def exit_code(self, script: str, *arguments: str) -> int:
        """The script's exit code."""
        return self.run(script, *arguments).returncode

    def status(self) -> dict:
        return json.loads(self.run("status.sh", "--json").stdout)

    @property
    def hosts(self) -> list[str]:
        """Of the servers: each node has an address, and all have the same ports."""
        return [f"127.0.0.{number + 1}" for number in range(self.nodes)]

    @property
    def kafka(self) -> str:
        return ",".join(f"{host}:{self.variables['PLAYLOG_KAFKA_PORT']}" for host in self.hosts)

    @property
    def security(self) -> Path:
        """Certificates and passwords, if the stack is secured."""
        return self.folder / "security"

    @property
    def kafka_client(self) -> dict[str, Any]:
        """What one of aiokafka's clients is made with, that reads."""
        return {"bootstrap_servers": self.kafka} | logins.of_kafka(self.security)

    def select(self, cql: str) -> list[dict]:
        """Asks with a plain CQL client."""
        with self.session() as session:
            return list(session.execute(cql))

    def select_if_up(self, cql: str) -> list[dict]:
        """The same; no rows while Cassandra does not answer, or refuses it: its driver has a dozen ways to say so."""
        with suppress(Exception):
            return self.select(cql)
        return []

    @contextmanager
    def session(self, **profile: Any) -> Iterator[Session]:
        """`profile`: of what is asked, beside rows as dictionaries, the jobs' consistency and a long time-out."""
        usual = {
            "row_factory": dict_factory,
            "request_timeout": 300,
            "consistency_level": ConsistencyLevel.LOCAL_QUORUM,
        }
        cluster = Cluster(
            self.hosts,
            port=int(self.variables["PLAYLOG_CASSANDRA_PORT"]),
            **logins.of_cassandra(self.security),
            execution_profiles={EXEC_PROFILE_DEFAULT: ExecutionProfile(**(usual | profile))},
        )
        try:
            yield cluster.connect("spotify")
        finally:
            cluster.shutdown()

    def acknowledged(self) -> int:
        """Listens that all runs of the producer say were acknowledged: the history's and the live ones'."""
        text = (self.folder / "log/producer.log").read_text()
        return sum(
            int(count) for count in re.findall(r"^produced \d+, acknowledged (\d+), failed 0$", text, re.MULTILINE)
        )

    def print_evidence(self) -> None:
        """What a person would look at first when something is wrong, since the stack is removed afterwards."""
        with suppress(Exception):  # It must not hide the failure that it is about.
            self.run("status.sh")
        for log in sorted((self.folder / "log").glob("*.log")):
            last = log.read_text(errors="replace").splitlines()[-EVIDENCE_LINES:]
            print(f"=== the last lines of {log.name}", *last, sep="\n", flush=True)

    def processes(self) -> list[str]:
        """Command lines of all processes of this stack."""
        return [process.arguments for process in processes.of(STACK_VARIABLE, self.folder)]


def stop_on_signals() -> None:
    """Lets SIGTERM and SIGHUP end the program as an exception does, so that it stops the servers that it started."""

    def stop(number: int, _: object) -> None:
        signal.signal(number, signal.SIG_IGN)
        sys.exit(128 + number)

    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, stop)


def last_full_hour() -> datetime:
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)


def free_ports(count: int) -> list[str]:
    """Below those that the system gives to connections: one of them might be taken while a server is down."""
    with ExitStack() as stack:
        found: list[str] = []
        while len(found) < count:
            port = random.randrange(*SERVERS_PORTS)
            probe = stack.enter_context(socket.socket())
            with suppress(OSError):
                probe.bind(("", port))  # on all of 127.0.0.0/8: members of a server have one address each
                found.append(str(port))
        return found
