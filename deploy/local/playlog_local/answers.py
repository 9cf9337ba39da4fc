"""What web.jar says of settings and numbers: in one JVM, since somebody waits."""

import json
import subprocess
from types import TracebackType

from . import jdk
from .layout import Layout, unreadable

# It ends before compiling well or collecting in parallel would pay.
OPTIONS = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xmx256m")


class Answers:
    """A JVM that gives the layout its settings when it starts, and the numbers if it is asked for them."""

    def __init__(self, layout: Layout) -> None:
        command = layout.java(layout.built_web_jar, "status", "--settings-first", options=OPTIONS)
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line.startswith("{"):  # or a JVM that does not start has said why
            done = self._end("")
            done.stdout = line + done.stdout
            raise unreadable(done)
        layout.settings = json.loads(line)

    def __enter__(self) -> "Answers":
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._process.poll() is None:
            self._end("")

    def numbers(self) -> tuple[dict | None, list[str]]:
        """How far stream and reports have come, or the problem."""
        done = self._end("go on\n")
        if done.returncode != 0:
            return None, [f"the numbers cannot be read: {jdk.words(done)}"]
        return json.loads(done.stdout), []

    def _end(self, said: str) -> subprocess.CompletedProcess:
        """The rest of what it says. Told nothing it ends at once."""
        stdout, stderr = self._process.communicate(said)
        return subprocess.CompletedProcess(self._process.args, self._process.returncode, stdout, stderr)
