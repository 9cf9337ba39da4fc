"""local.secure: from nothing to the first published hour, by the same scripts, and no password shows."""

import ssl
import urllib.error
import urllib.request

import airflow_api
import airflow_env
import pytest
from playlog_testkit import canary
from playlog_testkit.stack import Stack

DAG = "playlog_hourly"


@pytest.fixture(scope="module")
def stack(tmp_path_factory):
    stack = Stack(tmp_path_factory.mktemp("secured") / "var", "local.secure = true")
    yield stack
    stack.run("stop-all.sh", "--purge")
    assert not stack.folder.exists()


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
    url = f"https://127.0.0.1:{stack.variables['PLAYLOG_AIRFLOW_PORT']}"
    with pytest.raises(urllib.error.URLError) as refused:
        airflow_api.health(url)
    assert isinstance(refused.value.reason, ssl.SSLCertVerificationError)
    airflow_api.trust(stack.folder / "security/ca.pem")
    access = airflow_api.token(url, *airflow_env.login(stack.folder / "airflow"))
    assert airflow_api.latest_run(url, access, DAG)["state"] == "success"
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(f"http://127.0.0.1:{stack.variables['PLAYLOG_WEB_PORT']}/", timeout=30)

    ui = f"http://127.0.0.1:{stack.variables['PLAYLOG_SPARK_UI_PORT']}"
    assert len(canary.secrets(stack.folder)) > 15
    assert canary.shown(stack.folder, said, canary.spark_pages(ui)) == []
    assert canary.shown(stack.folder, {"a canary": next(iter(canary.secrets(stack.folder))).decode()}, []) != []
