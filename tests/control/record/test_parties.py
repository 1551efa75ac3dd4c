"""Several sides in one cell, with and without shares."""

from __future__ import annotations

import pytest

from control.record.parties import PartiesError, Party, read_parties, shares_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Red Army;Blue Front", (Party("Red Army"), Party("Blue Front"))),
        (" Red Army ; Blue Front ; ", (Party("Red Army"), Party("Blue Front"))),
        ("Red Army:60;Blue Front: 40 %", (Party("Red Army", 60.0), Party("Blue Front", 40.0))),
        ("Red:12.5;Blue;Green", (Party("Red", 12.5), Party("Blue"), Party("Green"))),
        ("AA:army;Blue", (Party("AA:army"), Party("Blue"))),
        ("", ()),
    ],
)
def test_sides_of_a_cell(text: str, expected: tuple[Party, ...]) -> None:
    assert read_parties(text) == expected


@pytest.mark.parametrize(
    ("percents", "expected"),
    [
        ([None, None], ()),
        ([60.0, 40.0], (0.6, 0.4)),
        ([80.0, None], (0.8, 0.2)),
        ([50.0, None, None], (0.5, 0.25, 0.25)),
        ([33.0, 33.0, 33.0], (1 / 3, 1 / 3, 1 / 3)),
    ],
)
def test_shares_are_of_the_whole(percents: list[float | None], expected: tuple[float, ...]) -> None:
    assert shares_of(percents) == pytest.approx(expected)


@pytest.mark.parametrize("percents", [[60.0, 60.0], [60.0, 30.0], [110.0, None]])
def test_shares_that_are_not_the_whole(percents: list[float | None]) -> None:
    with pytest.raises(PartiesError, match="shares of"):
        shares_of(percents)
