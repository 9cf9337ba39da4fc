"""What of the caller's shell reaches the programs: by real scripts in real shells, copied into an awkward folder."""

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
FOLDERS = ["plain", "with blanks", "für Ünï-日本", "100%d of $HOME", "it's; `id` & (x)", "-dash"]
ALWAYS = {"PATH", "HOME", "USER", "LOGNAME", "PWD", "SHLVL", "_", "LC_ALL", "TZ", "PYTHONUTF8"}
OWN = {"PLAYLOG_PASS_ENV", "PLAYLOG_DOWNLOADS"}


class Checkout:
    """A copy of the scripts, whose java and python3 tell what they have been given."""

    def __init__(self, folder: Path, programs: Path) -> None:
        self.folder = folder
        self.seen = programs.parent / "seen.json"
        for part in ("scripts", "deploy/local/local.sh", "conf/spark"):
            source, target = ROOT / part, folder / part
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(source, target) if source.is_dir() else shutil.copy2(source, target)
        (folder / "producer/target").mkdir(parents=True)
        (folder / "producer/target/producer.jar").touch()
        self.programs = programs
        programs.mkdir(parents=True)
        tell = (
            "import json, os, sys\n"
            "mask = os.umask(0)\n"
            "seen = dict(variables=dict(os.environ), arguments=sys.argv[1:], folder=os.getcwd(), umask=mask)\n"
            f"json.dump(seen, open({str(self.seen)!r}, 'w'))\n"
        )
        for name in ("java", "kcat"):
            self._add(name, f"#!/usr/bin/python3 -I\n{tell}")
        # Asked for its version first.
        self._add("python3", f"#!/usr/bin/python3 -I\nimport sys\nif '-c' in sys.argv: sys.exit(0)\n{tell}")
        (programs.parent / "release").write_text('JAVA_VERSION="17.0.12"\n')

    def _add(self, name: str, text: str) -> None:
        path = self.programs / name
        path.write_text(text)
        path.chmod(0o755)

    def script(self, name: str = "run-producer.sh") -> str:
        return str(self.folder / "scripts" / name)

    def run(self, *command, variables=None, **options) -> dict:
        """What the program was given, and what was said on stderr."""
        self.seen.unlink(missing_ok=True)
        given = {"PATH": f"{self.programs}:/usr/bin:/bin", "HOME": "/home/somebody"} | (variables or {})
        done = subprocess.run(
            [str(part) for part in command], env=given, capture_output=True, text=True, check=False, **options
        )
        assert self.seen.exists(), done.stderr
        return json.loads(self.seen.read_text()) | {"stderr": done.stderr, "code": done.returncode}


@pytest.fixture
def checkout(tmp_path):
    return Checkout(tmp_path / "a checkout", tmp_path / "jdk/bin")


def names(seen):
    return set(seen["variables"])


HOSTILE = {
    "CDPATH": ".:/",
    "BASH_ENV": "/hostile.sh",
    "ENV": "/hostile.sh",
    "SHELLOPTS": "braceexpand:noexec",
    "BASHOPTS": "failglob",
    "BASH_FUNC_dirname%%": "() { echo /hostile; }",
    "BASH_FUNC_cd%%": "() { echo hostile; }",
    "GREP_OPTIONS": "--color=always",
    "POSIXLY_CORRECT": "1",
    "IFS": "/",
    "FUNCNEST": "1",
    "GLOBIGNORE": "*",
    "a.b": "no name of a shell",
    "http_proxy": "http://127.0.0.1:1",
    "ALL_PROXY": "socks5://127.0.0.1:1080",
    "all_proxy": "socks://127.0.0.1:1080",
    "NO_PROXY": "x",
    "PIP_USER": "1",
    "PIP_TARGET": "/hostile",
    "PYTHONPATH": "/hostile",
    "PYTHONHOME": "/hostile",
    "PYTHONSTARTUP": "/hostile",
    "PYTHONWARNINGS": "error",
    "PYTHONOPTIMIZE": "2",
    "PYTHONINSPECT": "1",
    "VIRTUAL_ENV": "/hostile",
    "CONDA_PREFIX": "/hostile",
    "CLASSPATH": "/hostile",
    "MAVEN_OPTS": "-Xmx1m",
    "SSL_CERT_FILE": "/hostile",
    "COLUMNS": "7",
    "LANG": "de_DE.ISO-8859-1",
    "LANGUAGE": "ar",
    "LC_NUMERIC": "de_DE",
    "root": "/hostile",
    "config": "/hostile",
    "arguments": "/hostile",
    "for_downloads": "yes",
}
MEANT = {
    "AIRFLOW__API__BASE_URL": "http://localhost:8080/airflow",
    "AIRFLOW_CONFIG": "/etc/airflow/airflow.cfg",
    "AIRFLOW_HOME": "/hostile",
    "SPARK_HOME": "/hostile",
    "SPARK_LOCAL_DIRS": "/hostile",
    "PYSPARK_PYTHON": "/hostile",
    "HADOOP_CONF_DIR": "/hostile",
    "YARN_CONF_DIR": "/hostile",
    "JAVA_TOOL_OPTIONS": "-Xmx1m",
    "_JAVA_OPTIONS": "-Xmx1m",
    "CQLSH_PORT": "1",
    "KAFKA_OPTS": "-Xmx1m",
    "CASSANDRA_CONF": "/hostile",
    "KRB5CCNAME": "/hostile",
}


