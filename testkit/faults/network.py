"""A machine of its own for some members of a stack, and the cable to it, which can be pulled.

All is in a network namespace, and that machine in another one, so that nothing changes of the network that the trials
are started in, and no rights are needed but those to make namespaces. Loopback addresses are routed between the two:
each member keeps its own.
"""

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

from playlog_testkit.stack import Stack
from playlog_testkit.waiting import wait_until

ENTERED_VARIABLE = "FAULTS_NETWORK"
BRIDGE, PORT, INTERFACE = "playlog", "playlog-port", "eth0"


def enter(arguments: list[str]) -> str:
    """Runs the trials again with these arguments in a network of their own; what the machine says if it allows none.

    Returns an empty text where this has been done. That network has no way to other machines, so that what is not built
    cannot be.
    """
    if ENTERED_VARIABLE in os.environ:
        begin()
        return ""
    command = own(sys.executable, "-m", "faults", *arguments)
    if problem := refused():
        return problem
    os.environ[ENTERED_VARIABLE] = "entered"
    sys.stdout.flush()
    os.execvp(command[0], command)


def own(*command: str) -> list[str]:
    """The command line that runs a command in a network of its own."""
    # Of a user namespace, too, for one who is not root; the capability to change the network is passed on in it.
    user = [] if os.geteuid() == 0 else ["--map-current-user", "--keep-caps"]
    return ["unshare", "--net", *user, "--", *command]


def refused() -> str:
    """Why the machine allows no such network; empty if it does."""
    try:
        subprocess.run(own("ip", "link", "add", BRIDGE, "type", "bridge"), check=True, capture_output=True, text=True)
    except OSError as missing:
        return str(missing)
    except subprocess.CalledProcessError as failed:
        return failed.stderr.strip()
    return ""


def begin() -> None:
    """To be called first in a network of one's own."""
    _ip("link", "set", "lo", "up")


class Machine(NamedTuple):
    """`programs`: those of the stack that run on it. It is one switch away from all others."""

    programs: list[str]

    def pull_cable(self) -> None:
        """Nothing that is sent arrives, and nobody is told."""
        _ip("link", "set", PORT, "down")

    def plug_cable(self) -> None:
        _ip("link", "set", PORT, "up")


def move(stack: Stack, number: int) -> Machine:
    """Restarts what has the address of this member of each server on a machine of its own; the others stay together."""
    away, [*others] = stack.hosts[number - 1], [host for host in stack.hosts if host != stack.hosts[number - 1]]
    # The namespace can be entered as long as this program lives.
    holder = subprocess.Popen(["unshare", "--net", "sleep", "infinity"])
    stack.started.append(holder)
    entered = ["nsenter", "--target", str(holder.pid), "--net", "--"]
    here, there = os.readlink("/proc/self/ns/net"), Path(f"/proc/{holder.pid}/ns/net")
    wait_until(lambda: os.readlink(there) != here, "a network namespace")

    _ip("link", "add", BRIDGE, "type", "bridge")
    _ip("link", "add", PORT, "type", "veth", "peer", "name", INTERFACE, "netns", str(holder.pid))
    _ip("link", "set", PORT, "master", BRIDGE, "up")
    _ip("link", "set", BRIDGE, "up")
    _route([], [away], BRIDGE, others[0])
    _ip("link", "set", "lo", "up", within=entered)
    # It would take what comes from this address for its own.
    _ip("address", "delete", "127.0.0.1/8", "dev", "lo", within=entered)
    _ip("address", "add", f"{away}/8", "dev", "lo", within=entered)
    _ip("link", "set", INTERFACE, "up", within=entered)
    _route(entered, others, INTERFACE, away)

    programs = [f"kafka-{number}", f"cassandra-{number}", f"spark-worker-{number}"]
    for program in programs:
        stack.output("control.sh", "stop", program)
        script = stack.folder / f"supervisor/{program}.sh"
        *lines, last = script.read_text().splitlines()
        script.write_text("\n".join([*lines, last.replace("exec ", f"exec {' '.join(entered)} ", 1), ""]))
        stack.output("control.sh", "start", program)
    return Machine(programs)


def _route(within: list[str], to: list[str], interface: str, source: str) -> None:
    """In the table that is asked first, where a single address goes before the whole of 127.0.0.0/8."""
    allowed = "echo 1 >/proc/sys/net/ipv4/conf/all/route_localnet"
    subprocess.run([*within, "sh", "-c", allowed], check=True)
    for address in to:
        _ip("route", "add", "unicast", address, "dev", interface, "src", source, "table", "local", within=within)


def _ip(*arguments: str, within: list[str] | None = None) -> None:
    subprocess.run([*(within or []), "ip", *arguments], check=True)
