"""Footprint: memory, disk and processor time that listens cost, while all programs run at once."""

from io import SEEK_CUR, BytesIO
from pathlib import Path

from playlog_testkit.stack import ROOT

from .bench import Backlog, Bench, check
from .checkout import OURS
from .processes import PeakMemory, cpu_seconds, running
from .results import Result, round_off
from .streams import check_stored, playlog, wait_for_drain, wait_for_start

LISTENERS = 1_000
MIB = 1024 * 1024


def measure(bench: Bench) -> list[Result]:
    """The producer sends as fast as it can, so the stream works at a backlog from the first second on."""
    bench.empty_tables()
    backlog = Backlog("footprint", bench.sizes.footprint_listens, LISTENERS)
    producer = bench.new_topic(backlog.topic, {"producer.listeners": LISTENERS - 1})
    start, end = backlog.span
    command = [str(ROOT / "scripts/run-producer.sh"), *("--from", start, "--to", end), "--count", str(backlog.listens)]
    servers = {"Kafka": bench.pid("kafka"), "Cassandra": bench.pid("cassandra")}
    with playlog(bench, backlog.topic) as (stream, checkpoint):
        wait_for_start(stream, checkpoint)
        pids = {"stream": stream.pid} | servers
        before = {name: cpu_seconds(pid) for name, pid in pids.items()}
        bench.say("producer and stream run at once")
        log = bench.new_path("producer.log")
        with (
            running(command, producer.variables, log) as sending,
            PeakMemory({"producer": sending.pid} | pids) as memory,
        ):
            sending.process.wait()
            check(sending.process.returncode == 0, f"the producer failed:\n{sending.tail()}")
            wait_for_drain(bench, stream, checkpoint, backlog.topic)
        used = {name: cpu_seconds(pid) - before[name] for name, pid in pids.items()}
    check_stored(bench, f"{OURS.keyspace}.records", backlog.listens)
    results = [Result(f"peak memory of {name}", "MiB", round(peak / MIB)) for name, peak in memory.peaks.items()]
    results.append(Result("peak memory of all together", "MiB", round(memory.together / MIB)))
    for name, seconds in used.items():
        each = round_off(seconds / backlog.listens * 1e6)
        results.append(Result(f"processor time of {name}", "s per million listens", each))
    bench.say("stops Cassandra and looks at its files, and at Kafka's")
    keyspace = bench.stack.folder / "cassandra/data/spotify"
    bytes_of = bench.restart_cassandra(
        lambda: {
            "Cassandra's disk, records and listeners_by_hour": table_bytes(keyspace, "records")
            + table_bytes(keyspace, "listeners_by_hour"),
            "Cassandra's records before compression": uncompressed_bytes(keyspace, "records"),
            "Kafka's disk, the topic": topic_bytes(bench.stack.folder / "kafka/data", backlog.topic),
        }
    )
    return results + [
        Result(name, "bytes per listen", round_off(found / backlog.listens)) for name, found in bytes_of.items()
    ]


def table_bytes(keyspace: Path, table: str) -> int:
    return sum(file.stat().st_size for file in table_files(keyspace, table))


def uncompressed_bytes(keyspace: Path, table: str) -> int:
    return sum(
        data_length(file.read_bytes())
        for file in table_files(keyspace, table)
        if file.name.endswith("-CompressionInfo.db")
    )


def table_files(keyspace: Path, table: str) -> list[Path]:
    """Without the snapshots that TRUNCATE leaves in folders below."""
    return [file for folder in keyspace.glob(f"{table}-*") for file in folder.iterdir() if file.is_file()]


def data_length(compression_info: bytes) -> int:
    """The length before compression that the file says: after the compressor's name and options and two lengths."""
    file = BytesIO(compression_info)

    def number(size: int) -> int:
        return int.from_bytes(file.read(size))

    def skip_text() -> None:
        file.seek(number(2), SEEK_CUR)

    skip_text()
    for _ in range(2 * number(4)):
        skip_text()
    number(4)  # the length of a chunk
    number(4)  # the longest that a compressed chunk may be
    return number(8)


def topic_bytes(data: Path, topic: str) -> int:
    """Its messages on one broker's disk, without the indexes, which are as large as they were made."""
    return sum(
        file.stat().st_size for file in data.glob(f"{topic}-*/*.log") if file.parent.name[len(topic) + 1 :].isdigit()
    )
