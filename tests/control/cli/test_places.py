"""What `places` and `assess` say of names that are no single place."""

from __future__ import annotations

import pytest
from typer.testing import CliRunner

from control.cli.main import app


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Euphrates River", ["Euphrates River: a river", "write Eastern bank of the Euphrates"]),
        ("Middle Euphrates", ["several may be meant", "Middle Euphrates (Deir ez-Zor), Middle Euphrates (Anbar)"]),
    ],
)
def test_what_is_open_is_said(name: str, said: list[str]) -> None:
    done = CliRunner().invoke(app, ["places", name])
    assert done.exit_code == 0
    for words in said:
        assert words in done.output
    assert "Tabqa" not in done.output


def test_a_river_without_areas_is_a_complaint() -> None:
    done = CliRunner().invoke(app, ["places", "the Orontes"])
    assert done.exit_code == 1
    assert "the Orontes: a river: no report with this spelling is used; write a place on it" in done.output
