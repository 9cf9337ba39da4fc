"""local.secure: from nothing to the first published hour, by the same scripts, what is renewed meanwhile, and no
password shows."""

import ssl
import urllib.error
import urllib.request

import airflow_api
import airflow_env
import pytest
from playlog_testkit import canary, logins
from playlog_testkit.stack import Stack

from end_to_end.renewal import NEW, ROLES, Renewal

DAG = "playlog_hourly"


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    stack = Stack(tmp_path_factory.mktemp("secured") / "var", "local.secure = true")
    yield stack
    stack.run("stop-all.sh", "--purge")
    assert not stack.folder.exists()


def airflow(stack):
    return f"https://127.0.0.1:{stack.variables['PLAYLOG_AIRFLOW_PORT']}"


def access(stack):
    return airflow_api.token(airflow(stack), *airflow_env.login(stack.folder / "airflow"))


def pages(stack):
    """Those that show what programs do, Spark's and Airflow's."""
    run = airflow_api.latest_run(airflow(stack), access(stack), DAG)["dag_run_id"]
    spark = canary.spark_pages(f"http://127.0.0.1:{stack.variables['PLAYLOG_SPARK_UI_PORT']}")
    return [*spark, *canary.airflow_pages(stack.folder, airflow(stack), access(stack), DAG, run)]


def test_secured(stack):
    started = stack.run("start-all.sh")
    assert started.returncode == 0
    assert "Playlog runs: the summaries of 61 listeners" in started.stdout
    assert stack.run("status.sh").returncode == 0
    said = {"start-all.sh": started.stdout}
    for name, *arguments in [
        ("query.sh", "sample"),
        ("query.sh", "summaries"),
        ("run-web.sh", "settings"),
        ("run-producer.sh", "--count", "10"),
        ("spark-job.sh", "status"),
    ]:
        done = stack.completed(name, *arguments)
        assert done.returncode == 0, done.stderr
        said[f"{name} {arguments[0]}"] = done.stdout + done.stderr
    assert "(50 rows)" in said["query.sh sample"]

    # Airflow's API, for who trusts its authority; the page for who has a login.
    url = airflow(stack)
    with pytest.raises(urllib.error.URLError) as refused:
        airflow_api.health(url)
    assert isinstance(refused.value.reason, ssl.SSLCertVerificationError)
    airflow_api.trust(stack.security / "ca.pem")
    assert airflow_api.latest_run(url, access(stack), DAG)["state"] == "success"
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(f"http://127.0.0.1:{stack.variables['PLAYLOG_WEB_PORT']}/", timeout=30)

    secrets = canary.secrets(stack.folder)
    assert len(secrets) > 15
    assert canary.shown(stack.folder, secrets, said, pages(stack)) == []
    assert len(canary.shown(stack.folder, secrets, {"a canary": b" ".join(secrets).decode()}, [])) == len(secrets)


def test_renewal_while_listens_flow(stack):
    renewal = Renewal(stack)
    trial = renewal.while_listens_flow()
    found = trial.compare(None)
    assert found.problems == []
    assert found.stored == found.sent > 1000
    print(f"{found.sent} listens, of which one waited for {trial.waits().longest:.0f} s")
    new = {role: logins.password(stack.security, role) for role in ROLES}
    assert not {*renewal.old.values()} & {*new.values()}
    assert renewal.lets_in(renewal.old) == dict.fromkeys(ROLES, (False, False))
    assert renewal.lets_in(new) == dict.fromkeys(ROLES, (True, True))
    problems = stack.status()["problems"]
    assert [problem for problem in problems if "has run again for" not in problem] == []
    old = {secret.encode(): f"the old {role}" for role, secret in renewal.old.items()}
    assert canary.shown(stack.folder, canary.secrets(stack.folder) | old, {}, pages(stack)) == []
    assert "(1 rows)" in stack.output("query.sh", "cql", "SELECT name FROM records LIMIT 1;")


def test_another_password_of_the_administrator(stack):
    renewal = Renewal(stack)
    old = {"admin": logins.password(stack.security, "admin")}
    renewal.renew_administrator()
    assert renewal.lets_in(old) == {"admin": (False, False)}
    assert renewal.lets_in({"admin": NEW}) == {"admin": (True, True)}
