import importlib.util
import os
import resource
import socket

import pytest
from playlog_local import checks, folders, memory, preflight
from playlog_local.console import Failure, Problem
from playlog_local.folders import GIB

JDK = "expected JDK 17: install it (apt-get install openjdk-17-jdk-headless) and set JAVA_HOME to it"
MAVEN = "install Maven 3.8 or later (apt-get install maven)"

HOST = "127.0.0.1"


@pytest.fixture
def machine(fakes):
    """A machine that has all that is needed."""
    fakes.add("java", """echo 'openjdk version "17.0.12" 2024-07-16' >&2""")
    fakes.add("javac", "echo 'javac 17.0.12'")
    fakes.add("mvn", "echo 'Apache Maven 3.8.7 (Debian)'")
    return fakes


def messages(problems):
    return [problem.message for problem in problems]


def packages(problems):
    return {problem.package for problem in problems}


def test_all_is_there(machine):
    assert list(preflight.programs()) == []


@pytest.mark.parametrize("told_by", ["file", "program"])
@pytest.mark.parametrize(
    ("version", "good"),
    [
        ("1.8.0_402", False),
        ("11.0.24", False),
        ("16.0.2", False),
        ("17", True),
        ("17-ea", True),
        ("17.0.12", True),
        ("18", False),
        ("21.0.17", False),
        ("25.0.1", False),
        ("170.1", False),
    ],
)
def test_jdk_version(machine, version, good, told_by):
    release = machine.folder.parent / "release"
    machine.add("java", f"""echo 'openjdk version "{version}" 2024-07-16' >&2""")
    release.write_text(f'JAVA_VERSION="{version}"\n') if told_by == "file" else release.unlink()
    found = list(preflight.programs())
    assert messages(found) == ([] if good else [f"Found JDK {version} as {machine.folder}/java, {JDK}"])
    assert packages(found) <= {"openjdk-17-jdk-headless"}


def test_a_java_that_does_not_run(machine):
    (machine.folder.parent / "release").unlink()
    machine.add("java", "exit 1")
    (machine.folder.parent / "release").unlink()
    assert messages(preflight.programs()) == [f"Found JDK of no version as {machine.folder}/java, {JDK}"]


def test_no_jdk(machine):
    (machine.folder / "java").unlink()
    assert messages(preflight.programs()) == [f"Found no program java, {JDK}"]


def test_a_jre_has_no_compiler(machine):
    (machine.folder / "javac").unlink()
    assert messages(preflight.programs()) == [f"Found no javac, a JRE, {JDK}"]


def test_a_compiler_of_another_jdk(machine):
    machine.add("javac", "echo 'javac 21.0.5'")
    assert messages(preflight.programs()) == [f"Found javac 21.0.5 as javac, {JDK}"]


@pytest.mark.parametrize("folder", ["none", "empty"])
def test_java_home_that_is_none(machine, monkeypatch, tmp_path, folder):
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path / folder))
    assert messages(preflight.programs()) == [f"Found no program {tmp_path}/{folder}/bin/java (of JAVA_HOME), {JDK}"]


def test_java_home_goes_first(machine, monkeypatch, tmp_path):
    home = tmp_path / "jdk 11"
    machine.add("java", folder=home / "bin")
    (home / "release").write_text('JAVA_VERSION="11.0.24"\n')
    monkeypatch.setenv("JAVA_HOME", str(home))
    assert messages(preflight.programs()) == [f"Found JDK 11.0.24 as {home}/bin/java, {JDK}"]


def test_no_maven(machine):
    (machine.folder / "mvn").unlink()
    found = list(preflight.programs())
    assert messages(found) == [f"Found no mvn, expected Maven: {MAVEN}"]
    assert packages(found) == {"maven"}


def test_a_maven_that_does_not_run(machine):
    machine.add("mvn", "echo 'mvn: broken' >&2; exit 1")
    assert messages(preflight.programs()) == [f"Found mvn, which says 'mvn: broken', expected Maven: {MAVEN}"]
    (machine.folder / "java").unlink()
    assert messages(preflight.programs()) == [f"Found no program java, {JDK}"]


