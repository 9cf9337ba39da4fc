import json
import os
import re
import shutil
import subprocess

import pytest
from playlog_local import build, layout, processes
from playlog_local.console import Failure, Step
from playlog_local.layout import Layout


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A checkout that is built."""
    root = tmp_path / "a checkout"
    monkeypatch.setattr(layout, "ROOT", root)
    monkeypatch.setattr(build, "ROOT", root)
    monkeypatch.setattr(build, "BUILT", root / "target/built")
    monkeypatch.setattr(build, "BUILDING", root / "target/building")
    for path in (
        "producer/target/producer.jar",
        "jobs/target/jobs.jar",
        "web/target/web.jar",
        "deploy/local/kafka/target/lib/kafka.jar",
        "deploy/local/cassandra/target/lib/cassandra.jar",
        "pom.xml",
        "schema/001.cql",
        *(f"{module}/pom.xml" for module in build.SOURCES),
        "jobs/src/main/java/Main.java",
        "jobs/src/test/java/MainTest.java",
        "target/built",
    ):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(path)
        os.utime(file, (1000, 1000))
    os.utime(root / "target/built", (1001, 1001))
    return root


class TestSettings:
    def test_are_read_by_java(self, checkout, fakes, tmp_path):
        settings = '{"local.dir": "/somewhere/var", "local.airflow-port": 8081, "local.secure": false}'
        fakes.add("java", f"echo '{settings}'")
        found = Layout(tmp_path / "application.conf")
        assert str(found.logs) == "/somewhere/var/log"
        assert found.airflow_url == "http://127.0.0.1:8081"
        jar = checkout / "producer/target/producer.jar"
        config = tmp_path / "application.conf"
        assert fakes.called() == [f"java [-jar] [{jar}] [settings] [--config] [{config}] [--json]"]

    def test_by_that_of_java_home(self, checkout, fakes, tmp_path, monkeypatch):
        fakes.add("java", "exit 1")
        fakes.add("java", "echo '{}'", folder=tmp_path / "jdk/bin")
        monkeypatch.setenv("JAVA_HOME", str(tmp_path / "jdk"))
        assert Layout(tmp_path / "application.conf").settings == {}

    def test_bad_ones_end_with_their_message_only(self, checkout, fakes, tmp_path):
        fakes.add("java", "printf 'PL-101: playlog.x: found 1, expected 2\\n' >&2; exit 2")
        with pytest.raises(Failure) as failure:
            _ = Layout(tmp_path / "application.conf").settings
        assert str(failure.value) == "PL-101: playlog.x: found 1, expected 2"

    def test_a_jvm_that_does_not_start_says_why_on_stdout(self, checkout, fakes, tmp_path):
        fakes.add("java", "echo 'Could not allocate compressed class space'; exit 1")
        with pytest.raises(Failure) as failure:
            _ = Layout(tmp_path / "application.conf").settings
        assert failure.value.line() == (
            "PL-101: The settings cannot be read: Could not allocate compressed class space"
        )

    def test_without_a_jar(self, checkout, fakes, tmp_path):
        (checkout / "producer/target/producer.jar").unlink()
        with pytest.raises(Failure) as failure:
            _ = Layout(tmp_path / "application.conf").settings
        assert str(failure.value) == (
            f"{checkout}/producer/target/producer.jar is missing: scripts/start-all.sh builds it"
        )

    def test_without_java(self, checkout, fakes, tmp_path):
        with pytest.raises(Failure) as failure:
            _ = Layout(tmp_path / "application.conf").settings
        assert str(failure.value).startswith("Found no program java, expected JDK 17: install it ")


class TestKeptSettings:
    @pytest.fixture
    def found(self, checkout, fakes, tmp_path):
        config = tmp_path / "a checkout/conf/application.conf"
        config.parent.mkdir()
        return Layout(config)

    def keep(self, folder, **fields):
        kept = folder / "supervisor/settings.json"
        kept.parent.mkdir(parents=True)
        kept.write_text(json.dumps({"local.dir": str(folder)} | fields))

    def clean(self, checkout):
        (checkout / "producer/target/producer.jar").unlink()

    def test_are_used_after_mvn_clean(self, found, checkout, capsys):
        self.keep(checkout / "var", port=1)
        self.clean(checkout)
        found.use_kept_settings()
        assert (found.dir, found.settings["port"]) == (checkout / "var", 1)
        assert capsys.readouterr().err == (
            f"{checkout}/producer/target/producer.jar is missing: scripts/start-all.sh builds it\n"
            f"The settings of the stack in {checkout}/var are those of its start.\n"
        )

    @pytest.mark.parametrize("folder", ["/tmp_path/its own", "../../its own", "~/its own"])
    def test_are_used_with_a_broken_configuration(self, found, fakes, tmp_path, monkeypatch, folder):
        self.keep(tmp_path / "its own")
        fakes.add("java", "echo 'playlog.x: found 1, expected 2' >&2; exit 2")
        monkeypatch.setenv("HOME", str(tmp_path))
        monkeypatch.setenv("PLAYLOG_LOCAL_DIR", folder.replace("/tmp_path", str(tmp_path)))
        found.use_kept_settings()
        assert found.dir == tmp_path / "its own"

    def test_are_not_where_the_configuration_can_be_read(self, found, checkout, fakes, capsys):
        self.keep(checkout / "var")
        fakes.add("java", """echo '{"local.dir": "/somewhere/var"}'""")
        found.use_kept_settings()
        assert str(found.dir) == "/somewhere/var"
        assert capsys.readouterr().err == ""

    def test_must_be_of_the_folder(self, found, checkout):
        self.clean(checkout)
        with pytest.raises(Failure, match="is missing"):
            found.use_kept_settings()
        self.keep(checkout / "var", **{"local.dir": "/somewhere/else"})
        with pytest.raises(Failure, match="is missing"):
            found.use_kept_settings()


def test_spark_is_ones_own_or_the_installed_one(layout, tmp_path):
    layout.environments = tmp_path / "environments"
    installed = layout.environments / "spark/lib/python3.13/site-packages/pyspark"
    installed.mkdir(parents=True)
    assert layout.spark_home == installed
    layout.settings["spark.home"] = "/opt/spark"
    assert str(layout.spark_home) == "/opt/spark"


class TestInstall:
    @pytest.fixture
    def built(self, checkout, tmp_path):
        built = Layout(tmp_path / "application.conf")
        built.settings = {
            "local.dir": str(tmp_path / "var"),
            "local.kafka-bundled": True,
            "local.cassandra-bundled": False,
        }
        return built

    def test_copies_what_is_needed(self, built):
        built.install()
        files = {str(path.relative_to(built.app)) for path in built.app.rglob("*") if path.is_file()}
        assert files == {"producer.jar", "jobs.jar", "web.jar", "kafka/kafka.jar"}

    def test_leaves_equal_files_alone(self, built):
        built.install()
        before = (built.app / "jobs.jar").stat()
        built.install()
        after = (built.app / "jobs.jar").stat()
        assert (before.st_ino, before.st_ctime_ns) == (after.st_ino, after.st_ctime_ns)

    def test_a_program_that_runs_keeps_the_old_file(self, built):
        built.install()
        with (built.app / "jobs.jar").open() as running:
            built.built_jobs_jar.write_text("newer")
            built.install()
            assert (built.app / "jobs.jar").read_text() == "newer"
            assert running.read() == "jobs/target/jobs.jar"
        assert list(built.app.glob("*.new")) == []

    def test_removes_libraries_of_an_earlier_release(self, built):
        built.install()
        source = built.built_libraries["kafka"]
        (source / "kafka.jar").rename(source / "kafka-4.jar")
        built.install()
        assert [path.name for path in (built.app / "kafka").iterdir()] == ["kafka-4.jar"]


class TestJars:
    @pytest.fixture
    def jars(self, checkout, fakes, tmp_path, capsys):
        fakes.add("mvn", "echo 'building'")

        def _jars():
            running = Step("Jars")
            build.jars(running, Layout(tmp_path / "application.conf"))
            return fakes.called()

        return _jars

    def test_up_to_date(self, jars):
        assert jars() == []

    @pytest.mark.parametrize("path", ["pom.xml", "schema/001.cql", "jobs/pom.xml", "jobs/src/main/java/Main.java"])
    def test_a_newer_source_is_built_once(self, checkout, jars, path):
        os.utime(checkout / path, (2000, 2000))
        assert jars() == ["mvn [-B] [-T1C] [-DskipTests] [-Dspotless.check.skip] [package]"]
        assert len(jars()) == 1
        assert (checkout / "target/build.log").read_text() == "building\n"

    def test_a_newer_test_is_no_reason(self, checkout, jars):
        os.utime(checkout / "jobs/src/test/java/MainTest.java", (2000, 2000))
        assert jars() == []

    @pytest.mark.parametrize("path", ["producer/target/producer.jar", "deploy/local/kafka/target/lib", "target/built"])
    def test_what_is_missing_is_built(self, checkout, jars, path):
        missing = checkout / path
        shutil.rmtree(missing) if missing.is_dir() else missing.unlink()
        assert len(jars()) == 1

    def test_a_build_says_at_which_module_it_is(self, tmp_path):
        log = tmp_path / "build.log"
        log.write_text("[INFO] Scanning for projects...\n")
        assert build._of_modules(log) == "mvn package"
        with log.open("a") as more:
            more.write("[INFO] Building Playlog 0.1.0  [1/8]\n[INFO] Building Playlog common: x  [2/8]\n[INFO] [4] x\n")
        assert build._of_modules(log) == "mvn package, module 2 of 8"

    def test_a_source_that_changes_during_the_build_is_built_again(self, checkout, fakes, jars):
        fakes.real("touch")
        fakes.add("mvn", "touch pom.xml")
        os.utime(checkout / "pom.xml", (2000, 2000))
        assert len(jars()) == 1
        assert len(jars()) == 2

    def test_a_failed_build(self, checkout, fakes, jars):
        lines = ["[INFO] a", *(f"[ERROR] {number}" for number in range(9))]
        fakes.add("mvn", f"printf '%s\\n' {' '.join(repr(line) for line in lines)}; exit 1")
        os.utime(checkout / "pom.xml", (2000, 2000))
        with pytest.raises(Failure) as failure:
            jars()
        assert str(failure.value) == (
            "The build failed:\n[ERROR] 0\n[ERROR] 1\n[ERROR] 2\n[ERROR] 3\n[ERROR] 4\n"
            f"The whole log is in {checkout}/target/build.log"
        )
        with pytest.raises(Failure):
            jars()


class TestEnvironment:
    @pytest.fixture
    def make(self, fakes, layout, tmp_path, monkeypatch, capsys):
        lock, more = tmp_path / "tools.lock", tmp_path / "more.lock"
        lock.write_text("cqlsh==6.2.2\n")
        more.write_text("pytest==9.2.0\n")
        layout.environments = tmp_path / "environments"
        python = fakes.add("python3", '[ "$2" = venv ] || exit 0; mkdir -p "$3/bin"; cp "$0" "$3/bin/python"')
        fakes.real("mkdir", "cp")
        monkeypatch.setattr(build, "ROOT", tmp_path)
        monkeypatch.setattr(build, "REQUIREMENTS", {"tools": lock, "spark": lock})
        monkeypatch.setattr(build, "ADDITIONS", {"tools-test": ("tools", more)})
        monkeypatch.setattr(build.sys, "executable", str(python))

        def _make(*names):
            build.environments(layout, list(names or ["tools"]))
            return re.findall(r"    (.*) \(\d", capsys.readouterr().out)

        _make.lock, _make.more = lock, more
        return _make

    def test_is_made_once_for_a_lock(self, make, fakes, layout):
        make()
        folder = layout.environment("tools")
        assert fakes.called() == [
            f"python3 [-m] [venv] [{folder}]",
            "python3 [-m] [pip] [config] [list]",
            "python3 [-m] [pip] [install] [--quiet] [--disable-pip-version-check] [--no-deps] [--require-hashes] "
            f"[-r] [{make.lock}]",
        ]
        assert make() == ["up to date"]
        assert len(fakes.called()) == 3
        make.lock.write_text("cqlsh==6.3.0\n")
        assert make() == ["done"]
        assert len(fakes.called()) == 6

    def test_what_is_added_leaves_the_rest_alone(self, make, fakes, layout):
        assert make("tools-test") == ["done", "done"]
        assert fakes.called()[4].endswith(f"[--no-deps] [--require-hashes] [-r] [{make.more}]")
        assert make("tools-test") == ["up to date", "up to date"]
        assert make() == ["up to date"]
        make.more.write_text("pytest==9.3.0\n")
        assert make("tools-test") == ["up to date", "done"]
        assert len(fakes.called()) == 7

    def test_made_again_it_lacks_what_was_added(self, make, fakes):
        make("tools-test")
        make.lock.write_text("cqlsh==6.3.0\n")
        make()
        assert make("tools-test") == ["up to date", "done"]

    def test_two_are_made_at_once(self, make, fakes, layout):
        """Each of them is not done before the other one has begun."""
        both = " && ".join(f"[ -d '{layout.environment(name)}/bin' ]" for name in ("tools", "spark"))
        begin = '[ "$2" != venv ] || { mkdir -p "$3/bin"; cp "$0" "$3/bin/python"; exit; }'
        fakes.add("python3", f'{begin}\n[ "$3" != install ] || until {both}; do :; done')
        assert make("tools", "spark") == ["done", "done"]
        assert make("spark", "tools") == ["up to date", "up to date"]

    def test_that_is_in_use_is_not_made_again(self, make, fakes, layout, until):
        make()
        program = layout.environment("tools") / "bin/supervisord"
        program.symlink_to(shutil.which("sleep", path="/usr/bin:/bin"))
        with subprocess.Popen([str(program), "1000"]) as process:
            until(lambda: processes.using(layout.environment("tools")))
            assert make() == ["up to date"]
            make.lock.write_text("cqlsh==6.3.0\n")
            with pytest.raises(Failure) as failure:
                make()
            process.kill()
        folder = layout.environment("tools")
        assert str(failure.value) == (
            f"{folder} has to be made again, and is in use ({process.pid} sleep): scripts/stop-all.sh first."
        )
        assert program.exists()
        assert make() == ["done"]

    def test_that_is_being_made_says_how_many_packages_are_there(self, tmp_path):
        lock = tmp_path / "x.lock"
        lock.write_text("# not==counted\none==1 \\\n    --hash=sha256:0==\ntwo==2\nthree[extra]==3\n")
        for package in ("one", "two"):
            (tmp_path / f"lib/python3.13/site-packages/{package}-1.dist-info").mkdir(parents=True)
        assert build._of_packages(tmp_path, lock) == "pip, 2 of 3 packages installed"

    def test_that_was_half_made_is_made_again(self, make, fakes, layout):
        fakes.add(
            "python3",
            '[ "$2" = venv ] || { echo no route to host >&2; exit 1; }; mkdir -p "$3/bin"; cp "$0" "$3/bin/python"',
        )
        with pytest.raises(Failure, match=r"failed:\nno route to host$"):
            make()
        with pytest.raises(Failure):
            make()


def test_only_the_environments_that_are_needed(layout):
    assert build.needed(layout, with_airflow=True) == ["tools", "spark", "airflow"]
    layout.settings["spark.home"] = "/opt/spark"
    assert build.needed(layout, with_airflow=False) == ["tools"]


@pytest.mark.parametrize("name", build.ADDITIONS)
def test_what_is_added_replaces_nothing(name):
    def versions(lock):
        return dict(re.findall(r"^([\w.-]+)==([\w.]+)", lock.read_text(), re.MULTILINE))

    added_to, more = build.ADDITIONS[name]
    there, added = versions(build.REQUIREMENTS[added_to]), versions(more)
    assert "pytest" in added
    assert there | added == added | there


def test_scripts_run_the_installed_jars(layout, tmp_path):
    layout.environments = tmp_path / "environments"
    assert json.loads(json.dumps(layout.job_variables())) == {
        "PLAYLOG_CONFIG": str(tmp_path / "application.conf"),
        "PLAYLOG_PRODUCER_JAR": str(tmp_path / "var/app/producer.jar"),
        "PLAYLOG_JOBS_JAR": str(tmp_path / "var/app/jobs.jar"),
        "PLAYLOG_WEB_JAR": str(tmp_path / "var/app/web.jar"),
        "PLAYLOG_ENVIRONMENTS": str(tmp_path / "environments"),
    }
