"""The programs of the stack."""

import os

import airflow_env

from . import jdk
from .layout import ROOT, Layout
from .supervisor import Program

DAG = "playlog_hourly"
AIRFLOW = tuple(f"airflow-{name}" for name in airflow_env.programs())


def servers(layout: Layout) -> list[Program]:
    """Kafka and Cassandra, unless the configuration names others."""
    return [
        Program(
            name,
            [str(ROOT / f"deploy/local/{name}/run-{name}.sh"), str(layout.app / name), str(layout.config)],
            stop_seconds=60,
        )
        for name in ("kafka", "cassandra")
        if layout.settings[f"local.{name}-bundled"]
    ]


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