@pytest.mark.parametrize(("version", "good"), [("3.6.3", False), ("3.8.1", True), ("3.10.0", True), ("4.0.0", True)])
def test_maven_version(machine, version, good):
    machine.add("mvn", f"echo 'Apache Maven {version}'")
    expected = [] if good else [f"Found Apache Maven {version.rpartition('.')[0]}, expected 3.8 or later: {MAVEN}"]
    assert messages(preflight.programs()) == expected


@pytest.mark.parametrize("missing", [{"venv", "ensurepip"}, {"ensurepip"}])
def test_debian_without_python3_venv(machine, monkeypatch, missing):
    found = importlib.util.find_spec
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None if name in missing else found(name))
    problems = list(preflight.programs())
    module = "venv" if "venv" in missing else "ensurepip"
    assert problems == [Problem(f"Python has no module {module}: apt-get install python3-venv", "python3-venv")]


@pytest.mark.parametrize(
    ("limit", "values", "message"),
    [
        (resource.RLIMIT_NOFILE, (256, 256), "256 open files, expected 4096 or more: see `ulimit -Hn`."),
        (resource.RLIMIT_AS, (GIB, -1), f"{GIB} bytes of address space, expected {8 * GIB} or more: see `ulimit -v`."),
        (resource.RLIMIT_FSIZE, (1024, -1), f"1024 bytes in a file, expected {2 * GIB} or more: see `ulimit -f`."),
        (resource.RLIMIT_CPU, (60, 60), "60 seconds of processor time, expected no limit: see `ulimit -t`."),
    ],
)
def test_limits_of_the_shell(monkeypatch, limit, values, message):
    monkeypatch.setattr(preflight.resource, "getrlimit", lambda asked: values if asked == limit else (-1, -1))
    assert messages(preflight.limits()) == [f"Found a limit of {message}"]


def test_a_soft_limit_of_open_files_is_raised_by_the_programs(monkeypatch):
    monkeypatch.setattr(preflight.resource, "getrlimit", lambda _: (1024, -1))
    assert [problem for problem in messages(preflight.limits()) if "open files" in problem] == []


def test_busy_port():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        assert messages(preflight.ports({("local.kafka-port", HOST): port})) == [
            f"Port {port} on 127.0.0.1 cannot be used (Address already in use): end the program that has it "
            f"(ss -ltnp 'sport = :{port}'), or set playlog.local.kafka-port to another port."
        ]
    assert messages(preflight.ports({("local.kafka-port", HOST): port})) == []
    assert messages(preflight.ports({("local.kafka-port", HOST): port, ("spark.ui-port", HOST): port})) == [
        f"playlog.local.kafka-port and playlog.spark.ui-port are both {port}: set one to another port."
    ]


class TestInstall:
    PROBLEMS = (Problem("no mvn", "maven"), Problem("no javac", "jdk"), Problem("no java", "jdk"), Problem("disk full"))

    def test_as_root(self, fakes, monkeypatch):
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        fakes.add("apt-get")
        preflight.install(list(self.PROBLEMS))
        assert fakes.called() == ["apt-get [update]", "apt-get [install] [-y] [jdk] [maven]"]

    def test_as_somebody_else(self, fakes, monkeypatch):
        monkeypatch.setattr(os, "geteuid", lambda: 1000)
        fakes.add("sudo")
        preflight.install(list(self.PROBLEMS))
        assert fakes.called() == ["sudo [apt-get] [update]", "sudo [apt-get] [install] [-y] [jdk] [maven]"]

    def test_nothing_that_a_package_mends(self, fakes):
        preflight.install([Problem("disk full")])
        assert fakes.called() == []

    @pytest.mark.parametrize(("user", "missing"), [(0, "apt-get"), (1000, "sudo")])
    def test_where_it_cannot(self, fakes, monkeypatch, user, missing):
        monkeypatch.setattr(os, "geteuid", lambda: user)
        with pytest.raises(Failure) as failure:
            preflight.install(list(self.PROBLEMS))
        assert str(failure.value) == f"Found no {missing}, which --install needs: install by hand what is missing."

    def test_where_it_fails(self, fakes, monkeypatch):
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        fakes.add("apt-get", "exit 100")
        with pytest.raises(Failure) as failure:
            preflight.install(list(self.PROBLEMS))
        assert str(failure.value) == "apt-get update failed: install by hand what is missing."


