"""The hourly report: makes sure that the schema is there, then sums up the hour that has just ended."""

import json
import os
from datetime import UTC, datetime, timedelta

from airflow.providers.apache.spark.operators.spark_submit import SparkSubmitOperator
from airflow.sdk import DAG, BaseHook, CronDataIntervalTimetable, Param
from airflow.sdk.exceptions import AirflowNotFoundException

HOUR_FORMAT = "%Y-%m-%dT%H:00Z"
INSTANT_FORMAT = "%Y-%m-%dT%H:%M:%S.%fZ"
HOUR_EXAMPLE = "2026-11-22T13:00Z"
HOUR_PATTERN = r"^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):00Z$"
SPARK_CONNECTION = "playlog_spark"
SPARK_CONNECTION_EXAMPLE = '{"conn_type": "spark", "host": "local[2,4]"}'

DOCUMENTATION = f"""
### Playlog: hourly summaries

Each hour this DAG starts two short Spark jobs:

1. **`ensure_schema`** creates the keyspace and the tables, or upgrades them; usually there is nothing to do.
2. **`hourly_summary`** sums up the listens of one UTC hour into `user_hourly_summary` and marks the hour as complete in
   `report_runs`. After it come all hours that are *due*, however old: those that got listens and were never published,
   were left unfinished, or got listens since. The newest come first, for `report.time-budget`; what is left stays due.

The hour is, in this order: the parameter `hour`; the start of the run's data interval; the last full hour before the
run. A report is about an explicit hour, so running one again writes the same rows again and counts nothing twice.

**Run one hour again.** *Trigger*, set `hour` to the start of the hour, for example `{HOUR_EXAMPLE}`. Or clear the task
`hourly_summary` of that hour's run.

**Run many hours again.** *Trigger*, set `hour` to the first hour and `to` to the one before which the last is: one job
sums up all hours of the range that anybody listened in, many at a time. Hours that are due need none of this, however
many they are: every run goes on with them. The task ends after two hours; its retries, and the task when it is cleared,
go on with what was not published since the run was triggered. To sum up the range once more, trigger a new run.

Airflow's own backfill starts a run, and so Spark, for each hour. It suits a few hours, and publishes those that nobody
listened in, too. Both dates are starts of hours, and both belong to the range:

    airflow backfill create --dag-id playlog_hourly --max-active-runs 1 --reprocess-behavior completed \\
        --from-date 2026-11-22T00:00:00+00:00 --to-date 2026-11-22T23:00:00+00:00

Keep `--max-active-runs 1`: a backfill does not obey the limit of the DAG.

**When `hourly_summary` fails at the gate.** The job reads an hour only when the stream has stored everything that Kafka
held when the job started. It waits for that a bounded time (section `report` of `application.conf`); then the task
fails, publishes nothing, and is tried again. A gate that stays shut means that the stream is down or behind: look at
the stream first (its log says how large the lag is). Nothing is lost: the hour stays due, and the next run
publishes it.
"""


def resolve_hour(hour_param: str | None, data_interval_start: datetime | None, now: datetime) -> str:
    """The start of the hour to sum up: the hand-picked one, else the interval's, else the last full hour before now."""
    if hour_param:
        _check_hour("hour", hour_param)
        return hour_param
    start = data_interval_start or now - timedelta(hours=1)
    if start.tzinfo is None:
        raise ValueError(
            f"data interval: found {start.isoformat()} without a time zone, expected an instant in UTC. "
            "Example: 2026-11-22T13:00:00+00:00"
        )
    return start.astimezone(UTC).strftime(HOUR_FORMAT)


def _check_hour(name: str, found: str) -> None:
    try:
        hour = datetime.strptime(found, HOUR_FORMAT)
    except (TypeError, ValueError):
        hour = None
    if hour is None or hour.strftime(HOUR_FORMAT) != found:
        raise ValueError(f"params.{name}: found {found!r}, expected the start of a UTC hour. Example: {HOUR_EXAMPLE}")


def summary_options(
    hour_param: str | None, to_param: str | None, data_interval_start: datetime | None, now: datetime
) -> tuple[str, str, str]:
    """Of `hourly-summary`: an hour, and all that are due; or what is left of a range since the run was asked for."""
    if not to_param:
        return "--hour", resolve_hour(hour_param, data_interval_start, now), "--due"
    if not hour_param:
        raise ValueError(
            f"params.to: found {to_param!r} without params.hour, expected the first hour of the range, too"
        )
    _check_hour("to", to_param)
    first = resolve_hour(hour_param, None, now)
    # A range may take longer than the task may: without this each retry would begin at the top.
    since = now.astimezone(UTC).strftime(INSTANT_FORMAT)
    return f"--from={first}", f"--to={to_param}", f"--skip-published-since={since}"


