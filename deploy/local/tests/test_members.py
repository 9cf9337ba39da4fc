"""One of each, or three: the names, the addresses and the command lines."""

import pytest
from playlog_local import members, programs
from playlog_local.layout import ROOT


def test_a_single_one_has_its_servers_name_and_folder(layout):
    [kafka, cassandra] = members.bundled(layout)
    assert (kafka.name, kafka.address(layout), kafka.folder(layout)) == (
        "kafka",
        "127.0.0.1:29092",
        layout.dir / "kafka",
    )
    assert (cassandra.name, cassandra.address(layout)) == ("cassandra", "127.0.0.1:9042")
    assert programs.spark(layout) == []


def test_three_differ_by_their_address(three):
    assert [(member.name, member.address(three)) for member in members.bundled(three)] == [
        ("kafka-1", "127.0.0.1:29092"),
        ("kafka-2", "127.0.0.2:29092"),
        ("kafka-3", "127.0.0.3:29092"),
        ("cassandra-1", "127.0.0.1:9042"),
        ("cassandra-2", "127.0.0.2:9042"),
        ("cassandra-3", "127.0.0.3:9042"),
    ]


def test_servers_of_ones_own_have_none(three):
    three.settings |= {"local.kafka-bundled": False}
    assert [program.name for program in programs.servers(three)] == ["cassandra-1", "cassandra-2", "cassandra-3"]


@pytest.mark.parametrize("server", members.SERVERS)
def test_names_that_there_may_be(server):
    assert members.possible(server) == [server, f"{server}-1", f"{server}-2", f"{server}-3"]


def test_each_server_is_told_which_one_it_is(three):
    second = programs.servers(three)[1]
    assert second.command == [
        str(ROOT / "deploy/local/kafka/run-kafka.sh"),
        str(three.app / "kafka"),
        str(three.config),
        "2",
    ]


def test_sparks_master_and_workers(three, monkeypatch):
    monkeypatch.setattr(programs.jdk, "home", lambda: "/jdk")
    three.settings["spark.home"] = "/spark"
    master, first, second = programs.spark(three)
    assert master.command == [
        "/spark/bin/spark-class",
        "org.apache.spark.deploy.master.Master",
        *("--host", "127.0.0.1", "--port", "7077", "--webui-port", "8094"),
    ]
    assert second.command == [
        "/spark/bin/spark-class",
        "org.apache.spark.deploy.worker.Worker",
        *("--host", "127.0.0.2", "--port", "7078", "--webui-port", "8095"),
        *("--cores", "6", "--memory", "4g", "--work-dir", str(three.dir / "spark-worker-2")),
        "spark://127.0.0.1:7077",
    ]
    assert [program.variables["SPARK_LOCAL_IP"] for program in (master, first, second)] == [
        "127.0.0.1",
        "127.0.0.1",
        "127.0.0.2",
    ]
    assert f"-Dspark.deploy.recoveryDirectory={three.dir}/spark-master" in master.variables["SPARK_DAEMON_JAVA_OPTS"]
