import json
from datetime import UTC, datetime, timedelta, timezone
from types import SimpleNamespace

import airflow_env
import pytest
from airflow.serialization.serialized_objects import DagSerialization
from airflow.timetables.base import DataInterval, TimeRestriction
from airflow.utils.timezone import coerce_datetime
from conftest import SETTINGS, load_dag_file

AFTERNOON = datetime(2026, 11, 22, 13, tzinfo=UTC)
RUN_AFTER = datetime(2026, 11, 22, 15, 20, 30, tzinfo=UTC)


def serialized(dag):
    """The DAG as the scheduler gets it: through JSON, without the file."""
    return DagSerialization.from_dict(json.loads(json.dumps(DagSerialization.to_dict(dag))))


def command_line(module, task_id, hour=None, to=None, **interval):
    """The spark-submit line of a task, its templates rendered as in a run."""
    task = module.dag.get_task(task_id)
    context = {"params": {"hour": hour, "to": to}, "dag_run": SimpleNamespace(run_after=RUN_AFTER), **interval}
    task.render_template_fields(context)
    return task._get_hook()._build_spark_submit_command(task.application)


def test_dag_is_what_operators_rely_on(playlog_hourly):
    dag = serialized(playlog_hourly.dag)
    assert dag.dag_id == "playlog_hourly"
    assert not dag.catchup
    assert dag.max_active_runs == 1
    assert dag.get_task("ensure_schema").downstream_task_ids == {"hourly_summary"}
    assert set(dag.task_ids) == {"ensure_schema", "hourly_summary"}
    assert "airflow backfill create --dag-id playlog_hourly" in dag.doc_md
    assert dag.params["hour"] is None
    assert dag.params["to"] is None
    assert {task.retries for task in dag.tasks} == {3}
    assert {task.retry_delay for task in dag.tasks} == {timedelta(minutes=2)}


def test_every_task_ends_before_its_token_does(playlog_hourly):
    longest = max(task.execution_timeout for task in playlog_hourly.dag.tasks)
    assert longest < timedelta(seconds=airflow_env.TASK_TOKEN_SECONDS)


def test_scheduled_runs_follow_one_another_hour_by_hour(playlog_hourly):
    timetable = serialized(playlog_hourly.dag).timetable
    last = DataInterval(coerce_datetime(AFTERNOON), coerce_datetime(AFTERNOON + timedelta(hours=1)))
    restriction = TimeRestriction(earliest=None, latest=None, catchup=True)
    following = timetable.next_dagrun_info(last_automated_data_interval=last, restriction=restriction)
    assert following.data_interval == DataInterval(AFTERNOON + timedelta(hours=1), AFTERNOON + timedelta(hours=2))
    assert following.run_after == AFTERNOON + timedelta(hours=2)


def test_first_run_is_for_the_last_full_hour(playlog_hourly):
    dag = serialized(playlog_hourly.dag)
    before = datetime.now(UTC)
    restriction = TimeRestriction(earliest=dag.start_date, latest=None, catchup=dag.catchup)
    first = dag.timetable.next_dagrun_info(last_automated_data_interval=None, restriction=restriction)
    after = datetime.now(UTC)
    assert first.data_interval.end - first.data_interval.start == timedelta(hours=1)
    ends = {now.replace(minute=0, second=0, microsecond=0) for now in (before, after)}
    assert first.data_interval.end in ends


def test_schema_command_line(playlog_hourly):
    assert command_line(playlog_hourly, "ensure_schema") == [
        "/opt/spark/bin/spark-submit",
        "--master",
        "local[2,4]",
        "--conf",
        "spark.ui.enabled=false",
        "--driver-memory",
        "1g",
        "--name",
        "playlog-ensure-schema",
        "/opt/playlog/jobs.jar",
        "schema",
        "--config",
        "/opt/playlog/conf/application.conf",
    ]


