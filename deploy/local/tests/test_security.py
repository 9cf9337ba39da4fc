import pytest
from playlog_local import cassandra, security
from playlog_local.console import step


@pytest.fixture
def secured(layout, tmp_path):
    folder = tmp_path / "var/security"
    folder.mkdir(parents=True)
    layout.settings |= {"local.secure": True, "security.used-folder": str(folder)}
    return layout


def test_certificates_that_are_there_stay(secured, monkeypatch, capsys):
    made = []
    monkeypatch.setattr(security, "_run", lambda command, name: made.append(command[1:]))
    (secured.security / "kafka.pem").touch()
    security.make_certificates(secured)
    hosts = "127.0.0.1,127.0.0.2,127.0.0.3,localhost"
    assert made == [[str(secured.security), name, hosts] for name in ("cassandra", "airflow")]
    assert "made for cassandra, airflow" in capsys.readouterr().out


def test_without_local_secure_there_are_none(layout, capsys):
    security.make_certificates(layout)
    assert capsys.readouterr().out == ""


def test_logins_are_made_once_the_servers_let_the_administrator_in(secured, fakes, tmp_path, monkeypatch, capsys):
    fakes.real("cat", "rm")
    (tmp_path / "starting").touch()
    fakes.add("java", f"[ ! -e '{tmp_path}/starting' ] || {{ rm '{tmp_path}/starting'; exit 8; }}")
    monkeypatch.setattr("playlog_local.jdk.problem", lambda: None)
    secured.app.mkdir(parents=True)
    (secured.app / "web.jar").touch()
    with step("Logins") as running:
        security.grant(secured, running, 30, lambda: None)
    assert len(fakes.called()) == 2
    assert "[grant] [--config]" in fakes.called()[0]


def test_cqlsh_logs_in_as_people_do(secured):
    assert "--cqlshrc" not in cassandra.cqlsh(secured)
    (secured.security / "cqlshrc").touch()
    command = cassandra.cqlsh(secured)
    assert command[command.index("--cqlshrc") + 1] == str(secured.security / "cqlshrc")
    assert secured.airflow_url.startswith("https://")