class TestVariables:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_each_that_is_none_of_ours_stays_outside(self, checkout, name):
        seen = checkout.run(checkout.script(), variables={name: HOSTILE[name]})
        assert names(seen) <= ALWAYS | OWN
        assert seen["stderr"] == ""
        assert seen["code"] == 0

    def test_all_together(self, checkout):
        seen = checkout.run(checkout.script(), variables=HOSTILE | MEANT | {"for_downloads": "no"})
        assert names(seen) <= ALWAYS | OWN
        assert (seen["stderr"].count("\n"), seen["code"]) == (1, 0)

    @pytest.mark.parametrize("name", MEANT)
    def test_one_that_may_be_meant_is_named(self, checkout, name):
        seen = checkout.run(checkout.script(), variables={name: MEANT[name]})
        assert names(seen) <= ALWAYS | OWN
        assert seen["stderr"] == (
            f"Playlog's programs do not get {name} of this shell: PLAYLOG_PASS_ENV='{name}' passes them on.\n"
        )

    @pytest.mark.parametrize("passed_on", ["HADOOP_CONF_DIR KRB5CCNAME", "HADOOP_*,KRB5*", " KRB5CCNAME  , HADOOP_* "])
    def test_are_passed_on_by_name(self, checkout, passed_on):
        seen = checkout.run(checkout.script(), variables=MEANT | {"PLAYLOG_PASS_ENV": passed_on})
        assert names(seen) - ALWAYS - OWN == {"HADOOP_CONF_DIR", "KRB5CCNAME"}
        assert "HADOOP_CONF_DIR" not in seen["stderr"]
        assert "SPARK_HOME" in seen["stderr"]

    @pytest.mark.parametrize(
        "name",
        ["JAVA_HOME", "TERM", "KCAT_CONFIG", "PLAYLOG_KAFKA", "PLAYLOG_X", "LD_LIBRARY_PATH", "MALLOC_ARENA_MAX"],
    )
    def test_that_pass(self, checkout, name):
        value = {"JAVA_HOME": str(checkout.programs.parent), "LD_LIBRARY_PATH": ""}.get(name, "it's $x\n 1")
        assert checkout.run(checkout.script(), variables={name: value})["variables"][name] == value

    @pytest.mark.parametrize("name", ["PLAYLOG_CONFIG", "PLAYLOG_ENVIRONMENTS", "PLAYLOG_JOBS_JAR"])
    def test_in_a_path_of_ours_the_tilde_is_the_home_folder(self, checkout, name):
        """Nothing expands it in a crontab."""
        for value, expected in (("~/a ~b", "/home/somebody/a ~b"), ("~", "/home/somebody"), ("/x/~", "/x/~")):
            assert checkout.run(checkout.script(), variables={name: value})["variables"][name] == expected

    @pytest.mark.parametrize("value", ["~root/x", "$HOME/x", "${HOME}/x"])
    def test_what_only_a_shell_expands_is_refused(self, checkout, value):
        given = {"PATH": f"{checkout.programs}:/usr/bin:/bin", "PLAYLOG_CONFIG": value}
        done = subprocess.run([checkout.script()], env=given, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (
            2,
            f"PL-611: PLAYLOG_CONFIG: found {value}, expected a path; "
            "~ and ~/… are the home folder, else write it out\n",
        )

    def test_a_java_home_of_the_folder_is_found_from_any(self, checkout):
        seen = checkout.run(checkout.script(), variables={"JAVA_HOME": "jdk"}, cwd=checkout.programs.parents[1])
        assert seen["variables"]["JAVA_HOME"] == str(checkout.programs.parent)

    def test_none_at_all(self, checkout):
        """cron's."""
        seen = checkout.run("env", "-i", f"PATH={checkout.programs}:/usr/bin:/bin", checkout.script())
        assert (seen["stderr"], seen["code"]) == ("", 0)
        assert seen["variables"]["LC_ALL"] == "C.UTF-8"
        assert seen["variables"]["TZ"] == "UTC"
        assert seen["variables"]["HOME"] == os.path.expanduser("~" + seen["variables"]["USER"])

    @pytest.mark.parametrize("value", ["/nowhere", "/dev/null"])
    def test_a_folder_of_temporary_files_that_is_none(self, checkout, value):
        assert "TMPDIR" not in checkout.run(checkout.script(), variables={"TMPDIR": value})["variables"]

    def test_a_folder_of_temporary_files(self, checkout, tmp_path):
        seen = checkout.run(checkout.script(), variables={"TMPDIR": str(tmp_path)})
        assert seen["variables"]["TMPDIR"] == str(tmp_path)

    def test_for_downloads_reach_the_start_only(self, checkout):
        given = {
            "https_proxy": "http://x",
            "PIP_INDEX_URL": "http://y",
            "JAVA_TOOL_OPTIONS": "-Da=b",
            "MAVEN_ARGS": "-o",
        }
        assert names(checkout.run(checkout.script("status.sh"), variables=given)).isdisjoint(given)
        seen = checkout.run(checkout.script("start-all.sh"), variables=given)
        assert {name: seen["variables"].get(name) for name in given} == given
        assert set(seen["variables"]["PLAYLOG_DOWNLOADS"].split()) == set(given)
        assert seen["stderr"] == (
            "Only Maven gets JAVA_TOOL_OPTIONS of this shell: PLAYLOG_PASS_ENV=JAVA_TOOL_OPTIONS passes it on.\n"
        )

    def test_of_the_library_come_from_the_checkout_only(self, checkout):
        seen = checkout.run(checkout.script("status.sh"), variables={"PYTHONPATH": "/hostile"})
        paths = [str(Path(path).resolve()) for path in seen["variables"]["PYTHONPATH"].split(":")]
        assert paths == [f"{checkout.folder}/deploy/local", f"{checkout.folder}/deploy/airflow"]
        assert seen["arguments"] == ["-P", "-s", "-m", "playlog_local", "status"]

    def test_a_file_that_every_bash_reads_does_not_run(self, checkout, tmp_path):
        file = tmp_path / "hostile.sh"
        file.write_text("echo noise\ncd /\n")
        seen = checkout.run(checkout.script(), variables={"BASH_ENV": str(file)}, cwd=tmp_path)
        assert seen["folder"] == str(tmp_path)


class TestPlaces:
    @pytest.mark.parametrize("folder", FOLDERS)
    @pytest.mark.parametrize("script", ["run-producer.sh", "start-all.sh", "control.sh"])
    def test_a_checkout_of_any_name(self, tmp_path, folder, script):
        checkout = Checkout(tmp_path / folder, tmp_path / "jdk/bin")
        seen = checkout.run(checkout.script(script), "an argument", "", "*")
        assert seen["arguments"][-3:] == ["an argument", "", "*"]
        if script == "run-producer.sh":
            assert seen["arguments"][1:4] == [
                f"{tmp_path}/{folder}/producer/target/producer.jar",
                "--config",
                f"{tmp_path}/{folder}/conf/application.conf",
            ]

    @pytest.mark.parametrize("script", ["run-producer.sh", "status.sh"])
    @pytest.mark.parametrize("shell", [["bash"], ["sh"], ["bash", "-x"], ["bash", "-p"], ["bash", "--posix"]])
    def test_by_a_shell(self, checkout, shell, script):
        # A bash that was called without -p has them before the script's first line.
        hostile = {name: value for name, value in HOSTILE.items() if name != "BASH_FUNC_dirname%%"}
        assert checkout.run(*shell, checkout.script(script), "x", variables=hostile)["arguments"][-1] == "x"

    @pytest.mark.parametrize("kind", ["absolute", "relative", "chain", "folder", "hard name"])
    @pytest.mark.parametrize("script", ["run-producer.sh", "status.sh"])
    def test_through_a_link(self, checkout, tmp_path, kind, script):
        links = tmp_path / "my bin"
        links.mkdir()
        link = links / "playlog"
        if kind == "absolute":
            link.symlink_to(checkout.script(script))
        elif kind == "relative":
            link.symlink_to(os.path.relpath(checkout.script(script), links))
        elif kind == "chain":
            (links / "first").symlink_to(checkout.script(script))
            link.symlink_to("first")
        elif kind == "folder":
            (links / "checkout").symlink_to(checkout.folder)
            link = links / "checkout/scripts" / script
        else:
            link = links / "-n $x.sh"
            link.symlink_to(checkout.script(script))
        assert checkout.run(link, "x")["arguments"][-1] == "x"
        assert (
            checkout.run(
                link.name if kind == "absolute" else link,
                "x",
                variables={"PATH": f"{links}:{checkout.programs}:/usr/bin:/bin", "CDPATH": ".:/tmp"},
            )["arguments"][-1]
            == "x"
        )

    @pytest.mark.parametrize("way", ["scripts/{}", "./scripts/{}", "../a checkout/scripts/{}"])
    @pytest.mark.parametrize("script", ["run-producer.sh", "status.sh"])
    def test_by_a_relative_name(self, checkout, script, way):
        seen = checkout.run(way.format(script), "x", variables={"CDPATH": "."}, cwd=checkout.folder)
        assert seen["arguments"][-1] == "x"

    @pytest.mark.parametrize("script", ["run-producer.sh", "status.sh"])
    def test_from_a_folder_that_is_deleted(self, checkout, tmp_path, script):
        (tmp_path / "gone").mkdir()
        command = f"cd '{tmp_path}/gone' && rmdir '{tmp_path}/gone' && exec '{checkout.script(script)}'"
        assert checkout.run("bash", "-c", command)["folder"] == str(checkout.folder)

    @pytest.mark.parametrize("descriptors", ["0<&-", "0<&- 1>&- 2>&-", "1>&-", "</dev/null"])
    def test_with_nothing_to_read_or_write(self, checkout, descriptors):
        for given in ({}, HOSTILE):
            assert checkout.run("bash", "-pc", f"'{checkout.script()}' {descriptors}", variables=given)["code"] == 0


@pytest.mark.parametrize(("caller", "programs"), [("022", 0o022), ("077", 0o077), ("000", 0o022), ("777", 0o077)])
def test_files_are_this_users_to_write_and_nobody_elses(checkout, caller, programs):
    assert checkout.run("bash", "-c", f"umask {caller}; '{checkout.script()}'")["umask"] == programs


class TestJdk:
    @pytest.mark.parametrize("version", ["1.8.0_402", "11.0.24", "21.0.5", "25", "170"])
    @pytest.mark.parametrize("script", ["run-producer.sh", "watch-topic.sh"])
    def test_another_one_is_named(self, checkout, version, script):
        (checkout.programs.parent / "release").write_text(f'IMPLEMENTOR="x"\nJAVA_VERSION="{version}"\n')
        done = self.run(checkout, checkout.script(script))
        assert (done.returncode, done.stderr) == (
            2,
            f"PL-614: Found JDK {version} as {checkout.programs}/java, expected JDK 17: install it "
            "(apt-get install openjdk-17-jdk-headless) and set JAVA_HOME to it\n",
        )

    @pytest.mark.parametrize(("said", "code"), [("17.0.12", 0), ("21.0.5", 2), ("1.8.0_402", 2)])
    def test_that_has_no_file_with_its_version_is_asked(self, checkout, said, code):
        (checkout.programs.parent / "release").unlink()
        java = checkout.programs / "java"
        java.write_text(f'#!/bin/sh\n[ "$1" != -version ] || echo \'openjdk version "{said}" 2024-07-16\' >&2\n')
        assert self.run(checkout, checkout.script()).returncode == code

    @pytest.mark.parametrize("home", ["nowhere", "scripts"])
    def test_a_java_home_without_java(self, checkout, home):
        done = self.run(checkout, checkout.script(), JAVA_HOME=str(checkout.folder / home))
        assert done.returncode == 2
        assert done.stderr.startswith(
            f"PL-614: Found no program {checkout.folder}/{home}/bin/java (of JAVA_HOME), expected JDK 17: "
        )

    def run(self, checkout, script, **variables):
        given = {"PATH": f"{checkout.programs}:/usr/bin:/bin", "HOME": "/"} | variables
        return subprocess.run([script], env=given, capture_output=True, text=True, check=False)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root may become another user")
class TestNamelessUser:
    """As in a container: a number that /etc/passwd does not know, perhaps without a home."""

    @pytest.mark.parametrize("variables", [{}, {"USER": "somebody"}])
    def test_goes_by_its_number(self, checkout, tmp_path, variables):
        for path in [tmp_path, *tmp_path.rglob("*")]:
            path.chmod(0o777)
        reached = [path for path in tmp_path.parents if path != Path("/tmp") and path.is_relative_to("/tmp")]
        modes = {path: path.stat().st_mode for path in reached}
        try:
            for path in reached:
                path.chmod(0o755)
            seen = checkout.run("setpriv", "--reuid=12345", "--clear-groups", checkout.script(), variables=variables)
        finally:
            for path, mode in modes.items():
                path.chmod(mode)
        assert (seen["variables"]["USER"], seen["variables"]["LOGNAME"]) == ("12345", "12345")
        assert seen["arguments"][:2] == ["-Duser.home=/home/somebody", "-jar"]
        assert seen["stderr"] == ""
