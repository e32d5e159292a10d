"""Files in the shared folder: whole or not there."""

import pytest

from bookstore.data import storage


def test_what_is_kept_can_be_read_and_dropped(tmp_path):
    name = storage.keep(tmp_path / "new" / "folder", b"content", ".webp")
    assert storage.read(tmp_path / "new" / "folder", name) == b"content"
    storage.drop(tmp_path / "new" / "folder", name)
    assert storage.read(tmp_path / "new" / "folder", name) is None


def test_the_same_content_twice_is_two_files(tmp_path):
    assert storage.keep(tmp_path, b"x", ".webp") != storage.keep(tmp_path, b"x", ".webp")


@pytest.mark.parametrize("name", ["../secret", "/etc/passwd", "", ".", "a.webp", "0" * 32, "0" * 32 + ".webp\n"])
def test_a_name_of_nobodys_making_is_not_looked_for(tmp_path, name):
    (tmp_path / "inside").mkdir()
    (tmp_path / "secret").write_text("no")
    assert storage.read(tmp_path / "inside", name) is None
    storage.drop(tmp_path / "inside", name)
    assert (tmp_path / "secret").exists()


@pytest.mark.parametrize("step", ["_write", "_sync"])
def test_a_disk_that_fails_leaves_nothing_half_written(tmp_path, monkeypatch, step):
    def full(path, *content):
        if content:
            path.write_bytes(content[0][:3])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(storage, step, full)
    with pytest.raises(storage.NoRoom):
        storage.keep(tmp_path, b"content", ".webp")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_a_file_takes_nothing(tmp_path):
    (tmp_path / "media").write_text("no folder")
    with pytest.raises(storage.NoRoom):
        storage.keep(tmp_path / "media", b"content", ".webp")
    assert storage.read(tmp_path / "media", f"{'0' * 32}.webp") is None
