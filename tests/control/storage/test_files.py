"""Files of a folder: regular ones of a limited size, in UTF-8; what is none is a sentence, and is not read."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from control.storage.files import FileError, read_bytes, read_text

LIMIT = 1000


@pytest.fixture
def path(tmp_path: Path) -> Path:
    (tmp_path / "folder").mkdir()
    return tmp_path / "folder" / "a.csv"


def said(path: Path, within: Path | None = None) -> str:
    with pytest.raises(FileError) as error:
        read_text(path, LIMIT, within)
    return str(error.value)


def test_a_file_of_just_the_limit_is_read_and_one_byte_more_is_refused(path: Path) -> None:
    path.write_bytes(b"x" * LIMIT)
    assert len(read_bytes(path, LIMIT)) == LIMIT
    path.write_bytes(b"x" * (LIMIT + 1))
    assert said(path) == "a.csv: larger than 0 kB; expected less; leave something out"


def test_a_device_that_never_ends_is_not_read(path: Path) -> None:
    path.symlink_to("/dev/zero")
    assert "it is a device; expected a regular file" in said(path)


def test_a_file_that_tells_no_size_is_read_to_the_limit_only(path: Path) -> None:
    """What the kernel writes has size 0 and any length."""
    path.symlink_to("/proc/self/maps")
    assert "larger than" in said(path)


def test_a_pipe_and_a_socket_are_not_waited_for(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(path)
    assert "it is a pipe" in said(path)
    path.unlink()
    with socket.socket(socket.AF_UNIX) as made:
        monkeypatch.chdir(path.parent)  # the path of a socket is short
        made.bind(path.name)
        assert "it is a socket" in said(path)


def test_links_that_lead_nowhere_or_in_a_circle(path: Path) -> None:
    path.symlink_to("missing")
    assert said(path).startswith("a.csv: a link to nothing")
    path.unlink()
    path.symlink_to(path.name)
    assert said(path).startswith("a.csv: cannot be opened")


def test_a_link_stays_in_its_folder_where_one_is_given(path: Path) -> None:
    """A secret beside the folder is not read; a file inside is; a folder that is a link itself is as good as another."""
    (path.parent.parent / "secret.txt").write_text("secret")
    path.symlink_to("../secret.txt")
    refused = said(path, path.parent)
    assert "a link that leads out of its folder" in refused
    assert "secret" not in refused.replace("secret.txt", "")
    assert read_text(path, LIMIT) == "secret"
    path.unlink()
    (path.parent / "b.csv").write_text("inside")
    path.symlink_to("b.csv")
    assert read_text(path, LIMIT, path.parent) == "inside"
    (path.parent.parent / "other").symlink_to(path.parent)
    other = path.parent.parent / "other"
    assert read_text(other / "a.csv", LIMIT, other) == "inside"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"one\ntwo\nthr\xe9e\n", "a.csv:3: not UTF-8 at byte 11"),
        ("one\ntwo".encode("utf-16"), "a.csv:1: not UTF-8 but UTF-16"),
        ("one\ntwo".encode("utf-16-le"), "it holds a NUL"),
        (b"one\ntw\0o", "a.csv:2: not UTF-8 text, it holds a NUL (byte 6)"),
    ],
)
def test_what_is_no_text_is_named_with_its_line(path: Path, content: bytes, told: str) -> None:
    path.write_bytes(content)
    assert told in said(path)


def test_a_mark_of_utf_8_is_passed_over(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbfone")
    assert read_text(path, LIMIT) == "one"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_named(path: Path) -> None:
    path.write_text("x")
    path.chmod(0)
    assert "a.csv: cannot be read (permission denied)" in said(path)
