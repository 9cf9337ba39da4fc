"""What Airflow needs to run Playlog's DAG on this machine: its environment variables, its four processes, its login.

Standard library only: the start script imports this before there is an Airflow.
"""

import base64
import contextlib
import errno
import json
import os
import secrets
import tempfile
from collections.abc import Callable
from pathlib import Path

USER = "admin"
SPARK_CONNECTION = "playlog_spark"
# Above the DAG's longest execution_timeout (2 h), with time to wait for a free worker: a task whose token has expired
# cannot report how it ended.
TASK_TOKEN_SECONDS = 6 * 3600


def environment(
    home: Path,
    dags: Path,
    port: int,
    spark_master: str,
    spark_submit: Path,
    spark_home: Path,
    java_home: Path | str,
    jobs_jar: Path,
    config: Path,
    driver_memory: str,
    spark_conf: dict[str, str],
    tls: Path | None = None,
) -> dict[str, str]:
    """All variables to lay over the caller's own environment. Makes `home` and its secrets on first use.

    `tls` is a folder with `airflow.pem` and `airflow.key`, for https in the place of http.
    """
    secret = _secrets(home)
    login(home)
    variables = {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__DAGS_FOLDER": str(dags),
        # The defaults of these are made of AIRFLOW_HOME by a format in which a % in its name counts.
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(home / "plugins"),
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(home / "logs"),
        "AIRFLOW__LOGGING__DAG_PROCESSOR_CHILD_PROCESS_LOG_DIRECTORY": str(home / "logs/dag_processor"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        # The LocalExecutor forks as many workers at its start.
        "AIRFLOW__CORE__PARALLELISM": "4",
        # Tasks report here. Without it they look for the default port, and every task fails when the port is another.
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__FERNET_KEY": secret["fernet_key"],
        "AIRFLOW__CORE__AUTH_MANAGER": "airflow.api_fastapi.auth.managers.simple.simple_auth_manager.SimpleAuthManager",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{USER}:admin",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(_password_file(home)),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home / 'airflow.db'}",
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__SECRET_KEY": secret["api_secret_key"],
        "AIRFLOW__API_AUTH__JWT_SECRET": secret["jwt_secret"],
        "AIRFLOW__EXECUTION_API__JWT_EXPIRATION_TIME": str(TASK_TOKEN_SECONDS),
        # The DAG changes with a release, not by the minute; each start reads it at once.
        "AIRFLOW__DAG_PROCESSOR__MIN_FILE_PROCESS_INTERVAL": "300",
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "300",
        "AIRFLOW__DAG_PROCESSOR__PARSING_PROCESSES": "1",
        # The default is one folder under /tmp for every Airflow of the machine.
        "AIRFLOW__DAG_PROCESSOR__DAG_BUNDLE_STORAGE_PATH": str(home / "bundles"),
        # Keeps /proc/PID/environ whole when Airflow renames its processes: stop-all.sh finds them by it.
        "SPT_NOENV": "1",
        f"AIRFLOW_CONN_{SPARK_CONNECTION.upper()}": spark_connection(spark_master),
        "SPARK_HOME": str(spark_home),
        "JAVA_HOME": str(java_home),
        "PLAYLOG_SPARK_SUBMIT": str(spark_submit),
        "PLAYLOG_JOBS_JAR": str(jobs_jar),
        "PLAYLOG_CONFIG": str(config),
        "PLAYLOG_DRIVER_MEMORY": driver_memory,
        "PLAYLOG_SPARK_CONF": json.dumps(spark_conf),
    }
    if tls:
        # Those who ask it trust what stands in the file: its authority, too.
        variables["AIRFLOW__API__SSL_CERT"] = str(tls / "airflow.pem")
        variables["AIRFLOW__API__SSL_KEY"] = str(tls / "airflow.key")
        variables["AIRFLOW__CORE__EXECUTION_API_SERVER_URL"] = f"https://127.0.0.1:{port}/execution/"
    if _on_this_machine(spark_master):
        # Else Spark binds to the machine's outer address. Executors on other machines need that address.
        variables["SPARK_LOCAL_IP"] = "127.0.0.1"
    for name in ("NO_PROXY", "no_proxy"):
        # Tasks talk to the API server on this machine; a proxy could not reach it.
        variables[name] = ",".join(filter(None, ["127.0.0.1,localhost", os.environ.get(name)]))
    return variables


def programs() -> dict[str, list[str]]:
    """The arguments after the `airflow` binary, by process name. Logs are files on this machine: no log servers."""
    return {
        "api-server": ["api-server"],
        "scheduler": ["scheduler", "--skip-serve-logs"],
        "dag-processor": ["dag-processor"],
        "triggerer": ["triggerer", "--skip-serve-logs"],
    }


def login(home: Path) -> tuple[str, str]:
    """User and password of the web page and the API. The password is made on first use and kept under `home`."""
    passwords = _read_or_create(_password_file(home), lambda: {USER: secrets.token_urlsafe(12)})
    return USER, passwords[USER]


def spark_connection(master: str) -> str:
    """The Spark connection in its JSON form; the URI form turns `local[2]` into `--master yarn` without a word."""
    return json.dumps({"conn_type": "spark", "host": master})


def _on_this_machine(master: str) -> bool:
    return master.startswith(("local", "spark://127.0.0.1:", "spark://localhost:"))


def _password_file(home: Path) -> Path:
    return home / "passwords.json"


def _secrets(home: Path) -> dict[str, str]:
    return _read_or_create(
        home / "secrets.json",
        lambda: {
            "fernet_key": base64.urlsafe_b64encode(os.urandom(32)).decode(),
            "jwt_secret": secrets.token_urlsafe(64),
            "api_secret_key": secrets.token_urlsafe(32),
        },
    )


def _read_or_create(path: Path, content: Callable[[], dict[str, str]]) -> dict[str, str]:
    """A file that is there is whole: it is written beside, and then gets its name, unless another was faster."""
    if not path.exists():
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor, new = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                json.dump(content(), file)
            with contextlib.suppress(FileExistsError):
                os.link(new, path)
        finally:
            os.unlink(new)
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        raise OSError(errno.EIO, "is damaged: delete it, and it is made again", str(path)) from None
