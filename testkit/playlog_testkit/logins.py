"""How plain clients are let in by a secured stack: as a role, over TLS, by the stack's authority."""

import asyncio
import ssl
from pathlib import Path
from typing import Any

from aiokafka.admin import AIOKafkaAdminClient
from aiokafka.errors import KafkaError
from cassandra.auth import PlainTextAuthProvider
from cassandra.cluster import AuthenticationFailed, Cluster, NoHostAvailable

READER = "query"
"""May read all topics and tables, and write nothing."""


def password(security: Path, role: str) -> str:
    return (security / f"{role}.password").read_text(encoding="utf-8").strip()


def of_kafka(security: Path, role: str = READER, secret: str = "") -> dict[str, Any]:
    """What aiokafka's clients need beside an address: nothing if there is no such folder.

    `secret`: in the place of the role's password.
    """
    if not security.exists():
        return {}
    return {
        "security_protocol": "SASL_SSL",
        "sasl_mechanism": "SCRAM-SHA-512",
        "sasl_plain_username": _name(role),
        "sasl_plain_password": secret or password(security, role),
        "ssl_context": _trusting(security),
    }


def of_cassandra(security: Path, role: str = READER, secret: str = "") -> dict[str, Any]:
    """The same for Cassandra's driver."""
    if not security.exists():
        return {}
    login = PlainTextAuthProvider(_name(role), secret or password(security, role))
    return {"auth_provider": login, "ssl_context": _trusting(security)}


def kafka_lets_in(address: str, security: Path, role: str, secret: str) -> bool:
    async def asked() -> bool:
        admin = AIOKafkaAdminClient(bootstrap_servers=address, **of_kafka(security, role, secret))
        try:
            await admin.start()
        except KafkaError:
            return False
        finally:
            await admin.close()
        return True

    return asyncio.run(asked())


def cassandra_lets_in(hosts: list[str], port: int, security: Path, role: str, secret: str) -> bool:
    cluster = Cluster(hosts, port=port, **of_cassandra(security, role, secret))
    try:
        cluster.connect()
    except NoHostAvailable as e:
        if any(isinstance(error, AuthenticationFailed) for error in e.errors.values()):
            return False
        raise
    finally:
        cluster.shutdown()
    return True


def shown_certificate(host: str, port: int, security: Path) -> str:
    """The PEM of the one that a server shows, which must be of the stack's authority."""
    return ssl.get_server_certificate((host, port), ca_certs=str(security / "ca.pem"), timeout=30)


def made_certificate(security: Path, name: str) -> str:
    """The same, of the one that was made last for a server."""
    chain = (security / f"{name}.pem").read_text(encoding="utf-8")
    # Written by keytool and by Python in lines of different ends and lengths.
    return ssl.DER_cert_to_PEM_cert(ssl.PEM_cert_to_DER_cert(_first(chain)))


def _name(role: str) -> str:
    return f"playlog_{role}".replace("-", "_")


def _first(chain: str) -> str:
    begin, end = "-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----"
    return begin + chain.split(begin, 2)[1].split(end, 1)[0] + end


def _trusting(security: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(security / "ca.pem"))
