import pytest
from playlog_local import build, debian
from playlog_local.console import Code, Failure

DEB = "prometheus_2.42.0_amd64.deb"
DOWNLOADS = f'for word; do [ "$word" != download ] || touch {DEB}; done'
ADVICE = "expected to unpack Debian's package prometheus. Elsewhere, put prometheus and promtool on the PATH."


@pytest.fixture
def make(fakes, layout, tmp_path, monkeypatch, capsys):
    layout.environments = tmp_path / "environments"
    monkeypatch.setattr(build, "ROOT", tmp_path)
    fakes.real("mkdir", "touch")
    fakes.add("apt-get", DOWNLOADS)
    fakes.add("dpkg", 'mkdir -p "$3/usr/bin"; touch "$3/usr/bin/promtool"')

    def _make():
        build.environments(layout, ["monitoring"])
        return capsys.readouterr().out.splitlines()[-1].strip().partition(" (")[0]

    return _make


def names(calls):
    return [call.split(" [")[0] + " " + call.rpartition(" [")[2].rstrip("]").rpartition("/")[2] for call in calls]


def test_is_unpacked_once(make, fakes, layout):
    assert make() == "done"
    assert names(fakes.called()) == ["apt-get prometheus", "dpkg monitoring"]
    assert make() == "up to date"
    assert len(fakes.called()) == 2
    folder = layout.environment("monitoring")
    assert (folder / "playlog.package").read_text() == f"{DEB}\n"
    assert debian.program(layout, "monitoring", "promtool") == str(folder / "usr/bin/promtool")


def test_without_lists_of_packages_on_the_machine_it_has_its_own(make, fakes):
    fakes.add("apt-get", f'[ "$1" != download ] || exit 100; {DOWNLOADS}')
    assert make() == "done"
    assert names(fakes.called()) == ["apt-get prometheus", "apt-get update", "apt-get prometheus", "dpkg monitoring"]
    assert "[Dir::State::Lists=" in fakes.called()[1]


def test_programs_of_the_machine_are_taken(make, fakes, layout):
    fakes.add("promtool")
    assert make() == "done"
    assert debian.program(layout, "monitoring", "promtool") == str(
        layout.environment("monitoring") / "usr/bin/promtool"
    )
    fakes.add("prometheus")
    assert make() == "the machine has them"
    assert debian.program(layout, "monitoring", "prometheus") == str(fakes.folder / "prometheus")


def test_that_was_half_unpacked_is_unpacked_again(make, fakes):
    fakes.add("dpkg", 'mkdir -p "$3/usr/bin"; echo no space left >&2; exit 2')
    with pytest.raises(Failure, match=r"^dpkg -x .* failed: .*\nno space left$"):
        make()
    fakes.add("dpkg", 'mkdir "$3"')
    assert make() == "done"


def test_that_cannot_be_downloaded_is_said(make, fakes):
    fakes.add("apt-get", "echo no route to host >&2; exit 100")
    with pytest.raises(Failure) as failure:
        make()
    assert failure.value.code == Code.BUILD_FAILED
    assert str(failure.value).startswith("apt-get -o Dir::State::Lists=")
    assert str(failure.value).endswith(f" update failed: {ADVICE}\nno route to host")


def test_a_machine_of_another_kind(make, fakes):
    (fakes.folder / "apt-get").unlink()
    with pytest.raises(Failure) as failure:
        make()
    assert str(failure.value) == f"Found no apt-get: {ADVICE}"
