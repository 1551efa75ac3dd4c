"""What became of every row of an imported file: used, merged or set aside, and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from control.record.model import Report, Source
from geo.errors import UserError

ROWS_LISTED = 1000
"""So many row numbers are kept for each reason; counts are exact."""


NAMES_LISTED, MAX_NAME = 10_000, 200
"""Names that are told by themselves, and characters of one."""
OTHER_NAMES = "(all further names)"


class UnusableRowError(UserError, ValueError):
    """A row that no report is made of; its text is the reason, the same for all such rows."""


@dataclass(frozen=True, slots=True)
class Tally:
    """Rows with the same fate: how many there are, and the numbers of the first of them (the header is row 1)."""

    count: int
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Account:
    """The fate of all rows of one import.

    Attributes
    ----------
    rows
        Rows read.
    used
        Rows that a report rests on.
    merged
        Rows that say what another used row says: same day, place, event and sides.
    lessened
        Reason -> rows that were used, but for less than they say: as fighting only, or with less credibility.
    set_aside
        Reason -> rows that were not used.
    unmapped
        Name -> number of rows, for names that the mapping table does not have.
    """

    rows: int
    used: int
    merged: int
    lessened: Mapping[str, Tally] = field(default_factory=dict)
    set_aside: Mapping[str, Tally] = field(default_factory=dict)
    unmapped: Mapping[str, int] = field(default_factory=dict)

    def lines(self) -> list[str]:
        """Say it in lines, most rows first."""
        rows = f"{self.rows} row{'' if self.rows == 1 else 's'} read"
        said = [f"{rows}: {self.used} used, {self.merged} of them say what another row says"]
        said += [f"  {tally.count} used for less: {reason}{_rows(tally)}" for reason, tally in _most(self.lessened)]
        said += [f"  {tally.count} set aside: {reason}{_rows(tally)}" for reason, tally in _most(self.set_aside)]
        if self.unmapped:
            count = len(self.unmapped)
            said.append(f"  {count} {'name is' if count == 1 else 'names are'} not in the mapping table:")
            said += [f"    {count} x {name}" for name, count in self.unmapped.items()]
        return said


@dataclass(frozen=True)
class Imported:
    """The result of an import.

    Attributes
    ----------
    reports
        In the order of date, place, event and sides; names of places are spelt so that the theatre finds them.
    source
        The data set, as one source.
    spellings
        Spelling -> place id, for `places_overrides.csv`: places whose name alone is not unique are written with their id.
    account
        What became of every row.
    """

    reports: tuple[Report, ...]
    source: Source
    account: Account
    spellings: Mapping[str, str] = field(default_factory=dict)


class Ledger:
    """Notes the fate of rows while a file is read."""

    def __init__(self) -> None:
        self.rows = 0
        self.used = 0
        self.merged = 0
        self._lessened: dict[str, list[int]] = {}
        self._set_aside: dict[str, list[int]] = {}
        self._counts: Counter[tuple[str, str]] = Counter()
        self._unmapped: Counter[str] = Counter()

    def set_aside(self, reason: str, rows: Iterable[int], count: int | None = None) -> None:
        """Note rows that are not used; `count` says how many when `rows` are only the first of them."""
        self._note("set aside", self._set_aside, reason, rows, count)

    def lessen(self, reason: str, rows: Iterable[int]) -> None:
        """Note rows that are used for less than they say."""
        self._note("lessened", self._lessened, reason, rows, None)

    def unmapped(self, name: str, count: int = 1) -> None:
        """Note a name that the mapping table does not have; of very many the rest together, so that memory does not grow."""
        name = name if len(name) <= MAX_NAME else f"{name[:MAX_NAME]}..."
        full = len(self._unmapped) >= NAMES_LISTED and name not in self._unmapped
        self._unmapped[OTHER_NAMES if full else name] += count

    def close(self) -> Account:
        """Return the account."""
        return Account(
            self.rows,
            self.used,
            self.merged,
            self._tallies("lessened", self._lessened),
            self._tallies("set aside", self._set_aside),
            MappingProxyType(dict(sorted(self._unmapped.items(), key=lambda item: (-item[1], item[0])))),
        )

    def _note(
        self, fate: str, lists: dict[str, list[int]], reason: str, rows: Iterable[int], count: int | None
    ) -> None:
        numbers = [int(row) for row in rows]
        listed = lists.setdefault(reason, [])
        listed += numbers[: max(0, ROWS_LISTED - len(listed))]
        self._counts[fate, reason] += len(numbers) if count is None else count

    def _tallies(self, fate: str, lists: dict[str, list[int]]) -> Mapping[str, Tally]:
        return MappingProxyType(
            {reason: Tally(self._counts[fate, reason], tuple(lists[reason])) for reason in sorted(lists)}
        )


def _most(tallies: Mapping[str, Tally]) -> list[tuple[str, Tally]]:
    return sorted(tallies.items(), key=lambda item: (-item[1].count, item[0]))


def _rows(tally: Tally) -> str:
    """Name the first few rows."""
    shown = ", ".join(map(str, tally.rows[:5]))
    return f" (row{'s' if tally.count > 1 else ''} {shown}{', ...' if tally.count > 5 else ''})" if shown else ""
