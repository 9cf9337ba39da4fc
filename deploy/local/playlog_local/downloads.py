"""Variables of the caller that serve downloads only: proxies, certificates, settings of Maven and pip.

What is downloaded must not get them when it runs: a proxy has no business between programs of one machine.
scripts/common.sh decides which variables come in at all.
"""

import ast
import os
import re
import subprocess

from .console import Code, Failure

NAMES = "PLAYLOG_DOWNLOADS"
PIP_REACHES_ITS_INDEX_BY = (
    "index-url",
    "extra-index-url",
    "find-links",
    "no-index",
    "trusted-host",
    "proxy",
    "cert",
    "client-cert",
    "keyring-provider",
    "timeout",
    "default-timeout",
    "retries",
    "cache-dir",
)
"""Of pip's settings, in the environment or in its files, those that do not say what is installed, or where to."""

ALWAYS_OF_PIP = {
    "PIP_CONFIG_FILE": os.devnull,
    # Older ones install a source package by its setup.py, which expands a $ in the folder's name.
    "PIP_USE_PEP517": "1",
}

_taken: dict[str, str] = {}


def take() -> None:
    """Takes them out of this process's environment, which its programs inherit."""
    for name in os.environ.pop(NAMES, "").split():
        if name in os.environ:
            _taken[name] = os.environ.pop(name)


def variables() -> dict[str, str]:
    """For Maven and apt-get: all variables of this process, and those for downloads."""
    return os.environ | _taken


def pip_variables(python: str) -> dict[str, str]:
    """For pip of this Python: no setting of the user's, such as `user` or `target`, moves what is installed."""
    others = {name: value for name, value in variables().items() if not name.startswith("PIP_")}
    own = {name: value for name, value in variables().items() if name.startswith("PIP_")}
    settings = _pip_files(python, others | {name: own[name] for name in ("PIP_CONFIG_FILE",) if name in own})
    settings |= {name.removeprefix("PIP_").lower().replace("_", "-"): value for name, value in own.items()}
    reach = {f"PIP_{name.upper().replace('-', '_')}": settings.get(name) for name in PIP_REACHES_ITS_INDEX_BY}
    return others | {name: value for name, value in reach.items() if value} | ALWAYS_OF_PIP


def _pip_files(python: str, environment: dict[str, str]) -> dict[str, str]:
    """The settings of pip's files. Some of them would change how this is listed, too."""
    plain = {f"PIP_{name}": "0" for name in ("USER", "GLOBAL", "SITE", "QUIET", "VERBOSE")}
    command = [python, "-m", "pip", "config", "list"]
    listed = subprocess.run(command, env=environment | plain, capture_output=True, text=True, check=False)
    if listed.returncode != 0:
        raise Failure(Code.BUILD_FAILED, f"{' '.join(command)} failed:\n{listed.stderr.strip()[-2000:]}")
    lines = re.findall(r"^(global|install)\.([a-z-]+)=(.*)$", listed.stdout, re.MULTILINE)
    # In this order: install's count more.
    return {name: str(ast.literal_eval(value)) for _, name, value in sorted(lines)}
