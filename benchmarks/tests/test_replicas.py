from playlog_benchmarks.replicas import ONE_BY_ONE, results
from playlog_benchmarks.results import Result
from playlog_benchmarks.streams import Rates

NAME = "replicas, 200,000 listeners"


def test_three_copies_must_come_as_close_to_the_bare_driver_as_one():
    found = {
        "Playlog at RF 1": [Rates(60, 70, 40), Rates(70, 80, 40)],
        "the bare driver at RF 1": [Rates(100, 100), Rates(100, 100)],
        "Playlog at RF 3": [Rates(30, 35, 20), Rates(24, 32, 16)],
        "the bare driver at RF 3": [Rates(40, 50), Rates(40, 50)],
    }
    made = results(ONE_BY_ONE, found)
    assert made[:5] == [
        Result(f"{NAME}, Playlog at RF 3 against RF 1", "listens/s", 27, 65, 0.421, [0.5, 0.343]),
        Result(f"{NAME}, the bare driver at RF 3 against RF 1", "listens/s", 40, 100, 0.4, [0.4, 0.4]),
        Result(f"{NAME}, RF 1, against {ONE_BY_ONE.bare}", "listens/s", 65, 100, 0.65, [0.6, 0.7]),
        Result(f"{NAME}, RF 3, against {ONE_BY_ONE.bare}", "listens/s", 27, 40, 0.675, [0.75, 0.6]),
        Result(
            f"{NAME}, share of the bare driver's rate, RF 3 against RF 1",
            "ratio", 0.675, 0.65, 1.054, [1.25, 0.857], ">= 0.98", True,
        ),
    ]  # fmt: skip
    [*_, warm_share, processor] = made
    assert (warm_share.ratios, warm_share.met) == ([1, 0.8], False)
    name = f"{NAME}, a second of processor time, Playlog at RF 3 against RF 1"
    assert processor == Result(name, "listens/s", 18, 40, 0.45, [0.5, 0.4])
    assert len(made) == 11
