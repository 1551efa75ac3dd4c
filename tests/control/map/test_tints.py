"""Ground of any two sides, and the land and water around it, can be told apart in both themes and by the colour-blind."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from control.map.colour_distance import NORMAL, ciede2000, lab, rgb
from control.map.palette import DARK, LIGHT
from control.map.tints import close_tints, opacity, tint
from control.record.model import Actor
from control.record.theatre import load_theatre
from tests.conftest import ROOT
from tests.node import plugin_answers

BLACK, DARK_GREEN, RED = "#2b2a2e", "#122b04", "#c8453b"
THEATRES = sorted(path.parent for path in (ROOT / "seeds").glob("*/theatre.toml"))


def actors_of(folder: Path) -> list[Actor]:
    return [actor for _, actor in sorted(load_theatre(folder).actors.items())]


@pytest.mark.parametrize("folder", THEATRES, ids=lambda folder: folder.name)
def test_all_pairs_of_tints_can_be_told_apart(folder: Path) -> None:
    """At the opacity of inferred ground: 12 in normal sight, 9 without red or green cones, on light and on dark pages."""
    assert close_tints(actors_of(folder)) == []


def test_what_is_too_close_is_named_with_a_colour_that_is_not() -> None:
    red, twin = Actor("red", "Red", "Red", RED), Actor("twin", "Twin", "Twin", "#c84a3b")
    found = [pair for pair in close_tints([red, twin]) if pair.second == "red"]
    assert [(pair.column, pair.first) for pair in found] == [("colour", "twin"), ("colour_dark", "twin")]
    light, dark = found
    assert light.distance < 2
    assert light.mended is not None
    assert dark.mended is not None
    mended = replace(twin, colour=light.mended, colour_dark=dark.mended)
    assert [pair for pair in close_tints([red, mended]) if pair.first == "twin"] == []


def test_what_is_too_close_to_the_sea_is_named() -> None:
    found = close_tints([Actor("pale", "Pale", "Pale", LIGHT["sea"])])
    assert {(pair.column, pair.second) for pair in found} >= {("colour", "sea"), ("colour", "land")}


def test_a_tint_is_a_third_of_the_colour_on_land() -> None:
    land, red = rgb(LIGHT["land"]), rgb(RED)
    assert tint(RED, LIGHT) == pytest.approx(0.34 * red + 0.66 * land, abs=0.5 / 255)


@pytest.mark.parametrize(
    ("colour", "expected"),
    [(RED, (0.34, 0.68)), (BLACK, (0.5, 0.68)), (DARK_GREEN, (0.34, 0.68)), ("#767676", (0.34, 0.68))],
)
def test_near_black_is_never_thin(colour: str, expected: tuple[float, float]) -> None:
    assert (opacity(colour, estimated=True), opacity(colour, estimated=False)) == expected
    assert opacity(BLACK, estimated=True, scheme=DARK) == 0.66


def test_the_script_of_the_page_has_the_same_opacities() -> None:
    colours = [BLACK, DARK_GREEN, RED, "#000000", "#1a1a1a", "#3a3a3a", "#404040", "#0c0c0e", "#20203a"]
    themes = [
        {"inferred": s["inferred"], "reported": s["reported"], "leastOfBlack": s["least-of-black"]}
        for s in (LIGHT, DARK)
    ]
    expected = [
        [[opacity(c, estimated=pale, scheme=s) for pale in (True, False)] for c in colours] for s in (LIGHT, DARK)
    ]
    asked = "input.themes.map((theme) => input.colours.map((colour) => Opacity.ofGround(theme, colour)))"
    assert plugin_answers(["opacity"], asked, {"themes": themes, "colours": colours}) == expected


def test_distances_of_arrays_are_those_of_their_rows() -> None:
    one, other = lab(rgb([RED, BLACK])), lab(rgb([BLACK, BLACK]))
    assert ciede2000(one, other) == pytest.approx([float(ciede2000(lab(rgb(RED)), lab(rgb(BLACK), NORMAL))), 0.0])
    assert np.shape(ciede2000(one[:, None], other[None])) == (2, 2)
