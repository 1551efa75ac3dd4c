"""The bundled theatres, read once in each process of a test run: tests look at them and never change them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from control.assessment.timeline import Timeline
from control.record.theatre import Theatre, load_theatre
from control.territory.surroundings import CoupledTimeline

SEEDS = Path(__file__).parent.parent / "seeds"


@cache
def theatre_of(name: str) -> Theatre:
    return load_theatre(SEEDS / name)


@cache
def timeline_of(name: str) -> Timeline:
    return CoupledTimeline(theatre_of(name))
