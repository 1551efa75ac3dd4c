"""The page on the architecture names every folder and nothing that is not there, and so does its picture."""

from __future__ import annotations

import re

import pytest

from tests.conftest import ROOT

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
PICTURE = (ROOT / "docs" / "images" / "architecture.svg").read_text(encoding="utf-8")
WAY = ["report", "claim", "event", "interval", "ground", "page", "file"]


def section(title: str) -> str:
    (found,) = re.findall(rf"^## {re.escape(title)}\n(.*?)(?=^## |\Z)", PAGE, flags=re.DOTALL | re.MULTILINE)
    return str(found)


def packages() -> set[str]:
    return {
        f"{file.parent.relative_to(ROOT).as_posix()}/"
        for top in ("geo", "control")
        for file in (ROOT / top).rglob("__init__.py")
    }


def test_the_folders_are_those_of_the_tree() -> None:
    listed = re.findall(r"^\| `([a-z_/]+/)` \|", section("The folders"), flags=re.MULTILINE)
    assert len(listed) == len(set(listed))
    assert len(listed) > 15
    assert set(listed) == packages() - {"control/"}


def test_a_folder_has_a_sentence() -> None:
    for line in re.findall(r"^\| `[a-z_/]+/` \|(.*)\|$", section("The folders"), flags=re.MULTILINE):
        assert line.strip().endswith("."), line


@pytest.mark.parametrize("named", sorted(set(re.findall(r"`([\w./*]+/[\w./*-]*)`", PAGE))))
def test_what_is_named_is_there(named: str) -> None:
    assert list(ROOT.glob(named.rstrip("/"))), named


def test_the_picture_shows_the_way_of_a_report() -> None:
    shown = re.findall(r'class="name"[^>]*>([\w ]+)</text>', PICTURE)
    assert [name for name in shown if name in WAY] == WAY


def test_the_picture_names_folders_that_are_there() -> None:
    named = re.findall(r"control/\w+/", PICTURE)
    assert len(named) >= 7
    assert set(named) <= packages()


def test_the_table_of_nouns_follows_the_picture() -> None:
    first = re.findall(r"^\| (\w+) \| .+ \| .+ \|$", PAGE.split("## ")[0], flags=re.MULTILINE)
    assert first == ["noun", *WAY]
