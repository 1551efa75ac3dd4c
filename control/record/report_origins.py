"""Where the reports of a theatre come from: the largest families of sources, and what was written in hindsight."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from control.record.theatre import Theatre

SOON_DAYS = 10
"""What is published within so many days of the end of an event was known at the time."""

LIVING_DAYS = 366
"""A document whose date of publication is open by more than this was rewritten over the years."""

MOST_FAMILIES = 3


@dataclass(frozen=True, slots=True)
class ReportOrigins:
    """Where the used reports are from.

    Attributes
    ----------
    reports
        Used reports, about places and about areas.
    families
        Every family of sources with its number of reports, the largest first.
    soon
        Reports published within `SOON_DAYS` of the event.
    living
        Reports from documents that were rewritten over the years, an encyclopaedia for one.
    """

    reports: int
    families: tuple[tuple[str, int], ...]
    soon: int
    living: int

    def __str__(self) -> str:
        if not self.reports:
            return "no reports"
        largest = ", ".join(f"{name} {self._percent(count)}" for name, count in self.families[:MOST_FAMILIES])
        return (
            f"Of all reports, {self._percent(self.soon)} were published within {SOON_DAYS} days of the event, "
            f"{self._percent(self.living)} are from documents rewritten over the years; "
            f"largest of {len(self.families):,} families of sources: {largest}"
        )

    def _percent(self, count: int) -> str:
        return f"{100 * count / self.reports:.0f} %"


def trace_reports(theatre: Theatre) -> ReportOrigins:
    """Say where the used reports of a theatre are from."""
    claims = (*theatre.claims, *theatre.area_claims)
    families = Counter(claim.source.family or claim.source.id for claim in claims)
    windows = [claim.published for claim in claims]
    return ReportOrigins(
        reports=len(claims),
        families=tuple(sorted(families.items(), key=lambda entry: (-entry[1], entry[0]))),
        soon=sum((claim.published.last - claim.window.last).days <= SOON_DAYS for claim in claims),
        living=sum((window.last - window.first).days > LIVING_DAYS for window in windows),
    )
