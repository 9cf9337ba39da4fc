"""What start-all.sh shows at its end."""

import subprocess

import airflow_env

from . import cassandra
from .layout import Layout


def text(layout: Layout, run: dict, with_airflow: bool) -> str:
    keyspace = cassandra.quoted(layout.settings["cassandra.keyspace"])
    name = layout.settings["producer.named-listener"].replace("'", "''")
    hour = run["hour"]
    parts = [
        "",
        _query(layout, f"SELECT name, event_time, song_name, artists, energy FROM {keyspace}.records LIMIT 5"),
        _query(
            layout,
            f"SELECT name, hour, songs_listened, distinct_songs, avg_energy, top_song FROM "
            f"{keyspace}.user_hourly_summary WHERE name = '{name}' LIMIT 3",
        ),
        f"Playlog runs: the summaries of {run['listeners']} listeners for the hour {hour} are published.",
        "",
    ]
    if with_airflow:
        user, password = airflow_env.login(layout.airflow_home)
        # Not where it may end up in a log.
        shown = f"in {layout.airflow_home / 'passwords.json'}" if layout.settings["local.secure"] else password
        parts.append(f"  Airflow    {layout.airflow_url}  (user {user}, password {shown})")
    parts += [
        f"  Page       {layout.web_url}{_login(layout)}",
        f"  Spark UI   http://127.0.0.1:{layout.settings['spark.ui-port']}",
        f"  Logs       {layout.logs}",
        "",
        "Next: scripts/status.sh, scripts/query.sh, scripts/watch-topic.sh, scripts/stop-all.sh",
    ]
    return "\n".join(parts)


def _login(layout: Layout) -> str:
    folder = layout.security
    return f"  (user playlog, password in {folder / 'browser.password'})" if folder else ""


def _query(layout: Layout, cql: str) -> str:
    command = cassandra.cqlsh(layout, "--no-color", "-e", cql)
    shown = subprocess.run(command, capture_output=True, text=True, check=False)
    lines = (shown.stdout or shown.stderr).splitlines()
    return "\n".join([cql, *(line for line in lines if not line.startswith("WARNING: cqlsh was built against")), ""])