def test_summary_command_line_of_a_scheduled_run(playlog_hourly):
    assert command_line(playlog_hourly, "hourly_summary", data_interval_start=AFTERNOON) == [
        "/opt/spark/bin/spark-submit",
        "--master",
        "local[2,4]",
        "--conf",
        "spark.ui.enabled=false",
        "--driver-memory",
        "1g",
        "--name",
        "playlog-hourly-summary",
        "/opt/playlog/jobs.jar",
        "hourly-summary",
        "--config",
        "/opt/playlog/conf/application.conf",
        "--hour",
        "2026-11-22T13:00Z",
        "--due",
    ]


def test_summary_of_a_hand_picked_hour(playlog_hourly):
    line = command_line(playlog_hourly, "hourly_summary", hour="2026-11-21T07:00Z", data_interval_start=AFTERNOON)
    assert line[-3:] == ["--hour", "2026-11-21T07:00Z", "--due"]


def test_summary_of_a_hand_picked_range(playlog_hourly):
    picked = {"hour": "2016-11-21T07:00Z", "to": "2026-11-22T00:00Z"}
    line = command_line(playlog_hourly, "hourly_summary", **picked, data_interval_start=AFTERNOON)
    assert line[-4:] == [
        "/opt/playlog/conf/application.conf",
        "--from=2016-11-21T07:00Z",
        "--to=2026-11-22T00:00Z",
        "--skip-published-since=2026-11-22T15:20:30.000000Z",
    ]


def test_a_retry_of_a_range_leaves_out_what_was_published_since_the_run_was_asked_for(playlog_hourly):
    asked = datetime(2026, 11, 22, 16, 20, 30, 250000, tzinfo=timezone(timedelta(hours=1)))
    options = playlog_hourly.summary_options("2016-11-21T07:00Z", "2026-11-22T00:00Z", AFTERNOON, asked)
    assert options[2] == "--skip-published-since=2026-11-22T15:20:30.250000Z"


@pytest.mark.parametrize(
    ("hour", "to", "message"),
    [
        (None, "2026-11-22T00:00Z", r"^params\.to: found '2026-11-22T00:00Z' without params\.hour"),
        ("2016-11-21T07:00Z", "2026-11-22", r"^params\.to: found '2026-11-22', expected the start of a UTC hour"),
        ("2016-11-21", "2026-11-22T00:00Z", r"^params\.hour: found '2016-11-21', expected the start of a UTC hour"),
    ],
)
def test_bad_range_is_refused(playlog_hourly, hour, to, message):
    with pytest.raises(ValueError, match=message):
        playlog_hourly.summary_options(hour, to, AFTERNOON, RUN_AFTER)


@pytest.mark.parametrize("interval", [{}, {"data_interval_start": None}])
def test_summary_of_a_run_without_an_interval(playlog_hourly, interval):
    assert command_line(playlog_hourly, "hourly_summary", **interval)[-2] == "2026-11-22T14:00Z"


@pytest.mark.parametrize("master", ["local[2,4]", "spark://127.0.0.1:7077", "spark://one:7077,two:7077", "yarn"])
def test_master_arrives_as_configured(playlog_hourly, monkeypatch, master):
    monkeypatch.setenv("AIRFLOW_CONN_PLAYLOG_SPARK", airflow_env.spark_connection(master))
    playlog_hourly.require_connection({})
    assert command_line(playlog_hourly, "ensure_schema")[1:3] == ["--master", master]


@pytest.mark.parametrize(
    ("connection", "found"),
    [
        (None, "none that can be read"),
        ("spark://local[2]", "none that can be read"),
        ('{"conn_type": "spark"}', "type 'spark', host None"),
        ('{"conn_type": "http", "host": "one"}', "type 'http', host 'one'"),
    ],
)
def test_no_usable_connection_is_an_error_and_not_yarn(playlog_hourly, monkeypatch, connection, found):
    monkeypatch.delenv("AIRFLOW_CONN_PLAYLOG_SPARK")
    if connection:
        monkeypatch.setenv("AIRFLOW_CONN_PLAYLOG_SPARK", connection)
    assert playlog_hourly.dag.get_task("ensure_schema")._pre_execute_hook is playlog_hourly.require_connection
    with pytest.raises(ValueError, match=r"^connection playlog_spark: ") as error:
        playlog_hourly.require_connection({})
    assert str(error.value) == (
        f"connection playlog_spark: found {found}, expected type 'spark' with the Spark master as its host. "
        """Example: AIRFLOW_CONN_PLAYLOG_SPARK='{"conn_type": "spark", "host": "local[2,4]"}'"""
    )


