"""stop-all.sh --purge: deletes what the stack has made in its folder, and nothing else."""

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path

from . import members
from .layout import Layout, kept_settings

DATA = {
    **{name: (name,) for server in members.SERVERS for name in members.possible(server)},
    **{name: (name,) for name in members.SPARK},
    "airflow-scheduler": ("airflow",),
    "stream": ("checkpoint", "checkpoint.lock"),
}
"""By program. Folders of these names are ours only where supervisord has had the program: a folder that was there
before, such as /data, may hold another one's kafka."""
JARS = ("producer.jar", "jobs.jar", "web.jar")
APP = (*JARS, *(f"{jar}.new" for jar in JARS), "kafka", "cassandra")
ALWAYS = ("hourly-report.lock", "history-due.json", "history-due.new", "log/hourly-report.log")


def purge(layout: Layout) -> list[str]:
    """Returns the names of what is left; without any the folder is gone too."""
    for path in _ours(layout.dir):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        elif path.is_file():
            path.unlink()
    for folder in (layout.app, layout.logs, layout.dir):
        with contextlib.suppress(OSError):
            folder.rmdir()
    return sorted(path.name for path in layout.dir.iterdir()) if layout.dir.exists() else []


def _ours(folder: Path) -> Iterator[Path]:
    yield from (folder / name for name in ALWAYS)
    supervisor = folder / "supervisor"
    for script in supervisor.glob("*.sh"):
        yield from (folder / name for name in DATA.get(script.stem, ()))
        yield from (folder / "log").glob(f"{script.stem}.log*")
    if kept_settings(folder).exists() or (supervisor / "supervisord.conf").exists():
        yield from (folder / "app" / name for name in APP)
        if (folder / "security/stores.password").exists():  # of local.secure
            yield folder / "security"
        yield supervisor  # the last one: by it a purge that was broken off goes on
