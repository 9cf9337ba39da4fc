import pytest
from playlog_local import memory

GIB = 1024**3
UNLIMITED = "9223372036854771712"
V2 = "41 31 0:38 {root} {mounted} rw,nosuid - cgroup2 cgroup2 rw,nsdelegate"
V1 = "35 31 0:32 {root} {mounted} rw - cgroup cgroup rw,memory"
CPU = "32 31 0:29 / /somewhere rw - cgroup cgroup rw,cpu"


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with 8 GiB available, whose control groups are mounted in a folder with a blank."""
    monkeypatch.setattr(memory, "PROC", tmp_path / "proc")
    (tmp_path / "proc/self").mkdir(parents=True)
    available = f"MemFree: 1 kB\nMemAvailable: {8 * 1024**2} kB\n"
    (tmp_path / "proc/meminfo").write_text(f"MemTotal: 16000000 kB\n{available}")
    top = tmp_path / "c groups"

    def _machine(mount, cgroup, groups, root="/"):
        mounted = str(top).replace(" ", "\\040")
        (tmp_path / "proc/self/mountinfo").write_text(f"{CPU}\n{mount.format(root=root, mounted=mounted)}\n")
        (tmp_path / "proc/self/cgroup").write_text(cgroup)
        for group, files in groups.items():
            (top / group).mkdir(parents=True, exist_ok=True)
            for name, value in files.items():
                (top / group / name).write_text(f"{value}\n")
        return memory.room()

    _machine.top = top
    return _machine


def v2(limit, used, inactive=0, high="max"):
    stat = f"active_file 9\ninactive_file {inactive}\n"
    return {"memory.max": limit, "memory.high": high, "memory.current": used, "memory.stat": stat}


def v1(limit, used, inactive=0):
    stat = f"inactive_file 7\ntotal_inactive_file {inactive}\n"
    return {"memory.limit_in_bytes": limit, "memory.usage_in_bytes": used, "memory.stat": stat}


@pytest.mark.parametrize(
    ("mount", "cgroup", "groups", "root", "available"),
    [
        pytest.param(V2, "0::/\n", {}, "/", 8, id="no control groups with a limit"),
        pytest.param(V2, "0::/a\n", {"a": v2("max", 5)}, "/", 8, id="v2, no limit"),
        pytest.param(V2, "0::/a\n", {"a": v2(3 * GIB, GIB)}, "/", 2, id="v2"),
        pytest.param(V2, "0::/a\n", {"a": v2(3 * GIB, 2 * GIB, inactive=GIB)}, "/", 2, id="v2, cached files are freed"),
        pytest.param(V2, "0::/a\n", {"a": v2("max", GIB, high=4 * GIB)}, "/", 3, id="v2, throttled above high"),
        pytest.param(V2, "0::/a/b/c\n", {"a": v2(3 * GIB, 0), "a/b/c": v2("max", 0)}, "/", 3, id="v2, of a parent"),
        pytest.param(V2, "0::/a/b\n", {"a": v2(3 * GIB, 0), "a/b": v2(2 * GIB, 0)}, "/", 2, id="v2, the smaller"),
        pytest.param(V2, "0::/\n", {".": v2(GIB, 0)}, "/", 1, id="v2, namespace of a container"),
        pytest.param(V2, "0::/host/x\n", {".": v2(GIB, 0)}, "/host/x", 1, id="v2, mounted from the host's path"),
        pytest.param(V2, "0::/../../x\n", {".": v2(GIB, 0)}, "/", 1, id="v2, outside of the namespace"),
        pytest.param(V2, "0::/a\n", {"a": v2(GIB, 2 * GIB)}, "/", 0, id="v2, over its limit"),
        pytest.param(V1, "4:memory:/a\n0::/\n", {"a": v1(3 * GIB, GIB)}, "/", 2, id="v1"),
        pytest.param(V1, "4:cpu,memory:/a\n", {"a": v1(3 * GIB, 3 * GIB, GIB)}, "/", 1, id="v1, cached files"),
        pytest.param(V1, "4:memory:/a\n", {"a": v1(UNLIMITED, GIB)}, "/", 8, id="v1, no limit"),
        pytest.param(V1, "4:memory:/docker/x\n", {".": v1(GIB, 0)}, "/docker/x", 1, id="v1, in a container"),
        pytest.param(V1, "4:memory:/docker/x\n", {".": v1(GIB, 0)}, "/docker/y", 1, id="v1, of another mount"),
    ],
)
def test_available(machine, mount, cgroup, groups, root, available):
    assert machine(mount, cgroup, groups, root).available == available * GIB


@pytest.mark.parametrize(
    ("cgroup", "groups", "available"),
    [
        ("0::/a\n", {"a": {"pids.max": "max", "pids.current": 7}}, None),
        ("0::/a\n", {"a": {"pids.max": 512, "pids.current": 12}}, 500),
        ("0::/a/b\n", {"a": {"pids.max": 99, "pids.current": 100}, "a/b": {"pids.max": 512, "pids.current": 1}}, 0),
        ("0::/a\n", {}, None),
    ],
)
def test_processes(machine, cgroup, groups, available):
    machine(V2, cgroup, groups)
    found = memory.processes()
    assert (found and found.available) == available


def test_processes_of_version_1(machine):
    mount = V1.replace("rw,memory", "rw,pids")
    machine(mount, "9:pids:/docker/x\n", {".": {"pids.max": 100, "pids.current": 1}}, root="/docker/x")
    assert memory.processes() == (99, f"the control group {machine.top} (100 in all)")


def test_the_group_is_named(machine):
    found = machine(V2, "0::/user.slice/x\n", {"user.slice/x": v2(3 * GIB, 0)})
    assert found.place == f"the control group {machine.top}/user.slice/x (3.0 GiB in all)"
    assert machine(V2, "0::/\n", {}).place == "this machine"


def test_of_this_machine():
    assert memory.room().available > 0
