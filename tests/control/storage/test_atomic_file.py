"""Files are written whole, or are left as they were."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

import pytest

if sys.platform == "win32":
    pytest.skip("how a full disk is stood in for, and locks, are of other systems", allow_module_level=True)

import resource

from control.storage.atomic_file import DRAFT, UnwrittenError, drafts, is_new, write_folder, write_together, write_whole


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def _write_half(part: Path) -> None:
    part.write_text("ne", encoding="utf-8")
    part.with_name("a.csv-journal").write_text("", encoding="utf-8")
    raise ZeroDivisionError


@contextmanager
def no_file_larger_than(size: int) -> Iterator[None]:
    """Stands in for a full disk: what is written beyond fails in the same way."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)


def test_text_is_written_in_utf_8_with_the_folders_above_it(tmp_path: Path) -> None:
    file = tmp_path / "new" / "deep" / "a.csv"
    write_whole(file, "الرقة\n")
    assert file.read_bytes() == "الرقة\n".encode()
    assert names(file.parent) == {"a.csv"}


def test_a_file_keeps_its_mode_and_a_new_one_has_that_of_its_user(tmp_path: Path) -> None:
    file, plain = tmp_path / "a.csv", tmp_path / "plain"
    file.write_text("old", encoding="utf-8")
    file.chmod(0o640)
    plain.write_text("", encoding="utf-8")
    write_whole(file, "new")
    write_whole(tmp_path / "b.csv", "new")
    assert file.stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "b.csv").stat().st_mode == plain.stat().st_mode


def test_a_link_goes_on_to_name_its_file(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "a.csv").write_text("old", encoding="utf-8")
    link = tmp_path / "link.csv"
    link.symlink_to(Path("far") / "a.csv")
    write_whole(link, "new")
    assert link.is_symlink()
    assert (tmp_path / "far" / "a.csv").read_text(encoding="utf-8") == "new"


def test_a_pipe_gets_what_was_written_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe, heard = tmp_path / "pipe.csv", []
    os.mkfifo(pipe)
    reader = Thread(target=lambda: heard.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    write_whole(pipe, "new")
    reader.join(10)
    assert heard == ["new"]
    assert pipe.is_fifo()


def test_a_fault_on_the_way_leaves_the_file_and_no_draft(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    write_whole(file, "old")
    with pytest.raises(ZeroDivisionError), drafts(file) as (part,):
        _write_half(part)
    assert names(tmp_path) == {"a.csv"}
    assert file.read_text(encoding="utf-8") == "old"


def test_a_fault_takes_away_the_folders_that_were_made_for_the_file(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), drafts(tmp_path / "b" / "c" / "a.csv"):
        raise ZeroDivisionError
    assert names(tmp_path) == set()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EDQUOT])
def test_a_full_disk_is_one_sentence(number: int, tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    write_whole(file, "old")
    wanted = rf"^{re.escape(str(file))}: .*\(.*\); nothing was changed; make room, or write to another folder$"
    with pytest.raises(UnwrittenError, match=wanted), drafts(file):
        raise OSError(number, os.strerror(number))
    assert file.read_text(encoding="utf-8") == "old"


def test_of_two_files_none_is_replaced_when_the_second_does_not_fit(tmp_path: Path) -> None:
    small, large = tmp_path / "a.json", tmp_path / "a.csv"
    write_together({small: "old", large: "old"})
    with (
        no_file_larger_than(10_000),
        pytest.raises(UnwrittenError, match=r"a\.json and .*a\.csv: .*nothing was changed"),
    ):
        write_together({small: "new", large: "x" * 20_000})
    assert (small.read_text(encoding="utf-8"), large.read_text(encoding="utf-8")) == ("old", "old")
    assert names(tmp_path) == {"a.json", "a.csv"}


def test_an_error_of_what_is_read_meanwhile_is_not_taken_for_one_of_the_disk(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), drafts(tmp_path / "a.csv"):
        (tmp_path / "missing.csv").read_text(encoding="utf-8")


def test_a_folder_in_the_place_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "a.csv").mkdir()
    with pytest.raises(UnwrittenError, match=r"a\.csv: it may not be written \(it is a folder: name a file\)"):
        write_whole(tmp_path / "a.csv", "")


