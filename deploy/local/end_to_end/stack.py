"""A stack of its own for the end-to-end test: free ports, a folder of its own, the scripts a person types."""

import json
import os
import re
import signal
import socket
import subprocess
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cassandra.cluster import EXEC_PROFILE_DEFAULT, Cluster, ExecutionProfile
from cassandra.query import dict_factory

ROOT = Path(__file__).resolve().parents[3]
PORTS = (
    "PLAYLOG_KAFKA_PORT",
    "PLAYLOG_KAFKA_CONTROLLER_PORT",
    "PLAYLOG_CASSANDRA_PORT",
    "PLAYLOG_CASSANDRA_STORAGE_PORT",
    "PLAYLOG_AIRFLOW_PORT",
    "PLAYLOG_SPARK_UI_PORT",
)
START_SECONDS = 3600


class Stack:
    """Runs the project's scripts with the variables of this stack."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        others = {name: value for name, value in os.environ.items() if not name.startswith("PLAYLOG_")}
        self.variables = others | dict(zip(PORTS, _free_ports(), strict=True)) | {"PLAYLOG_LOCAL_DIR": str(folder)}

    def run(self, script: str, *arguments: str) -> subprocess.CompletedProcess:
        """Prints what the script prints; ended by its timeout it does not leave children."""
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

    def status(self) -> dict:
        return json.loads(self.run("status.sh", "--json").stdout)

    @property
    def kafka(self) -> str:
        return f"127.0.0.1:{self.variables['PLAYLOG_KAFKA_PORT']}"

    def select(self, cql: str) -> list[dict]:
        """Asks with a plain CQL client."""
        profile = ExecutionProfile(row_factory=dict_factory, request_timeout=300)
        port = int(self.variables["PLAYLOG_CASSANDRA_PORT"])
        cluster = Cluster(["127.0.0.1"], port=port, execution_profiles={EXEC_PROFILE_DEFAULT: profile})
        try:
            return list(cluster.connect("spotify").execute(cql))
        finally:
            cluster.shutdown()

    def acknowledged(self) -> int:
        """Listens that all runs of the producer say were acknowledged: the history's and the live ones'."""
        text = (self.folder / "log/producer.log").read_text()
        return sum(
            int(count) for count in re.findall(r"^produced \d+, acknowledged (\d+), failed 0$", text, re.MULTILINE)
        )

    def processes(self) -> list[str]:
        """Command lines of all processes that know this stack's folder, but for this one."""
        found = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdigit() and int(entry.name) != os.getpid():
                try:
                    environment = (entry / "environ").read_bytes()
                    command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
                except OSError:
                    continue
                if str(self.folder).encode() in environment or str(self.folder) in command:
                    found.append(command)
        return found


def last_full_hour() -> datetime:
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0) - timedelta(hours=1)


def _free_ports() -> list[str]:
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in PORTS]
        for free in sockets:
            free.bind(("127.0.0.1", 0))
        return [str(free.getsockname()[1]) for free in sockets]
