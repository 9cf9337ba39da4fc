"""The fault trials' alerts: rules of which nothing but times differs, and each way in which a trial fails."""

import re
from pathlib import Path

import pytest
from faults import alerts, faults, shortened, watch
from faults.prometheus import Firing, of_series
from faults.watch import Watched, watched

MONITORING = Path(__file__).resolve().parents[3] / "deploy/monitoring"
RULES = (MONITORING / "playlog.rules.yml").read_text()
SCRAPE = (MONITORING / "prometheus.yml").read_text()
PORTS = {"playlog-web": "1234", "playlog-stream": "5678", "playlog-kafka": "4321", "playlog-cassandra": "8765"}
NUMBER = re.compile(r"\d+(?:\.\d+)?(?:ms|[smhdwy])?\b")
TIMES = {
    "PlaylogStreamDown": [("2m", "4000ms")],
    "PlaylogStreamRestarting": [("15m", "150000ms")],
    "PlaylogLagGrowing": [
        ("5m", "10000ms"),
        ("300", "10"),
        ("5m", "10000ms"),
        ("86400", "2880"),
        ("5m", "10000ms"),
    ],
    "PlaylogLagNearRetention": [("5m", "10000ms")] * 4,
    "PlaylogHourOverdue": [("7200", "120"), ("7200", "120"), ("5m", "5000ms")],
    "PlaylogDeadLettersRising": [("15m", "30000ms")] * 4,
    "PlaylogServersNotAnswering": [("3m", "6000ms")],
    "PlaylogCassandraRefusing": [("5m", "10000ms"), ("5m", "10000ms"), ("10m", "20000ms")],
    "PlaylogPageDown": [("2m", "4000ms")],
    "PlaylogSampleStale": [("180", "6"), ("1m", "2000ms")],
}
"""What a trial's rules have instead of each time of the rules, in their order."""
SEEN = Watched("killed", fired={"Down critical"}, cleared={"Down critical"}, expected={"Down critical"})


class Prometheus:
    """Tells what fires from one question to the next; the last answer stays."""

    def __init__(self, *answers: set[str]) -> None:
        self.answers = list(answers)

    def firing(self) -> set[str]:
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.fixture
def watching(monkeypatch):
    monkeypatch.setattr(watch, "POLL_SECONDS", 0)
    return lambda *answers: watch.Watch(Prometheus(*answers))


def differing_numbers(before: str, after: str) -> dict[str, list[tuple[str, str]]]:
    """By alert; all else must be the same."""
    assert NUMBER.split(before) == NUMBER.split(after)
    alert, found = "", {}
    for one, other in zip(before.splitlines(), after.splitlines(), strict=True):
        alert = one.split()[2] if "- alert: " in one else alert
        pairs = zip(NUMBER.findall(one), NUMBER.findall(other), strict=True)
        found.setdefault(alert, []).extend(pair for pair in pairs if pair[0] != pair[1])
    return {alert: pairs for alert, pairs in found.items() if pairs}


def test_only_times_differ():
    assert differing_numbers(RULES, shortened.rules(RULES)) == TIMES


def test_all_times_differ():
    """What has a unit is a time, and so is what is compared with seconds."""
    same = set(RULES.splitlines()) & set(shortened.rules(RULES).splitlines())
    values = [line for line in same if not re.match(" *#| +(summary|description|runbook_url)", line)]
    assert not [line for line in values if re.search(r"\b\d+[smhdwy]\b|for:", line)]


def test_prometheus_understands_the_rules(promtool, tmp_path):
    (tmp_path / "playlog.rules.yml").write_text(shortened.rules(RULES))
    (tmp_path / "prometheus.yml").write_text(shortened.scrape_configuration(SCRAPE, PORTS))
    promtool("check", "config", str(tmp_path / "prometheus.yml"))


def test_of_the_scrape_configuration_only_interval_and_addresses_differ():
    after = shortened.scrape_configuration(SCRAPE, PORTS)
    pairs = [
        (one.strip(), other.strip())
        for one, other in zip(SCRAPE.splitlines(), after.splitlines(), strict=True)
        if one != other
    ]
    assert pairs == [
        ("scrape_interval: 15s", "scrape_interval: 1s"),
        ("evaluation_interval: 15s", "evaluation_interval: 1s"),
        ('- targets: ["127.0.0.1:8090"]', '- targets: ["127.0.0.1:1234"]'),
        ('- targets: ["127.0.0.1:8091"]', '- targets: ["127.0.0.1:5678"]'),
        ('- targets: ["127.0.0.1:8092"]', '- targets: ["127.0.0.1:4321"]'),
        ('- targets: ["127.0.0.1:8093"]', '- targets: ["127.0.0.1:8765"]'),
    ]


