"""What is packed in Python comes out in the browser's script as it went in."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from control.map.packed import DIGITS, MOST, along_hilbert, column, packed
from tests.node import plugin_answers

VALUE = {chr(digit): n for n, digit in enumerate(DIGITS)}


def numbers(text: str) -> list[int]:
    """Read a column, digit by digit."""
    found, value, shift = [], 0, 0
    for character in text:
        digit = VALUE[character]
        value += (digit & 31) << shift
        shift += 5
        if digit < 32:
            found.append(-(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    return found


@pytest.mark.parametrize(
    ("given_", "text"),
    [([], ""), ([0], "A"), ([1, -1], "CD"), ([15], "e"), ([16, -16], "gBhB"), ([MOST, -MOST], "+/////B//////B")],
)
def test_columns_are_what_source_maps_have(given_: list[int], text: str) -> None:
    assert column(given_) == text
    assert numbers(text) == given_


@given(st.lists(st.integers(-MOST, MOST)))
def test_columns_keep_their_numbers(values: list[int]) -> None:
    assert numbers(column(values)) == values


def test_too_large_a_number_is_refused() -> None:
    with pytest.raises(ValueError, match="1073741824 is too large"):
        column([0, MOST + 1])


@settings(max_examples=30)
@given(st.lists(st.tuples(st.integers(-50, 50), st.integers(-50, 50)), max_size=60))
def test_the_curve_meets_every_point_once(points: list[tuple[int, int]]) -> None:
    order = along_hilbert(np.array(points, dtype=float).reshape(-1, 2))
    assert sorted(order.tolist()) == list(range(len(points)))


def test_the_curve_goes_from_square_to_neighbouring_square() -> None:
    """On a full grid of 16 x 16 every step leads to one of the four squares around."""
    grid = np.array([(x, y) for x in range(16) for y in range(16)], dtype=float)
    walk = grid[along_hilbert(grid + 0.5)]
    assert np.abs(np.diff(walk, axis=0)).sum(axis=1).tolist() == [1.0] * 255


def cells_of(ground: dict[str, Any]) -> dict[tuple[int, ...], int]:
    """Return each stretch between two vertices, walked from the lower to the higher, with its left and right side."""
    found: dict[tuple[int, ...], Any] = {}
    for arc, (left, right) in zip(ground["arcs"], ground["sides"], strict=True):
        points = np.array(arc).reshape(-1, 2).cumsum(axis=0).tolist()
        for a, b in zip(points, points[1:], strict=False):
            found[(*min(a, b), *max(a, b))] = (left, right) if a < b else (right, left)
    return found


def unpacked(data: dict[str, Any]) -> dict[str, Any]:
    """Let the browser's own script take a payload apart; the ground comes back in its plain form."""
    made: dict[str, Any] = plugin_answers(
        ["packed"],
        "((made) => { if (made.ground) for (const key of ['start', 'steps', 'left', 'right'])"
        " made.ground[key] = [...made.ground[key]]; return made; })(Packed.unpack(input))",
        data,
    )
    if ground := made.get("ground"):
        starts = ground.pop("start")
        steps, left, right = ground.pop("steps"), ground.pop("left"), ground.pop("right")
        ground["arcs"] = [steps[2 * a : 2 * b] for a, b in zip(starts, starts[1:], strict=False)]
        ground["sides"] = [list(pair) for pair in zip(left, right, strict=True)]
    return made


def test_a_payload_comes_back(payload: dict[str, Any]) -> None:
    """Whole kilometres and thousandths are all that travels; of the geography, properties and lines."""
    before = copy.deepcopy(payload)
    payload["changes"] = before["changes"] = [[8, 0], [10, 0], [3, 4]]
    payload["stale_after"] = before["stale_after"] = [182, 365]
    payload["intervals"][1] = [[0, 1, 1, 0.97, -1], [200, 1, 1, 0.97, -1, 1]]
    before["intervals"] = [[[*row, 0] for row in rows] for rows in before["intervals"]]
    before["intervals"][1] = [[0, 1, 1, 0.97, -1, 0], [200, 1, 1, 0.97, -1, 1]]
    after = unpacked(packed(payload))
    for place in before["places"]:
        place["drivers"] = [[index, round(km)] for index, km in place["drivers"]]
    assert after["places"] == before["places"]
    assert cells_of(after["ground"]) == cells_of(before["ground"])
    assert after["ground"]["transform"] == before["ground"]["transform"]
    for name, collection in before.pop("geography").items():
        got = after["geography"][name]["features"]
        assert got == [{key: f[key] for key in ("properties", "geometry")} for f in collection["features"]]
    for key in before.keys() - {"places", "ground"}:
        assert after[key] == before[key], key


def told_instead() -> dict[str, Any]:
    """Texts of the payload's five places: three intervals of the first, two of the last."""
    signs = [{"status": "besieged", "actor": 0, "text": "Ring"}]
    rows = [[0, 1, 0], [2], [0], [1], [2, 1]]
    return {"texts": ["a", "b", "c"], "rows": rows, "note": "n", "signs": signs, "headings": ["P", "T", "S", "D"]}


def test_what_is_told_instead_of_holders_comes_back(payload: dict[str, Any]) -> None:
    payload["told"] = told_instead()
    assert unpacked(packed(payload))["told"] == told_instead()


def test_the_bundled_theatre_comes_back(bundled_timeline: Any) -> None:
    from control.map.payload import timeline_payload

    before = timeline_payload(bundled_timeline)
    after = unpacked(packed(before))
    for was, is_ in zip(before["places"], after["places"], strict=True):
        assert (was["id"], was["name"], was["kind"], was["drivers"]) == (
            is_["id"],
            is_["name"],
            is_["kind"],
            is_["drivers"],
        )
        assert (was["lon"], was["lat"]) == pytest.approx((is_["lon"], is_["lat"]), abs=0.6e-4)
    assert after["intervals"] == [[[*row, 0][:6] for row in rows] for rows in before["intervals"]]
    assert after["changes"] == [list(change) for change in before["changes"]]
    assert cells_of(after["ground"]) == cells_of(before["ground"])


def test_a_place_that_is_nowhere_is_refused(payload: dict[str, Any]) -> None:
    payload["places"][1]["lat"] = float("nan")
    with pytest.raises(ValueError, match="not a finite number"):
        packed(payload)


def test_a_probability_that_is_none_is_refused(payload: dict[str, Any]) -> None:
    payload["intervals"][1][0][3] = float("nan")
    with pytest.raises(ValueError, match="a probability is nan"):
        packed(payload)
