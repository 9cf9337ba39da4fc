"""supervisord keeps the programs alive; this writes its configuration and talks to it."""

import contextlib
import fnmatch
import hashlib
import http.client
import os
import re
import shlex
import socket
import stat
import subprocess
import time
import xmlrpc.client
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from . import files
from .console import Code, Failure
from .layout import Layout

POLL_SECONDS = 0.1
STACK_VARIABLE = "PLAYLOG_STACK"
"""Set in every process of a stack, to the stack's folder: by it stop-all.sh finds what is left."""


@dataclass(frozen=True)
class Program:
    """A program to keep alive. `stop_seconds`: time to end after SIGTERM, before SIGKILL."""

    name: str
    command: list[str]
    variables: dict[str, str] = field(default_factory=dict)
    stop_seconds: int = 30


class Supervisor:
    """The supervisord of one stack."""

    def __init__(self, layout: Layout) -> None:
        self.layout = layout
        self.folder = layout.dir / "supervisor"
        self.config = self.folder / "supervisord.conf"
        name = hashlib.sha256(str(layout.dir).encode()).hexdigest()[:12]
        # Not in the stack's folder: a socket's path has at most 107 bytes, and purging must not delete the lock.
        # Not in TMPDIR or XDG_RUNTIME_DIR: they may be others when the stack is stopped.
        self.runtime = Path(f"/tmp/playlog-{os.getuid()}")
        self.socket = self.runtime / f"{name}.sock"
        self.lock = self.runtime / f"{name}.lock"
        _make_private(self.runtime)

    def start(self, programs: list[Program]) -> None:
        """Starts supervisord without its programs, or gives a running one the programs as they are now."""
        self._write(programs)
        if self.is_running():
            self._update()
        else:
            self.socket.unlink(missing_ok=True)
            command = [*self.layout.tool("supervisord"), "-c", str(self.config)]
            variables = os.environ | {STACK_VARIABLE: str(self.layout.dir)}
            # In a folder that stays: the caller's may be deleted, and then no Java starts in it.
            folder = self.layout.dir
            done = subprocess.run(command, cwd=folder, env=variables, capture_output=True, text=True, check=False)
            if done.returncode != 0:
                raise Failure(
                    Code.PROGRAM_STAYS_DOWN,
                    f"supervisord does not start:\n{(done.stdout + done.stderr).strip()[-2000:]}",
                )

    def is_running(self) -> bool:
        try:
            return self._rpc().getState()["statename"] == "RUNNING"
        except OSError:
            return False

    def states(self) -> dict[str, dict]:
        """supervisord's words on each program: statename, start (epoch seconds), pid, spawnerr, exitstatus, ..."""
        return {info["name"]: info for info in self._rpc().getAllProcessInfo()}

    def runs(self, name: str) -> bool:
        return self._state(name) in ("RUNNING", "STARTING")

    def start_program(self, name: str) -> bool:
        """Starts it unless it runs; tells whether it was started."""
        if self.runs(name):
            return False
        self.stop_program(name)
        self._rpc().startProcess(name, False)
        return True

    def stop_program(self, name: str) -> None:
        """Returns when it has ended."""
        if self._state(name) in ("RUNNING", "STARTING", "BACKOFF"):
            self._rpc().stopProcess(name)
        while self._state(name) == "STOPPING":  # as somebody else told it; SIGKILL bounds it
            time.sleep(POLL_SECONDS)

    def stop_together(self, names: list[str]) -> None:
        """The same of several at once: none is left waiting for one that has ended."""
        for name in names:
            if self._state(name) in ("RUNNING", "STARTING", "BACKOFF"):
                self._rpc().stopProcess(name, False)
        for name in names:
            self.stop_program(name)

    def command(self, *arguments: str) -> list[str]:
        """The command line of supervisorctl, for people."""
        return [*self.layout.tool("supervisorctl"), "-c", str(self.config), *arguments]

    def shutdown(self) -> None:
        self._rpc().shutdown()

    def log(self, name: str) -> Path:
        return self.layout.logs / f"{name}.log"

    def _state(self, name: str) -> str | None:
        return self.states().get(name, {}).get("statename")

    def _rpc(self) -> Any:
        return xmlrpc.client.ServerProxy("http://supervisor", transport=_UnixTransport(self.socket)).supervisor

    def _update(self) -> None:
        rpc = self._rpc()
        added, changed, removed = rpc.reloadConfig()[0]
        for name in changed + removed:
            rpc.stopProcessGroup(name)
            rpc.removeProcessGroup(name)
        for name in added + changed:
            rpc.addProcessGroup(name)

    def _write(self, programs: list[Program]) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        self.layout.logs.mkdir(parents=True, exist_ok=True)
        sections = [
            f"[supervisord]\nlogfile={_escape(self.folder)}/supervisord.log\n"
            f"pidfile={_escape(self.folder)}/supervisord.pid\n"
            "logfile_maxbytes=10MB\nlogfile_backups=1\n",
            f"[unix_http_server]\nfile={self.socket}\nchmod=0700\n",
            "[rpcinterface:supervisor]\n"
            "supervisor.rpcinterface_factory=supervisor.rpcinterface:make_main_rpcinterface\n",
            f"[supervisorctl]\nserverurl=unix://{self.socket}\n",
        ]
        sections += [self._section(program) for program in programs]
        files.replace(self.config, "\n".join(sections))

    def _section(self, program: Program) -> str:
        script = self._script(program)
        return (
            f"[program:{program.name}]\n"
            # By sh: the disk of the data may be mounted noexec.
            f"command=/bin/sh {_escape(shlex.quote(str(script)))}\n"
            "autostart=false\nautorestart=true\n"
            # Never given up. One that ends sooner than startsecs is tried again after a pause, which grows by a second
            # each time: 2 minutes after an outage of 2 hours, 7 after a day; supervisord has no upper bound for it. One
            # that ends later, such as the stream, which waits longer for a server, is started again at once.
            "startsecs=10\nstartretries=1000000\n"
            f"stopwaitsecs={program.stop_seconds}\nkillasgroup=true\n"
            # supervisord expands this one twice.
            f"redirect_stderr=true\nstdout_logfile={_escape(_escape(self.log(program.name)))}\n"
            "stdout_logfile_maxbytes=20MB\nstdout_logfile_backups=3\n"
        )

    def _script(self, program: Program) -> Path:
        """The program as a script of its own: supervisord's configuration cannot quote any value."""
        passed_on = os.environ.get("PLAYLOG_PASS_ENV", "").replace(",", " ").split()
        variables = {
            name: value
            for name, value in os.environ.items()
            if re.fullmatch(r"[A-Za-z_]\w*", name, re.ASCII)
            and any(fnmatch.fnmatchcase(name, pattern) for pattern in ("PLAYLOG_*", *passed_on))
        }
        variables |= program.variables | {STACK_VARIABLE: str(self.layout.dir)}
        lines = ["#!/bin/sh", *(f"export {name}={shlex.quote(value)}" for name, value in sorted(variables.items()))]
        path = self.folder / f"{program.name}.sh"
        # Another file, since the program may just be starting from the one that is there.
        files.replace(path, "\n".join([*lines, f"exec {shlex.join(program.command)}", ""]), mode=0o700)
        return path


def _make_private(folder: Path) -> None:
    """A folder in /tmp whose name anybody can guess: it must be ours, and no link to another place."""
    with contextlib.suppress(FileExistsError):
        folder.mkdir(mode=0o700)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.getuid() or found.st_mode & 0o077:
        raise Failure(
            Code.FOREIGN_FOLDER,
            f"Found {folder} with the mode {stat.filemode(found.st_mode)} of user {found.st_uid}, expected a folder of "
            f"user {os.getuid()} with the mode drwx------: the sockets of running stacks are kept there. Remove it.",
        )


def _escape(value: object) -> str:
    return str(value).replace("%", "%%")


class _UnixTransport(xmlrpc.client.Transport):
    """XML-RPC over a Unix socket. supervisor has one too, but this module runs before that is installed."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    def make_connection(self, host: object) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection("supervisor")
        connection.sock = socket.socket(socket.AF_UNIX)
        connection.sock.connect(str(self._path))
        return connection
