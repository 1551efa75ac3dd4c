"""International borders: no side is estimated to hold ground in a country in which no report lets it hold anything."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from control.territory.area_evidence import AreaSay
from control.territory.estimate import Floats, Ints

HOLDS = 0.5
"""From this probability on a side holds a place, or an area."""

Bools = NDArray[np.bool_]


class Borders:
    """The country of each site, and who is there.

    Parameters
    ----------
    countries
        Of each site; sites without one are together.
    reported
        Numbers of the sites with reports.
    """

    def __init__(self, countries: Sequence[str | None], reported: Ints) -> None:
        names = sorted({country or "" for country in countries})
        number = {name: i for i, name in enumerate(names)}
        self._country = np.array([number[country or ""] for country in countries], dtype=np.int64)
        self._reported, self._count = self._country[reported], len(names)

    def present(self, known: Floats, areas: Sequence[AreaSay]) -> Bools:
        """Return who holds a place or an area in each country, shape (countries, K).

        Parameters
        ----------
        known
            Odds of the reported sites, shape (r, K).
        areas
            What reports of areas say on the same day.
        """
        found = np.zeros((self._count, known.shape[1]), dtype=bool)
        np.logical_or.at(found, self._reported, known >= HOLDS)
        for area in areas:
            found[np.unique(self._country[area.members])] |= area.odds >= HOLDS
        return found

    def within(self, said: Floats, heard: Floats, present: Bools, sites: Ints | None = None) -> tuple[Floats, Floats]:
        """Take what is said for a side out where it holds nothing in the country: there it is no evidence at all.

        Parameters
        ----------
        said, heard
            What is said for each actor at each site, and all that is said there: shapes (n, K) and (n, 1).
        sites
            Numbers of these sites; all of them by default.
        """
        abroad = ~present[self._country if sites is None else self._country[sites]]
        if self._count < 2 or not abroad.any():
            return said, heard
        return np.where(abroad, 0.0, said), heard - np.where(abroad, said, 0.0).sum(axis=1, keepdims=True)
