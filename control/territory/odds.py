"""Odds of actors: what is not said of the named ones, and how much odds say at all."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

FEWEST = 4
"""Who may hold a place, at the least, counting those that nobody lists. What a report denies to one actor would else go to
the last one left: with two parties to a war, one would get whatever the other is not told to hold; with three, one that no
report names would have held all that the two others captured, until they did."""


def uniform(active: Bools) -> Floats:
    """Return the odds where nothing is known, shape (K,): alike for all that exist; with less than `FEWEST`, below 1."""
    return np.asarray(active / max(FEWEST, int(active.sum())))


def spread_rest(odds: Floats, named: Bools, active: Bools) -> Floats:
    """Give what the named actors lack to 1 to the others, each of those that exist alike.

    Parameters
    ----------
    odds, named
        Odds of the actors, and which of them reports name, shape (n, K).
    active
        Which actors exist, shape (K,).

    Returns
    -------
    array
        Shape (n, K). Where fewer than `FEWEST` exist, a share may stay with somebody who is no actor.
    """
    odds = odds * active
    others = active & ~named
    rest = np.maximum(0.0, 1 - odds.sum(axis=1, keepdims=True))
    shares = np.maximum(others.sum(axis=1, keepdims=True), FEWEST - named.sum(axis=1, keepdims=True))
    return np.asarray(odds + others * rest / np.maximum(1, shares))


def sureness(odds: Floats, actors: int) -> Floats:
    """Return 1 - H / log K, by the entropy H of each row: 1 when one actor is certain, 0 when all are alike.

    What a row lacks to 1 is somebody else's and counts as one actor more; K is `FEWEST` at the least.
    """
    whole = np.column_stack((odds, np.maximum(0.0, 1 - odds.sum(axis=1))))
    logs = np.log(np.where(whole > 0, whole, 1.0))
    return np.asarray(np.clip(1 + (whole * logs).sum(axis=1) / np.log(max(FEWEST, actors)), 0, 1))


def sharpened(mean: Floats, exponent: float) -> Floats:
    """Turn means of odds, shape (n, K), into odds: each to a power, against all together and what is missing to 1."""
    mean = np.maximum(0.0, mean)
    mean = mean / np.maximum(1.0, mean.sum(axis=1, keepdims=True))
    others = np.maximum(0.0, 1 - mean.sum(axis=1, keepdims=True))
    sharp = mean**exponent
    return np.asarray(sharp / (sharp.sum(axis=1, keepdims=True) + others**exponent))
