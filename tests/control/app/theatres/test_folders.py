"""Which theatres the app offers: those in seeds, and those that are named; what is not understood is told."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from control.app.theatres.folders import VARIABLE, file_stamp, known_theatres, named_folders


def make(*folders: Path) -> None:
    for folder in folders:
        folder.mkdir(parents=True)
        (folder / "theatre.toml").write_text("", encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "variable", "folders", "complaint"),
    [
        ([], "", [], None),
        (["--theatre", "a"], "", ["a"], None),
        (["--theatre=a", "--theatre", "b"], os.pathsep.join(["c", "", "d"]), ["a", "b", "c", "d"], None),
        (["--theater", "a"], "", [], "'--theater' says nothing to the app; expected --theatre FOLDER"),
        (["a"], "", [], "'a' says nothing to the app"),
        (["--theatre"], "", [], "--theatre names no folder"),
        (["--theatre", "--theatre", "b"], "", ["b"], "--theatre names no folder"),
        (["--theatre="], "", [], "--theatre names no folder"),
    ],
)
def test_named_folders(arguments: list[str], variable: str, folders: list[str], complaint: str | None) -> None:
    found, complaints = named_folders(arguments, {VARIABLE: variable})
    assert found == [Path(folder) for folder in folders]
    if complaint is None:
        assert complaints == []
    else:
        assert complaint in complaints[0]
        assert all(said.endswith("write streamlit run streamlit_app.py -- --theatre FOLDER") for said in complaints)


def test_named_theatres_come_first_and_go_before_those_of_seeds(tmp_path: Path) -> None:
    seeds, mine = tmp_path / "seeds", tmp_path / "mine"
    make(seeds / "red", seeds / "blue", mine / "red")
    known, complaints = known_theatres(seeds, [mine / "red"])
    assert list(known.items()) == [("red", mine / "red"), ("blue", seeds / "blue")]
    assert complaints == []


def test_a_folder_of_theatres_stands_for_all_of_them(tmp_path: Path) -> None:
    make(tmp_path / "a", tmp_path / "b")
    assert list(known_theatres(tmp_path / "seeds", [tmp_path])[0]) == ["a", "b"]


def test_a_relative_folder_is_found_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path / "a")
    monkeypatch.chdir(tmp_path / "a")
    assert known_theatres(Path("seeds"), [Path()])[0] == {"a": tmp_path / "a"}


def test_what_is_no_theatre_and_what_has_the_name_of_another_is_told(tmp_path: Path) -> None:
    make(tmp_path / "x" / "same", tmp_path / "y" / "same")
    (tmp_path / "empty").mkdir()
    named = [tmp_path / "x" / "same", tmp_path / "y" / "same", tmp_path / "empty", tmp_path / "nowhere"]
    known, (again, empty, nowhere) = known_theatres(tmp_path / "seeds", named)
    assert known == {"same": named[0]}
    assert f"{named[1]} has the name of {named[0]}; expected a folder name of its own" in again
    assert "empty is no theatre: theatre.toml is missing in it; expected a folder as `python -m control" in empty
    assert "nowhere is no theatre: there is no such folder" in nowhere
    assert str(Path.cwd()) in nowhere


def test_the_stamp_is_another_when_a_file_was_written(tmp_path: Path) -> None:
    make(tmp_path / "a")
    (tmp_path / "a" / "notes.txt").write_text("x", encoding="utf-8")
    before = file_stamp(tmp_path / "a")
    assert [name for name, *_ in before] == ["theatre.toml"]
    (tmp_path / "a" / "theatre.toml").write_text("# x", encoding="utf-8")
    assert file_stamp(tmp_path / "a") != before
