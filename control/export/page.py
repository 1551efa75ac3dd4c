"""The map as one HTML file, which replays a range of dates without any network."""

from __future__ import annotations

import html
from html.parser import HTMLParser
from pathlib import Path

from control.export.extract import Extract
from control.export.provenance import Provenance, ProvenanceError, read_json, seal
from control.map.excerpt import excerpt
from control.map.payload import timeline_payload
from control.map.view import payload_page

FORM = "html"
NAME = "controlmap"
"""Of the `<meta>` element that holds the provenance."""


def extract_to_html(extract: Extract) -> bytes:
    """Write the map of a range of dates; its provenance is in the head, and one line of it among the sources."""
    provenance = extract.provenance(FORM)
    payload = timeline_payload(extract.timeline, extract.grounds.estimator)
    payload = excerpt(payload, extract.since, extract.until)
    payload["attribution"] += f" {provenance.line}."
    head = "".join(
        f'<meta name="{name}" content="{html.escape(content, quote=True)}">\n'
        for name, content in (("description", provenance.line), (NAME, provenance.to_json()))
    )
    return seal(payload_page(payload, head=head).encode())[0]


def read_page(file: Path) -> Provenance:
    """Read where a page comes from. Raises `ProvenanceError` when it does not say."""
    head = _Head()
    head.feed(file.read_text(encoding="utf-8", errors="replace").partition("</head>")[0])
    if head.record is None:
        raise ProvenanceError(f"{file.name}: no provenance; only files of `control export` can be verified")
    return read_json(head.record)


class _Head(HTMLParser):
    """Looks for our `<meta>` element; the first counts."""

    record: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take the record from the element."""
        found = dict(attrs)
        if self.record is None and tag == "meta" and found.get("name") == NAME:
            self.record = found.get("content")
