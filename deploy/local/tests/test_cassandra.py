import socket

import pytest
from playlog_local import start
from playlog_local.cassandra import Cqlsh, contact_point, listens
from playlog_local.console import Failure


@pytest.fixture
def answer(layout, fakes):
    layout.environments = fakes.folder.parent / "environments"
    fakes.python(layout.environments / "tools/bin")
    layout.settings["cassandra.contact-points"] = "one.example,two.example:9999"
    return lambda body: fakes.add("cqlsh", body, folder=layout.environments / "tools/bin")


def test_rows_are_read_at_the_configured_consistency(answer, layout, fakes):
    answer(
        """printf '%s\\n' 'Consistency level set to LOCAL_QUORUM.' '' ' [json]' '---' ' {"name": "Ada"}' '(1 rows)'"""
    )
    assert Cqlsh(layout).rows("SELECT JSON name FROM records", keyspace="spotify") == [{"name": "Ada"}]
    assert fakes.called() == [
        "cqlsh [--request-timeout] [600] [--connect-timeout] [10] [--keyspace] [spotify] [--no-color] "
        "[-e] [PAGING OFF; CONSISTENCY LOCAL_QUORUM; SELECT JSON name FROM records] [one.example] [9042]"
    ]


def test_a_server_listens():
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = ("127.0.0.1", str(server.getsockname()[1]))
        assert listens(*address)
    assert not listens(*address)


def test_the_first_node_that_can_be_reached(layout):
    with socket.create_server(("127.0.0.1", 0)) as node:
        port = node.getsockname()[1]
        assert contact_point(f"127.0.0.2:{port},127.0.0.1:{port}") == ("127.0.0.1", str(port))
        assert contact_point(f"127.0.0.2:{port}") == ("127.0.0.2", str(port))
    assert contact_point(f"127.0.0.2:{port},127.0.0.1:{port}") == ("127.0.0.2", str(port))


def test_a_text_with_quotes_comes_as_it_is(answer, layout, fakes):
    fakes.real("cat")
    answer("cat <<'X'\n" + r' {"song": "\\"Quoted\\"", "path": "a\\\\b\xa0c"}' + "\nX")
    assert Cqlsh(layout).rows("SELECT JSON song FROM records") == [{"song": '"Quoted"', "path": "a\\b\xa0c"}]


def test_the_last_error_is_kept_until_it_answers(answer, layout):
    cqlsh = Cqlsh(layout)
    answer("echo 'Bad credentials' >&2; exit 1")
    assert cqlsh.rows("SELECT JSON x") is None
    assert cqlsh.error == "Bad credentials"
    answer("exit 0")
    assert cqlsh.rows("SELECT JSON x") == []
    assert cqlsh.error == ""


def test_a_start_that_waits_in_vain_says_what_cqlsh_said(answer, layout, monkeypatch, capsys):
    answer("echo 'AuthenticationFailed: Bad credentials' >&2; exit 1")
    begun = start.Start(layout, with_airflow=False, install=False)
    monkeypatch.setattr(begun, "_must_run", lambda *_: None)
    monkeypatch.setattr(start, "SERVER_SECONDS", 0)
    monkeypatch.setattr("playlog_local.console.time.sleep", lambda _: None)
    with pytest.raises(Failure) as failure:
        begun.wait_for_cassandra()
    assert str(failure.value) == (
        "Waited 0 s for one.example,two.example:9999, in vain.\nAuthenticationFailed: Bad credentials"
    )