def test_a_file_in_the_place_of_a_folder(tmp_path: Path) -> None:
    write_whole(tmp_path / "a", "")
    with pytest.raises(UnwrittenError, match="it may not be written"):
        write_whole(tmp_path / "a" / "b" / "c.csv", "")


LEFT = """
import os, signal, sys
from pathlib import Path
from control.storage.atomic_file import drafts
with drafts(Path(sys.argv[1])) as (part,):
    part.write_text("half")
    print(part.parent.name, flush=True)
    if sys.argv[2] == "wait":
        sys.stdin.read()
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_what_a_killed_run_left_behind_is_swept_and_what_another_run_is_writing_is_not(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    write_whole(file, "old")
    command = [sys.executable, "-c", LEFT, str(file)]
    subprocess.run([*command, "die"], check=False, stdout=subprocess.DEVNULL)
    (killed,) = names(tmp_path) - {"a.csv"}
    with subprocess.Popen([*command, "wait"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout
        writing = running.stdout.readline().strip()
        assert names(tmp_path) == {"a.csv", writing}
        assert killed != writing
        write_whole(file, "new")
        assert names(tmp_path) == {"a.csv", writing}
        running.kill()
    write_whole(file, "newer")
    assert names(tmp_path) == {"a.csv"}
    assert file.read_text(encoding="utf-8") == "newer"


def test_only_our_own_drafts_are_swept(tmp_path: Path) -> None:
    """Not a file of such a name, not a link to a folder, not a longer name."""
    kept = tmp_path / "kept"
    kept.mkdir()
    (tmp_path / f"{DRAFT}aaaaaaaa").write_text("mine", encoding="utf-8")
    (tmp_path / f"{DRAFT}bbbbbbbb").symlink_to(kept)
    (tmp_path / f"{DRAFT}of-a-letter").mkdir()
    before = names(tmp_path)
    write_whole(kept / "a.csv", "new")
    write_whole(tmp_path / "a.csv", "new")
    assert names(tmp_path) == before | {"a.csv"}
    assert names(kept) == {"a.csv"}


@pytest.mark.parametrize("there", [False, True])
def test_a_folder_is_written_whole(there: bool, tmp_path: Path) -> None:
    folder = tmp_path / "theatre"
    if there:
        folder.mkdir(mode=0o750)
    write_folder(folder, {"a.csv": "a", "theatre.toml": "b"})
    assert names(folder) == {"a.csv", "theatre.toml"}
    assert names(tmp_path) == {"theatre"}
    assert not there or folder.stat().st_mode & 0o777 == 0o750


def test_a_folder_that_one_stands_in_stays_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    number = tmp_path.stat().st_ino
    write_folder(Path(), {"a.csv": "a"})
    assert (names(tmp_path), tmp_path.stat().st_ino) == ({"a.csv"}, number)


def test_a_folder_that_cannot_be_finished_is_not_begun(tmp_path: Path) -> None:
    with no_file_larger_than(100), pytest.raises(UnwrittenError, match=r"theatre: .*nothing was changed"):
        write_folder(tmp_path / "wars" / "theatre", {"a.csv": "a", "b.csv": "b" * 1000})
    assert names(tmp_path) == set()


def test_a_folder_with_nothing_but_a_left_draft_is_new(tmp_path: Path) -> None:
    assert is_new(tmp_path / "not there")
    (tmp_path / f"{DRAFT}aaaaaaaa").mkdir()
    assert is_new(tmp_path)
    write_whole(tmp_path / "a.csv", "")
    assert not is_new(tmp_path)
    assert not is_new(tmp_path / "a.csv")


def test_many_files_are_named_by_their_folder(tmp_path: Path) -> None:
    contents = {tmp_path / "new" / f"{number}.csv": "x" * 1000 for number in range(8)}
    with no_file_larger_than(100), pytest.raises(UnwrittenError, match=r"^8 files of .*new: "):
        write_together(contents)
    assert names(tmp_path) == set()
