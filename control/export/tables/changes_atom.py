"""Lists of changes as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from xml.etree import ElementTree as ET

from control.assessment.changes import Change
from control.export.xml_text import xml_text
from control.record.theatre import Theatre
from control.words.assessments import describe_change, describe_claim

ATOM = "http://www.w3.org/2005/Atom"


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


def _published(change: Change) -> date:
    # of a living document the day from which it can have said so: its last day lies in the future of most readers
    return max((claim.published.first for claim in change.claims), default=change.day)


def _moment(day: date) -> str:
    return f"{day.isoformat()}T00:00:00Z"


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, f"{{{ATOM}}}{tag}").text = xml_text(text)
