import fcntl
import os
import re
import socket
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

SCRIPTS = Path(__file__).resolve().parents[3] / "scripts"
SETTINGS = {
    "kafka.bootstrap-servers": "127.0.0.1:29092",
    "kafka.topic": "spotify",
    "cassandra.contact-points": "one.example:9999,two.example",
    "cassandra.keyspace": "history",
    "cassandra.consistency": "QUORUM",
    "security.used-folder": "",
    "spark.home": "",
    "spark.master": "local[2,4]",
    "spark.stream-memory": "1200m",
    "spark.report-memory": "800m",
    "spark.ui-port": "4040",
    "web.memory": "256m",
}

WITHOUT_SCRAM = (
    "kcat has librdkafka {}, which Kafka does not let in by SCRAM, expected 2.6.1 or later: install a newer one, "
    "or look at what is stored: scripts/query.sh sample\n"
)


class Machine:
    """Fake java, spark-submit, cqlsh and kcat, that note their command lines."""

    def __init__(self, fakes, folder):
        self.fakes = fakes
        self.folder = folder
        self.settings = SETTINGS | {"local.dir": str(folder / "my var")}
        self.environments = folder / "the envs"
        self.spark = self.environments / "spark/lib/python3.13/site-packages/pyspark"
        fakes.shell()
        fakes.real("awk", "date", "flock", "mkdir")
        fakes.add("spark-submit", 'echo "$SPARK_HOME $SPARK_LOCAL_IP $SPARK_CONF_DIR"', folder=self.spark / "bin")
        fakes.add("cqlsh", folder=self.environments / "tools/bin")
        fakes.python(self.environments / "tools/bin")
        for jar in ("producer.jar", "jobs.jar", "web.jar"):
            (folder / jar).touch()

    def run(self, script, *arguments, **variables):
        cases = "".join(f"{key}) echo '{value}' ;;\n" for key, value in self.settings.items())
        # java -cp JAR CLASS --config FILE KEY...
        self.fakes.add("java", f'shift 5; for key in "$@"; do case $key in\n{cases}esac; done')
        environment = (
            os.environ
            | variables
            | {
                "PLAYLOG_CONFIG": f"{self.folder}/application.conf",
                "PLAYLOG_PRODUCER_JAR": f"{self.folder}/producer.jar",
                "PLAYLOG_JOBS_JAR": f"{self.folder}/jobs.jar",
                "PLAYLOG_WEB_JAR": f"{self.folder}/web.jar",
                "PLAYLOG_ENVIRONMENTS": str(self.environments),
            }
        )
        return subprocess.run(
            [str(SCRIPTS / script), *arguments], env=environment, capture_output=True, text=True, check=False
        )

    def called(self, name):
        """The arguments of the last call, after those that name the address."""
        return [call for call in self.fakes.called() if call.startswith(name)][-1].removeprefix(f"{name} ")


@pytest.fixture
def machine(fakes, tmp_path):
    return Machine(fakes, tmp_path)


