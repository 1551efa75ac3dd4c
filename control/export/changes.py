"""Lists of changes as CSV and as an Atom feed (RFC 4287)."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any
from xml.etree import ElementTree as ET

from control.export.geojson import claim_to_dict
from control.export.xmltext import xml_text
from control.markup import csv_cell
from control.model import Change
from control.theatre import Theatre
from control.words import actor_name, describe_change, describe_claim

ATOM = "http://www.w3.org/2005/Atom"
COLUMNS = (
    "date", "place_id", "name", "lon", "lat", "status_before", "actor_before", "status_after", "actor_after", "assumed",
    "reports",
)  # fmt: skip


def change_to_dict(theatre: Theatre, change: Change) -> dict[str, Any]:
    """Describe a change as JSON."""
    return {
        "date": change.day.isoformat(),
        "place_id": change.place_id,
        "name": theatre.gazetteer.place(change.place_id).name,
        "before": {"status": str(change.before.status), "actor": change.before.actor},
        "after": {"status": str(change.after.status), "actor": change.after.actor},
        "assumed": change.assumed,
        "reports": [claim_to_dict(claim) for claim in change.claims],
    }


def changes_to_csv(theatre: Theatre, changes: Sequence[Change]) -> str:
    """Write changes as CSV, one a line; (lon, lat) WGS84."""
    file = io.StringIO()
    writer = csv.DictWriter(file, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for change in changes:
        writer.writerow({key: csv_cell(value) for key, value in change_to_row(theatre, change).items()})
    return file.getvalue()


def change_to_row(theatre: Theatre, change: Change) -> dict[str, Any]:
    """Describe a change as one flat row; its date stays a date."""
    place = theatre.gazetteer.place(change.place_id)
    return {
        "date": change.day,
        "place_id": place.id,
        "name": place.name,
        "lon": place.position.lon,
        "lat": place.position.lat,
        "status_before": str(change.before.status),
        "actor_before": change.before.actor,
        "status_after": str(change.after.status),
        "actor_after": change.after.actor,
        "assumed": change.assumed,
        "reports": "; ".join(dict.fromkeys(f"{c.window} {c.source.title}" for c in change.claims)),
    }


def changes_to_atom(theatre: Theatre, changes: Sequence[Change], since: date, until: date) -> str:
    """Write changes as an Atom feed. An entry is updated when the last report behind it was published."""
    ET.register_namespace("", ATOM)
    feed = ET.Element(f"{{{ATOM}}}feed")
    name = f"urn:controlmap:{theatre.settings.id}"
    _text(feed, "id", f"{name}:changes:{since}:{until}")
    _text(feed, "title", f"{theatre.settings.title}: changes from {since} to {until}")
    _text(feed, "updated", _moment(max((_published(c) for c in changes), default=until)))
    _text(feed, "rights", theatre.settings.attribution)
    _text(ET.SubElement(feed, f"{{{ATOM}}}author"), "name", "controlmap")
    for change in changes:
        entry = ET.SubElement(feed, f"{{{ATOM}}}entry")
        _text(entry, "id", f"{name}:{change.place_id}:{change.day}")
        _text(entry, "title", describe_change(theatre, change))
        _text(entry, "updated", _moment(_published(change)))
        _text(entry, "published", _moment(change.day))
        _text(
            entry, "content", "\n".join(describe_claim(theatre, c) for c in change.claims) or "No report names the day."
        )
    ET.indent(feed)
    return ET.tostring(feed, encoding="unicode", xml_declaration=True) + "\n"


def gains_and_losses(theatre: Theatre, changes: Sequence[Change]) -> list[tuple[str, int, int]]:
    """Count the places each actor came to hold and ceased to hold: (name, gained, lost), most gained first."""
    gained = Counter(c.after.actor for c in changes if c.after.actor and c.after.actor != c.before.actor)
    lost = Counter(c.before.actor for c in changes if c.before.actor and c.after.actor != c.before.actor)
    actors = sorted({*gained, *lost}, key=lambda a: (-gained[a], lost[a], a))
    return [(actor_name(theatre, actor), gained[actor], lost[actor]) for actor in actors]


def _published(change: Change) -> date:
    # of a living document the day from which it can have said so: its last day lies in the future of most readers
    return max((claim.published.first for claim in change.claims), default=change.day)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{tag}").text = xml_text(text)
