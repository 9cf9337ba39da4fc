"""The programs of the stack."""

import os
import shlex

import airflow_env

from . import jdk, members
from .layout import ROOT, Layout
from .members import Member
from .supervisor import Program

DAG = "playlog_hourly"
AIRFLOW = tuple(f"airflow-{name}" for name in airflow_env.programs())


def servers(layout: Layout) -> list[Program]:
    """Kafka and Cassandra, unless the configuration names others."""
    return [_server(layout, member) for member in members.bundled(layout)]


def _server(layout: Layout, member: Member) -> Program:
    script = ROOT / f"deploy/local/{member.server}/run-{member.server}.sh"
    command = [str(script), str(layout.app / member.server), str(layout.config), str(member.number)]
    return Program(member.name, command, stop_seconds=60)


def spark(layout: Layout) -> list[Program]:
    """A master and its workers, unless the jobs run elsewhere."""
    settings = layout.settings
    if not settings["local.spark-bundled"]:
        return []
    addresses = {name: members.host(max(number, 1)) for number, name in enumerate(members.SPARK)}
    [master, *workers] = members.SPARK
    ports = ["--port", settings["local.spark-master-port"], "--webui-port", settings["local.spark-master-ui-port"]]
    programs = [_spark(layout, master, "master.Master", ["--host", addresses[master], *ports])]
    ports = ["--port", settings["local.spark-worker-port"], "--webui-port", settings["local.spark-worker-ui-port"]]
    offered = ["--cores", settings["local.worker-cores"], "--memory", settings["local.worker-memory"]]
    for worker in workers:
        work = ["--work-dir", layout.dir / worker, settings["spark.master"]]
        arguments = ["--host", addresses[worker], *ports, *offered, *work]
        programs.append(_spark(layout, worker, "worker.Worker", arguments))
    return programs


def _spark(layout: Layout, name: str, main: str, arguments: list) -> Program:
    host = str(arguments[arguments.index("--host") + 1])
    options = [
        # A master that is started again knows what ran.
        "-Dspark.deploy.recoveryMode=FILESYSTEM",
        f"-Dspark.deploy.recoveryDirectory={layout.dir / members.SPARK[0]}",
        # A worker is lost after this many seconds; as long a new master waits for what an earlier one knew.
        "-Dspark.worker.timeout=15",
        # Copies of the jobs' jar, and their logs, go an hour after the job.
        "-Dspark.worker.cleanup.enabled=true",
        "-Dspark.worker.cleanup.interval=600",
        "-Dspark.worker.cleanup.appDataTtl=3600",
        *jdk.options(),
    ]
    variables = {
        "SPARK_HOME": str(layout.spark_home),
        "JAVA_HOME": str(jdk.home()),
        "SPARK_LOCAL_IP": host,
        "SPARK_USER": os.environ.get("USER", ""),
        "SPARK_DAEMON_MEMORY": "256m",
        "SPARK_DAEMON_JAVA_OPTS": shlex.join(options),
        **_of_spark(layout),
    }
    command = [str(layout.spark_home / "bin/spark-class"), f"org.apache.spark.deploy.{main}", *map(str, arguments)]
    return Program(name, command, variables)


def airflow(layout: Layout) -> list[Program]:
    binary = layout.program("airflow", "airflow")
    variables = airflow_variables(layout)
    return [
        Program(f"airflow-{name}", [*binary, *arguments], variables)
        for name, arguments in airflow_env.programs().items()
    ]


def airflow_variables(layout: Layout) -> dict[str, str]:
    """For Airflow's own processes only: by AIRFLOW_HOME they are told from all others."""
    settings = layout.settings
    return airflow_env.environment(
        home=layout.airflow_home,
        dags=ROOT / "deploy/airflow-dags",
        port=settings["local.airflow-port"],
        spark_master=settings["spark.master"],
        spark_submit=layout.spark_home / "bin/spark-submit",
        spark_home=layout.spark_home,
        java_home=jdk.home(),
        jobs_jar=layout.app / "jobs.jar",
        config=layout.config,
        driver_memory=settings["spark.report-memory"],
        spark_conf=layout.job_conf,
        tls=layout.security if layout.settings["local.secure"] else None,
    ) | _of_spark(layout)


def stream(layout: Layout) -> Program:
    stop_seconds = int(layout.settings["stream.stop-timeout"]) + 30
    command = [str(ROOT / "scripts/submit-stream.sh")]
    return Program("stream", command, layout.job_variables(), stop_seconds)


def producer(layout: Layout) -> Program:
    return Program("producer", [str(ROOT / "scripts/run-producer.sh")], layout.job_variables(), stop_seconds=60)


def web(layout: Layout) -> Program:
    return Program("web", [str(ROOT / "scripts/run-web.sh")], layout.job_variables())


def _of_spark(layout: Layout) -> dict[str, str]:
    """What scripts/spark-job.sh sets, and why."""
    variables = {"SPARK_CONF_DIR": os.environ.get("SPARK_CONF_DIR") or str(ROOT / "conf/spark")}
    if jdk.options():
        agent = f"-javaagent:{layout.app / 'jobs.jar'}={os.environ['USER']}"
        options = " ".join(f'"{option}"' for option in [*jdk.options(), agent])
        variables["SPARK_SUBMIT_OPTS"] = f"{os.environ.get('SPARK_SUBMIT_OPTS', '')} {options}"
    return variables
