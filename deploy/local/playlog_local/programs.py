"""The programs of the stack."""

import os
import shutil
from pathlib import Path

import airflow_env

from .layout import ROOT, Layout, java
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
    binary = str(layout.environment("airflow") / "bin/airflow")
    variables = airflow_variables(layout)
    return [
        Program(f"airflow-{name}", [binary, *arguments], variables)
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
        java_home=_java_home(),
        jobs_jar=layout.app / "jobs.jar",
        config=layout.config,
        driver_memory=settings["spark.report-memory"],
        spark_conf=layout.job_conf,
    ) | {"SPARK_CONF_DIR": str(ROOT / "conf/spark")}


def stream(layout: Layout) -> Program:
    stop_seconds = int(layout.settings["stream.stop-timeout"]) + 30
    command = [str(ROOT / "scripts/submit-stream.sh")]
    return Program("stream", command, layout.job_variables(), stop_seconds)


def producer(layout: Layout) -> Program:
    return Program("producer", [str(ROOT / "scripts/run-producer.sh")], layout.job_variables(), stop_seconds=60)


def _java_home() -> Path:
    configured = os.environ.get("JAVA_HOME")
    return Path(configured) if configured else Path(shutil.which(java()) or java()).resolve().parents[1]
