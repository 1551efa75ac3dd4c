"""One table of months: sentences, data sets and the map's script name them alike, whatever the machine's language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from control.record.months import MONTHS, month_named

PLUGIN = Path(__file__).parents[3] / "control" / "map" / "plugin"


@pytest.mark.parametrize(
    ("text", "number"),
    [("January", 1), ("sep", 9), ("MAY", 5), ("december", 12), ("Sept", None), ("", None), ("Mai", None)],
)
def test_months_are_known_by_name_and_by_three_letters(text: str, number: int | None) -> None:
    assert month_named(text) == number


def test_the_script_of_the_map_names_them_alike() -> None:
    lists = [
        re.search(r"MONTHS = \[(.*?)\]", file.read_text("utf-8"), re.DOTALL) for file in sorted(PLUGIN.glob("*.js"))
    ]
    (found,) = [match[1] for match in lists if match]
    assert tuple(re.findall(r'"(\w+)"', found)) == MONTHS
