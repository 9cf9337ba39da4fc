import os
import sys

import pytest
from playlog_local import build, downloads
from playlog_local.console import Failure


@pytest.fixture
def taken(monkeypatch):
    """What the scripts have let in for downloads."""
    monkeypatch.setattr(downloads, "_taken", {})
    for name in [name for name in os.environ if name.startswith("PIP_")]:
        monkeypatch.delenv(name)

    def _taken(**variables):
        for name, value in variables.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("PLAYLOG_DOWNLOADS", " ".join([*variables, "NOT_SET"]))
        downloads.take()

    return _taken


def test_what_serves_downloads_is_not_inherited(taken, monkeypatch):
    monkeypatch.setenv("OTHER", "stays")
    taken(ALL_PROXY="socks5://127.0.0.1:1080", MAVEN_OPTS="-Da=b")
    assert os.environ.keys().isdisjoint({"ALL_PROXY", "MAVEN_OPTS", "PLAYLOG_DOWNLOADS"})
    assert downloads.variables() == os.environ | {"ALL_PROXY": "socks5://127.0.0.1:1080", "MAVEN_OPTS": "-Da=b"}
    assert os.environ["OTHER"] == "stays"


class TestPip:
    """With the pip of the test's own environment."""

    @pytest.fixture
    def python(self):
        return sys.executable

    def pip(self, python):
        """But for what the files of this machine say."""
        of_machine = downloads._pip_files(python, {"PATH": os.environ["PATH"], "PIP_CONFIG_FILE": "/nowhere"})
        found = downloads.pip_variables(python)
        return {
            name: value for name, value in found.items() if name.startswith("PIP_") and value not in of_machine.values()
        }

    def test_no_variable_moves_what_is_installed(self, python, taken):
        taken(
            PIP_CONFIG_FILE="/nowhere",
            PIP_USER="1",
            PIP_REQUIRE_VIRTUALENV="1",
            PIP_TARGET="/hostile",
            PIP_PREFIX="/hostile",
            PIP_ROOT="/hostile",
            PIP_DRY_RUN="1",
            PIP_ONLY_BINARY=":none:",
            PIP_PYTHON="/hostile",
            PIP_QUIET="3",
            PIP_TIMEOUT="9",
        )
        assert self.pip(python) == downloads.ALWAYS_OF_PIP | {"PIP_TIMEOUT": "9"}

    def test_no_file_moves_it_either_but_the_index_is_the_operators(self, python, taken, tmp_path):
        file = tmp_path / "pip.conf"
        file.write_text(
            "[global]\nuser = yes\nsite = yes\ntarget = /hostile\nrequire-virtualenv = true\nquiet = 3\ntimeout = 7\n"
            "index-url = https://me:it's@mirror.example/simple\nretries = 1\n"
            "[install]\nprefix = /hostile\nretries = 2\ntrusted-host =\n  one.example\n  two.example\n"
            "[download]\nproxy = of-another-command\n"
        )
        taken(PIP_CONFIG_FILE=str(file), PIP_TIMEOUT="9", PIP_CERT="/a cert.pem")
        assert self.pip(python) == downloads.ALWAYS_OF_PIP | {
            "PIP_INDEX_URL": "https://me:it's@mirror.example/simple",
            "PIP_TRUSTED_HOST": "\none.example\ntwo.example",
            "PIP_RETRIES": "2",
            "PIP_TIMEOUT": "9",
            "PIP_CERT": "/a cert.pem",
        }

    def test_a_file_that_cannot_be_read_is_named(self, python, taken, tmp_path):
        (tmp_path / "pip.conf").write_text("no section\n")
        taken(PIP_CONFIG_FILE=str(tmp_path / "pip.conf"))
        with pytest.raises(Failure, match=f"{tmp_path}/pip.conf"):
            self.pip(python)

    def test_goes_through_the_callers_proxy(self, python, taken):
        taken(https_proxy="http://proxy.example:3128")
        assert downloads.pip_variables(python)["https_proxy"] == "http://proxy.example:3128"


def test_maven_gets_them(taken, fakes, layout, monkeypatch, tmp_path):
    taken(MAVEN_OPTS="-Da=b")
    fakes.add("mvn", 'echo "$MAVEN_OPTS"')
    for name in ("ROOT", "BUILT", "BUILDING"):
        monkeypatch.setattr(build, name, tmp_path / name / "x")
    (tmp_path / "BUILDING").mkdir()
    (tmp_path / "BUILT").mkdir()
    (tmp_path / "ROOT/x/target").mkdir(parents=True)
    monkeypatch.setattr(build, "jars_are_up_to_date", lambda _: False)
    build.jars(build.Step("Jars"), layout)
    assert (tmp_path / "ROOT/x/target/build.log").read_text() == "-Da=b\n"
