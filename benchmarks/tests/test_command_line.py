import pytest
from playlog_benchmarks.__main__ import chosen, main


def test_measurements_are_made_in_their_own_order_whatever_was_asked_for():
    assert chosen(["latency", "drain"], against=False) == ["drain", "latency"]
    assert chosen(None, against=False)[0] == "footprint"


def test_only_some_measurements_compare_checkouts():
    assert chosen(None, against=True) == ["drain", "latency", "trickle", "summary"]
    assert chosen(["trickle", "growth"], against=True) == ["trickle"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--save", "--quick"], "expected a full run"),
        (["--save", "--only", "drain"], "expected a full run"),
        (["--rounds", "0"], "found --rounds 0, expected 1 at least"),
        (["--against", ".", "--only", "growth"], "found --against with --only growth, expected some of drain latency"),
        (["--against", "nowhere"], "expected a checkout that is built: cd nowhere; mvn -DskipTests package"),
    ],
)
def test_what_makes_no_sense_is_refused_before_anything_starts(arguments, message, capsys):
    with pytest.raises(SystemExit, match="2"):
        main(arguments)
    assert message in " ".join(capsys.readouterr().err.split())
