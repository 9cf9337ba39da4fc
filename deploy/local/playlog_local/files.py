"""Writes files that are there whole or not at all."""

import contextlib
import json
import os
import threading
from pathlib import Path

from .console import Code, Failure


def read_json(path: Path) -> dict:
    """A file of ours. A disk that was full or lost its power may have left it empty."""
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise Failure(Code.DAMAGED_FILE, f"{path} is damaged ({error}): delete it, and start again.") from None


def replace(path: Path, text: str, mode: int = 0o644) -> None:
    """Puts another file in the old one's place: who has the old one open keeps it."""
    new = path.with_name(path.name + ".new")
    new.unlink(missing_ok=True)
    new.touch(mode=mode)
    new.write_text(text, encoding="utf-8")
    new.replace(path)


def create(path: Path, text: str, mode: int = 0o600) -> None:
    """Writes the file if there is none; of two at once one wins, and both find it whole."""
    new = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.new")
    new.touch(mode=mode)
    try:
        new.write_text(text, encoding="utf-8")
        with contextlib.suppress(FileExistsError):
            os.link(new, path)
    finally:
        new.unlink()
