"""Alert rules, dashboard, runbook and the programs name the same metrics and alerts; promtool tries the rules."""

import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
MONITORING = ROOT / "deploy/monitoring"
RULES = (MONITORING / "playlog.rules.yml").read_text()
CASES = (MONITORING / "playlog.rules.test.yml").read_text()
DASHBOARD = json.loads((MONITORING / "playlog-dashboard.json").read_text())
[SECTION] = re.findall(
    r"^## Metrics and alerts\n(.*?)^## ", (ROOT / "docs/operations.md").read_text(), re.DOTALL | re.MULTILINE
)
OF_PROMETHEUS = {"up", "ALERTS"}
OF_A_HISTOGRAM = r"_(bucket|sum|count)$"
LABELS = r"\b(by|without|on|ignoring)\s*\([^)]*\)"
NO_METRICS = rf'"[^"]*"|\{{[^}}]*}}|\[[^]]*]|{LABELS}|\b(and|or|unless|group_left|offset \w+)\b'
COUNTER = r"\b(counter|Counter\w*\s*\.\s*builder)\s*\(\s*\)?\s*(\.\s*name\s*\(\s*)?$"


def panels():
    return [panel for panel in DASHBOARD["panels"] if panel["type"] != "row"]


def queries():
    return [target["expr"] for panel in panels() for target in panel["targets"]]


def rules():
    """Alert, severity and the rest of each rule."""
    found = re.findall(
        r"- alert: (\w+)\n(.*?)labels: \{severity: (\w+)}\n(.*?)(?=\n\n|\Z|\n      - alert)", RULES, re.DOTALL
    )
    assert len(found) == RULES.count("- alert:")
    return found


def links():
    """The anchor that each alert's annotations name; its second rule has those of the first."""
    link = r"^ +runbook_url: docs/operations\.md#([\w-]+)$"
    return {alert: anchor for alert, _, _, rest in rules() for anchor in re.findall(link, rest, re.MULTILINE)}


def metrics(expression):
    """The metrics that a query names; those of a histogram or summary as one."""
    words = re.findall(r"\b[a-zA-Z_]\w*\b(?!\s*\()", re.sub(NO_METRICS, " ", expression))
    return {re.sub(OF_A_HISTOGRAM, "", word) for word in words}


def explained():
    """Metrics of the runbook, and the labels of each."""
    rows = re.findall(r"^\| `((?:playlog|kafka|cassandra)_\w+)(?:\{([\w, ]+)})?` \|", SECTION, re.MULTILINE)
    assert len(rows) > 30
    return [(name, labels.split(", ") if labels else []) for name, labels in rows]


def shown_by(exporter):
    """Metrics that the rules of a server's exporter make, and the labels of each."""
    rules = (MONITORING / f"jmx/{exporter}.yml").read_text().partition("\nrules:\n")[2]
    named = re.findall(r"^  - pattern: .*\n    name: (\w+)\n(?:    labels: \{(.*)}\n)?", rules, re.MULTILINE)
    assert len(named) == rules.count("pattern:")
    return sorted((name, sorted(re.findall(r"(\w+):", labels))) for name, labels in named)


def of_table(title):
    [table] = re.findall(rf"^{title}.*?\n\n(\|.*?)\n\n", SECTION, re.DOTALL | re.MULTILINE)
    return [(name, labels) for name, labels in explained() if re.search(rf"^\| `{name}\b", table, re.MULTILINE)]


def served(module):
    """Metrics that the module's sources register, as Prometheus' library calls them by unit and kind."""
    found = set()
    for file in (ROOT / module / "src/main/java").rglob("*.java"):
        text = file.read_text()
        if "import io.prometheus.metrics" in text:
            [before, *parts] = re.split(r'"(?=playlog_)', text)
            for part in parts:
                name, _, after = part.partition('"')
                unit = re.search(r"^[^;]*?\bUnit\s*\.\s*(\w+)", after)
                suffixes = [f"_{unit[1].lower()}"] if unit else []
                suffixes += ["_total"] if re.search(COUNTER, before) else []
                for suffix in suffixes:
                    name = name.removesuffix(suffix) + suffix
                found.add(name)
                before = after
    return found


def test_the_rules_do_what_their_cases_say(promtool):
    promtool("check", "config", str(MONITORING / "prometheus.yml"))
    promtool("test", "rules", str(MONITORING / "playlog.rules.test.yml"))


def test_prometheus_understands_the_dashboard(promtool, tmp_path):
    """As recording rules, since promtool checks no queries by themselves."""
    file = tmp_path / "dashboard.yml"
    expressions = [re.sub(r"\$__(rate_interval|range)\b", "5m", query) for query in queries()]
    recorded = [{"record": f"query:{number}", "expr": query} for number, query in enumerate(expressions)]
    file.write_text(json.dumps({"groups": [{"name": "dashboard", "rules": recorded}]}))
    assert f"{len(queries())} rules found" in promtool("check", "rules", str(file))


