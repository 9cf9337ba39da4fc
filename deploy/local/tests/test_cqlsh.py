"""The real cqlsh and servers with certificates of several kinds."""

import contextlib
import os
import socket
import ssl
import subprocess
import threading
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
TOOLS = Path(os.environ.get("PLAYLOG_ENVIRONMENTS") or ROOT / ".envs") / "tools/bin"
MAKE = ROOT / "deploy/security/make-certificates.sh"


@pytest.fixture(scope="module")
def authorities(tmp_path_factory):
    """Ours with a good, an expired and a foreign certificate; and a false one."""
    folder = tmp_path_factory.mktemp("authorities")
    for of, name, hosts, *days in [
        ("ours", "good", "127.0.0.1,localhost"),
        ("ours", "expired", "127.0.0.1", "--days", "-1"),
        ("ours", "elsewhere", "127.0.0.2,node.example"),
        ("false", "good", "127.0.0.1"),
    ]:
        subprocess.run([MAKE, folder / of, name, hosts, *days], check=True)
    return folder


@contextlib.contextmanager
def server(certificate: Path):
    """Yields its port, and what clients have sent it once TLS was agreed on."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate.with_suffix(".pem"), certificate.with_suffix(".key"))
    sent: list[bytes] = []
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            while True:
                try:
                    connection, _ = listener.accept()
                except OSError:
                    return
                with contextlib.suppress(OSError), context.wrap_socket(connection, server_side=True) as client:
                    sent.append(client.recv(1000))

        threading.Thread(target=serve, daemon=True).start()
        yield listener.getsockname()[1], sent
        listener.shutdown(socket.SHUT_RDWR)


def cqlsh(home: Path, port: int, authority: Path, *more: str, host: str = "127.0.0.1") -> str:
    (home / ".cassandra").mkdir(parents=True, exist_ok=True)
    settings = ["[connection]", "ssl = true", "[ssl]", f"certfile = {authority}", *more]
    (home / ".cassandra/cqlshrc").write_text("\n".join(settings))
    command = [TOOLS / "python", ROOT / "deploy/local/checked_cqlsh.py", TOOLS / "cqlsh", "--connect-timeout", "5"]
    login = ["-u", "ada", "-p", "canary", "--insecure-password-without-warning"]
    done = subprocess.run(
        [*command, *login, "-e", "SELECT x FROM y", host, str(port)],
        env=os.environ | {"HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    return done.stderr


@pytest.mark.parametrize("certificate, host", [("ours/good", "127.0.0.1"), ("ours/good", "localhost")])
def test_a_good_certificate(authorities, tmp_path, certificate, host):
    with server(authorities / certificate) as (port, sent):
        assert "CERTIFICATE_VERIFY_FAILED" not in cqlsh(tmp_path, port, authorities / "ours/ca.pem", host=host)
        assert sent and sent[0]


@pytest.mark.parametrize(
    "certificate, why",
    [("false/good", "verify failed"), ("ours/expired", "expired"), ("ours/elsewhere", "IP address mismatch")],
)
def test_a_false_certificate(authorities, tmp_path, certificate, why):
    with server(authorities / certificate) as (port, sent):
        said = cqlsh(tmp_path, port, authorities / "ours/ca.pem")
        assert "CERTIFICATE_VERIFY_FAILED" in said and why in said
        assert not any(sent)


def test_who_says_so_believes_all(authorities, tmp_path):
    with server(authorities / "false/good") as (port, sent):
        cqlsh(tmp_path, port, authorities / "ours/ca.pem", "validate = false")
        assert sent and sent[0]
