import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from playlog_local import debian
from playlog_local import layout as layout_module

SETTINGS = {
    "kafka.bootstrap-servers": "127.0.0.1:29092",
    "kafka.topic": "spotify",
    "kafka.dead-letter-topic": "spotify.dead-letters",
    "cassandra.contact-points": "127.0.0.1:9042",
    "cassandra.keyspace": "spotify",
    "cassandra.consistency": "LOCAL_QUORUM",
    "producer.interval": 5.0,
    "spark.home": "",
    "spark.ui-port": 4040,
    "stream.metrics-port": 8091,
    "security.used-folder": "",
    "local.secure": False,
    "web.host": "127.0.0.1",
    "web.port": 8090,
    "local.nodes": 1,
    "local.kafka-bundled": True,
    "local.cassandra-bundled": True,
    "local.spark-bundled": False,
    "local.kafka-port": 29092,
    "local.kafka-controller-port": 29093,
    "local.kafka-metrics-port": 8092,
    "local.kafka-memory": "512m",
    "local.cassandra-port": 9042,
    "local.cassandra-storage-port": 7000,
    "local.cassandra-metrics-port": 8093,
    "local.cassandra-memory": "1200m",
    "local.spark-master-port": 7077,
    "local.spark-master-ui-port": 8094,
    "local.spark-worker-port": 7078,
    "local.spark-worker-ui-port": 8095,
    "local.worker-cores": 6,
    "local.worker-memory": "4g",
    "local.airflow-port": 8080,
    "local.history": 7200.0,
}
DEADLINE_SECONDS = 30


class Fakes:
    """A folder of fake programs that stands alone on the PATH; each notes its command lines."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.calls = folder.with_name("calls")
        folder.mkdir()

    def add(self, name: str, body: str = ":", folder: Path | None = None) -> Path:
        path = (folder or self.folder) / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\nprintf '{name}' >> '{self.calls}'\nprintf ' [%s]' \"$@\" >> '{self.calls}'\n")
        with path.open("a") as script:
            script.write(f"echo >> '{self.calls}'\n{body}\n")
        path.chmod(0o755)
        if name == "java":  # of a JDK, which says its version in a file
            (path.parents[1] / "release").write_text('JAVA_VERSION="17.0.12"\n')
        return path

    def real(self, *names: str) -> None:
        for name in names:
            (self.folder / name).symlink_to(shutil.which(name, path="/usr/bin:/bin"))

    def shell(self) -> None:
        """What the scripts themselves need."""
        self.real("bash", "dirname", "env", "id", "readlink", "sed", "timeout")

    def python(self, folder: Path) -> None:
        """Runs fake programs too; is not noted."""
        # Not what stands before them and needs their packages.
        self.add("python", folder=folder).write_text(
            '#!/bin/sh\ncase $1 in */checked_cqlsh.py) shift ;; esac\nexec "$@"\n'
        )

    def called(self) -> list[str]:
        return self.calls.read_text().splitlines() if self.calls.exists() else []


@pytest.fixture
def fakes(tmp_path, monkeypatch):
    fakes = Fakes(tmp_path / "bin")
    monkeypatch.setenv("PATH", str(fakes.folder))
    monkeypatch.delenv("JAVA_HOME", raising=False)
    return fakes


@pytest.fixture(autouse=True)
def no_playlog_variables(monkeypatch):
    for name in [name for name in os.environ if name.startswith("PLAYLOG_") and name != "PLAYLOG_ENVIRONMENTS"]:
        monkeypatch.delenv(name)


@pytest.fixture
def layout(tmp_path):
    """A stack in a folder of its own, with settings that no Java has read."""
    layout = layout_module.Layout(tmp_path / "application.conf")
    layout.settings = SETTINGS | {"local.dir": str(tmp_path / "var")}
    return layout


THREE = {
    "local.nodes": 3,
    "local.spark-bundled": True,
    "local.kafka-memory": "384m",
    "local.cassandra-memory": "800m",
    "spark.master": "spark://127.0.0.1:7077",
}


@pytest.fixture
def three(layout):
    """A stack with three of each."""
    layout.settings |= THREE
    return layout


@pytest.fixture(scope="session")
def promtool():
    made = subprocess.run(
        [layout_module.ROOT / "deploy/local/local.sh", "environments", "monitoring"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    path = debian.program(layout_module.Layout(layout_module.ROOT / "conf/application.conf"), "monitoring", "promtool")

    def run(*arguments):
        done = subprocess.run([path, *arguments], capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    return run


@pytest.fixture
def until():
    def wait(condition):
        end = time.monotonic() + DEADLINE_SECONDS
        while not (found := condition()):
            assert time.monotonic() < end, f"waited {DEADLINE_SECONDS} s in vain"
            time.sleep(0.05)
        return found

    return wait
