"""local.secure: certificates before anything starts, and logins with their rights once the servers answer."""

import subprocess
from collections.abc import Callable

from .console import Code, Failure, Step, step
from .layout import ROOT, Layout

CERTIFICATES = ("kafka", "cassandra", "airflow")
HOSTS = "127.0.0.1,127.0.0.2,127.0.0.3,localhost"
"""The bundled servers listen on these only."""


def make_certificates(layout: Layout) -> None:
    """What is there stays: docs/cluster.md says how it is renewed."""
    folder = layout.security
    if not folder or not layout.settings["local.secure"]:
        return
    missing = [name for name in CERTIFICATES if not (folder / f"{name}.pem").exists()]
    with step(f"Certificates in {folder}") as running:
        for name in missing:
            command = [str(ROOT / "deploy/security/make-certificates.sh"), str(folder), name, HOSTS]
            _run(command, "make-certificates.sh")
        running.result = f"made for {', '.join(missing)}" if missing else "there already"


def grant(layout: Layout, running: Step, seconds: int, must_run: Callable[[], None]) -> None:
    """Makes each job's user and role, and the tables, as soon as both servers let the administrator in."""
    command = layout.java(layout.app / "web.jar", "grant")
    said = [""]

    def granted() -> bool:
        must_run()
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        said.append(done.stderr.strip()[-2000:])
        return done.returncode == 0

    running.wait_until("the servers' logins", granted, seconds, why=lambda: said[-1])


def _run(command: list[str], name: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Failure(Code.STEP_FAILED, f"{name} failed:\n{done.stderr.strip()[-2000:]}")
