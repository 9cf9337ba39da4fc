"""Writes files that are there whole or not at all."""

import contextlib
import os
import threading
from pathlib import Path


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
