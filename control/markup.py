"""Text of others made safe for HTML, for Markdown, for file names and for spreadsheets."""

from __future__ import annotations

import html
import re
import unicodedata
from typing import Any, Self
from urllib.parse import urlsplit

from markupsafe import Markup

_SPECIAL = re.compile(r"([\\`*_{}\[\]()#+\-.!|<>~$:&^=])")
_MARKS = r"\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_URL = re.compile(rf"(?<!\S)https?://[^\s<>\"'`\\{_MARKS}]+(?!\S)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
# In half of Europe a spreadsheet parts a table at semicolons; a quote in the middle of a cell does not keep it from that.
_FORMULA_BEHIND = re.compile(r'([;|\t\r\n]"*)([=+\-@\uff1d\uff0b\uff0d\uff20][^;|\t\r\n]*)')
_DEVICE = re.compile(r"(?i)con|prn|aux|nul|(?:com|lpt)[0-9\u00b9\u00b2\u00b3]")
_CONTROL = re.compile(rf"[{_MARKS}]")


class Html(Markup):
    """HTML whose gaps are escaped as they are filled: `Html("<b>{}</b>").format(name)`.

    Quotes become `&quot;` and `&#x27;`, as in files that were written before; markupsafe's own are numbers.
    """

    @classmethod
    def escape(cls, s: Any, /) -> Self:
        """Escape a value; what is HTML already stays as it is."""
        return cls(s.__html__() if hasattr(s, "__html__") else html.escape(str(s), quote=True))


def without_marks(text: str) -> str:
    """Put blanks for control characters and for marks that turn the writing direction: they could disguise a neighbour."""
    return _CONTROL.sub(" ", text)


def http_url(reference: str) -> str | None:
    """Return the first http(s) URL in a reference that names a host; one with a user misleads: `https://bbc.example@evil.test`."""
    found = _URL.search(reference)
    try:
        parts = urlsplit(found[0]) if found else None
        return found[0] if found and parts and parts.hostname and "@" not in parts.netloc else None
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
    """Reduce text to letters, digits and hyphens for a file name, in its own script.

    At most 80 letters and 180 bytes, of the 255 that file systems allow: dates and an ending follow. Never a name that
    Windows keeps for a device.
    """
    letters = ("-" if unicodedata.category(c)[0] not in "LNM" else c for c in unicodedata.normalize("NFC", text))
    name = re.sub("-+", "-", "".join(letters)).strip("-")[:80]
    name = name.encode()[:180].decode(errors="ignore").strip("-")
    return f"file-{name}" if _DEVICE.fullmatch(name) else name or "file"


def csv_cell(value: object) -> object:
    """Prepare a value for a CSV cell; text that a spreadsheet would run as a formula gets an apostrophe (OWASP).

    So does what begins like one behind a semicolon or another mark by which a table may be parted: a spreadsheet that takes
    that mark makes it a cell of its own.
    """
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        # behind a mark a quotation mark may end the cell, and the number with it
        return _FORMULA_BEHIND.sub(lambda found: found[1] + _disarmed(found[2], ending='"'), _disarmed(value))
    return "" if value is None else value


def _disarmed(text: str, ending: str = "") -> str:
    return f"'{text}" if text.startswith(_FORMULA) and not _is_number(text.rstrip(ending) if ending else text) else text


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
