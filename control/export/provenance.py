"""Provenance: what has to be named so that somebody else makes the same file, and a seal that shows later edits."""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zlib
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Literal

from control.record.dates import parse_day
from geo.errors import UserError

FORMAT_VERSION = 1
MOST_DAYS = 3660
"""From one state of the ground to the next."""
LONGEST_REASON = 200
UNSEALED = "0" * 64
"""Stands where the seal will stand."""
_PNG = b"\x89PNG\r\n\x1a\n"
PNG_KEYWORD = b"controlmap"


class ProvenanceError(UserError, ValueError):
    """A file that does not say where it comes from; the message says what was looked for."""


class MissingProvenanceError(ProvenanceError):
    """A file in which nothing of ours stands where a format has its provenance."""

    def __init__(self, file: Path, looked_for: str = "no provenance") -> None:
        super().__init__(f"{file.name}: {looked_for}; only files of `control export` can be verified")
        self.looked_for = looked_for


@dataclass(frozen=True)
class Provenance:
    """Where a file comes from.

    Attributes
    ----------
    content
        SHA-256 of the file with this field zeroed: the seal. Of a table it is that of its description with this field
        zeroed, and of the table after it.
    id
        Of a snapshot (one date) or of a series (a range of dates): the same id, the same answers.
    form
        Name of the format.
    theatre, title
        Id and title of the theatre.
    since, until, every
        First and last day, both included; days, or a month, from one state of the ground to the next.
    known_on
        What was published later is left out; `None` leaves out nothing.
    data, policy, weights, code
        What the answers depend on: hash of the data, name and content of the policy, version of the program.
    libraries
        Versions of what packed the file: another version may pack the same content in other bytes.
    """

    id: str
    form: str
    theatre: str
    title: str
    since: date
    until: date
    every: int | Literal["month"]
    layers: tuple[str, ...]
    known_on: date | None
    data: str
    policy: str
    weights: dict[str, Any]
    code: str
    licence: str
    attribution: str
    libraries: dict[str, str] = field(default_factory=dict)
    content: str = UNSEALED

    @property
    def kind(self) -> str:
        """`snapshot` of one date, or `series`."""
        return "snapshot" if self.since == self.until else "series"

    @property
    def dates(self) -> str:
        """The date, or the range of dates, for a reader."""
        return str(self.since) if self.since == self.until else f"{self.since} to {self.until}"

    @property
    def line(self) -> str:
        """All that a reader needs to cite the file, in one line."""
        known = f"as known on {self.known_on}" if self.known_on else "from all that is known"
        return (
            f"{self.title}, {self.dates}, {known}; policy {self.policy}; {self.kind} {self.id}; controlmap {self.code}"
        )

    def to_dict(self) -> dict[str, Any]:
        """Describe it as JSON; `content` comes first."""
        record: dict[str, Any] = {"content": self.content, "controlmap": FORMAT_VERSION, "kind": self.kind}
        rest = {key: value for key, value in asdict(self).items() if key != "content"}
        return record | {k: v.isoformat() if isinstance(v, date) else v for k, v in rest.items()}

    def to_json(self) -> str:
        """Write it as ASCII on one line."""
        return json.dumps(self.to_dict())


def read_json(text: str) -> Provenance:
    """Read what `Provenance.to_json` wrote.

    Raises
    ------
    ProvenanceError
        When it is something else.
    """
    try:
        return read_record(json.loads(text))
    except (ValueError, RecursionError) as error:
        if isinstance(error, ProvenanceError):
            raise
        raise _unreadable(error) from None


def read_record(record: Any) -> Provenance:
    """Read what `Provenance.to_dict` returned. Raises `ProvenanceError` when it is something else."""
    try:
        if not (isinstance(record, dict) and record.get("controlmap") == FORMAT_VERSION):
            raise ValueError("no object of this version")
        known = record["known_on"]
        read = Provenance(
            **{k: v for k, v in record.items() if k not in {"controlmap", "kind", *_CONVERTED}},
            since=parse_day(record["since"]),
            until=parse_day(record["until"]),
            known_on=parse_day(known) if known else None,
            layers=tuple(record["layers"]),
        )
        _check(read)
        if record["kind"] != read.kind:
            raise ValueError("kind: not that of the dates")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise _unreadable(error) from None
    return read


