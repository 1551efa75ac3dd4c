"""A file on its way to the map: what is in it, and what the person said of it so far."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from pathlib import Path

from control.record.theatre import Theatre
from control.upload.columns import propose
from control.upload.letters import open_sheet
from control.upload.places import PlaceFinder
from control.upload.questions import letters_key
from control.upload.reader import read_sheet
from control.upload.reading import Options, Reading, read_upload
from control.upload.role import Role
from control.upload.session import with_upload
from control.upload.sheet import Hidden, Sheet


@dataclass
class Upload:
    """A file on its way to the map.

    Attributes
    ----------
    bundled
        The theatre that it is read for.
    content
        The bytes, for when another sheet or encoding is asked for.
    columns, options, alone, answers
        What the person said of it.
    doubtful
        Roles that several columns of one name may have; a person is asked for each.
    theatre
        What is on the map, once the person has asked for it.
    """

    bundled: Theatre
    file: str
    content: bytes
    sheet: Sheet
    columns: dict[Role, int]
    reasons: dict[Role, str]
    options: Options = field(default_factory=Options)
    alone: bool = False
    answers: dict[str, str] = field(default_factory=dict)
    theatre: Theatre | None = None
    doubtful: dict[Role, tuple[int, ...]] = field(default_factory=dict)
    _finders: dict[Path, PlaceFinder] = field(default_factory=dict)
    _read: tuple[object, Reading] | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the columns that every row needs are named, and none is left that may be one or another."""
        placed = bool({Role.PLACE, Role.POSITION} & set(self.columns)) or {Role.LAT, Role.LON} <= set(self.columns)
        return Role.DATE in self.columns and placed and not self.doubtful

    def reading(self) -> Reading:
        """Return what became of every row, by what was said so far."""
        said = (self.sheet.digest, tuple(self.columns.items()), self.options, tuple(self.answers.items()))
        if self._read is None or self._read[0] != said:
            finder = self.finder_of(self.bundled)
            found = read_upload(self.sheet, self.columns, self.options, self.answers, self.bundled, finder)
            self._read = (said, found)
        return self._read[1]

    def read_again(self, *, sheet: str = "", encoding: str = "", left_out: Collection[Hidden] = ()) -> None:
        """Read another sheet of the workbook, with what it hides or without, or the letters in another way.

        Raises
        ------
        SheetError
            When it cannot be read so.
        """
        letters = self.sheet.letters
        self.sheet = read_sheet(self.file, self.content, sheet=sheet, encoding=encoding, left_out=left_out)
        if encoding:
            self.sheet = replace(self.sheet, letters=letters)
        proposal = propose(self.sheet, self.bundled)
        self.columns, self.reasons, self.answers = dict(proposal.columns), dict(proposal.reasons), {}
        self.doubtful = dict(proposal.doubtful)

    def finder_of(self, theatre: Theatre) -> PlaceFinder:
        """Return a finder of places for any theatre; it remembers what it found."""
        return self._finders.setdefault(theatre.folder, PlaceFinder(theatre))

    def read_letters(self, encoding: str) -> None:
        """Read the letters as a person said. Raises `SheetError` when it is no table so."""
        if encoding != self.sheet.encoding:
            self.read_again(encoding=encoding)
        self.answers[letters_key(self.file)] = encoding

    def apply(self) -> None:
        """Put the rows that can be used on the map."""
        reading = self.reading() if self.is_complete else None
        if reading is None or not reading.claims:
            self.theatre = None
            return
        made = with_upload(self.bundled, reading.claims, reading.sources, alone=self.alone)
        if self.theatre is None or made.data_hash != self.theatre.data_hash:
            self.theatre = made

    def follow(self, bundled: Theatre) -> None:
        """Read the rows anew where somebody has changed the files of the theatre: names, sides and dates may be others."""
        if bundled.data_hash != self.bundled.data_hash:
            self.bundled, self._read = bundled, None
            self._finders.clear()  # they know the places as they were
            if self.theatre is not None:
                self.apply()


def receive(bundled: Theatre, file: str, content: bytes) -> Upload:
    """Read a file that was given. Raises `SheetError`."""
    sheet = open_sheet(file, content, bundled)
    proposal = propose(sheet, bundled)
    columns, reasons, doubtful = dict(proposal.columns), dict(proposal.reasons), dict(proposal.doubtful)
    return Upload(bundled, file, content, sheet, columns, reasons, doubtful=doubtful)
