"""What the documents list is what the code has, no more and no less."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
OPERATIONS = (ROOT / "docs/operations.md").read_text()
CLUSTER = (ROOT / "docs/cluster.md").read_text()
TABLE = re.compile(r"CREATE TABLE IF NOT EXISTS \$\{keyspace}\.(\w+)")
SCRIPTS = (ROOT / "scripts/common.sh").read_text()
EXIT_CODES = ROOT / "common/src/main/java/io/playlog/error/ExitCode.java"


def tables() -> set[str]:
    return {table for file in (ROOT / "schema").iterdir() for table in TABLE.findall(file.read_text())}


def commands() -> set[str]:
    """Of jobs.jar, those that work with servers."""
    files = (ROOT / "jobs/src/main/java").rglob("*Command.java")
    return {name for file in files for name in re.findall(r'@Command\(\s*name = "([a-z-]+)"', file.read_text())}


def quoted(text: str) -> set[str]:
    return set(re.findall("`([^`]+)`", text))


def row(of: str) -> str:
    """The first cell of the row of the runbook whose second begins so."""
    [found] = re.findall(rf"^\| (`.*) \| {of}", OPERATIONS, re.MULTILINE)
    return found


def test_the_runbook_explains_the_exit_codes():
    java = re.findall(r"^  [A-Z_]+\(\s*(\d+),\s", EXIT_CODES.read_text(), re.MULTILINE)
    [report] = re.findall(r"^  exit (\d+)", (ROOT / "scripts/run-hourly-report.sh").read_text(), re.MULTILINE)
    assert len(java) > 5
    assert re.findall(r"^\| (\d+) \|", OPERATIONS, re.MULTILINE) == [*java, report]


def test_the_data_model_explains_the_tables():
    explained = re.findall(r"^\| `(\w+)` \| `\(\(", (ROOT / "docs/data-model.md").read_text(), re.MULTILINE)
    assert len(explained) > 5
    assert sorted(explained) == sorted(tables())


def test_each_job_has_its_grants():
    jobs = dict(re.findall(r"^\| `([a-z-]+)`(?:, for the first time)? \| (.*) \| .* \|$", CLUSTER, re.MULTILINE))
    assert set(jobs) == commands() | {"create-topics"}
    granted = set.union(*(quoted(grants) for grants in jobs.values())) - {"--repair"}
    assert granted == tables()


def test_the_readme_names_the_jobs():
    [named] = re.findall(r"^\| `jobs/` \| .*: (.*) \|$", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert quoted(named) == commands()


def test_the_runbook_names_the_variables_that_come_in():
    [passed] = re.findall(r"^passes\(\).*?case \$1 in\n(.*?)# Set by bash", SCRIPTS, re.DOTALL | re.MULTILINE)
    assert quoted(row(r"all programs \|\n\| `http")) == set(re.findall(r"[A-Z_*]{4,}", passed))
    [downloads] = re.findall(r"^serves_downloads\(\).*? in\n(.*?)\n    \*\)", SCRIPTS, re.DOTALL | re.MULTILINE)
    assert {name.lower() for name in quoted(row("Maven"))} == set(re.findall(r"[a-z_*]{4,}", downloads))
