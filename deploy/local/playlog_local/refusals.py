"""What the machine refuses (a folder, a disk, a program), said in a sentence; the traceback goes into a file."""

import contextlib
import errno
import os
import tempfile
import traceback
from datetime import UTC, datetime
from pathlib import Path

from .console import Code, Failure
from .layout import ROOT, Layout

APPEND = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_NOFOLLOW
OWN_FOLDER = "PLAYLOG_LOCAL_DIR and PLAYLOG_ENVIRONMENTS name folders of your own"
ADVICE = {
    errno.EACCES: f"This user may not: {OWN_FOLDER}.",
    errno.EPERM: f"This user may not: {OWN_FOLDER}.",
    errno.EROFS: f"It is mounted read-only: {OWN_FOLDER}.",
    errno.ENOSPC: f"Free some room there; {OWN_FOLDER}, on another disk.",
    errno.EDQUOT: f"Free some of this user's room there; {OWN_FOLDER}, on another disk.",
    errno.EFBIG: "Files may not become that large here: see `ulimit -f`.",
    errno.EIO: "The disk, or what is on it, is damaged.",
    errno.ENOENT: "It is missing.",
    errno.ENOTDIR: "Expected a folder there: move the file away.",
    errno.EISDIR: "Expected a file there: move the folder away.",
    errno.EEXIST: "Expected a folder there: move away what is in its place.",
    errno.ELOOP: "A link there leads to itself: mend it.",
    errno.ENAMETOOLONG: f"Shorter names help: {OWN_FOLDER}.",
    errno.ENOEXEC: "The program is for another kind of machine, or broken: install it again.",
    errno.ENOMEM: "Free some memory.",
    errno.EAGAIN: "This user may start no more processes, see `ulimit -u`; or memory is short.",
    errno.EMFILE: "Raise the limit of open files: see `ulimit -n`.",
    errno.ENFILE: "The whole machine has too many open files.",
}


def failure(error: OSError, layout: Layout | None) -> Failure:
    what = ": ".join(str(name) for name in (error.filename, error.strerror or error) if name)
    advice = ADVICE.get(error.errno or 0, "The machine refused that.")
    return Failure(Code.MACHINE_REFUSED, f"{what}. {advice}{_kept(error, layout)}")


def unexpected(error: Exception, layout: Layout | None) -> Failure:
    return Failure(Code.UNEXPECTED, f"{type(error).__name__}: {error}. Please report it.{_kept(error, layout)}")


def _kept(error: Exception, layout: Layout | None) -> str:
    """Keeps the traceback in the first folder that can be written: of the stack, of the checkout, of this user."""
    lines = [f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n", *traceback.format_exception(error), "\n"]
    folders = [ROOT / "target", Path(f"/tmp/playlog-{os.getuid()}"), Path(tempfile.gettempdir())]
    if layout and "settings" in vars(layout):  # else they cannot be read, or are what has failed
        folders.insert(0, layout.logs)
    for folder in folders:
        with contextlib.suppress(OSError):
            path = folder / f"errors-{os.getuid()}.log"
            with os.fdopen(os.open(path, APPEND, 0o600), "a", encoding="utf-8") as log:
                log.writelines(lines)
            return f" Details: {path}"
    return ""
