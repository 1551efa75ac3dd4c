"""What is estimated at a point itself, where no place is near enough for the point to lie on its ground."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np

from control.assessment.likelihood import estimated
from control.territory.estimate import Estimate
from control.territory.estimator import Estimator
from geo.place import LonLat

NEAR = 8
"""So many places speak for a point."""

FARTHEST_KM = 150.0
"""Beyond it nobody speaks for a point."""


def estimate_at(estimator: Estimator, position: LonLat, day: date) -> Estimate | None:
    """Estimate who holds a point: the mean of its nearest places' odds, by distance as everywhere, of one country.

    Parameters
    ----------
    position
        (lon, lat), WGS84 degrees.

    Returns
    -------
    Estimate or None
        Of no place, and with the reports that drive the nearest one; `None` where no place is within `FARTHEST_KM`.
    """
    landscape, settings = estimator.landscape, estimator.settings
    away = np.hypot(*(landscape.points - landscape.terrain.to_metres([position])).T) / 1000
    nearest = int(away.argmin())
    country = landscape.sites[nearest].country
    near = [
        site
        for site in np.argsort(away, kind="stable")[: 4 * NEAR].tolist()
        if away[site] <= FARTHEST_KM and landscape.sites[site].country == country
    ][:NEAR]
    if not near:
        return None
    weight = np.exp(-away[near] / settings.range_km) / np.maximum(away[near], settings.least_km)
    odds = weight @ estimator.odds(day)[near] / weight.sum()
    best = int(odds.argmax())
    is_known = odds[best] >= settings.least_probability
    sites, index = landscape.sites, landscape.index
    drivers = (
        replace(d, distance_km=round(sites[index[d.place_id]].position.distance_km(position), 1))
        for d in estimator.estimate(near[0], day).drivers
    )
    return Estimate(
        "",
        day,
        estimator.actors[best] if is_known else None,
        float(estimated(odds[best])) if is_known else None,
        tuple(sorted(drivers, key=lambda d: (-d.share, d.distance_km, d.place_id))),
    )
