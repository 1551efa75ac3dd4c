"""Verification: does a file still say what the data say, and if not, what changed."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from time import monotonic
from typing import Any

from anyascii import anyascii

from control.assessment.policy import Policy, PolicyError, bundled_policies, load_policy, policy_from_weights
from control.export.extract import Extract, Progress
from control.export.files import read_provenance, sealed_bytes, write
from control.export.formats import format_named
from control.export.provenance import Provenance, ProvenanceError, body, is_sealed
from control.export.tables.csvw import read_description
from control.record.theatre import Theatre
from control.snapshot import Layer, answer_id
from control.territory.surroundings import CoupledTimeline


class Part(StrEnum):
    """What can have changed since a file was written."""

    FILE = "file"
    PAIR = "pair"
    NAME = "name"
    ID = "id"
    DATA = "data"
    POLICY = "policy"
    CODE = "code"
    LIBRARIES = "libraries"
    CONTENT = "content"


REASONS = {
    Part.FILE: "the file was changed after it was written",
    Part.PAIR: "the table and the description beside it are of two exports: the second may have been stopped; export anew",
    Part.NAME: "the description beside it names another file",
    Part.ID: "the id does not follow from the data, policy, dates and program that the file names",
    Part.DATA: "the theatre's data are others",
    Part.POLICY: "the weights are the file's own, not those of the policy of that name",
    Part.CODE: "the program has another version",
    Part.LIBRARIES: "the libraries that pack the file have other versions",
    Part.CONTENT: "made anew it says something else",
}
BROKEN = frozenset({Part.FILE, Part.PAIR, Part.ID, Part.CONTENT})
"""With one of these a file does not hold; the others say what it rests on."""
MOST_SECONDS = 900
LEAST_PICTURE = 50
"""Bytes of a picture in a film, at the very least."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found about a file.

    Attributes
    ----------
    changed
        What is not as it was; empty when nothing changed.
    notes
        What a reader has to know besides, a sentence each.
    holds
        Whether the file is as it was written and says what today's data, policy and program say.
    """

    provenance: Provenance
    changed: tuple[Part, ...]
    notes: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether the file still holds: neither it nor what it says has changed."""
        return not BROKEN & set(self.changed)

    @property
    def lines(self) -> list[str]:
        """The verdict in words, and each reason on a line of its own."""
        said = "it still holds" if self.holds else "it does not hold"
        same = "; nothing changed" if not self.changed else ""
        reasons = [f"  {part}: {REASONS[part]}" for part in self.changed]
        # a line break in a title would begin a line that looks like one of ours
        return [
            f"{said}: {' '.join(self.provenance.line.split())}{same}",
            *reasons,
            *(f"  note: {n}" for n in self.notes),
        ]

    def to_dict(self) -> dict[str, Any]:
        """Describe it as JSON."""
        found = {"holds": self.holds, "changed": [str(part) for part in self.changed], "notes": list(self.notes)}
        return {**found, **self.provenance.to_dict()}


def verify(file: Path, theatre: Theatre, progress: Progress = iter, seconds: float = MOST_SECONDS) -> Verdict:
    """Make a file anew from a theatre, and say whether it still holds.

    With today's data, the policy of the same name as it is today (the weights in the file where no policy of that name comes
    with the program) and this program. A file that was changed is not made anew. Nothing that the file names is opened.

    Parameters
    ----------
    seconds
        How long making it anew may take.

    Raises
    ------
    ProvenanceError
        When the file does not say where it comes from, comes from another theatre, or takes too long.
    ExportError
        When its format cannot hold what it is said to hold.
    SpanError
        When the theatre no longer covers its dates.
    """
    said = read_provenance(file)
    kind = format_named(said.form)
    if file.suffix.lower() not in kind.suffixes:
        raise ProvenanceError(
            f"{file.name}: it says of itself that it is {kind.title}; such a file ends in {kind.suffix}"
        )
    if said.theatre != theatre.settings.id:
        raise ProvenanceError(
            f"{file.name} comes from the theatre {said.theatre!r}, not {theatre.settings.id!r}; name the folder of its "
            "own with --theatre"
        )
    unknown = set(said.layers) - set(Layer)
    if unknown:
        raise ProvenanceError(f"{file.name}: its layers {', '.join(sorted(unknown))} are none of ours; export it anew")
    policy, notes = _policy_of(said, file)
    layers = tuple(Layer(layer) for layer in said.layers)
    timeline = CoupledTimeline(theatre, policy, said.known_on)
    extract = Extract(timeline, said.since, said.until, said.every, layers, progress=_in_time(progress, seconds, file))
    old = sealed_bytes(file, kind.table is not None)
    if kind.frames and len(old) < LEAST_PICTURE * len(extract.days):
        raise ProvenanceError(
            f"{file.name}: {len(extract.days)} pictures do not fit into {len(old)} bytes; export it anew"
        )
    found = _broken(said, file, old) or _other_content(said, file, old, extract)
    found += _other_origin(said, extract)
    return Verdict(said, tuple(part for part in Part if part in found), notes)


