"""Where things are: what is built, what is installed, and the resolved settings."""

import json
import os
import shutil
import subprocess
from functools import cached_property
from pathlib import Path

from . import files, jdk
from .console import Code, Failure, warn

ROOT = Path(__file__).resolve().parents[3]


class Layout:
    """Paths and settings of one stack. Settings are read by Java, once the producer's jar is built."""

    def __init__(self, config: Path) -> None:
        self.config = config.resolve()
        self.environments = Path(os.environ.get("PLAYLOG_ENVIRONMENTS") or ROOT / ".envs").absolute()
        self.built_producer_jar = ROOT / "producer/target/producer.jar"
        self.built_jobs_jar = ROOT / "jobs/target/jobs.jar"
        self.built_web_jar = ROOT / "web/target/web.jar"
        self.built_libraries = {name: ROOT / f"deploy/local/{name}/target/lib" for name in ("kafka", "cassandra")}

    @cached_property
    def settings(self) -> dict:
        return json.loads(self._settings("--json"))

    @cached_property
    def job_conf(self) -> dict[str, str]:
        """Spark properties of the short jobs, secrets too."""
        lines = self._settings("--spark-conf", "job").splitlines()
        return dict(line.split("=", 1) for line in lines)

    def _settings(self, *arguments: str) -> str:
        command = self.java(self.built_producer_jar, "settings", *arguments)
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode != 0:
            raise unreadable(done)
        return done.stdout

    def java(self, jar: Path, command: str, *arguments: str, options: tuple[str, ...] = ()) -> list[str]:
        """The command line of a command of a jar that is built; `options` are the JVM's."""
        if not jar.exists():
            raise Failure(Code.NOT_BUILT, f"{jar} is missing: scripts/start-all.sh builds it")
        wrong = jdk.problem()
        if wrong:
            raise Failure(Code.WRONG_JDK, wrong)
        return [jdk.java(), *options, "-jar", str(jar), command, "--config", str(self.config), *arguments]

    def use_kept_settings(self) -> None:
        """For what has to work after `mvn clean` or with a broken configuration, too.

        Settings that cannot be read are what they were when the stack was started.
        """
        try:
            _ = self.settings
        except Failure as failure:
            folder = self.likely_dir
            kept = kept_settings(folder)
            settings = files.read_json(kept) if kept.exists() else {}
            if settings.get("local.dir") != str(folder):
                raise
            warn(f"{failure}\nThe settings of the stack in {folder} are those of its start.")
            self.settings = settings

    @property
    def likely_dir(self) -> Path:
        """The stack's folder while the settings cannot be read: PLAYLOG_LOCAL_DIR or, without that, the default."""
        named = os.path.expanduser(os.environ.get("PLAYLOG_LOCAL_DIR", "../var"))
        return Path(os.path.normpath(self.config.parent / named))

    @property
    def dir(self) -> Path:
        return Path(self.settings["local.dir"])

    @property
    def app(self) -> Path:
        """Copies of the jars that the stack runs from, so that a build does not pull them from under it."""
        return self.dir / "app"

    @property
    def logs(self) -> Path:
        return self.dir / "log"

    @property
    def airflow_home(self) -> Path:
        return self.dir / "airflow"

    @property
    def security(self) -> Path | None:
        """Certificates and logins, if the servers are secured by them."""
        # An earlier version kept settings without these.
        folder = self.settings.get("security.used-folder")
        return Path(folder) if folder else None

    @property
    def airflow_url(self) -> str:
        scheme = "https" if self.settings.get("local.secure") else "http"
        return f"{scheme}://127.0.0.1:{self.settings['local.airflow-port']}"

    @property
    def web_url(self) -> str:
        host = self.settings["web.host"]
        return f"http://{f'[{host}]' if ':' in host else host}:{self.settings['web.port']}"

    @property
    def spark_home(self) -> Path:
        configured = self.settings["spark.home"]
        if configured:
            return Path(configured)
        return next(self.environments.glob("spark/lib/python3*/site-packages/pyspark"), self.environments / "spark")

    def environment(self, name: str) -> Path:
        return self.environments / name

    def program(self, environment: str, name: str) -> list[str]:
        """The begin of its command line. By its Python: the first line of a program cannot name one in any folder."""
        programs = self.environment(environment) / "bin"
        return [str(programs / "python"), str(programs / name)]

    def cqlsh(self) -> list[str]:
        """One that checks certificates; with the login that there is for people, if there is one."""
        python, program = self.tool("cqlsh")
        command = [python, str(ROOT / "deploy/local/checked_cqlsh.py"), program]
        if self.security and (self.security / "cqlshrc").exists():
            command += ["--cqlshrc", str(self.security / "cqlshrc")]
        return command

    def tool(self, name: str) -> list[str]:
        return self.program("tools", name)

    def job_variables(self) -> dict[str, str]:
        """For scripts/*.sh: the installed jars instead of the built ones."""
        return {
            "PLAYLOG_CONFIG": str(self.config),
            "PLAYLOG_PRODUCER_JAR": str(self.app / "producer.jar"),
            "PLAYLOG_JOBS_JAR": str(self.app / "jobs.jar"),
            "PLAYLOG_WEB_JAR": str(self.app / "web.jar"),
            "PLAYLOG_ENVIRONMENTS": str(self.environments),
        }

    def install(self) -> None:
        self.app.mkdir(parents=True, exist_ok=True)
        _install(self.built_producer_jar, self.app / "producer.jar")
        _install(self.built_jobs_jar, self.app / "jobs.jar")
        _install(self.built_web_jar, self.app / "web.jar")
        for name, source in self.built_libraries.items():
            if self.settings[f"local.{name}-bundled"]:
                target = self.app / name
                target.mkdir(exist_ok=True)
                names = {jar.name for jar in source.glob("*.jar")}
                for jar in names:
                    _install(source / jar, target / jar)
                for old in target.iterdir():
                    if old.name not in names:
                        old.unlink()


def kept_settings(folder: Path) -> Path:
    """What the stack in a folder was started with; missing if none was."""
    return folder / "supervisor/settings.json"


def unreadable(done: subprocess.CompletedProcess) -> Failure:
    """Of settings, by what the java that should have read them has said."""
    words = jdk.words(done)
    return Failure(Code.BAD_SETTINGS, words if "PL-" in words else f"The settings cannot be read: {words}")


def _install(source: Path, target: Path) -> None:
    """Replaces the file as a whole: a process that has the old one open keeps it."""
    found = source.stat()
    if target.exists() and (target.stat().st_mtime, target.stat().st_size) == (found.st_mtime, found.st_size):
        return
    new = target.with_name(target.name + ".new")
    shutil.copy2(source, new)
    new.replace(target)