def _unreadable(error: Exception) -> ProvenanceError:
    reason = repr(error)
    return ProvenanceError(
        f"the provenance cannot be read ({reason[:LONGEST_REASON]}{'...' if reason[LONGEST_REASON:] else ''}); expected the "
        "JSON object that the export wrote; export anew"
    )


def _check(read: Provenance) -> None:
    """Refuse what no export wrote: the record is used to make the file anew."""
    for key, value in (("content", read.content), ("data", read.data), ("id", read.id)):
        if not re.fullmatch(_HEX[key], value):
            raise ValueError(f"{key}: no digest")
    if read.every != "month" and not (type(read.every) is int and 1 <= read.every <= MOST_DAYS):
        raise ValueError("every: neither a number of days nor month")
    if read.since > read.until:
        raise ValueError("since is after until")
    texts = (read.form, read.theatre, read.title, read.policy, read.code, read.licence, read.attribution, *read.layers)
    if not all(isinstance(text, str) for text in texts):
        raise TypeError("text was expected")
    if not (isinstance(read.weights, dict) and isinstance(read.libraries, dict)):
        raise TypeError("weights and libraries: objects were expected")
    if not all(isinstance(version, str) for version in read.libraries.values()):
        raise TypeError("libraries: text was expected")
    if len(set(read.layers)) < len(read.layers):
        raise ValueError("layers: one stands there twice")
    "".join(texts + tuple(read.libraries)).encode()  # half a letter (a lone surrogate) could not be printed


_HEX = {"content": "[0-9a-f]{64}", "data": "[0-9a-f]{64}", "id": "[0-9a-f]{16}"}
_CONVERTED = frozenset({"since", "until", "known_on", "layers"})


def seal(content: bytes) -> tuple[bytes, str]:
    """Put the digest of a file into it, where its provenance holds zeros.

    Returns
    -------
    tuple of bytes and str
        The sealed file, and the digest: SHA-256 of the file as given.
    """
    digest = hashlib.sha256(content).hexdigest()
    return _exchange(content, UNSEALED, digest), digest


def is_sealed(content: bytes, provenance: Provenance) -> bool:
    """Tell whether a file is as it was written."""
    if content.startswith(_PNG) and _with_checksums(content) != content:
        return False
    return hashlib.sha256(unsealed(content, provenance)).hexdigest() == provenance.content


def unsealed(content: bytes, provenance: Provenance) -> bytes:
    """Return a file as it was before it was sealed."""
    return _exchange(content, provenance.content, UNSEALED)


def body(content: bytes, provenance: Provenance) -> bytes:
    """Return a file without its seal, its id and the hash of its data, to compare what it says."""
    for digest in (provenance.content, provenance.data, provenance.id):
        content = _exchange(content, digest, "0" * len(digest), everywhere=True)
    return content


def _exchange(content: bytes, old: str, new: str, everywhere: bool = False) -> bytes:
    """Replace text of the same length, in place."""
    changed = content.replace(old.encode(), new.encode(), -1 if everywhere else 1)
    return _with_checksums(changed) if content.startswith(_PNG) else changed


def png_text(text: str) -> bytes:
    """Return a `tEXt` chunk with a provenance (PNG, third edition, 11.3.3.2)."""
    return _chunk(b"tEXt", PNG_KEYWORD + b"\0" + text.encode("ascii"))


def png_chunks(content: bytes) -> list[tuple[bytes, bytes]]:
    """Return the chunks of a PNG as (type, data); of a file that is cut off, those that are whole."""
    found, at = [], len(_PNG)
    while at + 12 <= len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        found.append((content[at + 4 : at + 8], content[at + 8 : at + 8 + length]))
        at += length + 12
    return found


def with_png_text(content: bytes, text: str) -> bytes:
    """Put a provenance into a PNG, after its header."""
    first, *rest = png_chunks(content)
    return _PNG + _chunk(*first) + png_text(text) + b"".join(_chunk(*chunk) for chunk in rest)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _with_checksums(content: bytes) -> bytes:
    """Set the checksum of our text chunk anew; the others are left, so that damage shows."""
    start = content.find(b"tEXt" + PNG_KEYWORD)
    if start < 4:
        return content
    (length,) = struct.unpack(">I", content[start - 4 : start])
    end = start + 4 + length
    return content[:end] + struct.pack(">I", zlib.crc32(content[start:end])) + content[end + 4 :]
