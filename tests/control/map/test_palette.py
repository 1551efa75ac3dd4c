"""Colours that belong to no actor have one home, and the page gets all of them."""

from __future__ import annotations

import json
import re
import subprocess
import sys

import pytest

import control.map
from control.map.palette import APP, DARK, LIGHT, with_variables
from tests.conftest import ROOT

HEX = re.compile(r"#[0-9a-fA-F]{6}\b")
STYLE = ROOT / "control" / "map" / "plugin" / "timeline.css"
PALETTE = json.loads((ROOT / "control" / "map" / "palette.json").read_text(encoding="utf-8"))


def test_a_scheme_takes_the_place_of_its_mark() -> None:
    css = with_variables(".a {\n  top: 0;\n  --cm-palette: dark;\n}\n")
    first, second, third, *_ = css.splitlines()
    assert (first, second, third) == (".a {", "  top: 0;", f"  --cm-sea: {DARK['sea']};")
    assert css.count("--cm-") == len(DARK)
    assert css.endswith("}\n")


def test_a_scheme_that_there_is_not_is_an_error() -> None:
    with pytest.raises(KeyError):
        with_variables("--cm-palette: sepia;")


def test_the_page_has_both_schemes_and_every_variable_that_it_uses() -> None:
    css = with_variables(STYLE.read_text(encoding="utf-8"))
    assert "--cm-palette" not in css
    assert LIGHT.keys() == DARK.keys()
    for name, scheme in (("light", LIGHT), ("dark", DARK)):
        for key, value in scheme.items():
            assert f"--cm-{key}: {value};" in css, name
    used = set(re.findall(r"var\(--cm-([\w-]+)", css)) - set(re.findall(r"--cm-([\w-]+):", css))
    assert used == set()


def test_the_style_sheet_of_the_map_has_no_colours_of_its_own() -> None:
    assert HEX.findall(STYLE.read_text(encoding="utf-8")) == []


def test_no_module_has_a_colour_of_its_own() -> None:
    """Beside the palette only an invented example has one: that of an actor in a theatre that somebody begins."""
    modules = {path.name for path in (ROOT / "control").rglob("*.py") if HEX.search(path.read_text(encoding="utf-8"))}
    assert modules == {"starter_texts.py"}


@pytest.mark.parametrize("file", ["control/app/app.css", ".streamlit/config.toml"])
def test_files_that_cannot_read_the_palette_have_its_colours(file: str) -> None:
    """A style sheet that is served as it is, and the settings of Streamlit."""
    found = set(HEX.findall((ROOT / file).read_text(encoding="utf-8")))
    assert found
    assert found <= set(APP.values())


def test_a_colour_needs_no_folium() -> None:
    """Exports have these colours, and folium takes longer to import than many a file to write."""
    code = "import sys, control.export.formats; sys.exit('folium' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_what_the_package_offers_is_there() -> None:
    assert [name for name in control.map.__all__ if getattr(control.map, name, None) is None] == []
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        _ = control.map.nothing
