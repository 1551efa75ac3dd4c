"""The page on exports names every format, column and key that there is."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from control.export.extract import Extract
from control.export.formats import FORMATS
from control.export.tables.columns import MEANINGS
from control.export.verify import Part

PAGE = (Path(__file__).parents[3] / "docs" / "exports.md").read_text(encoding="utf-8")
NAMED = set(re.findall(r"`([^`\n]+)`", PAGE))


def test_formats_and_columns() -> None:
    assert set(FORMATS) <= NAMED
    assert set(MEANINGS) <= NAMED
    assert {str(part) for part in Part} <= NAMED


def test_keys_of_the_record(small: Extract) -> None:
    assert set(small.provenance("csv").to_dict()) - {"controlmap"} <= NAMED


@pytest.mark.parametrize("form", FORMATS)
def test_each_format_has_a_line_to_copy(form: str) -> None:
    assert f"control export {form} " in PAGE or form in {"png", "geojson-times"}
