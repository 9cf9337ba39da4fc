import json

import pytest
from playlog_local.answers import Answers
from playlog_local.console import Failure
from playlog_local.layout import Layout

SETTINGS = {"local.dir": "/somewhere/var"}
NUMBERS = {"lag": 3}
SPEAKS = f"""echo '{json.dumps(SETTINGS)}'; echo 'WARN noise' >&2
if read line; then echo "asked" >> "$0.asked"; echo '{json.dumps(NUMBERS)}'; fi"""


@pytest.fixture
def layout(tmp_path):
    layout = Layout(tmp_path / "application.conf")
    layout.built_web_jar = tmp_path / "web.jar"
    layout.built_web_jar.touch()
    return layout


def test_one_jvm_says_settings_and_numbers(fakes, layout, tmp_path):
    fakes.add("java", SPEAKS)
    with Answers(layout) as answers:
        assert layout.settings == SETTINGS
        assert answers.numbers() == (NUMBERS, [])
    [call] = fakes.called()
    assert call.endswith(
        f" [-jar] [{layout.built_web_jar}] [status] [--config] [{tmp_path}/application.conf] [--settings-first]"
    )


def test_nobody_has_to_ask_for_the_numbers(fakes, layout):
    java = fakes.add("java", SPEAKS)
    with Answers(layout):
        pass
    assert len(fakes.called()) == 1
    assert not java.with_name("java.asked").exists()


def test_settings_that_cannot_be_read(fakes, layout):
    fakes.add("java", "echo 'PL-101: playlog.x: found 1, expected 2' >&2; exit 2")
    with pytest.raises(Failure) as failure:
        Answers(layout)
    assert failure.value.line() == "PL-101: playlog.x: found 1, expected 2"


def test_a_jvm_that_does_not_start_says_why_on_stdout(fakes, layout):
    """In the place of the settings."""
    fakes.add("java", "echo 'Error: Could not reserve enough space'; exit 1")
    with pytest.raises(Failure) as failure:
        Answers(layout)
    assert failure.value.line() == "PL-101: The settings cannot be read: Error: Could not reserve enough space"


def test_without_a_jar(layout):
    layout.built_web_jar.unlink()
    with pytest.raises(Failure) as failure:
        Answers(layout)
    assert failure.value.line() == f"PL-602: {layout.built_web_jar} is missing: scripts/start-all.sh builds it"


@pytest.mark.parametrize(
    ("java", "said"),
    [
        ("echo 'PL-201: no broker answers' >&2; exit 8", "PL-201: no broker answers"),
        (
            "printf 'E: why\\n\\tat a.B(C.java:1)\\n\\t... 2 more\\nCaused by: F\\n' >&2; exit 1",
            "E: why\nCaused by: F",
        ),
        ("exit 137", "java ended with 137 and said nothing"),
    ],
)
def test_numbers_that_cannot_be_read_are_a_problem(fakes, layout, java, said):
    fakes.add("java", f"echo '{json.dumps(SETTINGS)}'; read line; {java}")
    with Answers(layout) as answers:
        assert answers.numbers() == (None, [f"the numbers cannot be read: {said}"])
