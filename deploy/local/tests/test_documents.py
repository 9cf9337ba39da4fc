"""What the documents list is what the code has, no more and no less."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
OPERATIONS = (ROOT / "docs/operations.md").read_text()
CLUSTER = (ROOT / "docs/cluster.md").read_text()
TABLE = re.compile(r"CREATE TABLE IF NOT EXISTS \$\{keyspace}\.(\w+)")
SCRIPTS = (ROOT / "scripts/common.sh").read_text()
EXIT_CODES = ROOT / "common/src/main/java/io/playlog/error/ExitCode.java"
RIGHTS = ROOT / "deploy/security/rights"
ON = {"topic": "the topic", "dead-letters": "dead letters", "group": "the group `stream.consumer-group`"}


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


def test_the_readme_names_the_jobs():
    [named] = re.findall(r"^\| `jobs/` \| .*: (.*) \|$", (ROOT / "README.md").read_text(), re.MULTILINE)
    assert quoted(named) == commands()


def test_the_runbook_names_the_variables_that_come_in():
    [passed] = re.findall(r"^passes\(\).*?case \$1 in\n(.*?)# Set by bash", SCRIPTS, re.DOTALL | re.MULTILINE)
    assert quoted(row(r"all programs \|\n\| `http")) == set(re.findall(r"[A-Z_*]{4,}", passed))
    [downloads] = re.findall(r"^serves_downloads\(\).*? in\n(.*?)\n    \*\)", SCRIPTS, re.DOTALL | re.MULTILINE)
    assert {name.lower() for name in quoted(row("Maven"))} == set(re.findall(r"[a-z_*]{4,}", downloads))


def grants(role: str) -> list[tuple[str, str, str]]:
    """Part of the work, permission, table; or part, the role that is granted, nothing."""
    part, found = "", []
    for line in (RIGHTS / f"{role}.cql").read_text().splitlines():
        if line.startswith("--"):
            begin = re.match(r"-- with (\w+)", line)
            part = begin[1] if begin else part
            continue
        granted = re.fullmatch(r"GRANT (\w+)(?: ON (?:TABLE|KEYSPACE) (?:\$\{keyspace}\.?)?([\w.]*))? TO (\w+);", line)
        assert granted, line
        assert granted[3] == f"playlog_{role.replace('-', '_')}"
        what = "all tables" if " ON KEYSPACE " in line else f"`{granted[2]}`" if granted[2] else ""
        found.append((part, granted[1], what))
    return found


def acls(role: str) -> list[tuple[str, str, str]]:
    lines = [line.split() for line in (RIGHTS / "kafka-acls.txt").read_text().splitlines() if line[0] != "#"]
    return [(line[4] if len(line) > 4 else "", line[1], line[2]) for line in lines if line[0] == role]


def in_cassandra(role: str) -> str:
    """As the table has it."""
    permissions: dict[tuple[str, str], list[str]] = {}
    for part, permission, table in grants(role):
        permissions.setdefault((part, table or permission), []).append(permission)
    by_kind: dict[tuple[str, str], list[str]] = {}
    for (part, table), kinds in permissions.items():
        member = re.fullmatch(r"playlog_(\w+)", kinds[0])
        if member:
            by_kind[part, f"all that `{member[1]}` may"] = []
        else:
            by_kind.setdefault((part, " and ".join(kinds)), []).append(table)
    return "; ".join(_with(part, f"{kind} {', '.join(names)}".strip()) for (part, kind), names in by_kind.items())


def in_kafka(role: str) -> str:
    return "; ".join(_with(part, f"{ON[on]}: {what.replace(',', ', ')}") for part, on, what in acls(role))


def _with(part: str, text: str) -> str:
    return f"with {part} {text}" if part else text


def row_of(role: str) -> str:
    return f"| `{role}` | {in_cassandra(role) or '–'} | {in_kafka(role) or '–'} |"


def roles() -> list[str]:
    return sorted(file.stem for file in RIGHTS.glob("*.cql"))


def test_the_table_is_what_the_files_grant():
    [section] = re.findall("^## Who may do what\n(.*?)^## ", CLUSTER, re.MULTILINE | re.DOTALL)
    listed = re.findall(r"^\| `[a-z-]+` \| .* \| .* \|$", section, re.MULTILINE)
    assert sorted(listed) == [row_of(role) for role in roles()]


def test_each_program_has_its_role():
    java = (RIGHTS.parents[2] / "common/src/main/java/io/playlog/config/Role.java").read_text()
    by_name = {name.lower().replace("_", "-") for name in re.findall(r"^  ([A-Z_]+)(?:\(|;)", java, re.MULTILINE)}
    assert by_name - {"admin"} == set(roles())
    assert commands() - {"schema"} == by_name - {"admin", "producer", "page", "token", "query"}


def test_each_table_is_in_somebodys_rights_and_no_other_is():
    granted = set.union(*(quoted(table) for role in roles() for _, _, table in grants(role)))
    assert granted == tables() | {"system_views.max_partition_size"}


def test_parts_are_known_to_the_command():
    java = (RIGHTS.parents[2] / "web/src/main/java/io/playlog/web/GrantCommand.java").read_text()
    [named] = re.findall(r"needs no rights for: (.*)\.\"", java)
    parts = {part for role in roles() for part, _, _ in [*grants(role), *acls(role)]} - {""}
    assert parts == set(named.split(", "))
