"""The examples of docs/spark.md: their settings are accepted, and make the command lines that stand below them."""

import os
import re
import shlex
import subprocess
from pathlib import Path

import pytest
from playlog_testkit.stack import ROOT

DOCUMENT = (ROOT / "docs/spark.md").read_text()
EXAMPLE = r"^## (\w+)\n(?:(?!^## ).)*?^(```hocon\n.*?^```\n\n```text\n.*?^```\n)"
EXAMPLES = dict(re.findall(EXAMPLE, DOCUMENT, re.DOTALL | re.MULTILINE))
HOME, SPARK = "/opt/playlog", "/opt/spark"


def test_there_is_one_for_each_kind_of_cluster():
    assert [*EXAMPLES] == ["Standalone", "YARN", "Kubernetes"]


@pytest.mark.parametrize("kind", EXAMPLES)
def test_its_settings_make_its_command_line(kind: str, tmp_path: Path):
    settings, command = re.findall(r"^```\w+\n(.*?)^```$", EXAMPLES[kind], re.DOTALL | re.MULTILINE)
    config = tmp_path / "application.conf"
    config.write_text(f"playlog {{\n{settings}\n}}\n".replace(SPARK, str(tmp_path)))
    submit = tmp_path / "bin/spark-submit"
    submit.parent.mkdir()
    submit.write_text('#!/bin/sh\nprintf "%s\\n" "$0" "$@"\n')
    submit.chmod(0o755)
    own = {name: value for name, value in os.environ.items() if not name.startswith("PLAYLOG_")}
    variables = own | {"PLAYLOG_CONFIG": str(config), "PLAYLOG_POD_IP": "10.1.2.3"}
    stream = [str(ROOT / "scripts/submit-stream.sh")]
    printed = subprocess.run(stream, env=variables, capture_output=True, text=True, check=True).stdout
    printed = printed.replace(str(config), f"{HOME}/conf/application.conf").replace(str(ROOT), HOME)
    assert printed.replace(str(tmp_path), SPARK).splitlines() == shlex.split(command)
