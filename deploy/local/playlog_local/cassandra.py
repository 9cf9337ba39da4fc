"""Asks Cassandra through cqlsh, which takes login and TLS from its own files in ~/.cassandra."""

import contextlib
import json
import re
import socket
import subprocess

from .console import Code, Failure
from .layout import Layout

REACH_SECONDS = 2


def contact_point(addresses: str) -> tuple[str, str]:
    """Host and port of the first of several that can be reached, else of the first, such as `node1,node2:9043`."""
    found = [_host_and_port(address.strip()) for address in addresses.split(",")]
    if len(found) > 1:
        return next((each for each in found if listens(*each)), found[0])
    return found[0]


def listens(host: str, port: str) -> bool:
    """Whether a server takes connections: before there are logins nothing else can be asked."""
    with contextlib.suppress(OSError), socket.create_connection((host, int(port)), REACH_SECONDS):
        return True
    return False


def _host_and_port(address: str) -> tuple[str, str]:
    """Of one such as `[::1]:9042`."""
    found = re.fullmatch(r"(\[[^]]+]|[^:]+)(?::(\d+))?", address)
    if not found:
        raise Failure(
            Code.BAD_ARGUMENT, f"cassandra.contact-points: found {address}, expected host[:port], IPv6 in brackets."
        )
    return found[1].strip("[]"), found[2] or "9042"


def quoted(keyspace: str) -> str:
    """As it stands in CQL: a name may have capitals."""
    return keyspace if re.fullmatch("[a-z][a-z0-9_]*", keyspace) else f'"{keyspace}"'


def cqlsh(layout: Layout, *arguments: str, keyspace: str | None = None, address: str | None = None) -> list[str]:
    """The command line of cqlsh for a node, the first contact point unless given, with time for long aggregates."""
    host, port = contact_point(address or layout.settings["cassandra.contact-points"])
    options = ["--request-timeout", "600", "--connect-timeout", "10"]
    if keyspace:
        options += ["--keyspace", keyspace]
    return [*layout.cqlsh(), *options, *arguments, host, port]


class Cqlsh:
    """Reads at the configured consistency. Keeps what cqlsh said when it failed last, and nothing once it answers."""

    def __init__(self, layout: Layout, address: str | None = None) -> None:
        self._layout = layout
        self._address = address
        self.error = ""

    def rows(self, cql: str, keyspace: str | None = None) -> list[dict] | None:
        """The rows of a `SELECT JSON`, or None if Cassandra, the keyspace or the table is not there (yet)."""
        before = f"PAGING OFF; CONSISTENCY {self._layout.settings['cassandra.consistency']};"
        command = cqlsh(self._layout, "--no-color", "-e", f"{before} {cql}", keyspace=keyspace, address=self._address)
        result = subprocess.run(command, capture_output=True, text=True, check=False)
        if result.returncode != 0:
            self.error = result.stderr.strip()
            return None
        self.error = ""
        lines = re.findall(r"^\s*(\{.*\})\s*$", result.stdout, re.MULTILINE)
        return [json.loads(_as_stored(line)) for line in lines]


def _as_stored(shown: str) -> str:
    """cqlsh doubles each backslash of a text, and shows some characters, such as a no-break space, as \\xa0."""
    return re.sub(r"\\\\|\\x([0-9a-f]{2})", lambda found: chr(int(found[1], 16)) if found[1] else "\\", shown)
