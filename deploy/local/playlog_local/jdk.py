"""The JDK that everything runs on: that of JAVA_HOME, else the one whose java is on the PATH."""

import os
import pwd
import re
import shutil
import subprocess
from pathlib import Path

VERSION = "17"
PACKAGE = "openjdk-17-jdk-headless"
ADVICE = f"expected JDK {VERSION}: install it (apt-get install {PACKAGE}) and set JAVA_HOME to it"


_OF_A_STACK = re.compile(r"\s+(at |\.\.\. \d+ more)")


def java() -> str:
    """The java command."""
    home = os.environ.get("JAVA_HOME")
    return str(Path(home, "bin", "java")) if home else "java"


def home() -> Path:
    """For programs that start a java of their own."""
    configured = os.environ.get("JAVA_HOME")
    return Path(configured) if configured else Path(shutil.which(java()) or java()).resolve().parents[1]


def options() -> list[str]:
    """A user of a container may have no name: then Java does not know the home either, and calls it "?"."""
    try:
        pwd.getpwuid(os.getuid())
    except KeyError:
        return [f"-Duser.home={Path.home()}"]
    return []


def problem() -> str | None:
    """What is wrong with it, in one line. As scripts/common.sh does: the JDK's file says its version at once."""
    program = shutil.which(java())
    if program is None:
        return f"Found no program {java()}{' (of JAVA_HOME)' if os.environ.get('JAVA_HOME') else ''}, {ADVICE}"
    version = _version(program)
    if version and re.match(rf"{VERSION}([.+-]|$)", version):
        return None
    return f"Found JDK {version or 'of no version'} as {program}, {ADVICE}"


def words(done: subprocess.CompletedProcess) -> str:
    """What a java that failed has said, without stack traces; on stdout, if its JVM did not even start."""
    said = [line for line in (done.stderr.strip() or done.stdout.strip()).splitlines() if not _OF_A_STACK.match(line)]
    return "\n".join(said)[-1000:] or f"java ended with {done.returncode} and said nothing"


def _version(program: str) -> str | None:
    release = Path(program).resolve().parents[1] / "release"
    text = release.read_text(errors="replace") if release.is_file() else ""
    found = re.search(r'^JAVA_VERSION="(.*)"', text, re.MULTILINE)
    if not found:
        try:
            done = subprocess.run([program, "-version"], capture_output=True, text=True, check=False)
        except OSError:
            return None
        found = re.search(r' version "([^"]*)"', done.stdout + done.stderr)
    return found[1] if found else None