class TestSparkJob:
    def test_stream(self, machine):
        done = machine.run("submit-stream.sh")
        assert done.returncode == 0
        assert machine.called("spark-submit") == (
            "[--master] [local[2,4]] [--name] [playlog-stream] [--conf] [spark.ui.port=4040] "
            "[--driver-memory] [1200m] [--class] [io.playlog.jobs.Main] "
            f"[{machine.folder}/jobs.jar] [stream] [--config] [{machine.folder}/application.conf]"
        )
        assert done.stdout == f"{machine.spark} 127.0.0.1 {SCRIPTS}/../conf/spark\n".replace("scripts/../", "")

    def test_others_show_no_page_and_take_the_reports_memory(self, machine):
        machine.run("spark-job.sh", "hourly-summary", "--hour", "2026-11-22T13:00Z")
        assert machine.called("spark-submit") == (
            "[--master] [local[2,4]] [--name] [playlog-hourly-summary] [--conf] [spark.ui.enabled=false] "
            "[--driver-memory] [800m] [--class] [io.playlog.jobs.Main] "
            f"[{machine.folder}/jobs.jar] [hourly-summary] [--config] [{machine.folder}/application.conf] "
            "[--hour] [2026-11-22T13:00Z]"
        )

    def test_schema(self, machine):
        assert machine.run("create-schema.sh").returncode == 0
        assert " [schema] [--config] " in machine.called("spark-submit")

    @pytest.mark.parametrize("arguments", [[], ["--help"]])
    def test_help_needs_no_configuration(self, machine, arguments):
        machine.run("spark-job.sh", *arguments)
        assert machine.called("spark-submit").endswith(f"[{machine.folder}/jobs.jar]" + " [--help]" * len(arguments))

    def test_a_cluster_of_ones_own(self, machine):
        own = machine.folder / "opt spark"
        machine.fakes.add("spark-submit", 'echo "$SPARK_HOME $SPARK_LOCAL_IP"', folder=own / "bin")
        machine.settings |= {"spark.master": "spark://spark.example:7077", "spark.home": str(own)}
        done = machine.run("submit-stream.sh")
        assert done.stdout == f"{own} \n"
        assert machine.called("spark-submit").startswith("[--master] [spark://spark.example:7077] ")

    def test_without_spark(self, machine):
        (machine.spark / "bin/spark-submit").unlink()
        done = machine.run("create-schema.sh")
        assert done.returncode == 2
        assert done.stderr == (
            f"{machine.spark}/bin/spark-submit is missing: "
            "scripts/start-all.sh installs Spark, or set playlog.spark.home\n"
        )

    @pytest.mark.parametrize("jar", ["producer.jar", "jobs.jar"])
    def test_without_a_jar(self, machine, jar):
        (machine.folder / jar).unlink()
        done = machine.run("create-schema.sh")
        assert done.returncode != 0
        assert done.stderr == f"{machine.folder}/{jar} is missing: build it with: mvn -DskipTests package\n"
        assert not any(call.startswith("spark-submit") for call in machine.fakes.called())

    def test_java_of_java_home(self, machine):
        machine.fakes.add("java", "echo 'from JAVA_HOME' >&2; exit 2", folder=machine.folder / "jdk/bin")
        done = machine.run("create-schema.sh", JAVA_HOME=f"{machine.folder}/jdk")
        assert (done.returncode, done.stderr) == (2, "from JAVA_HOME\n")


class TestHourlyReport:
    def test_is_for_the_last_full_hour_and_all_that_are_due(self, machine):
        before = datetime.now(UTC)
        assert machine.run("run-hourly-report.sh").returncode == 0
        hours = {(at - timedelta(hours=1)).strftime("%Y-%m-%dT%H:00Z") for at in (before, datetime.now(UTC))}
        hour, due = re.search(r"\[--hour\] \[(.*)\] \[(.*)\]$", machine.called("spark-submit")).groups()
        assert hour in hours
        assert due == "--due"

    def test_or_as_told(self, machine):
        machine.run("run-hourly-report.sh", "--hour", "2026-11-22T13:00Z")
        assert machine.called("spark-submit").endswith("application.conf] [--hour] [2026-11-22T13:00Z]")

    def test_a_second_one_ends_with_75(self, machine):
        lock = Path(machine.settings["local.dir"], "hourly-report.lock")
        lock.parent.mkdir()
        with lock.open("w") as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            done = machine.run("run-hourly-report.sh")
        assert done.returncode == 75
        assert done.stderr == f"Another hourly report is running (lock {lock}); nothing done.\n"
        assert not any(call.startswith("spark-submit") for call in machine.fakes.called())
        assert machine.run("run-hourly-report.sh").returncode == 0

    def test_the_lock_is_held_while_spark_runs(self, machine):
        lock = f"{machine.settings['local.dir']}/hourly-report.lock"
        body = f"flock --nonblock '{lock}' true && echo free || echo held"
        machine.fakes.add("spark-submit", body, folder=machine.spark / "bin")
        machine.fakes.real("true")
        assert machine.run("run-hourly-report.sh").stdout == "held\n"

    def test_a_folder_that_cannot_be_made(self, machine):
        (machine.folder / "file").touch()
        machine.settings["local.dir"] = f"{machine.folder}/file/var"
        done = machine.run("run-hourly-report.sh")
        assert done.returncode == 2
        assert f"cannot write in {machine.folder}/file/var: PLAYLOG_LOCAL_DIR names" in done.stderr

    def test_exit_code_is_the_jobs(self, machine):
        machine.fakes.add("spark-submit", "exit 4", folder=machine.spark / "bin")
        assert machine.run("run-hourly-report.sh").returncode == 4


