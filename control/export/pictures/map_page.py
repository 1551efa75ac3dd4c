"""The map as one HTML file, which replays a range of dates without any network."""

from __future__ import annotations

import html
import re
from pathlib import Path

from control.export.extract import Extract
from control.export.provenance import MissingProvenanceError, Provenance, read_json, seal
from control.export.untrusted_file import read_head
from control.markup import Html

FORM = "html"
NAME = "controlmap"
"""Of the `<meta>` element that holds the provenance."""
_RECORD = re.compile(f'<meta name="{NAME}" content="([^"]*)">')


def write(extract: Extract, file: Path) -> None:
    """Write the map of a range of dates; its provenance is in the head, and one line of it among the sources."""
    from control.map.excerpt import excerpt  # slow to import: folium
    from control.map.payload import timeline_payload
    from control.map.view import payload_page

    provenance = extract.provenance(FORM)
    payload = timeline_payload(extract.timeline, extract.grounds.estimator)
    payload = excerpt(payload, extract.since, extract.until)
    payload["attribution"] += f" {provenance.line}."
    head = "".join(
        Html('<meta name="{}" content="{}">\n').format(name, content)
        for name, content in (("description", provenance.line), (NAME, provenance.to_json()))
    )
    file.write_bytes(seal(payload_page(payload, head=head).encode())[0])


def read_provenance(file: Path) -> Provenance:
    """Read where a page comes from, in its head. Raises `MissingProvenanceError` when it does not say."""
    text = read_head(file).decode("utf-8", errors="replace")
    found = _RECORD.search(text.partition("</head>")[0])
    if found is None:
        raise MissingProvenanceError(file)
    return read_json(html.unescape(found[1]))