def test_a_job_that_is_not_there():
    with pytest.raises(ValueError, match="no job cassandra with a target"):
        shortened.scrape_configuration(SCRAPE, {"cassandra": "1"})


def test_each_alert_is_made_to_fire():
    rules = re.findall(r"- alert: (\w+)\n(?:.*\n)*?        labels: \{severity: (\w+)}", RULES)
    assert len(rules) == RULES.count("- alert:")
    provoked = [alert for provoked in alerts.ALL.values() for alert in provoked.alerts]
    assert sorted(provoked) == sorted(f"{name} {severity}" for name, severity in rules)
    assert alerts.OF_FAULTS.keys() <= faults.ALL.keys()
    assert set.union(*map(set, alerts.OF_FAULTS.values())) <= set(provoked)


def test_when_an_alert_fired():
    series = {
        "metric": {"alertname": "Down", "severity": "critical", "alertstate": "firing", "instance": "s:1"},
        "values": [[10, "1"], [11, "1"], [12, "1"], [20, "1"], [30, "1"], [31, "1"]],
    }
    assert of_series(series, step=1, now=30.5) == [
        Firing("Down critical", 9, 13),
        Firing("Down critical", 19, 21),
        Firing("Down critical", 29, None),
    ]


@pytest.mark.parametrize(
    ("firing", "fired", "cleared"),
    [
        # The fault lasts from 100 to 200.
        (Firing("Down critical", 100, 180), {"Down critical"}, {"Down critical"}),
        (Firing("Down critical", 150, 300), {"Down critical"}, {"Down critical"}),
        (Firing("Down critical", 150, None), {"Down critical"}, set()),
        (Firing("Slow warning", 200, 280), {"Slow warning"}, {"Slow warning"}),
        # Of the fault before: of another rule, or of the same.
        (Firing("Slow warning", 99, 180), set(), set()),
        (Firing("Down critical", 99, 180), {"Down critical"}, {"Down critical"}),
        # Of the fault after.
        (Firing("Down critical", 201, 300), set(), set()),
    ],
)
def test_what_a_fault_made_fire(firing, fired, cleared):
    found = watched("killed", [firing], since=100, over=200, expected={"Down critical"})
    assert (found.fired, found.cleared) == (fired, cleared)


def test_an_alert_of_two_instances_clears_when_both_do():
    firings = [Firing("Down critical", 150, None), Firing("Down critical", 160, 170)]
    assert not watched("killed", firings, since=100, over=200, expected=set()).cleared


def test_alerts_need_not_fire_at_once(watching, capsys):
    watching({"Down critical"}, set(), {"Slow warning"}).wait_until_firing({"Down critical", "Slow warning"})
    assert not capsys.readouterr().out


def test_an_alert_that_does_not_fire_is_not_waited_for_in_vain_for_ever(watching, monkeypatch, capsys):
    monkeypatch.setattr(watch, "FIRE_SECONDS", 0)
    watching({"Down critical"}).wait_until_firing({"Slow warning"})
    assert "waited 0 s for alerts to fire, in vain" in capsys.readouterr().out


def test_what_begins_to_fire_meanwhile_is_not_waited_for(watching, monkeypatch, capsys):
    watching({"Down critical"}, {"Down critical", "Slow warning"}, {"Slow warning"}).wait_until_clear()
    assert not capsys.readouterr().out
    monkeypatch.setattr(watch, "CLEAR_SECONDS", 0)
    watching({"Down critical"}).wait_until_clear()
    assert "waited 0 s for alerts to clear, in vain" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("changed", "problems"),
    [
        ({}, []),
        ({"fired": set(), "cleared": set()}, ["Down critical did not fire"]),
        ({"cleared": set()}, ["Down critical did not clear"]),
        ({"expected": set(), "cleared": set()}, ["Down critical did not clear"]),
        ({"expected": {"Slow warning"}}, ["Slow warning did not fire"]),
    ],
)
def test_the_trial_fails(changed, problems):
    found = Watched(**(vars(SEEN) | changed))
    assert found.problems == problems
    table = watch.table([found])
    assert [line for line in table.splitlines() if line.startswith("killed: ")] == [f"killed: {p}" for p in problems]


def test_table():
    one = Watched("stopped", {"Slow warning", "Down critical"}, {"Down critical"}, set())
    assert watch.table([SEEN, one, Watched("harmless", set(), set(), set())]).splitlines() == [
        "| fault | alerts that fired | cleared |",
        "|---|---|---|",
        "| killed | Down critical | all |",
        "| stopped | Down critical, Slow warning | Down critical |",
        "| harmless | none |  |",
        "",
        "stopped: Slow warning did not clear",
    ]
