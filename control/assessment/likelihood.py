"""How sure: a probability as it is recorded, as it is printed, and in words.

The browser does the same in `map/plugin/words.js`; both read the words and the steps in `likelihood.json`. Words follow the
printed figure, so that `95 %` is never called less than 95 % is.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

THOUSANDTHS = 1000
NOISE = 1e-7
"""Of a thousandth: two ways to compute one number differ by less, and a half must not be rounded up by one and down by the
other."""

_SCALE: dict[str, Any] = json.loads(Path(__file__).with_suffix(".json").read_text(encoding="utf-8"))
WORDS: tuple[tuple[int, str], ...] = tuple((least, word) for least, word in _SCALE["words"])
"""Least whole percent and word, the surest first: words of estimative probability, after Kent (1964) and ICD 203."""
ESTIMATE_STEP: int = _SCALE["step_of_estimates"]
"""Percent: an estimate is known no better, and is printed no finer."""
FAR_KM: float = _SCALE["far_km"]
"""An estimate whose nearest report is farther away says so: nothing measured tells how good it is."""


def thousandths(probability: ArrayLike) -> Ints:
    """Round probabilities to whole thousandths, halves upwards: what is recorded, exported and printed from."""
    return np.floor(np.asarray(probability, dtype=np.float64) * THOUSANDTHS + 0.5 + NOISE).astype(np.int64)


def whole_percents(probability: ArrayLike) -> Ints:
    """Round recorded probabilities to whole percent, halves upwards; 0 and 100 stand for `under 1 %` and `over 99 %`."""
    return np.asarray((thousandths(probability) + 5) // 10)


def recorded(probability: float) -> float:
    """Return a probability as it is recorded and exported, to a thousandth."""
    return int(thousandths(probability)) / THOUSANDTHS


def whole_percent(probability: float) -> int:
    """Return the whole percent that is printed. See `whole_percents`."""
    return int(whole_percents(probability))


def percent(probability: float) -> str:
    """Print a probability without claiming certainty: `87 %`, `over 99 %`, `under 1 %`."""
    whole = whole_percent(probability)
    if whole <= 0:
        return "under 1 %"
    return "over 99 %" if whole >= 100 else f"{whole} %"


def likelihood(probability: float | None) -> str:
    """Say a probability in words."""
    if probability is None:
        return "unknown"
    whole = whole_percent(probability)
    return next(word for least, word in WORDS if whole >= least)


def estimated(probability: ArrayLike) -> Floats:
    """Round the probabilities of estimates to `ESTIMATE_STEP`: so they are recorded, exported and printed."""
    steps = 100 // ESTIMATE_STEP
    return np.asarray(np.floor(np.asarray(probability, dtype=np.float64) * steps + 0.5 + NOISE) / steps)


def about(probability: float) -> str:
    """Print the probability of an estimate: `about 85 %`, `over 95 %`."""
    whole = whole_percent(float(estimated(probability)))
    return f"over {100 - ESTIMATE_STEP} %" if whole >= 100 else f"about {max(whole, ESTIMATE_STEP)} %"
