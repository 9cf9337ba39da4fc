import struct

from playlog_benchmarks.footprint import table_bytes, topic_bytes, uncompressed_bytes


def text(value: str) -> bytes:
    return struct.pack(">H", len(value)) + value.encode()


def compression_info(length: int) -> bytes:
    options = text("chunk_length_in_kb") + text("16")
    return text("LZ4Compressor") + struct.pack(">i", 1) + options + struct.pack(">iiqi", 16_384, 2**31 - 1, length, 0)


def test_a_table_is_its_files_without_snapshots_and_other_tables(tmp_path):
    records = tmp_path / "records-1a2b"
    (records / "snapshots/old").mkdir(parents=True)
    (tmp_path / "listeners_by_hour-3c4d").mkdir()
    for name, content in {
        "records-1a2b/nb-1-big-Data.db": bytes(100),
        "records-1a2b/nb-1-big-CompressionInfo.db": compression_info(250),
        "records-1a2b/nb-2-big-CompressionInfo.db": compression_info(2**40),
        "records-1a2b/snapshots/old/nb-1-big-CompressionInfo.db": compression_info(1),
        "listeners_by_hour-3c4d/nb-1-big-Data.db": bytes(7),
    }.items():
        (tmp_path / name).write_bytes(content)
    assert uncompressed_bytes(tmp_path, "records") == 250 + 2**40
    assert table_bytes(tmp_path, "records") == 100 + 2 * len(compression_info(0))
    assert table_bytes(tmp_path, "listeners_by_hour") == 7


def test_a_topic_is_its_segments(tmp_path):
    for name in (
        "spotify-0/0.log",
        "spotify-11/0.log",
        "spotify-11/0.index",
        "spotify-0.old/0.log",
        "spotify-a-0/0.log",
    ):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(bytes(10))
    assert topic_bytes(tmp_path, "spotify") == 20