class TestChecks:
    def test_says_what_install_would_mend(self, machine):
        (machine.folder / "mvn").unlink()
        with pytest.raises(Failure) as failure:
            checks.programs(install=False)
        assert str(failure.value) == (
            f"Nothing was started:\n- Found no mvn, expected Maven: {MAVEN}\n"
            "start-all.sh --install installs what apt-get has"
        )

    def test_install_checks_again(self, machine, monkeypatch, capsys):
        monkeypatch.setattr(os, "geteuid", lambda: 0)
        machine.real("mv", "chmod")
        maven = machine.add("hidden-mvn", "echo Apache Maven 3.9.9")
        machine.add("apt-get", f'[ "$1" = update ] || mv {maven} {machine.folder}/mvn')
        (machine.folder / "mvn").unlink()
        checks.programs(install=True)
        assert "apt-get [install] [-y] [maven]" in machine.called()
        assert "    all there (" in capsys.readouterr().out

    def test_folder_of_another_user(self, tmp_path, monkeypatch):
        checks.owner(tmp_path / "none yet")
        checks.owner(tmp_path)
        monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
        with pytest.raises(Failure, match=f"^{tmp_path} belongs to {tmp_path.owner()}, who can start the stack in it"):
            checks.owner(tmp_path)


class Supervised:
    """A supervisor with these programs running, or none at all."""

    def __init__(self, *names, folder=None):
        self.names = names
        self.folder = folder

    def is_running(self):
        return bool(self.names)

    def runs(self, name):
        return name in self.names


class TestRoom:
    ALL = ("kafka", "cassandra", "airflow-api-server", "stream", "web")

    @pytest.fixture
    def needed(self, layout, monkeypatch, capsys):
        def _needed(supervisor, with_airflow=True, **settings):
            found = []
            monkeypatch.setattr(checks, "_memory", lambda needed: found.append(needed / GIB) or [])
            monkeypatch.setattr(folders, "problems", lambda _: [])
            monkeypatch.setattr(preflight, "ports", lambda ports: found.append([port for port, _ in ports]) or [])
            layout.settings |= {f"local.{name}-bundled": value for name, value in settings.items()}
            checks.room(layout, supervisor, with_airflow)
            return found

        return _needed

    def test_first_start(self, needed):
        memory, ports = needed(Supervised())
        assert memory == 7.5
        assert ports == [
            "local.kafka-port",
            "local.kafka-controller-port",
            "local.kafka-metrics-port",
            "local.cassandra-port",
            "local.cassandra-storage-port",
            "local.cassandra-metrics-port",
            "local.airflow-port",
            "spark.ui-port",
            "stream.metrics-port",
            "web.port",
        ]

    def test_without_airflow_and_with_servers_of_ones_own(self, needed):
        assert needed(Supervised(), with_airflow=False, kafka=False, cassandra=False) == [
            2.5,
            ["spark.ui-port", "stream.metrics-port", "web.port"],
        ]

    def test_nothing_where_all_runs(self, needed):
        assert needed(Supervised(*self.ALL)) == []

    def test_only_what_does_not_run_yet(self, needed):
        assert needed(Supervised("kafka", "cassandra", "stream", "web")) == [2, ["local.airflow-port"]]
        assert needed(Supervised("cassandra", "stream", "web"), with_airflow=False)[1] == [
            "local.kafka-port",
            "local.kafka-controller-port",
            "local.kafka-metrics-port",
        ]

    def test_three_of_each(self, three, needed):
        memory, ports = needed(Supervised(), with_airflow=False)
        assert memory == pytest.approx(3 * (384 + 512 + 800 + 848) / 1024 + 4.5 + 2.5)
        assert ports.count("local.kafka-controller-port") == 3
        assert ports.count("local.cassandra-storage-port") == 3
        assert ports.count("local.spark-master-port") == 1
        assert ports.count("local.spark-worker-port") == 2
        assert needed(Supervised("kafka-2"), with_airflow=False)[1].count("local.kafka-port") == 2

    def test_too_little_memory_of_a_control_group(self, layout, monkeypatch):
        monkeypatch.setattr(memory, "room", lambda: memory.Room(3 * GIB, "the control group /x (4.0 GiB in all)"))
        assert messages(checks._memory(7 * GIB)) == [
            "Found 3.0 GiB of memory available to the control group /x (4.0 GiB in all), expected 7.0: "
            "end other programs, raise the limit, or lower the *-memory settings in conf/application.conf."
        ]
        assert checks._memory(3 * GIB) == []

    def test_too_few_processes_of_a_control_group(self, layout, monkeypatch):
        monkeypatch.setattr(memory, "processes", lambda: memory.Room(99, "the control group /x (100 in all)"))
        assert messages(checks._processes()) == [
            "Found room for 99 processes and threads in the control group /x (100 in all), expected 1000: "
            "raise its limit (pids.max, TasksMax, --pids-limit)."
        ]

    def test_all_problems_at_once(self, layout, monkeypatch):
        monkeypatch.setattr(folders, "problems", lambda _: [Problem("disk")])
        monkeypatch.setattr(checks, "_memory", lambda _: [Problem("memory")])
        monkeypatch.setattr(preflight, "ports", lambda _: [Problem("port")])
        with pytest.raises(Failure) as failure:
            checks.room(layout, Supervised(), with_airflow=True)
        assert str(failure.value) == "Nothing was started:\n- disk\n- memory\n- port"


