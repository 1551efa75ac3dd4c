"""A visitor's own upload: kept in the session's state, applied to the theatre, and gone with the session."""

from __future__ import annotations

from dataclasses import dataclass, field

import streamlit as st

from control.theatre import Theatre
from control.upload.columns import Role, propose
from control.upload.places import PlaceFinder
from control.upload.reader import read_sheet
from control.upload.reading import Options, Reading, read_upload
from control.upload.session import with_upload
from control.upload.sheet import Sheet

KEY = "upload"


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
    finder: PlaceFinder | None = None
    _read: tuple[object, Reading] | None = None

    @property
    def is_complete(self) -> bool:
        """Whether the columns that every row needs are named."""
        placed = Role.PLACE in self.columns or {Role.LAT, Role.LON} <= set(self.columns)
        return Role.DATE in self.columns and placed

    def reading(self) -> Reading:
        """Return what became of every row, by what was said so far."""
        said = (self.sheet.digest, tuple(self.columns.items()), self.options, tuple(self.answers.items()))
        if self._read is None or self._read[0] != said:
            self.finder = self.finder or PlaceFinder(self.bundled)
            found = read_upload(self.sheet, self.columns, self.options, self.answers, self.bundled, self.finder)
            self._read = (said, found)
        return self._read[1]

    def read_again(self, *, sheet: str = "", encoding: str = "") -> None:
        """Read another sheet of the workbook, or the letters in another way. Raises `SheetError`."""
        self.sheet = read_sheet(self.file, self.content, sheet=sheet, encoding=encoding)
        proposal = propose(self.sheet, self.bundled)
        self.columns, self.reasons, self.answers = dict(proposal.columns), dict(proposal.reasons), {}

    def apply(self) -> None:
        """Put the rows that can be used on the map."""
        reading = self.reading() if self.is_complete else None
        if reading is None or not reading.claims:
            self.theatre = None
            return
        made = with_upload(self.bundled, reading.claims, reading.sources, alone=self.alone)
        if self.theatre is None or made.data_hash != self.theatre.data_hash:
            self.theatre = made


def receive(bundled: Theatre, file: str, content: bytes) -> Upload:
    """Read a file that was given. Raises `SheetError`."""
    sheet = read_sheet(file, content)
    proposal = propose(sheet, bundled)
    return Upload(bundled, file, content, sheet, dict(proposal.columns), dict(proposal.reasons))


def current(bundled: Theatre) -> Upload | None:
    """Return the upload of this session for a theatre, if there is one."""
    upload: Upload | None = st.session_state.get(KEY)
    return upload if upload is not None and upload.bundled.folder == bundled.folder else None


def with_own(bundled: Theatre) -> Theatre:
    """Return the theatre with what this visitor has put on the map."""
    upload = current(bundled)
    return upload.theatre if upload is not None and upload.theatre is not None else bundled
