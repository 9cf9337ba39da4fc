"""spark.stream-conf and spark.job-conf: from the settings to spark-submit and to Airflow."""

import os
import subprocess
from pathlib import Path

import pytest
from playlog_local.layout import Layout

SCRIPTS = Path(__file__).resolve().parents[3] / "scripts"
PROPERTIES = ["spark.cores.max=2", "spark.driver.extraJavaOptions=-Da=b -Dc"]


def submitted(fakes, folder, *arguments):
    """The calls of java and spark-submit for a job."""
    fakes.shell()
    values = ["", "local[2,4]", "1200m", "800m", "4040", *PROPERTIES]
    fakes.add("java", "printf '%s\\n' " + " ".join(f"'{value}'" for value in values))
    fakes.add("spark-submit", folder=folder / "spark/lib/python3.13/site-packages/pyspark/bin")
    jars = {name: folder / f"{name}.jar" for name in ("producer", "jobs")}
    for jar in jars.values():
        jar.touch()
    variables = os.environ | {
        "PLAYLOG_PRODUCER_JAR": str(jars["producer"]),
        "PLAYLOG_JOBS_JAR": str(jars["jobs"]),
        "PLAYLOG_ENVIRONMENTS": str(folder),
    }
    subprocess.run([str(SCRIPTS / "spark-job.sh"), *arguments], env=variables, check=True)
    return fakes.called()


@pytest.mark.parametrize(
    ("command", "kind", "page"),
    [("stream", "stream", "spark.ui.port=4040"), ("rematch", "job", "spark.ui.enabled=false")],
)
def test_spark_submit_gets_each_as_one_argument(fakes, tmp_path, command, kind, page):
    java, spark_submit = submitted(fakes, tmp_path, command)
    assert f" [--spark-conf] [{kind}] " in java
    assert f" [--conf] [{page}] " in spark_submit
    assert f" [--conf] [{PROPERTIES[0]}] [--conf] [{PROPERTIES[1]}] [--class] " in spark_submit


def test_airflow_gets_those_of_the_short_jobs(fakes, tmp_path):
    fakes.add("java", "printf '%s\\n' " + " ".join(f"'{value}'" for value in PROPERTIES))
    layout = Layout(tmp_path / "application.conf")
    layout.built_producer_jar = tmp_path / "producer.jar"
    layout.built_producer_jar.touch()
    assert layout.job_conf == {"spark.cores.max": "2", "spark.driver.extraJavaOptions": "-Da=b -Dc"}
    assert fakes.called()[0].endswith(" [--spark-conf] [job]")