class TestQuery:
    ADDRESS = " [one.example] [9999]"

    def cql(self, machine):
        call = machine.called("cqlsh")
        head = "[--request-timeout] [3600] [--keyspace] [history] [--no-color] [-e] [PAGING OFF; CONSISTENCY QUORUM; "
        assert call.startswith(head)
        assert call.endswith("]" + self.ADDRESS)
        return call.removeprefix(head).removesuffix("]" + self.ADDRESS)

    @pytest.mark.parametrize(
        ("arguments", "cql"),
        [
            (["sample"], "SELECT name, event_time, song_name, artists, danceability, energy FROM records LIMIT 50;"),
            (["listeners"], "SELECT name, count(*), avg(energy) FROM records GROUP BY name;"),
            (
                ["danceability", "Ada O'Hara", "2026-11-22T13:00Z"],
                "SELECT count(*), avg(danceability) FROM records WHERE name = 'Ada O''Hara' "
                "AND event_time >= '2026-11-22T13:00:00Z' AND event_time < '2026-11-22T14:00:00Z';",
            ),
            (
                ["listens", "Ada", "2026-12-31T23:00Z"],
                "SELECT event_time, song_name, artists, danceability, energy FROM records WHERE name = 'Ada' "
                "AND event_time >= '2026-12-31T23:00:00Z' AND event_time < '2027-01-01T00:00:00Z';",
            ),
            (["cql", "SELECT 1; -- it's"], "SELECT 1; -- it's"),
        ],
    )
    def test_shows_and_asks_the_cql(self, machine, arguments, cql):
        done = machine.run("query.sh", *arguments)
        assert (done.returncode, done.stderr) == (0, "")
        assert self.cql(machine) == cql
        assert done.stdout == f"{cql}\n"

    def test_shows_the_answer_only(self, machine):
        said = [
            "PAGING set to OFF",
            "Consistency level set to QUORUM.",
            "",
            " count",
            "-------",
            "     5",
            "",
            "(1 rows)",
        ]
        lines = " ".join(f"'{line}'" for line in said)
        machine.fakes.add("cqlsh", f"printf '%s\\n' {lines}", folder=machine.environments / "tools/bin")
        assert machine.run("query.sh", "cql", "SELECT x").stdout.splitlines() == ["SELECT x", *said[2:]]

    def test_a_port_and_ipv6(self, machine):
        machine.settings["cassandra.contact-points"] = "[::1]:9999,two.example"
        machine.run("query.sh", "cqlsh")
        assert machine.called("cqlsh").endswith(" [::1] [9999]")

    @pytest.mark.parametrize("addresses", ["[2001:db8::7]", " [2001:db8::7]:9042 , two.example"])
    def test_ipv6_with_the_default_port(self, machine, addresses):
        machine.settings["cassandra.contact-points"] = addresses
        machine.run("query.sh", "cqlsh")
        assert machine.called("cqlsh").endswith(" [2001:db8::7] [9042]")

    def test_the_port_may_be_left_out(self, machine):
        machine.settings["cassandra.contact-points"] = "one.example,two.example:9999"
        machine.run("query.sh", "cqlsh")
        assert machine.called("cqlsh").endswith(" [one.example] [9042]")

    def test_the_first_that_can_be_reached(self, machine):
        with socket.create_server(("127.0.0.1", 0)) as node:
            port = node.getsockname()[1]
            machine.settings["cassandra.contact-points"] = f"127.0.0.2:{port}, 127.0.0.1:{port}"
            machine.run("query.sh", "cqlsh")
        assert machine.called("cqlsh").endswith(f" [127.0.0.1] [{port}]")

    def test_cqlsh_is_interactive(self, machine):
        machine.run("query.sh", "cqlsh")
        assert machine.called("cqlsh") == "[--request-timeout] [3600] [--keyspace] [history]" + self.ADDRESS

    @pytest.mark.parametrize("arguments", [[], ["songs"]])
    def test_what_it_does_not_know(self, machine, arguments):
        done = machine.run("query.sh", *arguments)
        assert (done.returncode, done.stdout) == (2, "")
        assert "query.sh sample" in done.stderr
        assert machine.fakes.called() == []

    @pytest.mark.parametrize(("arguments", "found"), [([], 0), (["SELECT", "1"], 2), ([""], 1)])
    def test_cql_is_one_argument(self, machine, arguments, found):
        done = machine.run("query.sh", "cql", *arguments)
        assert done.returncode == 2
        assert done.stderr == (
            f"Found {found} arguments, expected the CQL as one. Ex. 'SELECT name FROM records LIMIT 1;'\n"
        )

    def test_help_with_nothing_to_write_to(self, machine):
        command = f"'{SCRIPTS}/query.sh' --help >&-"
        done = subprocess.run(["/bin/bash", "-c", command], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")

    def test_help(self, machine):
        done = machine.run("query.sh", "--help")
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("Asks Cassandra")

    @pytest.mark.parametrize(
        ("arguments", "message"),
        [
            (["Ada"], 'Found 1 arguments, expected NAME and HOUR. Ex. "Ada Lovelace" 2026-11-22T13:00Z'),
            (["Ada", "noonish"], "Found the hour 'noonish', expected one such as 2026-11-22T13:00Z"),
        ],
    )
    def test_bad_slices_do_not_reach_cassandra(self, machine, arguments, message):
        done = machine.run("query.sh", "listens", *arguments)
        assert done.returncode == 2
        assert done.stderr.endswith(f"{message}\n")
        assert not any(call.startswith("cqlsh") for call in machine.fakes.called())

    def test_without_cqlsh(self, machine):
        cqlsh = machine.environments / "tools/bin/cqlsh"
        cqlsh.unlink()
        done = machine.run("query.sh", "sample")
        assert (done.returncode, done.stderr) == (2, f"{cqlsh} is missing: scripts/start-all.sh installs it\n")


class TestWatchTopic:
    def test_from_now_on(self, machine):
        machine.fakes.add("kcat")
        assert machine.run("watch-topic.sh", "-c", "5").returncode == 0
        assert machine.called("kcat") == (
            r"[-C] [-b] [127.0.0.1:29092] [-t] [spotify] [-u] [-o] [end] [-f] [%T  partition %p offset %o  %s\n] "
            "[-c] [5]"
        )

    def test_without_kcat(self, machine):
        done = machine.run("watch-topic.sh")
        assert done.returncode == 2
        assert done.stderr == ("kcat is not installed: apt-get install kcat (Debian, Ubuntu) or brew install kcat\n")

    @pytest.mark.parametrize(
        ("version", "mechanism", "code"),
        [
            ("2.0.2", "SCRAM-SHA-512", 2),
            ("2.6.0", "SCRAM-SHA-512", 2),
            ("2.6.1", "SCRAM-SHA-512", 0),
            ("v2.10.0", "SCRAM-SHA-256", 0),
            ("2.0.2", "PLAIN", 0),
        ],
    )
    def test_with_a_login_that_only_newer_ones_can(self, machine, version, mechanism, code):
        builtin = "builtin.features=gzip,sasl_scram"
        machine.fakes.add("kcat", f"[ \"$1\" != -V ] || echo 'Version 1.7.1 (JSON, librdkafka {version} {builtin})'")
        login = machine.folder / "kcat.conf"
        login.write_text(f"security.protocol=SASL_SSL\nsasl.mechanisms={mechanism}\n")
        done = machine.run("watch-topic.sh", KCAT_CONFIG=str(login))
        assert done.returncode == code, done.stderr
        assert done.stderr == ("" if code == 0 else WITHOUT_SCRAM.format(version))
        assert machine.called("kcat").startswith("[-C]" if code == 0 else "[-V]")


class TestRunProducer:
    def test_passes_arguments_on(self, machine):
        machine.run("run-producer.sh", "--count", "5")
        assert machine.called("java") == (
            f"[-jar] [{machine.folder}/producer.jar] [--config] [{machine.folder}/application.conf] [--count] [5]"
        )

    def test_by_that_of_java_home(self, machine):
        machine.fakes.add("java", "echo 'from JAVA_HOME'", folder=machine.folder / "jdk/bin")
        assert machine.run("run-producer.sh", JAVA_HOME=f"{machine.folder}/jdk").stdout == "from JAVA_HOME\n"

    def test_without_its_jar(self, machine):
        (machine.folder / "producer.jar").unlink()
        done = machine.run("run-producer.sh")
        assert done.returncode == 2
        assert done.stderr.startswith(f"{machine.folder}/producer.jar is missing: ")


@pytest.mark.parametrize(
    ("script", "purpose"), [("start-all.sh", "Builds"), ("stop-all.sh", "Stops"), ("status.sh", "Shows")]
)
def test_help(script, purpose):
    done = subprocess.run([str(SCRIPTS / script), "--help"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith(f"usage: {script} ")
    assert f"\n{purpose} " in done.stdout


def test_old_python(fakes):
    fakes.shell()
    fakes.add("python3", "case $1 in --version) echo Python 3.9.2 ;; *) exit 1 ;; esac")
    done = subprocess.run([str(SCRIPTS / "status.sh")], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr == (
        "Found Python 3.9.2, expected Python 3.11 or later as python3: apt-get install python3 python3-venv\n"
    )


@pytest.mark.parametrize("server", ["kafka", "cassandra"])
class TestBundledServers:
    def run(self, machine, server, port, *member):
        libraries = machine.folder / "my lib"
        libraries.mkdir()
        for jar in ("jamm-0.4.0.jar", "jmx_prometheus_javaagent-1.2.3.jar"):
            (libraries / jar).touch()
        machine.settings |= {f"local.{server}-memory": "300m", f"local.{server}-metrics-port": str(port)}
        script = f"../deploy/local/{server}/run-{server}.sh"
        done = machine.run(script, str(libraries), f"{machine.folder}/application.conf", *member)
        assert done.returncode == 0, done.stderr
        called = machine.called("java")
        assert called.startswith("[-Xmx300m] ")
        return called, done.stderr

    def test_metrics_are_served_to_this_machine_only(self, machine, server):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
        called, said = self.run(machine, server, port)
        rules = SCRIPTS.parent / f"deploy/monitoring/jmx/{server}.yml"
        assert rules.exists()
        agent = f"{machine.folder}/my lib/jmx_prometheus_javaagent-1.2.3.jar"
        assert f" [-javaagent:{agent}=127.0.0.1:{port}:{rules}] " in called
        assert said == ""

    def test_each_member_has_its_own_address(self, machine, server):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            called, said = self.run(machine, server, port, "2")
        assert f"=127.0.0.2:{port}:" in called
        assert called.endswith(" [--member] [2]")
        assert said == ""

    def test_without_its_port_it_runs_without_metrics(self, machine, server):
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = taken.getsockname()[1]
            called, said = self.run(machine, server, port)
        assert "jmx_prometheus" not in called
        assert said.startswith(f"{server} runs without its metrics: something else listens on 127.0.0.1:{port}.")
        assert f"set playlog.local.{server}-metrics-port to another port" in said
