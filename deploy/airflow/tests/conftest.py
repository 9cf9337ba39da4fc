import importlib.util
import logging
import os
import sys
import tempfile
from pathlib import Path

import pytest

AIRFLOW = Path(__file__).resolve().parents[1]
DAG_FILE = AIRFLOW.parent / "airflow-dags" / "playlog_hourly.py"
sys.path.insert(0, str(AIRFLOW))

# Airflow reads its environment once, at its first import. Its unit-test mode stays off: it hides empty data intervals.
for name in [name for name in os.environ if name.startswith(("AIRFLOW", "PLAYLOG_"))]:
    del os.environ[name]
_home = tempfile.TemporaryDirectory(prefix="playlog-airflow-test-")
os.environ["AIRFLOW_HOME"] = _home.name
os.environ["AIRFLOW__CORE__LOAD_EXAMPLES"] = "False"

SETTINGS = {
    "PLAYLOG_SPARK_SUBMIT": "/opt/spark/bin/spark-submit",
    "PLAYLOG_JOBS_JAR": "/opt/playlog/jobs.jar",
    "PLAYLOG_CONFIG": "/opt/playlog/conf/application.conf",
    "PLAYLOG_DRIVER_MEMORY": "1g",
    "AIRFLOW_CONN_PLAYLOG_SPARK": '{"conn_type": "spark", "host": "local[2,4]"}',
}


def load_dag_file():
    """Runs the DAG file, as the DAG processor does."""
    spec = importlib.util.spec_from_file_location("playlog_hourly", DAG_FILE)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def settings(monkeypatch):
    for name, value in SETTINGS.items():
        monkeypatch.setenv(name, value)
    return SETTINGS


@pytest.fixture
def playlog_hourly(settings):
    return load_dag_file()


@pytest.fixture(scope="session", autouse=True)
def remove_airflow_home():
    yield
    logging.shutdown()
    _home.cleanup()