def _broken(said: Provenance, file: Path, old: bytes) -> list[Part]:
    """Tell whether a file is as it was written."""
    if is_sealed(old, said):
        return []
    if format_named(said.form).table and said.id.encode() not in file.read_bytes():
        return [Part.FILE, Part.PAIR]
    return [Part.FILE]


def _other_content(said: Provenance, file: Path, old: bytes, extract: Extract) -> list[Part]:
    """Make a file anew, and tell what is other in it."""
    found = []
    described = format_named(said.form).table is not None
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / file.name
        write(said.form, extract, fresh)
        new, now = sealed_bytes(fresh, described), read_provenance(fresh)
    if described and (name := read_description(file).get("url")) != file.name:
        found.append(Part.NAME)  # both were given another name; what is in them is compared all the same
        new = new.replace(_url(file.name), _url(name), 1)
    if said.libraries != now.libraries:
        found.append(Part.LIBRARIES)
    if body(old, said) != body(new, now):
        found.append(Part.CONTENT)
    return found


def _url(name: object) -> bytes:
    return f'"url": {json.dumps(name, ensure_ascii=False)}'.encode(errors="replace")


def _other_origin(said: Provenance, extract: Extract) -> list[Part]:
    """Tell in what the file rests on something else than what is here now."""
    now = extract.provenance(said.form)
    when = said.since if said.since == said.until else (said.since, said.until, said.every)
    parts = {
        Part.ID: said.id == answer_id(said.data, said.weights, when, said.known_on, said.code),
        Part.DATA: said.data == now.data,
        Part.POLICY: said.weights == now.weights,
        Part.CODE: said.code == now.code,
    }
    return [part for part, same in parts.items() if not same]


def _policy_of(said: Provenance, file: Path) -> tuple[Policy, tuple[str, ...]]:
    """Return the policy of that name if it comes with the program, else the weights in the file and a note that says so."""
    known = bundled_policies()
    if said.policy in known:
        policy = load_policy(said.policy)
        # a file may tell what each place's own reports say alone
        return policy if said.weights.get("neighbours") != 0 else replace(policy, neighbours=0.0), ()
    try:
        if said.weights.get("name") != said.policy:
            raise PolicyError("they are of another policy")
        policy = policy_from_weights(said.weights)
    except PolicyError as error:
        raise ProvenanceError(
            f"{file.name}: its policy does not come with the program, and the weights in the file cannot be used: {error}; "
            "export it anew"
        ) from None
    note = f"the weights are the file's own: no policy of this program is called {said.policy!a}"
    alike = [name for name in known if name == anyascii(said.policy).strip().casefold()]
    return policy, (note + (f"; it is not {alike[0]!r}, though it looks like it" if alike else ""),)


def _in_time(progress: Progress, seconds: float, file: Path) -> Progress:
    """Stop at the first day that comes too late."""

    def hand_out(days: Sequence[date]) -> Iterator[date]:
        latest = monotonic() + seconds
        for day in progress(days):
            if monotonic() > latest:
                raise ProvenanceError(
                    f"{file.name}: making it anew takes longer than {seconds:.0f} s; give it more with --seconds"
                )
            yield day

    return hand_out
