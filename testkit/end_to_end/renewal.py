"""Renews what docs/cluster.md says can be renewed while listens flow, by its commands word by word."""

import random
import subprocess
from collections.abc import Callable

from faults.live import LiveTrial
from playlog_local.security import HOSTS
from playlog_testkit import logins
from playlog_testkit.stack import ROOT, Stack, last_full_hour
from playlog_testkit.waiting import wait_until

RATE = 1000
NEW = "of-the-administrator-as-it-is-from-now-on"
ROLES = ("stream", "producer", logins.READER)


class Renewal:
    """Of a stack that is secured and runs. What others must not see is in `old`, by role, afterwards too."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.old = {role: logins.password(stack.security, role) for role in ROLES}

    def while_listens_flow(self) -> LiveTrial:
        """They are those of the trial only."""
        self.stack.output("control.sh", "stop", "producer")
        trial = LiveTrial(self.stack, 0, last_full_hour(), RATE, random.Random(RATE))
        with trial.progress.watched():
            producer = trial.begin_to_send()
            self.renew_certificate("kafka", trial.wait_for_kafka)
            self.renew_certificate("cassandra", trial.wait_for_nodes)
            self.renew_passwords()
            trial.stop_producer(producer)
        self.stack.output("control.sh", "start", "producer")
        return trial

    def renew_certificate(self, server: str, wait_until_it_is_back: Callable[[], object]) -> None:
        before = self.shown(server)
        script = ROOT / "deploy/security/make-certificates.sh"
        command = [str(script), str(self.stack.security), server, HOSTS]
        subprocess.run(command, env=self.stack.variables, check=True)
        self.stack.output("control.sh", "restart", server)
        wait_until_it_is_back()
        shown = self.shown(server)
        assert shown != before
        assert shown == logins.made_certificate(self.stack.security, server)

    def shown(self, server: str) -> str:
        port = int(self.stack.variables[f"PLAYLOG_{server.upper()}_PORT"])
        return logins.shown_certificate(self.stack.hosts[0], port, self.stack.security)

    def renew_passwords(self) -> None:
        """The stream is restarted; the producer is connected, and stays so."""
        for role in ROLES:
            (self.stack.security / f"{role}.password").unlink()
        self.stack.output("run-web.sh", "grant")
        self.stack.output("control.sh", "restart", "stream")

    def renew_administrator(self) -> None:
        """Kafka's by its own tool, for whom the old one is good; then Cassandra's by a restart."""
        folder = self.stack.folder.parent
        files = {
            "admin.properties": self._login_of_the_administrator(),
            "new.properties": f"SCRAM-SHA-512=password={NEW}",
        }
        for name, text in files.items():
            (folder / name).touch(mode=0o600)
            (folder / name).write_text(text, encoding="utf-8")
        tool = ["java", "-cp", f"{self.stack.folder}/app/kafka/*", "kafka.admin.ConfigCommand"]
        login = ["--bootstrap-server", self.stack.kafka, "--command-config", str(folder / "admin.properties")]
        what = ["--alter", "--entity-type", "users", "--entity-name", "playlog_admin"]
        new = ["--add-config-file", str(folder / "new.properties")]
        subprocess.run([*tool, *login, *what, *new], check=True)
        (self.stack.security / "admin.password").write_text(f"{NEW}\n", encoding="utf-8")
        self.stack.output("control.sh", "restart", "cassandra")
        wait_until(
            lambda: self.stack.completed("run-web.sh", "grant").returncode == 0, "both to let the administrator in"
        )

    def _login_of_the_administrator(self) -> str:
        module = "org.apache.kafka.common.security.scram.ScramLoginModule"
        secret = logins.password(self.stack.security, "admin")
        return f"""\
security.protocol=SASL_SSL
sasl.mechanism=SCRAM-SHA-512
sasl.jaas.config={module} required username="playlog_admin" password="{secret}";
ssl.truststore.type=PEM
ssl.truststore.location={self.stack.security}/ca.pem
"""

    def lets_in(self, passwords: dict[str, str]) -> dict[str, tuple[bool, bool]]:
        """Whether Kafka and Cassandra let in each role with this password."""
        security, port = self.stack.security, int(self.stack.variables["PLAYLOG_CASSANDRA_PORT"])
        return {
            role: (
                logins.kafka_lets_in(self.stack.kafka, security, role, secret),
                logins.cassandra_lets_in(self.stack.hosts, port, security, role, secret),
            )
            for role, secret in passwords.items()
        }
