"""How to cite a view: as text and as BibTeX."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from control.record.date_words import long_date

# BibTeX counts braces before TeX reads them, escaped ones as well: a name for each keeps the count even.
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}", "$": r"\$", "&": r"\&", "#": r"\#", "_": r"\_", "%": r"\%", '"': "''",
}  # fmt: skip
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]")
_SAFE_IN_URL = ":/?#[]@!$&'()*+,;=%-._~"


@dataclass(frozen=True, slots=True)
class Citation:
    """What has to be named so that somebody else finds the same view again.

    Attributes
    ----------
    title
        Title of the theatre.
    theatre
        Its id.
    day
        Date shown.
    known_on
        What was published later is left out; `None` leaves out nothing.
    policy
        Name of the weights.
    snapshot
        Id of the snapshot: the same id, the same answers.
    url
        Address of the view; empty where there is none.
    accessed
        Day on which it was looked at.
    """

    title: str
    theatre: str
    day: date
    known_on: date | None
    policy: str
    snapshot: str
    url: str
    accessed: date

    @property
    def text(self) -> str:
        """One sentence after the other, for a footnote; plain text without line breaks."""
        known = f"as known on {long_date(self.known_on)}" if self.known_on else "as known on the day of access"
        said = (
            f"{self.title}: who held what on {long_date(self.day)}, {known}. controlmap, policy {self.policy}, "
            f"snapshot {self.snapshot}."
        )
        seen = f"accessed {long_date(self.accessed)}"
        said += f" {_clean_url(self.url)} ({seen})." if self.url else f" {seen[0].upper()}{seen[1:]}."
        return _CONTROL.sub(" ", said)

    @property
    def bibtex(self) -> str:
        """An entry `@misc`, which BibTeX and biblatex read alike."""
        known = f"as known on {self.known_on.isoformat()}" if self.known_on else "as known on the day of access"
        fields = {
            "title": f"{{{escape_tex(self.title)}: who held what on {long_date(self.day)}}}",
            "year": str(self.accessed.year),
            "howpublished": "controlmap",
            "note": escape_tex(f"{known}; policy {self.policy}; snapshot {self.snapshot}"),
            **({"url": _clean_url(self.url)} if self.url else {}),
            "urldate": self.accessed.isoformat(),
        }
        key = re.sub(r"[^a-z0-9-]+", "-", f"controlmap-{self.theatre}-{self.day.isoformat()}".lower())
        body = ",\n".join(f"  {name:<12} = {{{value}}}" for name, value in fields.items())
        return f"@misc{{{key},\n{body}\n}}\n"


def escape_tex(text: str) -> str:
    """Escape text so that TeX prints it letter for letter, on one line."""
    return "".join(_TEX.get(character, character) for character in _CONTROL.sub(" ", text))


def _clean_url(url: str) -> str:
    """Percent-encode whatever has no place in a URL: braces, backslashes, quotes and blanks among it."""
    return quote(url, safe=_SAFE_IN_URL)
