"""Asks Cassandra through cqlsh."""

import json
import re
import subprocess

from .layout import Layout


def cqlsh(layout: Layout, *arguments: str, keyspace: str | None = None) -> list[str]:
    """The command line of cqlsh for the configured contact point, with time for long aggregates."""
    host, _, port = layout.settings["cassandra.contact-points"].split(",")[0].strip().partition(":")
    options = ["--request-timeout", "600", "--connect-timeout", "10"]
    if keyspace:
        options += ["--keyspace", keyspace]
    return [layout.tool("cqlsh"), *options, *arguments, host, port or "9042"]


def rows(layout: Layout, cql: str, keyspace: str | None = None) -> list[dict] | None:
    """The rows of a `SELECT JSON`, or None if Cassandra, the keyspace or the table is not there (yet)."""
    command = cqlsh(layout, "--no-color", "-e", f"PAGING OFF; {cql}", keyspace=keyspace)
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    if result.returncode != 0:
        return None
    return [json.loads(line) for line in re.findall(r"^\s*(\{.*\})\s*$", result.stdout, re.MULTILINE)]