def test_rules_and_dashboard_name_metrics_that_the_runbook_explains():
    known = OF_PROMETHEUS | {name for name, _ in explained()} | set(re.findall(r"`((?:jvm|process)_\w+)`", SECTION))
    expressions = re.findall(r"expr: (?:>-\n)?(.*?)\n        (?:for|labels):", RULES, re.DOTALL)
    assert len(expressions) == len(rules())
    for expression in [*expressions, *queries()]:
        assert metrics(expression), expression
        assert metrics(expression) <= known, expression
    shown = set.union(*map(metrics, queries()))
    assert known - shown == {"process_start_time_seconds"}
    assert set(re.findall(r"^ *- series: (\w+)", CASES, re.MULTILINE)) <= known


@pytest.mark.parametrize(("module", "title"), [("web", "Of the page, "), ("jobs", "Of the stream:")])
def test_the_runbook_explains_the_metrics_that_are_served(module, title):
    assert {name for name, _ in of_table(title)} == served(module)


@pytest.mark.parametrize(
    ("exporter", "title"), [("kafka", "Of each Kafka broker"), ("cassandra", "Of each Cassandra node")]
)
def test_the_runbook_explains_what_the_servers_exporters_show(exporter, title):
    assert sorted((name, sorted(labels)) for name, labels in of_table(title)) == shown_by(exporter)


@pytest.mark.parametrize("exporter", ["kafka", "cassandra"])
def test_names_of_the_servers_metrics_have_base_units(exporter):
    rules = (MONITORING / f"jmx/{exporter}.yml").read_text()
    for name, kind in re.findall(r"    name: (\w+)\n(?:    (?!type)\w+: .*\n)*    type: (\w+)\n", rules):
        assert name.startswith(f"{exporter}_"), name
        assert name.endswith("_total") == (kind == "COUNTER"), name
        assert not re.search(r"_(ms|millis|micros|kb|mb|percent)(_|$)", name), name


def test_the_runbook_explains_the_alerts():
    rows = re.findall(r'^\| <a id="([\w-]+)"></a>`(\w+)` \| ([^|]+) \|', SECTION, re.MULTILINE)
    severities: dict[str, list[str]] = {}
    for alert, _, severity, _ in rules():
        severities.setdefault(alert, []).append(severity)
    assert len(rows) > 5
    assert [(alert, re.findall(r"warning|critical", severity)) for _, alert, severity in rows] == [*severities.items()]
    assert links() == {alert: anchor for anchor, alert, _ in rows}


def test_each_alert_has_annotations_and_cases():
    for alert, _, _, rest in rules():
        wanted = r"\*\w" if rest.strip().startswith("annotations: *") else r"summary: .+\n +description: .+"
        assert re.search(wanted, rest), alert
        assert f"- alertname: {alert}\n" in CASES, f"{alert} fires in no case"
        assert re.search(rf"\{{alertname: {alert}, eval_time: \w+}}", CASES), f"{alert} clears in no case"


def test_the_dashboard_can_be_imported_anywhere():
    assert DASHBOARD["uid"] == "playlog"
    assert DASHBOARD["id"] is None
    assert [variable["type"] for variable in DASHBOARD["templating"]["list"]] == ["datasource"]
    assert [panel["title"] for panel in DASHBOARD["panels"] if panel["type"] == "row"] == [
        "Stream",
        "Reports",
        "Catalogue",
        "JVMs",
        "Servers",
    ]
    identifiers = [panel["id"] for panel in DASHBOARD["panels"]]
    assert len(set(identifiers)) == len(identifiers)
    for panel in panels():
        assert panel["fieldConfig"]["defaults"]["unit"], panel["title"]
        for source in (panel["datasource"], *(target["datasource"] for target in panel["targets"])):
            assert source == {"type": "prometheus", "uid": "${datasource}"}, panel["title"]


def test_the_dashboard_goes_by_labels_that_there_are():
    labels = {label for _, labels in explained() for label in labels} | {"job", "le", "area", "alertname", "alertstate"}
    legends = [target["legendFormat"] for panel in panels() for target in panel["targets"]]
    used = set(re.findall(r"\{\{(\w+)}}", " ".join(legends)))
    for query in queries():
        for grouped in re.findall(r"\bby \(([^)]*)\)", query):
            used |= set(re.findall(r"\w+", grouped))
        used |= set(re.findall(r"(\w+)\s*=~?", query))
    assert used <= labels
