"""How the letters of a file are written, where it does not say so: proposed by the names that are known, then confirmed.

Many encodings turn any bytes into letters. Only one of them turns them into towns of the map.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from charset_normalizer import from_bytes

from control.record.ingest import ActorIndex
from control.record.theatre import Theatre
from control.upload.delimited import ENCODINGS, encoding_name
from control.upload.events import read_event
from control.upload.places import PlaceFinder
from control.upload.questions import Choice
from control.upload.reader import read_sheet
from control.upload.sheet import Sheet, clean
from control.upload.vocabulary import words

MOST_CELLS = 80
"""So many cells with other than plain letters are tried."""

MOST_OFFERED = 6
EXAMPLES = 3
_BETWEEN = re.compile(rb"[,;|\t\r\n]+")
_PLAIN = re.compile(rb"[\x00-\x7f]*")


@dataclass(frozen=True, slots=True)
class Letters:
    """One way to read the letters: its encoding, what it is called, some cells read so, and how many of them are known."""

    encoding: str
    label: str
    examples: tuple[str, ...]
    known: int
    tried: int

    @property
    def as_choice(self) -> Choice:
        """The answer of a person who finds that it is this one."""
        known = f"{self.known} of {self.tried} known on this map" if self.known else "none known on this map"
        return Choice(self.encoding, self.label, f"{', '.join(self.examples)} ({known})")


def open_sheet(file: str, content: bytes, theatre: Theatre, finder: PlaceFinder | None = None) -> Sheet:
    """Read a file that was given; where it does not say how its letters are written, by the way that makes most sense.

    Its `letters` are the ways to choose from, best first; until a person has chosen, no row with such letters is used.

    Raises
    ------
    SheetError
        When it is no table; see `read_sheet`.
    """
    sheet = read_sheet(file, content)
    if not sheet.encoding:
        return sheet
    ways = rank_letters(content, _is_known(theatre, finder or PlaceFinder(theatre)))
    if not ways:
        return sheet
    if ways[0].encoding != sheet.encoding:
        sheet = read_sheet(file, content, encoding=ways[0].encoding)
    return replace(sheet, letters=tuple(way.as_choice for way in ways[:MOST_OFFERED]))


def letter_choices(sheet: Sheet) -> tuple[Choice, ...]:
    """Return the encodings that a person may choose for a sheet, best first."""
    return sheet.letters or tuple(Choice(name, label) for name, label in ENCODINGS.items())


def rank_letters(content: bytes, is_known: Callable[[str], bool]) -> list[Letters]:
    """Rank the encodings that a file may be in: by the cells that are known, else as charset-normalizer proposes.

    Encodings that read all the cells alike are one.
    """
    cells = _foreign_cells(content)
    proposed = _proposed(b"\n".join(cells))
    usual = list(ENCODINGS)
    ways: dict[tuple[str, ...], Letters] = {}
    for encoding in sorted({*usual, *proposed}, key=lambda e: (usual.index(e) if e in usual else len(usual), e)):
        read = tuple(clean(cell.decode(encoding, "replace")) for cell in cells)
        if read in ways:
            continue
        known = [text for text in read if is_known(text)]
        shown = [text for text in dict.fromkeys([*known, *read]) if text]
        examples = tuple(text[:24] for text in shown[:EXAMPLES])
        ways[read] = Letters(encoding, encoding_name(encoding), examples, len(known), len(cells))
    damaged = {way.encoding: _damage(read) for read, way in ways.items()}
    return sorted(
        (way for way in ways.values() if way.encoding in usual or way.known),
        key=lambda way: (-way.known, damaged[way.encoding], way.encoding not in proposed),
    )


def _foreign_cells(content: bytes) -> list[bytes]:
    """Return the first distinct cells with other than plain letters."""
    found: dict[bytes, None] = {}
    for cell in _BETWEEN.split(content):
        text = cell.strip(b" \"'")
        if len(text) <= 200 and not _PLAIN.fullmatch(text):
            found.setdefault(text)
        if len(found) >= MOST_CELLS:
            break
    return list(found)


def _proposed(sample: bytes) -> set[str]:
    """Return what charset-normalizer takes a text for, and the encodings that would read it alike."""
    names = {name for match in from_bytes(sample) for name in (match.encoding, *match.could_be_from_charset)}
    return {codecs.lookup(name).name if name not in ENCODINGS else name for name in names} & _TEXT


def _damage(read: Sequence[str]) -> int:
    """Count what stands in no text: signs for bytes that mean nothing, and control characters."""
    return sum(text.count("\ufffd") for text in read)


def _is_known(theatre: Theatre, finder: PlaceFinder) -> Callable[[str], bool]:
    actors = ActorIndex(theatre.actors.values())
    names = {name for known in words("columns").values() for name in known}

    def is_known(text: str) -> bool:
        return (
            finder.is_listed(text)
            or text.casefold() in names
            or any(actors.resolve(text, country) for country in ("", *theatre.settings.countries))
            or read_event(text) is not None
        )

    return is_known


_TEXT = frozenset(ENCODINGS) | {
    "cp1250", "cp1253", "cp1255", "cp1257", "cp1258", "cp437", "cp720", "cp850", "cp852", "cp855", "cp857", "cp864", "cp866",
    "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-7", "iso8859-8", "iso8859-13", "iso8859-15", "koi8-u", "koi8-t",
    "mac-latin2", "mac-turkish", "mac-greek", "gb18030", "big5", "cp932", "cp949", "ptcp154", "kz1048",
}  # fmt: skip
"""Encodings whose decoder makes text of bytes; those of machines long gone are no guess at a spreadsheet."""
