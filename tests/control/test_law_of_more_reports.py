"""Law 10: more true reports never make the map worse, beyond chance; on a synthetic war whose truth is known."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from bench.ground import synthetic_landscape
from bench.synthetic import Recipe, make
from control.territory.estimator import Estimator
from control.territory.surroundings import CoupledTimeline

SHARES = (0.25, 0.5, 1.0)
DAYS = (150, 300, 450, 550)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_more_true_reports_never_make_the_map_worse_beyond_chance(seed: int) -> None:
    """A quarter, a half and all of the reports, in random order: right at all places, reported or not, on four days."""
    world = make(Recipe(places=80, days=600, seed=seed))
    land = synthetic_landscape(world)
    column = [world.place_ids.index(place.id) for place in land.sites]
    order = np.random.default_rng(seed).permutation(len(world.theatre.claims))
    right = []
    for share in SHARES:
        told = tuple(world.theatre.claims[i] for i in sorted(order[: int(share * len(order))].tolist()))
        theatre = replace(world.theatre, claims=told)
        estimator = Estimator(CoupledTimeline(theatre, landscape=land), land)
        number = np.array([estimator.actors.index(actor) for actor in world.actor_ids])
        hits = [
            estimator.odds(theatre.settings.start + timedelta(days=day)).argmax(axis=1)
            == number[world.holders[day][column]]
            for day in DAYS
        ]
        right.append(np.concatenate(hits))
    for fewer, more in zip(right, right[1:], strict=False):
        lost, won = int((fewer & ~more).sum()), int((more & ~fewer).sum())
        assert lost - won <= 2 * np.sqrt(lost + won), (lost, won)
    assert right[-1].mean() > right[0].mean()
