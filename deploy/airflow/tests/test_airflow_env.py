import json
import stat
from pathlib import Path

import airflow_env
import pytest


@pytest.fixture
def arguments(tmp_path):
    return {
        "home": tmp_path / "deep" / "airflow home",
        "dags": Path("/opt/playlog/dags"),
        "port": 18080,
        "spark_master": "local[2,4]",
        "spark_submit": Path("/opt/spark/bin/spark-submit"),
        "spark_home": Path("/opt/spark"),
        "java_home": "/opt/java",
        "jobs_jar": Path("/opt/playlog/jobs.jar"),
        "config": Path("/opt/playlog/conf/application.conf"),
        "driver_memory": "1g",
        "spark_conf": {"spark.executor.memory": "1g"},
    }


def test_all_variables(arguments, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "intranet.example")
    monkeypatch.delenv("no_proxy", raising=False)
    home = arguments["home"]
    variables = airflow_env.environment(**arguments)
    secret = json.loads((home / "secrets.json").read_text())
    assert variables == {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": "/opt/playlog/dags",
        "AIRFLOW__CORE__PLUGINS_FOLDER": f"{home}/plugins",
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": f"{home}/logs",
        "AIRFLOW__LOGGING__DAG_PROCESSOR_CHILD_PROCESS_LOG_DIRECTORY": f"{home}/logs/dag_processor",
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "4",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": "http://127.0.0.1:18080/execution/",
        "AIRFLOW__CORE__FERNET_KEY": secret["fernet_key"],
        "AIRFLOW__CORE__AUTH_MANAGER": "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": "admin:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(home / "passwords.json"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/airflow.db",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": "18080",
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__SECRET_KEY": secret["api_secret_key"],
        "AIRFLOW__API_AUTH__JWT_SECRET": secret["jwt_secret"],
        "AIRFLOW__EXECUTION_API__JWT_EXPIRATION_TIME": "21600",
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "300",
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "300",
        "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
        "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_STORAGE_PATH": str(home / "bundles"),
        "SPT_NOENV": "1",
        "AIRFLOW_CONN_PLAYLOG_SPARK": '{"conn_type": "spark", "host": "local[2,4]"}',
        "SPARK_HOME": "/opt/spark",
        "JAVA_HOME": "/opt/java",
        "PLAYLOG_SPARK_SUBMIT": "/opt/spark/bin/spark-submit",
        "PLAYLOG_JOBS_JAR": "/opt/playlog/jobs.jar",
        "PLAYLOG_CONFIG": "/opt/playlog/conf/application.conf",
        "PLAYLOG_DRIVER_MEMORY": "1g",
        "PLAYLOG_SPARK_CONF": '{"spark.executor.memory": "1g"}',
        "SPARK_LOCAL_IP": "127.0.0.1",
        "NO_PROXY": "127.0.0.1,localhost,intranet.example",
        "no_proxy": "127.0.0.1,localhost",
    }


def test_secrets_are_made_once_and_kept_private(arguments):
    home = arguments["home"]
    first = airflow_env.environment(**arguments)
    first_login = airflow_env.login(home)
    assert airflow_env.environment(**arguments) == first
    assert airflow_env.login(home) == first_login
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in home.iterdir()} == {0o600}


def test_a_file_of_secrets_that_a_full_disk_has_left_is_named(arguments):
    airflow_env.environment(**arguments)
    (arguments["home"] / "secrets.json").write_text("")
    with pytest.raises(OSError, match=r"is damaged: delete it, and it is made again: .*/secrets\.json"):
        airflow_env.environment(**arguments)


def test_each_home_has_secrets_of_its_own(arguments, tmp_path):
    other = airflow_env.environment(**{**arguments, "home": tmp_path / "other"})
    mine = airflow_env.environment(**arguments)
    for name in ("AIRFLOW__CORE__FERNET_KEY", "AIRFLOW__API__SECRET_KEY", "AIRFLOW__API_AUTH__JWT_SECRET"):
        assert mine[name] != other[name]
    assert airflow_env.login(tmp_path / "other") != airflow_env.login(arguments["home"])


def test_airflow_reads_login_and_fernet_key(arguments):
    cryptography = pytest.importorskip("cryptography.fernet")
    variables = airflow_env.environment(**arguments)
    cryptography.Fernet(variables["AIRFLOW__CORE__FERNET_KEY"])
    user, password = airflow_env.login(arguments["home"])
    kept = json.loads(Path(variables["AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE"]).read_text())
    assert kept == {user: password}
    assert user == "admin"
    assert len(password) >= 16


@pytest.mark.parametrize(
    ("master", "loopback"),
    [
        ("local[*]", True),
        ("spark://127.0.0.1:7077", True),
        ("spark://localhost:7077", True),
        ("spark://spark.example:7077", False),
        ("yarn", False),
    ],
)
def test_spark_stays_on_loopback_only_with_a_master_of_this_machine(arguments, master, loopback):
    variables = airflow_env.environment(**{**arguments, "spark_master": master})
    assert variables.get("SPARK_LOCAL_IP") == ("127.0.0.1" if loopback else None)


def test_programs_start_no_log_server():
    assert airflow_env.programs() == {
        "api-server": ["api-server"],
        "scheduler": ["scheduler", "--skip-serve-logs"],
        "dag-processor": ["dag-processor"],
        "triggerer": ["triggerer", "--skip-serve-logs"],
    }


def test_a_secret_that_another_process_is_writing_is_never_seen_half(arguments):
    """Two starts at once: the file has its name only when it is whole, and both read the same."""
    made = [airflow_env._read_or_create(arguments["home"] / "x.json", lambda n=n: {"made": n}) for n in range(2)]
    assert made == [{"made": 0}, {"made": 0}]
    assert [path.name for path in arguments["home"].iterdir()] == ["x.json"]
    assert (arguments["home"] / "x.json").stat().st_mode & 0o777 == 0o600


def test_tls(arguments, tmp_path):
    variables = airflow_env.environment(**arguments, tls=tmp_path)
    assert variables["AIRFLOW__API__SSL_CERT"] == str(tmp_path / "airflow.pem")
    assert variables["AIRFLOW__API__SSL_KEY"] == str(tmp_path / "airflow.key")
    assert variables["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] == "https://127.0.0.1:18080/execution/"
