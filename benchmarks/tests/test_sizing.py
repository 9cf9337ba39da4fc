"""docs/sizing.md: what it counts with is what was measured, and what it says is what comes out."""

import json
import re
from pathlib import Path

import pytest
from playlog_benchmarks import sizing
from playlog_benchmarks.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
DOCUMENT = (ROOT / "docs/sizing.md").read_text()
SHIPPED = (ROOT / "common/src/main/resources/reference.conf").read_text()


def measured(name: str) -> float:
    results = json.loads((ROOT / "benchmarks/results.json").read_text())
    [found] = [result["value"] for result in results if result["name"] == name]
    return found


def test_the_costs_are_those_of_the_benchmarks():
    readme = (ROOT / "benchmarks/README.md").read_text()
    [(both, cassandra)] = re.findall(r"^\| Playlog \| .* \| (\d+), of them Cassandra (\d+) \|$", readme, re.MULTILINE)
    assert float(cassandra) == sizing.CASSANDRA_MICROSECONDS
    assert int(both) - int(cassandra) == sizing.STREAM_MICROSECONDS
    rate = measured("drain, 200,000 listeners, against the plain Spark job")
    assert int(both) == round(2 / rate * 1e6), "on two cores"
    assert measured("Cassandra's disk, records and listeners_by_hour") == sizing.RECORD_BYTES


def test_the_report_is_that_of_its_decision():
    decision = (ROOT / "docs/decisions/0015-many-hours.md").read_text()
    [seconds] = re.findall(r"A million listens in one hour: ([\d.]+) s by 200,000 listeners", decision)
    assert round(2 * float(seconds), 1) == sizing.REPORT_MICROSECONDS


def test_the_document_has_the_costs():
    shown = [
        f"| {sizing.STREAM_MICROSECONDS} µs |",
        f"| {sizing.CASSANDRA_MICROSECONDS} µs |",
        f"| {sizing.REPORT_MICROSECONDS} µs |",
        f"| {sizing.RECORD_BYTES} bytes |",
        f"| {sizing.MESSAGE_BYTES} bytes |",
        f"| {sizing.PARTITION_ROW_BYTES} bytes |",
        f"took {measured('trigger-interval 1 s at 2,000 listens/s, stream and Cassandra'):.0f} µs a listen",
        f"a listen takes {round(2 / measured('drain, 1,000 listeners, against the plain Spark job') * 1e6)} µs in all",
        f"{measured('peak memory of stream') / 1000:.1f} GB for the stream's JVM",
    ]
    assert [text for text in shown if text not in DOCUMENT] == []


def test_the_document_has_what_comes_out(capsys):
    assert f"\n{sizing.table()}\n" in DOCUMENT
    assert main(["--sizing", *map(str, sizing.RATES)]) == 0
    assert capsys.readouterr().out.strip() == sizing.table()


@pytest.mark.parametrize(("listens", "years"), re.findall(r"^\| ([\d,]+), .* \| ([\d.]+) \|$", DOCUMENT, re.MULTILINE))
def test_the_years_of_a_partition(listens, years):
    exact = sizing.years_to_large_partition(int(listens.replace(",", "")))
    assert f"{exact:.1f}" == years or f"{exact:.0f}" == years


def test_the_settings_are_those_that_are_shipped():
    assert f"retention = {sizing.RETENTION_SECONDS // 86_400} d\n" in SHIPPED
    assert f"max-offsets-per-trigger = {sizing.RATES[0] * sizing.BATCH_SECONDS}\n" in SHIPPED


def test_a_rate_is_rounded_up_to_whole_cores_and_three_nodes():
    assert sizing.stream_cores(1) == 1
    assert sizing.cassandra_cores(100_000) == 33
    assert "| 3 |" in sizing.table([1_000])
