"""Figures as CSV."""

from __future__ import annotations

from collections.abc import Sequence

from control.export.records import FIGURE_COLUMNS, figures_to_dicts
from control.record.theatre import Theatre
from control.storage.csv_text import csv_text
from control.territory.statistics import DayFigures


def figures_to_csv(theatre: Theatre, days: Sequence[DayFigures]) -> str:
    """Write figures as CSV; areas in square kilometres, `group` tells actors from what is no actor's for sure."""
    return csv_text(FIGURE_COLUMNS, (record for figures in days for record in figures_to_dicts(theatre, figures)))