@pytest.mark.parametrize("name", [name for name in SETTINGS if name.startswith("PLAYLOG_")])
def test_missing_setting_is_named(settings, monkeypatch, name):
    monkeypatch.delenv(name)
    with pytest.raises(RuntimeError, match=rf"^{name} is not set\. Set it to .* Example: .+"):
        load_dag_file()


def test_spark_properties_are_passed_on(settings, monkeypatch):
    monkeypatch.setenv("PLAYLOG_SPARK_CONF", '{"spark.executor.memory": "1g", "spark.ui.enabled": "true"}')
    line = command_line(load_dag_file(), "ensure_schema")
    assert line[3:7] == ["--conf", "spark.ui.enabled=true", "--conf", "spark.executor.memory=1g"]


@pytest.mark.parametrize("found", ["hunter2", '["hunter2"]'])
def test_spark_properties_that_are_none_are_named_but_not_shown(settings, monkeypatch, found):
    monkeypatch.setenv("PLAYLOG_SPARK_CONF", found)
    with pytest.raises(RuntimeError, match=r"^PLAYLOG_SPARK_CONF: found something else \(hidden\), expected") as error:
        load_dag_file()
    assert "hunter2" not in str(error.value)


class TestResolveHour:
    @pytest.mark.parametrize(
        ("hour", "interval_start", "expected"),
        [
            ("2026-11-21T07:00Z", AFTERNOON, "2026-11-21T07:00Z"),
            ("2024-02-29T23:00Z", None, "2024-02-29T23:00Z"),
            (None, AFTERNOON, "2026-11-22T13:00Z"),
            ("", AFTERNOON, "2026-11-22T13:00Z"),
            (None, AFTERNOON + timedelta(minutes=59), "2026-11-22T13:00Z"),
            (None, AFTERNOON.astimezone(timezone(timedelta(hours=5, minutes=30))), "2026-11-22T13:00Z"),
            (None, None, "2026-11-22T14:00Z"),
        ],
    )
    def test_parameter_then_interval_then_last_full_hour(self, playlog_hourly, hour, interval_start, expected):
        assert playlog_hourly.resolve_hour(hour, interval_start, RUN_AFTER) == expected

    def test_last_full_hour_at_the_turn_of_the_year(self, playlog_hourly):
        now = datetime(2027, 1, 1, 0, 0, tzinfo=UTC)
        assert playlog_hourly.resolve_hour(None, None, now) == "2026-12-31T23:00Z"

    @pytest.mark.parametrize(
        "hour",
        [
            "2026-11-22",
            "2026-11-22T13:30Z",
            "2026-11-22T13:00",
            "2026-11-22T13:00:00Z",
            "2026-11-22T24:00Z",
            "2026-02-29T13:00Z",
            "2026-11-22T3:00Z",
            "2026-11-22T13:00+01:00",
            " 2026-11-22T13:00Z",
            20261122,
        ],
    )
    def test_bad_hour_is_refused(self, playlog_hourly, hour):
        with pytest.raises(ValueError, match=r"^params\.hour: ") as error:
            playlog_hourly.resolve_hour(hour, AFTERNOON, RUN_AFTER)
        assert str(error.value) == (
            f"params.hour: found {hour!r}, expected the start of a UTC hour. Example: 2026-11-22T13:00Z"
        )

    def test_instant_without_time_zone_is_refused(self, playlog_hourly):
        with pytest.raises(ValueError, match="found 2026-11-22T13:00:00 without a time zone"):
            playlog_hourly.resolve_hour(None, datetime(2026, 11, 22, 13), RUN_AFTER)

    @pytest.mark.parametrize("hour", ["2026-11-22T13:30Z", "2026-11-22T24:00Z", "13:00"])
    def test_form_refuses_what_is_no_hour(self, playlog_hourly, hour):
        with pytest.raises(Exception, match=r"Invalid input for param hour|does not match"):
            playlog_hourly.dag.params["hour"] = hour