def setting(name: str, meaning: str, example: str) -> str:
    value = os.environ.get(name)
    if not value:
        raise RuntimeError(
            f"{name} is not set. Set it to {meaning}, in the environment of every Airflow process. Example: {example}"
        )
    return value


def spark_properties() -> dict[str, str]:
    """The setting `spark.job-conf`, which may be left out. It may hold secrets, so that no message shows it."""
    try:
        properties = json.loads(os.environ.get("PLAYLOG_SPARK_CONF") or "{}")
    except ValueError:
        properties = None
    if not isinstance(properties, dict):
        raise RuntimeError(
            "PLAYLOG_SPARK_CONF: found something else (hidden), expected a JSON object of Spark properties. "
            """Example: {"spark.executor.memory": "1g"}"""
        )
    return properties


def require_connection(_context: object) -> None:
    """Fails when the Spark connection is missing; without this the operator takes `--master yarn` and says nothing."""
    try:
        connection = BaseHook.get_connection(SPARK_CONNECTION)
        found = f"type {connection.conn_type!r}, host {connection.host!r}"
    except AirflowNotFoundException:
        connection = None
        found = "none that can be read"
    if connection is None or connection.conn_type != "spark" or not connection.host:
        raise ValueError(
            f"connection {SPARK_CONNECTION}: found {found}, expected type 'spark' with the Spark master as its host. "
            f"Example: AIRFLOW_CONN_{SPARK_CONNECTION.upper()}='{SPARK_CONNECTION_EXAMPLE}'"
        )


def spark_job(task_id: str, application_args: list[str], execution_timeout: timedelta) -> SparkSubmitOperator:
    return SparkSubmitOperator(
        task_id=task_id,
        name=f"playlog-{task_id.replace('_', '-')}",
        conn_id=SPARK_CONNECTION,
        spark_binary=setting(
            "PLAYLOG_SPARK_SUBMIT", "the absolute path of spark-submit", "/opt/spark/bin/spark-submit"
        ),
        application=setting("PLAYLOG_JOBS_JAR", "the absolute path of Playlog's jobs.jar", "/opt/playlog/jobs.jar"),
        driver_memory=setting("PLAYLOG_DRIVER_MEMORY", "the heap of the Spark driver", "1g"),
        conf={"spark.ui.enabled": "false"} | spark_properties(),
        application_args=application_args,
        execution_timeout=execution_timeout,
        pre_execute=require_connection,
    )


with DAG(
    dag_id="playlog_hourly",
    description="Sums up the listens of each hour",
    doc_md=DOCUMENTATION,
    tags=["playlog"],
    # "@hourly" would give every run an empty data interval.
    schedule=CronDataIntervalTimetable("0 * * * *", timezone="UTC"),
    # Long ago, and fixed: a start inside the current hour would put off the first run by two hours.
    start_date=datetime(2024, 1, 1, tzinfo=UTC),
    # Hours that were missed are found by --due, in one run instead of one run each.
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 3, "retry_delay": timedelta(minutes=2)},
    params={
        "hour": Param(
            None,
            type=["null", "string"],
            pattern=HOUR_PATTERN,
            title="Hour",
            description="Start of the UTC hour to sum up. Empty: the hour of the run's data interval. "
            f"Example: {HOUR_EXAMPLE}",
            examples=[HOUR_EXAMPLE],
        ),
        "to": Param(
            None,
            type=["null", "string"],
            pattern=HOUR_PATTERN,
            title="To",
            description="With an hour: sum up all hours from it on, up to this one, which is not included. "
            "Empty: the hour alone, and all that are due.",
            examples=[HOUR_EXAMPLE],
        ),
    },
    user_defined_macros={"summary_options": summary_options},
) as dag:
    configuration = setting(
        "PLAYLOG_CONFIG", "the absolute path of Playlog's application.conf", "/opt/playlog/conf/application.conf"
    )
    ensure_schema = spark_job("ensure_schema", ["schema", "--config", configuration], timedelta(minutes=15))
    hourly_summary = spark_job(
        "hourly_summary",
        [
            "hourly-summary",
            "--config",
            configuration,
            # A run triggered by hand may have no data interval. run_after, unlike the clock, stays the same in a retry.
            *(
                "{{ summary_options(params.hour, params.to, data_interval_start | default(none), dag_run.run_after)"
                f"[{number}] }}}}"
                for number in range(3)
            ),
        ],
        timedelta(hours=2),
    )
    ensure_schema >> hourly_summary