class TestNodes:
    def kept(self, layout, *names):
        for name in names:
            (layout.dir / name).mkdir(parents=True)
            (layout.dir / f"supervisor/{name}.sh").parent.mkdir(exist_ok=True)
            (layout.dir / f"supervisor/{name}.sh").touch()

    def check(self, layout):
        checks.nodes(layout, Supervised(folder=layout.dir / "supervisor"))

    def test_as_many_as_have_the_data(self, layout):
        self.kept(layout, "kafka", "cassandra")
        self.check(layout)
        layout.settings |= {"local.nodes": 3}
        with pytest.raises(Failure) as failure:
            self.check(layout)
        assert failure.value.line() == (
            f"PL-616: Found the data of kafka in {layout.dir}, expected that of kafka-1 and kafka-2 and kafka-3 "
            "(local.nodes = 3): set playlog.local.nodes to what it was, or PLAYLOG_LOCAL_DIR to another folder, "
            "or let stop-all.sh --purge delete the data."
        )

    def test_fewer(self, layout):
        self.kept(layout, "kafka-1", "cassandra-1")
        with pytest.raises(Failure):
            self.check(layout)

    def test_of_another_one_or_of_none(self, three):
        (three.dir / "kafka").mkdir(parents=True)
        self.check(three)
        self.kept(three, "cassandra")
        three.settings |= {"local.cassandra-bundled": False}
        self.check(three)


def test_settings_that_changed_since_the_start(layout, tmp_path, capsys):
    folder = tmp_path / "supervisor"
    checks.keep_or_compare_settings(layout, Supervised("kafka", folder=folder))
    checks.keep_or_compare_settings(layout, Supervised(folder=folder))
    checks.keep_or_compare_settings(layout, Supervised("kafka", folder=folder))
    assert capsys.readouterr().out == ""
    layout.settings |= {"local.kafka-port": 1, "report.grace": 60.0}
    checks.keep_or_compare_settings(layout, Supervised("kafka", folder=folder))
    assert capsys.readouterr().out == (
        "==> Settings have changed since the stack was started\n"
        "    local.kafka-port = 1, it was 29092\n"
        "    report.grace = 60.0, it was None\n"
        "    what runs keeps the earlier ones: stop-all.sh, then start-all.sh (0.0 s)\n"
    )
    checks.keep_or_compare_settings(layout, Supervised(folder=folder))
    checks.keep_or_compare_settings(layout, Supervised("kafka", folder=folder))
    assert capsys.readouterr().out == ""
