"""Run-length encoding of (place, day, status) in one pass: memory grows with the changes, not with the rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.errors import UserError

Ints = NDArray[np.int64]
NONE = -1


class OrderError(UserError, ValueError):
    """Days of a place that do not go up; `row` is the number of the row."""

    def __init__(self, row: int) -> None:
        super().__init__(f"row {row} is earlier than a row of the same place before it")
        self.row = row


@dataclass(frozen=True, slots=True)
class Runs:
    """Maximal stretches of one status at one place, sorted by place and first day; arrays of one length.

    Attributes
    ----------
    place, status
        Codes of the caller.
    first, last
        First and last day with that status, both included; days that the table leaves out are bridged.
    row
        Number of the row that begins the run.
    """

    place: Ints
    first: Ints
    last: Ints
    status: Ints
    row: Ints

    def __len__(self) -> int:
        return len(self.place)


class RunEncoder:
    """Takes rows in blocks. Places may alternate as they like; the days of each place must go up.

    Parameters
    ----------
    places
        Number of places; their codes are 0 to places - 1. Greater codes make room for themselves.
    """

    def __init__(self, places: int) -> None:
        self._status = self._first = self._last = self._row = np.empty(0, np.int64)
        self._closed: list[NDArray[np.int64]] = []
        self._grow(places)

    def _grow(self, places: int) -> None:
        more = max(0, places - len(self._status))
        self._status = np.append(self._status, np.full(more, NONE))
        self._first, self._last, self._row = (
            np.append(column, np.zeros(more, np.int64)) for column in (self._first, self._last, self._row)
        )
        self._small = len(self._status) <= np.iinfo(np.uint16).max

    def add(self, place: NDArray[np.integer], day: NDArray[np.integer], status: NDArray[np.integer], row: Ints) -> Ints:
        """Add a block of rows, arrays of one length; statuses are not negative.

        Returns
        -------
        (k,) int64
            Numbers of the rows that name another status than an earlier row for the same place and day. They are left out.

        Raises
        ------
        OrderError
            When a day lies before a day of the same place that was already added.
        """
        if not len(place):
            return np.empty(0, np.int64)
        if (highest := int(place.max())) >= len(self._status):
            self._grow(2 * highest + 1)
        place, day, status, row = self._sorted(place, day, status, row)
        # The state of earlier blocks decides about rows of its own last day.
        open_ = self._status[place] != NONE
        late = open_ & (day < self._last[place])
        if late.any():
            raise OrderError(int(row[late].min()))
        repeated = open_ & (day == self._last[place])
        conflicts = repeated & (status != self._status[place])
        again = np.zeros(len(place), bool)
        again[1:] = (place[1:] == place[:-1]) & (day[1:] == day[:-1])
        if again.any():
            head = np.maximum.accumulate(np.where(again, 0, np.arange(len(place))))
            conflicts |= again & ~repeated & (status != status[head])
            repeated |= again
        found = np.sort(row[conflicts])
        if repeated.any():
            place, day, status, row = (a[~repeated] for a in (place, day, status, row))
        if len(place):
            self._take(place, day, status, row)
        return found

    def finish(self) -> Runs:
        """Return all runs."""
        at = np.flatnonzero(self._status != NONE)
        self._close(at, self._first[at], self._last[at], self._status[at], self._row[at])
        table = np.concatenate(self._closed, axis=1)
        place, first, last, status, row = table[:, np.lexsort((table[1], table[0]))]
        return Runs(place, first, last, status, row)

    def _sorted(
        self, place: NDArray[np.integer], day: NDArray[np.integer], status: NDArray[np.integer], row: Ints
    ) -> tuple[NDArray[np.integer], NDArray[np.integer], NDArray[np.integer], Ints]:
        """Sort by place, then day; equal ones stay in the order of the file."""
        steps = np.diff(place.astype(np.int64) << 32 | day.astype(np.int64))
        if (steps >= 0).all():
            return place, day, status, row
        if (np.diff(day) >= 0).all() and self._small:
            order = np.argsort(place.astype(np.uint16), kind="stable")  # a radix sort: five times as fast
        else:
            order = np.lexsort((day, place))
        return place[order], day[order], status[order], row[order]

    def _take(
        self, place: NDArray[np.integer], day: NDArray[np.integer], status: NDArray[np.integer], row: Ints
    ) -> None:
        starts = np.flatnonzero(np.r_[True, (place[1:] != place[:-1]) | (status[1:] != status[:-1])])
        ends = np.r_[starts[1:], len(place)] - 1
        where, code, number = place[starts], status[starts], row[starts]
        first, last = day[starts].astype(np.int64), day[ends].astype(np.int64)
        heads = np.flatnonzero(np.r_[True, where[1:] != where[:-1]])
        tails = np.r_[heads[1:], len(where)] - 1
        # The first run of a place goes on with what was open, or closes it.
        at = where[heads]
        goes_on = self._status[at] == code[heads]
        first[heads[goes_on]] = self._first[at[goes_on]]
        number[heads[goes_on]] = self._row[at[goes_on]]
        ended = at[~goes_on & (self._status[at] != NONE)]
        self._close(ended, self._first[ended], self._last[ended], self._status[ended], self._row[ended])
        inner = np.ones(len(where), bool)
        inner[tails] = False
        self._close(where[inner], first[inner], last[inner], code[inner], number[inner])
        at = where[tails]
        self._status[at], self._first[at] = code[tails], first[tails]
        self._last[at], self._row[at] = last[tails], number[tails]

    def _close(self, *columns: NDArray[np.integer]) -> None:
        self._closed.append(np.stack([column.astype(np.int64) for column in columns]))
