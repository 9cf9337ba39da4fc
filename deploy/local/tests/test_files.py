import os
import threading

import pytest
from playlog_local import files, lock, supervisor
from playlog_local.console import Failure


def test_who_has_the_old_file_open_keeps_it(tmp_path):
    path = tmp_path / "file"
    files.replace(path, "old")
    with path.open() as old:
        files.replace(path, "new", mode=0o700)
        assert old.read() == "old"
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o700
    assert os.listdir(tmp_path) == ["file"]


def test_of_many_at_once_one_creates_the_file_and_all_find_it_whole(tmp_path):
    path = tmp_path / "file"
    threads = [threading.Thread(target=files.create, args=(path, str(number) * 1000)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(path.read_text())) == 1
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_lock_follows_no_link(tmp_path):
    target = tmp_path / "theirs"
    target.write_text("precious")
    (tmp_path / "lock").symlink_to(target)
    with pytest.raises(OSError), lock.stack(tmp_path / "lock", "start-all.sh"):
        pass
    assert target.read_text() == "precious"


@pytest.mark.parametrize("kind", ["open", "link", "file"])
def test_a_runtime_folder_that_others_may_enter_is_refused(tmp_path, kind):
    folder = tmp_path / "playlog-1"
    if kind == "open":
        folder.mkdir()
        folder.chmod(0o777)
    elif kind == "link":
        (tmp_path / "elsewhere").mkdir(mode=0o700)
        folder.symlink_to(tmp_path / "elsewhere")
    else:
        folder.touch()
    with pytest.raises(Failure, match="expected a folder of user"):
        supervisor._make_private(folder)


@pytest.mark.parametrize("text", ["", "{", "\0\0\0", "not json"])
def test_a_file_that_a_full_disk_has_left_is_named(tmp_path, text):
    (tmp_path / "settings.json").write_text(text)
    with pytest.raises(Failure, match=rf"^{tmp_path}/settings.json is damaged \(.*\): delete it, and start again\.$"):
        files.read_json(tmp_path / "settings.json")
