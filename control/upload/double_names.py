"""Two names in one cell: `X / Y`, `X (Y)`, `X - Y`, `X aka Y`. Whether both are names of one place, the places tell."""

from __future__ import annotations

import re

MOST_NAMES = 3
_BRACKETS = re.compile(r"(.*?)\s*[(\[（]([^()\[\]（）]*)[)\]）]\s*(.*)")
_BETWEEN = re.compile(
    r"\s*[/|;=\\]\s*|\s+[-\N{EN DASH}\N{EM DASH}~]+\s+|,?\s+(?:aka|a\.k\.a\.?|alias|also known as|also called|or)\s+"
)
_BEFORE = re.compile(r"^(?:aka|a\.k\.a\.?|alias|also(?: known as| called)?|formerly|or|=)[\s:]+", re.IGNORECASE)


def split_names(text: str) -> tuple[str, ...]:
    """Return the names of a cell that may hold two or three of them; nothing when it holds one."""
    match = _BRACKETS.fullmatch(text)
    parts = [part for piece in (match.groups() if match else (text,)) for part in _BETWEEN.split(piece)]
    names = tuple(dict.fromkeys(name for part in parts if (name := _BEFORE.sub("", part.strip(" ,")).strip())))
    return names if 1 < len(names) <= MOST_NAMES else ()
