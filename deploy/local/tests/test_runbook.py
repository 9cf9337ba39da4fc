"""docs/operations.md explains every error by its id, in their order, and no other."""

import re
from pathlib import Path

from playlog_local.console import Code

ROOT = Path(__file__).resolve().parents[3]
ERROR_CODES = ROOT / "common/src/main/java/io/playlog/error/ErrorCode.java"


def test_the_runbook_and_the_programs_know_the_same_errors():
    java = re.findall(r'^  [A-Z_]+\("(PL-\d+)"', ERROR_CODES.read_text(), re.MULTILINE)
    python = [code.value for code in Code]
    explained = re.findall(r"^\| (PL-\d+) \|", (ROOT / "docs/operations.md").read_text(), re.MULTILINE)
    assert len(java) > 20
    assert explained == sorted({*java, *python})
