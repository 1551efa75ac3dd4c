"""The sides that one cell names together, with their shares where a source gives some: `Red;Blue`, `Red:60;Blue:40`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from geo.errors import UserError

WHOLE = 100.0
ROUNDING = 1.0
"""Shares may miss the whole by as much as figures in whole percent do."""

_SHARE = re.compile(r"(.+?)\s*:\s*(\d{1,3}(?:\.\d+)?)\s*%?")


class PartiesError(UserError, ValueError):
    """Shares that cannot be those of one place."""


@dataclass(frozen=True, slots=True)
class Party:
    """A side as written, and its share in percent, if the source gives one."""

    name: str
    percent: float | None = None


def read_parties(text: str) -> tuple[Party, ...]:
    """Split a cell at its semicolons, and each side from its share."""
    found = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        shared = _SHARE.fullmatch(part)
        found.append(Party(shared[1], float(shared[2])) if shared else Party(part))
    return tuple(found)


def shares_of(percents: Sequence[float | None]) -> tuple[float, ...]:
    """Return the shares of sides, 0-1; those that are not given have equal parts of the rest. Empty: none is given.

    Raises
    ------
    PartiesError
        When together they are not the whole.
    """
    given = [percent for percent in percents if percent is not None]
    if not given:
        return ()
    rest, silent = WHOLE - sum(given), len(percents) - len(given)
    if rest < (0 if silent else -ROUNDING) or (not silent and rest > ROUNDING):
        raise PartiesError(f"shares of {sum(given):g} %")
    whole = sum(given) if not silent else WHOLE
    return tuple((rest / silent if percent is None else percent) / whole for percent in percents)
