"""The months in English, for sentences and for data sets that write them out; never those of the machine's own language."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip


def month_words(day: date) -> str:
    """Write the month of a day: `November 2017`."""
    return f"{MONTHS[day.month - 1]} {day.year}"


def month_named(text: str) -> int | None:
    """Return the number of a month by its name or the first three letters of it, in any case; `None` for other words."""
    word = text.lower()
    return next((n for n, name in enumerate(MONTHS, 1) if word in {name.lower(), name[:3].lower()}), None)
