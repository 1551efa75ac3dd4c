"""Text of others made safe for Markdown and for file names."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&^=])")
_MARKS = r"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_URL = re.compile(rf"(?<!\S)https?://[^\s<>\"'`\\{_MARKS}]+(?!\S)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
_CONTROL = re.compile(rf"[{_MARKS}]")


def without_marks(text: str) -> str:
    """Put blanks for control characters and for marks that turn the writing direction: they could disguise a neighbour."""
    return _CONTROL.sub(" ", text)


def http_url(reference: str) -> str | None:
    """Return the first http(s) URL in a reference, if it names a host."""
    found = _URL.search(reference)
    try:
        return found[0] if found and urlsplit(found[0]).hostname else None
    except ValueError:  # a malformed host
        return None


def escape_markdown(text: str) -> str:
    """Escape text so that Markdown (with Streamlit's directives and math) shows it letter for letter, on one line.

    Control characters and marks that turn the writing direction become blanks: they could disguise a neighbour.
    """
    return _SPECIAL.sub(r"\\\1", without_marks(text))


def plain_text(text: str) -> str:
    """Take control characters from text for a terminal, line breaks excepted: they could move its cursor or its title."""
    return "\n".join(without_marks(line) for line in text.split("\n"))


def safe_link(label: str, reference: str) -> str:
    """Return a Markdown link to the http(s) URL in `reference`; the escaped label alone when there is none."""
    url = http_url(reference)
    if url is None:
        return escape_markdown(label)
    return f"[{escape_markdown(label)}](<{url.replace('(', '%28').replace(')', '%29')}>)"


def safe_file_name(text: str) -> str:
    """Reduce text to letters, digits and hyphens, at most 80, for a file name."""
    return re.sub(r"[^A-Za-z0-9]+", "-", text).strip("-")[:80] or "file"


def csv_cell(value: object) -> object:
    """Prepare a value for a CSV cell; text that a spreadsheet would run as a formula gets an apostrophe (OWASP)."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and value.startswith(_FORMULA) and not _is_number(value):
        return f"'{value}"
    return "" if value is None else value


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
