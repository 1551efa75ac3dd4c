"""The sources that an upload names, one for each name and address."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from urllib.parse import urlsplit

from control.markup import http_url
from control.record.dates import DateWindow
from control.record.model import Source
from geo.names import fold

PREFIX = "upload-"
UNNAMED = "Uploaded rows that name no source"


def source_id(name: str, url: str) -> str:
    """Name a source by its content."""
    return PREFIX + hashlib.sha256(f"{name}\x1f{url}".encode("utf-8", "replace")).hexdigest()[:12]


def make_source(name: str, url: str, published: Iterable[DateWindow], grade: str) -> Source:
    """Make a source of what the rows say of it.

    Parameters
    ----------
    name, url
        As written; either may be empty.
    published
        When its rows were published: the source has the last of these dates, each report its own.
    grade
        Admiralty reliability that the person gave the whole upload.
    """
    host = _host(url) or _host(name)
    title = name or host or url or UNNAMED
    return Source(
        id=source_id(name, url),
        title=title[:300],
        publisher=host,
        published=max(published),
        reference=url or name or UNNAMED,
        # copies of one outlet are one family; all that names no source comes from one person
        family=PREFIX + (fold(name if not http_url(name) else host)[:80] or host or "rows"),
        grade=grade,
        grade_reason="given to the whole upload by whoever uploaded it",
        licence="not known: uploaded",
        note="uploaded for this session",
    )


def _host(url: str) -> str:
    found = http_url(url)
    return (urlsplit(found).hostname or "")[:100] if found else ""
