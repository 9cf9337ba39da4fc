from playlog_benchmarks.drain import CASES
from playlog_benchmarks.replicas import results
from playlog_benchmarks.results import Result
from playlog_benchmarks.streams import Rates


def test_three_copies_must_come_as_close_to_the_bare_driver_as_one():
    found = {
        "Playlog, RF 1 on 1 node": [Rates(60), Rates(70)],
        "the bare driver, RF 1 on 1 node": [Rates(100), Rates(100)],
        "Playlog, RF 3 on 3 nodes": [Rates(30), Rates(24)],
        "the bare driver, RF 3 on 3 nodes": [Rates(40), Rates(40)],
    }
    name, bare = "drain, 1,000 listeners", CASES[0].bare
    assert results(CASES[0], found) == [
        Result(f"{name}, RF 1 on 1 node, against {bare}", "listens/s", 65, 100, 0.65, [0.6, 0.7]),
        Result(f"{name}, RF 3 on 3 nodes, against {bare}", "listens/s", 27, 40, 0.675, [0.75, 0.6]),
        Result(f"{name}, of {bare}: RF 3 against RF 1", "ratio", 0.675, 0.65, 1.054, [1.25, 0.857], ">= 0.98", True),
        Result(f"{name}, RF 3 against RF 1", "listens/s", 27, 65, 0.421, [0.5, 0.343]),
        Result(f"{name}, {bare}: RF 3 against RF 1", "listens/s", 40, 100, 0.4, [0.4, 0.4]),
    ]
