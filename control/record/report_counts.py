"""How many reports a theatre rests on, and how many it does not: one count and one wording, wherever they are told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from control.record.theatre import Theatre


@dataclass(frozen=True, slots=True)
class ReportCounts:
    """What became of the rows of a theatre's reports.

    Attributes
    ----------
    about_places, places
        Reports about places, and how many places they are about.
    about_areas
        Reports about whole areas.
    sources
        That any of these are from.
    set_aside, said_twice, rejected
        Reports that nothing rests on: on purpose, because another row says the same, because a row is wrong.
    """

    about_places: int
    places: int
    about_areas: int
    sources: int
    set_aside: int
    said_twice: int
    rejected: int

    @property
    def used(self) -> int:
        """Reports that the map rests on, about places and about areas."""
        return self.about_places + self.about_areas

    def __str__(self) -> str:
        return (
            f"{_many(self.used, 'report')} used: {self.about_places:,} about {_many(self.places, 'place')} and "
            f"{self.about_areas:,} about areas, from {_many(self.sources, 'source')}; {self.set_aside:,} set aside, "
            f"{self.said_twice:,} said twice, {_many(self.rejected, 'row')} rejected"
        )


def count_reports(theatre: Theatre) -> ReportCounts:
    """Count the reports of a theatre by what became of them."""
    claims = (*theatre.claims, *theatre.area_claims)
    return ReportCounts(
        about_places=len(theatre.claims),
        places=len({claim.place_id for claim in theatre.claims}),
        about_areas=len(theatre.area_claims),
        sources=len({claim.source.id for claim in claims}),
        set_aside=len(theatre.waiting),
        said_twice=len(theatre.duplicates),
        rejected=theatre.faulty_rows,
    )


def count_published(theatre: Theatre, known_on: date) -> int:
    """Count the used reports, about places and about areas, that had been published by a day."""
    return sum(claim.known_from <= known_on for claim in (*theatre.claims, *theatre.area_claims))


def _many(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
