"""A machine of its own for some members of a stack, and the cable to it, which can be pulled.

All is in a network namespace, and that machine in another one, so that nothing changes of the network that the trials
are started in, and no rights are needed but those to make namespaces. Loopback addresses are routed between the two:
each member keeps its own.
"""

import os
import subprocess
import sys
from pathlib import Path

from playlog_testkit.stack import Stack
from playlog_testkit.waiting import wait_until

ENTERED_VARIABLE = "FAULTS_NETWORK"
BRIDGE, PORT, INTERFACE = "playlog", "playlog-port", "eth0"
HERE, THERE = "02:00:00:00:00:01", "02:00:00:00:00:02"
"""Hardware addresses of the bridge and of the interface."""
ALLOW_LOOPBACK = "echo 1 >/proc/sys/net/ipv4/conf/all/route_localnet"
"""Lets loopback addresses be routed."""


def enter(arguments: list[str]) -> str:
    """Runs the trials again with these arguments in a network of their own; what the machine says if it allows none.

    Returns an empty text where this has been done. That network has no way to other machines, so that what is not built
    cannot be.
    """
    if ENTERED_VARIABLE in os.environ:
        bring_up_loopback()
        return ""
    command = in_own_network(sys.executable, "-m", "faults", *arguments)
    if why := problem():
        return why
    os.environ[ENTERED_VARIABLE] = "entered"
    sys.stdout.flush()
    os.execvp(command[0], command)


def in_own_network(*command: str) -> list[str]:
    """The command line that runs a command in a network namespace of its own."""
    # Of a user namespace, too, for one who is not root; the capability to change the network is passed on in it.
    user = [] if os.geteuid() == 0 else ["--map-current-user", "--keep-caps"]
    return ["unshare", "--net", *user, "--", *command]


def problem() -> str:
    """Why the machine does not allow what is needed for it; empty if it does."""
    needed = (
        f"ip link add {BRIDGE} type bridge && ip link add {PORT} type veth peer name {INTERFACE} && "
        f"{ALLOW_LOOPBACK} && unshare --net true && nsenter --net=/proc/self/ns/net true"
    )
    try:
        subprocess.run(in_own_network("sh", "-c", needed), check=True, capture_output=True, text=True)
    except OSError as missing:
        return str(missing)
    except subprocess.CalledProcessError as failed:
        return failed.stderr.strip()
    return ""


def bring_up_loopback() -> None:
    """To be called first in a network of one's own."""
    _ip("link", "set", "lo", "up")


class Machine:
    """One switch away from all others."""

    def pull_cable(self) -> None:
        """Nothing that is sent arrives, and nobody is told."""
        _ip("link", "set", PORT, "down")

    def plug_cable(self) -> None:
        _ip("link", "set", PORT, "up")


def move(stack: Stack, number: int) -> Machine:
    """Restarts this member of each server, and the worker of this number, in a network namespace of their own."""
    away = stack.hosts[number - 1]
    others = [host for host in stack.hosts if host != away]
    # The namespace can be entered as long as this process lives.
    holder = subprocess.Popen(["unshare", "--net", "sleep", "infinity"])
    stack.started.append(holder)
    entered = ["nsenter", "--target", str(holder.pid), "--net", "--"]
    here, there = os.readlink("/proc/self/ns/net"), Path(f"/proc/{holder.pid}/ns/net")
    wait_until(lambda: os.readlink(there) != here, "a network namespace")

    _ip("link", "add", BRIDGE, "address", HERE, "type", "bridge")
    peer = ["peer", "name", INTERFACE, "address", THERE, "netns", str(holder.pid)]
    _ip("link", "add", PORT, "type", "veth", *peer)
    _ip("link", "set", PORT, "master", BRIDGE, "up")
    _ip("link", "set", BRIDGE, "up")
    _route([], [away], BRIDGE, others[0], THERE)
    _ip("link", "set", "lo", "up", within=entered)
    # It would take what comes from this address for its own.
    _ip("address", "delete", "127.0.0.1/8", "dev", "lo", within=entered)
    _ip("address", "add", f"{away}/8", "dev", "lo", within=entered)
    _ip("link", "set", INTERFACE, "up", within=entered)
    _route(entered, others, INTERFACE, away, HERE)

    for program in (f"kafka-{number}", f"cassandra-{number}", f"spark-worker-{number}"):
        stack.output("control.sh", "stop", program)
        script = stack.folder / f"supervisor/{program}.sh"
        *lines, last = script.read_text().splitlines()
        if not last.startswith("exec "):
            raise RuntimeError(f"{script}: expected a program to be started in the last line, found {last}")
        script.write_text("\n".join([*lines, f"exec {' '.join(entered)} {last.removeprefix('exec ')}", ""]))
        stack.output("control.sh", "start", program)
    return Machine()


def _route(within: list[str], to: list[str], interface: str, source: str, neighbour: str) -> None:
    """In the table that is asked first, where a single address goes before the whole of 127.0.0.0/8."""
    subprocess.run([*within, "sh", "-c", ALLOW_LOOPBACK], check=True)
    for address in to:
        # Known for good: who has to ask for it would be told, without a cable, that there is no route.
        _ip("neighbour", "add", address, "lladdr", neighbour, "dev", interface, "nud", "permanent", within=within)
        _ip("route", "add", "unicast", address, "dev", interface, "src", source, "table", "local", within=within)


def _ip(*arguments: str, within: list[str] | None = None) -> None:
    subprocess.run([*(within or []), "ip", *arguments], check=True)
