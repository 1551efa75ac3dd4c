"""Tags of the Humanitarian Exchange Language: a row such as `#date+occurred, #loc+name` that says what the columns are."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType

from control.upload.role import Role

_TAG = re.compile(r"#\s*([A-Za-z][A-Za-z0-9_]*)((?:\s*\+\s*[A-Za-z][A-Za-z0-9_]*)*)")

_MEANINGS: Mapping[str, Sequence[tuple[str, Role | None]]] = MappingProxyType(
    {
        "date": [("published", Role.PUBLISHED), ("reported", Role.PUBLISHED), ("end", None), ("", Role.DATE)],
        "loc": [("lat", Role.LAT), ("lon", Role.LON), ("type", None), ("code", None), ("", Role.PLACE)],
        "geo": [("lat", Role.LAT), ("lon", Role.LON), ("elevation", None), ("", Role.POSITION)],
        "country": [("", Role.COUNTRY)],
        "adm1": [("", Role.ADMIN)],
        "region": [("", Role.ADMIN)],
        "event": [("description", Role.NOTE), ("id", None), ("", Role.EVENT)],
        "cause": [("", Role.EVENT)],
        "status": [("", Role.EVENT)],
        "org": [("from", Role.LOSER), ("loser", Role.LOSER), ("source", Role.SOURCE), ("", Role.ACTOR)],
        "group": [("from", Role.LOSER), ("loser", Role.LOSER), ("", Role.ACTOR)],
        "actor": [("from", Role.LOSER), ("loser", Role.LOSER), ("", Role.ACTOR)],
        "meta": [
            ("url", Role.URL), ("source", Role.SOURCE), ("reliability", Role.CREDIBILITY), ("published", Role.PUBLISHED),
        ],
        "description": [("", Role.NOTE)],
    }
)  # fmt: skip
"""Tag -> what it means with an attribute, the first that fits; other attributes, such as +en, do not count."""


def tags_of(cells: Sequence[str]) -> tuple[str, ...]:
    """Return the tags of a row of tags, one a cell, empty where it has none; nothing when it is another row.

    As the standard has it: every cell that holds something is a tag, and there is at least one.
    """
    tags = tuple(_normal(cell) for cell in cells)
    filled = [tag for tag, cell in zip(tags, cells, strict=True) if cell.strip()]
    return tags if filled and all(filled) else ()


def by_tags(tags: Sequence[str]) -> dict[Role, int]:
    """Return what the tags say the columns are: of two for one thing, the one with fewer attributes, then the first."""
    found: dict[Role, tuple[int, int]] = {}
    for index, tag in enumerate(tags):
        name, *attributes = tag.removeprefix("#").split("+")
        role = next((r for needed, r in _MEANINGS.get(name, ()) if not needed or needed in attributes), None)
        if role is not None and (role not in found or (len(attributes), index) < found[role]):
            found[role] = (len(attributes), index)
    return {role: index for role, (_, index) in found.items()}


def _normal(cell: str) -> str:
    match = _TAG.fullmatch(cell.strip())
    return "#" + re.sub(r"\s+", "", match[1] + match[2]).lower() if match else ""
