"""The changelog keeps to the form of Keep a Changelog, and says nothing twice."""

from __future__ import annotations

import re

from tests.conftest import ROOT

TEXT = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
SECTIONS = ["Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"]


def entries() -> list[str]:
    """The entries, each on one line."""
    return [" ".join(entry.split()) for entry in re.findall(r"^- ((?:.+\n)(?:  .+\n)*)", TEXT, flags=re.MULTILINE)]


def test_a_release_has_sections_in_their_order() -> None:
    releases = re.split(r"^## ", TEXT, flags=re.MULTILINE)[1:]
    assert releases
    assert releases[0].startswith("[Unreleased]\n")
    for release in releases:
        assert re.match(r"\[(Unreleased|\d+\.\d+\.\d+)\](?: - \d{4}-\d{2}-\d{2})?\n", release)
        found = re.findall(r"^### (.+)$", release, flags=re.MULTILINE)
        assert found == [section for section in SECTIONS if section in found]
        assert "Added" in found


def test_an_entry_stands_once_and_in_a_section() -> None:
    found = entries()
    assert len(found) > 50
    assert len({entry[:60] for entry in found}) == len(found)
    assert len(found) == len(re.findall(r"^- ", TEXT.split("\n### ", 1)[1], flags=re.MULTILINE))


def test_lines_can_be_read_in_a_terminal() -> None:
    assert [line for line in TEXT.splitlines() if len(line) > 140] == []
