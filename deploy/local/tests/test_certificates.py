import os
import ssl
import stat
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
SCRIPT = ROOT / "deploy/security/make-certificates.sh"


def make(folder, name, hosts, *options, **variables):
    command = [SCRIPT, folder, name, hosts, *options]
    return subprocess.run(command, env=os.environ | variables, capture_output=True, text=True, check=False)


def handshake(folder, name, host, authority):
    """A client that checks everything meets a server with this certificate."""
    server_context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_context.load_cert_chain(folder / f"{name}.pem", folder / f"{name}.key")
    client_context = ssl.create_default_context(cafile=authority / "ca.pem")
    to_client, to_server = ssl.MemoryBIO(), ssl.MemoryBIO()
    server = server_context.wrap_bio(to_server, to_client, server_side=True)
    client = client_context.wrap_bio(to_client, to_server, server_hostname=host)
    for _ in range(3):
        for side in (client, server):
            try:
                side.do_handshake()
            except ssl.SSLWantReadError:
                continue
    return client.version()


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    folder = tmp_path_factory.mktemp("it's") / "my certificates"
    assert make(folder, "server", "localhost,127.0.0.1,::1").returncode == 0
    return folder


def test_names_and_addresses(made):
    for host in ("localhost", "127.0.0.1", "::1"):
        assert handshake(made, "server", host, made) == "TLSv1.3"
    with pytest.raises(ssl.SSLCertVerificationError, match="IP address mismatch"):
        handshake(made, "server", "127.0.0.2", made)


def test_nobody_else_may_read_them(made):
    assert {path.name for path in made.iterdir()} >= {"ca.p12", "trust.p12", "server.p12", "stores.password"}
    assert [path for path in (made, *made.iterdir()) if stat.S_IMODE(path.stat().st_mode) & 0o77] == []


def test_renewal_keeps_the_authority(made):
    authority, certificate = (made / "ca.pem").read_text(), (made / "server.pem").read_text()
    assert make(made, "server", "renewed.example").returncode == 0
    assert (made / "ca.pem").read_text() == authority
    assert (made / "server.pem").read_text() != certificate
    assert handshake(made, "server", "renewed.example", made)
    make(made, "server", "localhost,127.0.0.1,::1")


def trusted(folder):
    """How many authorities the others' store of trust has."""
    listed = ["keytool", "-list", "-keystore", folder / "trust.p12", "-storepass:file", folder / "stores.password"]
    return subprocess.run(listed, capture_output=True, text=True, check=True).stdout.count("trustedCertEntry")


def run_documented(folder, begins):
    """The commands of docs/cluster.md, from the one that begins so to the next empty line."""
    text = (ROOT / "docs/cluster.md").read_text()
    commands = text[text.index(begins) :].split("\n\n", 1)[0].split("```")[0]
    script = f"set -eu; cd '{ROOT}'; folder='{folder}'\n{commands}"
    subprocess.run(["bash", "-c", script], capture_output=True, check=True)


def test_another_authority_takes_over(tmp_path):
    """As docs/cluster.md says: first all trust both, then the certificates change, then the old one is not trusted."""
    folder = tmp_path / "security"
    make(folder, "kafka", "localhost")
    make(folder, "cassandra", "localhost")
    (tmp_path / "old").mkdir()
    (tmp_path / "old/ca.pem").write_bytes((folder / "ca.pem").read_bytes())

    run_documented(folder, "mkdir -m 700 $folder/next")
    assert trusted(folder) == 2
    run_documented(folder, "cp $folder/next/ca.p12")
    make(folder, "kafka", "localhost")
    for name in ("kafka", "cassandra"):
        assert handshake(folder, name, "localhost", folder) == "TLSv1.3"
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(folder, "kafka", "localhost", tmp_path / "old")

    run_documented(folder, "mv $folder/next/ca.pem")
    assert trusted(folder) == 1
    assert handshake(folder, "kafka", "localhost", folder) == "TLSv1.3"
    with pytest.raises(ssl.SSLCertVerificationError):
        handshake(folder, "cassandra", "localhost", folder)
    assert not (folder / "next").exists()


def test_expired(made):
    assert make(made, "expired", "localhost", "--days", "-2").returncode == 0
    with pytest.raises(ssl.SSLCertVerificationError, match="expired"):
        handshake(made, "expired", "localhost", made)


def test_another_authority_with_a_password_of_the_environment(made, tmp_path):
    assert make(tmp_path / "false", "server", "localhost", PLAYLOG_STORE_PASSWORD="a 'long' $word").returncode == 0
    assert not (tmp_path / "false/stores.password").exists()
    with pytest.raises(ssl.SSLCertVerificationError, match=r"unable to get|self.signed|signature"):
        handshake(tmp_path / "false", "server", "localhost", made)


def test_another_password_of_the_stores(made):
    done = make(made, "server", "localhost", PLAYLOG_STORE_PASSWORD="another one")
    assert done.returncode == 2
    assert done.stderr.startswith("keytool: ") and "password was incorrect" in done.stderr
    assert handshake(made, "server", "localhost", made)


def test_a_password_that_others_may_read(tmp_path):
    (tmp_path / "stores.password").write_text("of everybody")
    done = make(tmp_path, "server", "localhost")
    assert done.returncode == 2
    assert done.stderr.endswith("or make it your own: chmod 600\n")


@pytest.mark.parametrize(
    "arguments", [[], ["one"], ["a", "../b", "c"], ["a", "ca", "c"], ["a", "b", "c", "--days", "x"], ["-x"]]
)
def test_usage(arguments):
    assert subprocess.run([SCRIPT, *arguments], capture_output=True, check=False).returncode == 2


def test_help():
    done = subprocess.run([SCRIPT, "--help"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("Makes an authority") and "--days N" in done.stdout
