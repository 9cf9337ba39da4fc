"""start-all.sh: from nothing to a growing listening history and its first hourly report."""

import contextlib
import os
import re
import subprocess
import tempfile
from datetime import UTC, datetime, timedelta

import airflow_api
import airflow_env

from . import build, checks, lock, members, programs, security, stop
from .cassandra import Cqlsh, contact_point, listens
from .console import Code, Failure, Step, step
from .history import History
from .lag import Lag
from .layout import ROOT, Layout
from .members import Member
from .programs import DAG
from .supervisor import STACK_VARIABLE, Program, Supervisor

SERVER_SECONDS = 300
REPORT_SECONDS = 1800
ANOTHER_REPORT_RUNS = 75
PROGRESS = re.compile(r"INFO +Progress(?::| -) (.*)")
"""A line in the log of a Java program about how far it has come."""


class Start:
    """One run of start-all.sh. Each method is a step, and does nothing where all is as it should be."""

    def __init__(self, layout: Layout, with_airflow: bool, install: bool) -> None:
        self.layout = layout
        self.with_airflow = with_airflow
        self.install = install
        self.cqlsh = Cqlsh(layout)
        self.supervisor: Supervisor
        self.this_hour: datetime  # when the report is asked for: waiting for it may last into the next one

    def run(self) -> dict:
        """Returns the report of the last full hour."""
        checks.programs(self.install)
        checks.checkout(self.layout, self.with_airflow)
        with lock.build(ROOT), step("Jars") as running:
            build.jars(running, self.layout)
        self.supervisor = Supervisor(self.layout)
        with lock.stack(self.supervisor.lock, "start-all.sh"):
            checks.owner(self.layout.dir)
            stop.end_orphans(self.layout, self.supervisor)
            checks.nodes(self.layout, self.supervisor)
            checks.room(self.layout, self.supervisor, self.with_airflow)
            checks.keep_or_compare_settings(self.layout, self.supervisor)
            build.environments(self.layout, build.needed(self.layout, self.with_airflow))
            with lock.build(ROOT):
                self.layout.install()
            security.make_certificates(self.layout)
            return self.start_all()

    def start_all(self) -> dict:
        self.start_supervisor()
        history = History(self.layout)
        history.plan_if_kafka_is_new()
        self.start_servers()
        if self.create_topics():
            history.plan()
        self.wait_for_cassandra()
        self.this_hour = _this_hour()
        if history.is_due():
            self.produce_history(history)
        if self.with_airflow:
            self.start_airflow()
        else:
            self.script("Schema", "create-schema.sh")
        self.start_program("stream", "Stream (spark-submit)")
        self.start_program("producer", "Producer")
        self.wait_for_listens()
        # Now that the history is stored, so that the start of its JVM does not hold that up.
        self.start_program("web", f"Page at {self.layout.web_url}")
        if not self.with_airflow:
            self.script("Hourly report", "run-hourly-report.sh", well=(0, ANOTHER_REPORT_RUNS))
        return self.wait_for_report()

    def start_supervisor(self) -> None:
        if not self.with_airflow and self.supervisor.is_running():
            stop.airflow(self.layout, self.supervisor)
        with step("Supervisor") as running:
            airflow = programs.airflow(self.layout) if self.with_airflow else []
            all_programs = [*programs.servers(self.layout), *programs.spark(self.layout), *airflow]
            self.supervisor.start([*all_programs, *self._own_programs()])
            running.result = f"logs in {self.layout.logs}"

    def _own_programs(self) -> list[Program]:
        return [programs.stream(self.layout), programs.producer(self.layout), programs.web(self.layout)]

    def start_servers(self) -> None:
        for member in [*members.of(self.layout, "kafka"), *members.of(self.layout, "cassandra")[:1]]:
            self._start_member(member)
        for program in programs.spark(self.layout):
            self.start_program(program.name, program.name.capitalize().replace("-", " "))

    def _start_member(self, member: Member) -> None:
        self.start_program(member.name, f"{member.name.capitalize()} at {member.address(self.layout)}")

    def create_topics(self) -> bool:
        """Tells whether the source topic is new."""
        settings = self.layout.settings
        with step(f"Topics {settings['kafka.topic']} and {settings['kafka.dead-letter-topic']}") as running:
            outputs = [""]

            def created() -> bool:
                self._must_run(*members.possible("kafka"))
                result = self._script("run-producer.sh", "create-topics")
                outputs.append(result.stdout + result.stderr)
                return result.returncode == 0

            kafka = f"Kafka at {settings['kafka.bootstrap-servers']}"
            running.wait_until(kafka, created, SERVER_SECONDS, why=lambda: outputs[-1])
            for line in outputs[-1].strip().splitlines():
                running.note(line)
            # In any of the tries: one may have created this topic and not the other.
            return any(f"topic {settings['kafka.topic']} created" in output for output in outputs)

    def wait_for_cassandra(self) -> None:
        """One node after the other: each finds those before it."""
        if self.layout.settings["local.secure"]:
            self.wait_for_logins()
        self._wait_for_node("Cassandra", self.cqlsh, self.layout.settings["cassandra.contact-points"])
        for member in members.of(self.layout, "cassandra")[1:]:
            self._start_member(member)
            address = member.address(self.layout)
            self._wait_for_node(member.name.capitalize(), Cqlsh(self.layout, address), address)

    def wait_for_logins(self) -> None:
        """All nodes first: what they know of logins each of them has, too."""
        for member in members.of(self.layout, "cassandra"):
            self._start_member(member)
            address = member.address(self.layout)
            with step(f"{member.name.capitalize()} listens") as running:

                def takes_connections(address: str = address) -> bool:
                    self._must_run(*members.possible("cassandra"))
                    return listens(*contact_point(address))

                running.wait_until(address, takes_connections, SERVER_SECONDS)
        with step("Tables, and a login with its rights for each job") as running:
            security.grant(self.layout, running, SERVER_SECONDS, lambda: self._must_run("kafka", "cassandra"))

    def _wait_for_node(self, title: str, cqlsh: Cqlsh, what: str) -> None:
        with step(f"{title} answers CQL") as running:

            def answers() -> bool:
                self._must_run(*members.possible("cassandra"))
                return bool(cqlsh.rows("SELECT JSON release_version FROM system.local"))

            running.wait_until(what, answers, SERVER_SECONDS, why=lambda: cqlsh.error)

    def produce_history(self, history: History) -> None:
        since, until = history.begin(datetime.now(UTC).replace(microsecond=0))
        with step(f"Back-dated listens from {since:%H:%M} to {until:%H:%M} UTC") as running:
            arguments = ["--from", since.isoformat(), "--to", until.isoformat()]
            result = self._script("run-producer.sh", *arguments, running=running)
            if result.returncode != 0:
                raise Failure(Code.STEP_FAILED, f"The producer failed:\n{result.stderr.strip()[-2000:]}")
            history.end()
            running.result = result.stdout.strip().splitlines()[-1]

    def start_airflow(self) -> None:
        url = self.layout.airflow_url
        stop.trust_airflow(self.layout)
        with step(f"Airflow at {url}") as running:
            if all(self.supervisor.runs(name) for name in programs.AIRFLOW):
                running.result = "runs already"
            else:
                running.doing = lambda: "airflow db migrate"
                self._migrate_airflow()
                for name in programs.AIRFLOW:
                    self.supervisor.start_program(name)
                running.wait_until(url, lambda: self._airflow_answers(url), SERVER_SECONDS)
        with step(f"DAG {DAG} creates the schema") as running:
            access = airflow_api.token(url, *airflow_env.login(self.layout.airflow_home))
            running.wait_until(f"DAG {DAG} to be read", lambda: self._unpause(running, url, access), SERVER_SECONDS)
            running.wait_until(
                "its task ensure_schema", lambda: self._schema_made(running, url, access), SERVER_SECONDS
            )

    def _migrate_airflow(self) -> None:
        binary = self.layout.program("airflow", "airflow")
        variables = programs.airflow_variables(self.layout) | {STACK_VARIABLE: str(self.layout.dir)}
        done = subprocess.run(
            [*binary, "db", "migrate"], env=os.environ | variables, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            raise Failure(Code.STEP_FAILED, f"airflow db migrate failed:\n{done.stderr.strip()[-2000:]}")

    def _airflow_answers(self, url: str) -> bool:
        for name in programs.AIRFLOW:
            self._must_run(name)
        with contextlib.suppress(OSError):
            return airflow_api.health(url)["scheduler"] == "healthy"
        return False

    def _unpause(self, running: Step, url: str, access: str) -> bool:
        try:
            for file, error in airflow_api.import_errors(url, access).items():
                raise Failure(Code.STEP_FAILED, f"Airflow cannot read {file}:\n{error}")
            airflow_api.unpause(url, access, DAG)
        except OSError:
            return False
        return True

    def _schema_made(self, running: Step, url: str, access: str) -> bool:
        try:
            run = airflow_api.latest_run(url, access, DAG)
            # Any run since the hour began will do, also one by hand, which has no data interval.
            if run is None or datetime.fromisoformat(run["run_after"]) < self.this_hour:
                return False
            state = airflow_api.task_state(url, access, DAG, run["dag_run_id"], "ensure_schema")
        except OSError:  # a busy machine: asked again
            return False
        if state == "failed":
            raise Failure(
                Code.STEP_FAILED,
                f"The task ensure_schema of {run['dag_run_id']} failed; its log is at {url}/dags/{DAG}",
            )
        if state == "success":
            running.result = f"done by {run['dag_run_id']}"
        return state == "success"

    def start_program(self, name: str, title: str) -> None:
        with step(title) as running:
            running.result = "started" if self.supervisor.start_program(name) else "runs already"

    def wait_for_listens(self) -> None:
        with step("Listens can be read from Cassandra") as running:

            def readable() -> bool:
                self._must_run("stream")
                self._must_run("producer")
                return bool(self._rows("SELECT JSON name FROM records LIMIT 1"))

            running.wait_until("the first listens", readable, SERVER_SECONDS, why=lambda: self.cqlsh.error)

    def wait_for_report(self) -> dict:
        with step("First hourly summary") as running:
            found: list[dict] = []

            def published() -> bool:
                self._must_run("stream")
                run = self.published_hour()
                found.extend([run] if run else [])
                return bool(found)

            what = "the hourly report (it waits for the stream)"
            running.wait_until(what, published, REPORT_SECONDS, poll=3, left=Lag(self.layout).text)
            running.result = "{hour}: {listens} listens of {listeners} listeners".format(**found[0])
            return found[0]

    def published_hour(self) -> dict | None:
        """The report of the last full hour, as of the start or since."""
        hour = self.this_hour - timedelta(hours=1)
        while hour < _this_hour():
            query = (
                "SELECT JSON hour, state, listens, listeners FROM report_runs "
                f"WHERE day = '{hour:%Y-%m-%d}' AND hour = '{hour:%Y-%m-%dT%H:%M:%SZ}'"
            )
            for row in self._rows(query) or []:
                if row["state"] == "complete":
                    return row
            hour += timedelta(hours=1)
        return None

    def script(self, title: str, name: str, *arguments: str, well: tuple[int, ...] = (0,)) -> None:
        with step(f"{title} ({name})") as running:
            result = self._script(name, *arguments, running=running)
            if result.returncode not in well:
                raise Failure(Code.STEP_FAILED, f"{name} failed:\n{result.stderr.strip()[-2000:]}")

    def _script(self, name: str, *arguments: str, running: Step | None = None) -> subprocess.CompletedProcess:
        """Runs it to its end; `running` shows the progress that its log tells of meanwhile."""
        command = [str(ROOT / "scripts" / name), *arguments]
        # Marked, so that stop-all.sh finds it when this script is killed.
        variables = os.environ | self.layout.job_variables() | {STACK_VARIABLE: str(self.layout.dir)}
        if running is None:
            return subprocess.run(command, env=variables, capture_output=True, text=True, check=False)
        running.doing = lambda: name
        pipe = subprocess.PIPE
        with (
            tempfile.TemporaryFile("w+") as printed,
            subprocess.Popen(command, env=variables, stdout=printed, stderr=pipe, text=True) as process,
        ):
            assert process.stderr
            log = []
            for line in process.stderr:
                log.append(line)
                progress = PROGRESS.search(line)
                if progress:
                    running.progress(progress[1])
            process.wait()
            printed.seek(0)
            return subprocess.CompletedProcess(command, process.returncode, printed.read(), "".join(log))

    def _rows(self, cql: str) -> list[dict] | None:
        return self.cqlsh.rows(cql, keyspace=self.layout.settings["cassandra.keyspace"])

    def _must_run(self, *names: str) -> None:
        """Fails early if a program has given up, with the end of its log."""
        states = self.supervisor.states()
        for name in names:
            if states.get(name, {}).get("statename") not in ("BACKOFF", "FATAL", "EXITED"):
                continue
            log = self.supervisor.log(name)
            lines = log.read_text(errors="replace").splitlines()[-15:] if log.exists() else []
            raise Failure(Code.PROGRAM_STAYS_DOWN, "\n".join([f"{name} does not stay up. The end of {log}:", *lines]))


def _this_hour() -> datetime:
    return datetime.now(UTC).replace(minute=0, second=0, microsecond=0)
