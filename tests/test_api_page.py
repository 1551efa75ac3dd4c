"""The page on the Python API is true: its examples print what it shows, and its list of names is that of the code."""

from __future__ import annotations

import inspect
import runpy
from pathlib import Path

import pytest

from control import api
from tests.conftest import ROOT
from tests.pages import Page

PAGE = ROOT / "docs" / "api.md"
REFERENCE = runpy.run_path(str(ROOT / "bench" / "api_reference.py"))


def test_every_example_prints_what_the_page_shows(tmp_path: Path) -> None:
    """Refresh them with `python tests/pages.py docs/api.md`."""
    page = Page(PAGE, tmp_path)
    assert len(page.steps()) >= 15
    page.check()


def test_the_list_of_names_is_that_of_the_code() -> None:
    """Refresh it with `python bench/api_reference.py`."""
    (found,) = REFERENCE["BETWEEN"].finditer(PAGE.read_text(encoding="utf-8"))
    assert found.group() == found[1] + REFERENCE["reference"]() + found[2]


def test_the_module_offers_what_it_imports_and_makes() -> None:
    public = {name for name, thing in vars(api).items() if not name.startswith("_") and not inspect.ismodule(thing)}
    assert public - set(api.__all__) == {"Path", "Step", "annotations", "date", "format_named", "write"} | {
        "CHANGE_COLUMNS", "change_to_row", "figures_to_dicts", "TYPE_CHECKING",
    }  # fmt: skip


@pytest.mark.parametrize("name", api.__all__)
def test_a_name_says_what_it_is(name: str) -> None:
    """What it takes and raises is in its docstring wherever it takes positions, days or formats."""
    thing = getattr(api, name)
    told = inspect.getdoc(thing) or ""
    assert told.strip() or name == "FORMATS"
    if inspect.isfunction(thing):
        parameters = set(inspect.signature(thing).parameters)
        if {"position", "lon", "lat"} & parameters:
            assert "(lon, lat)" in told
            assert "WGS84" in told
        if {"day", "since", "until"} & parameters and name not in {"changes_frame", "series"}:
            assert "SpanError" in told
