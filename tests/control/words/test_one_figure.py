"""A figure shown twice is one figure: tip, table, panel, `why`, point, snapshot and statistics agree to the last digit.

A walk over random places and dates of every bundled theatre, and over random pairs of dates. The browser's side is its own
scripts, run by node on the payload as it travels. `bench/one_figure.py` walks farther.
"""

from __future__ import annotations

import pytest

from tests.conftest import ROOT
from tests.walk import Walk, compared, disagreements, tallied

pytestmark = pytest.mark.slow

THEATRES = sorted(path.parent for path in (ROOT / "seeds").glob("*/theatre.toml"))
SEED = 20171103


@pytest.fixture(scope="module", params=THEATRES, ids=lambda folder: folder.name)
def walk(request: pytest.FixtureRequest) -> Walk:
    return Walk.of(request.param, SEED)


def test_a_place_has_one_figure_on_every_date(walk: Walk) -> None:
    """A hundred places and dates; of every kind of answer there are some."""
    found, kinds = disagreements(walk, days=10, places=10)
    assert not found, "\n".join(found)
    assert kinds["controlled"] > 10
    assert kinds["estimated"] > 10


def test_legend_and_statistics_count_alike(walk: Walk) -> None:
    found = tallied(walk, days=6)
    assert not found, "\n".join(found)


def test_two_dates_compare_alike_on_the_map_in_the_panel_and_in_the_list(walk: Walk) -> None:
    found, seen = compared(walk, pairs=10)
    assert not found, "\n".join(found)
    assert seen > 25
