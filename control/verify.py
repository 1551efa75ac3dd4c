"""Verification: does a file still say what the data say, and if not, what changed."""

from __future__ import annotations

import hashlib
import json
import tempfile
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from control.export.cli import DEFAULT_THEATRE
from control.export.extract import Extract, Progress
from control.export.formats import format_named, write
from control.export.progress import with_bar
from control.export.provenance import Provenance, ProvenanceError, body, is_sealed
from control.export.readers import read_provenance
from control.markup import plain_text
from control.policy import Policy, PolicyError, load_policy
from control.snapshot import Layer
from control.theatre import Theatre, load_theatre
from control.timeline import Timeline


class Part(StrEnum):
    """What can have changed since a file was written."""

    FILE = "file"
    DATA = "data"
    POLICY = "policy"
    CODE = "code"
    LIBRARIES = "libraries"
    CONTENT = "content"


REASONS = {
    Part.FILE: "the file was changed after it was written",
    Part.DATA: "the theatre's data are others",
    Part.POLICY: "the policy of that name has other weights",
    Part.CODE: "the program has another version",
    Part.LIBRARIES: "the libraries that pack the file have other versions",
    Part.CONTENT: "made anew it says something else",
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was found about a file.

    Attributes
    ----------
    changed
        What is not as it was; empty when nothing changed.
    holds
        Whether the file is as it was written and says what today's data, policy and program say.
    """

    provenance: Provenance
    changed: tuple[Part, ...]

    @property
    def holds(self) -> bool:
        """Whether the file still holds: neither it nor what it says has changed."""
        return not {Part.FILE, Part.CONTENT} & set(self.changed)

    @property
    def lines(self) -> list[str]:
        """The verdict in words, and each reason on a line of its own."""
        said = "it still holds" if self.holds else "it does not hold"
        same = "; nothing changed" if not self.changed else ""
        return [f"{said}: {self.provenance.line}{same}", *(f"  {part}: {REASONS[part]}" for part in self.changed)]

    def to_dict(self) -> dict[str, Any]:
        """Describe it as JSON."""
        return {"holds": self.holds, "changed": [str(part) for part in self.changed], **self.provenance.to_dict()}


def verify(file: Path, theatre: Theatre, progress: Progress = iter) -> Verdict:
    """Make a file anew from a theatre, and say whether it still holds.

    With today's data, the policy of the same name as it is today (that of the file where there is none any more) and this
    program.

    Raises
    ------
    ProvenanceError
        When the file does not say where it comes from, or comes from another theatre.
    SpanError
        When the theatre no longer covers its dates.
    """
    said = read_provenance(file)
    if said.theatre != theatre.settings.id:
        raise ProvenanceError(
            f"{file.name} comes from the theatre {said.theatre!r}, not {theatre.settings.id!r}; name the folder of its "
            "own with --theatre"
        )
    policy, same_policy = _policy_of(said)
    timeline = Timeline(theatre, policy, said.known_on)
    unknown = set(said.layers) - set(Layer)
    if unknown:
        raise ProvenanceError(f"{file.name}: its layers {', '.join(sorted(unknown))} are none of ours; export it anew")
    layers = tuple(Layer(layer) for layer in said.layers)
    extract = Extract(timeline, said.since, said.until, said.every, layers, progress=progress)
    with tempfile.TemporaryDirectory() as folder:
        fresh = Path(folder) / file.name
        write(said.form, extract, fresh)
        content = fresh.read_bytes()
        now = read_provenance(fresh)
    return Verdict(said, tuple(_changes(said, now, file.read_bytes(), content, same_policy)))


def _changes(said: Provenance, now: Provenance, old: bytes, new: bytes, same_policy: bool) -> list[Part]:
    found = []
    if not _as_written(said, old):
        found.append(Part.FILE)
    if said.data != now.data:
        found.append(Part.DATA)
    if not same_policy:
        found.append(Part.POLICY)
    if said.code != now.code:
        found.append(Part.CODE)
    if said.libraries != now.libraries:
        found.append(Part.LIBRARIES)
    if Part.FILE not in found and body(old, said) != body(new, now):
        found.append(Part.CONTENT)
    return found


def _as_written(said: Provenance, content: bytes) -> bool:
    if format_named(said.form).table:  # its seal is in the file beside it
        return hashlib.sha256(content).hexdigest() == said.content
    return is_sealed(content, said)


def _policy_of(said: Provenance) -> tuple[Policy, bool]:
    """Return the policy of that name as it is today, and whether its weights are those of the file."""
    try:
        policy = load_policy(said.policy)
    except PolicyError:
        return _policy_from(said.weights), True
    return policy, json.loads(json.dumps(asdict(policy))) == said.weights


def _policy_from(weights: dict[str, Any]) -> Policy:
    try:
        credibilities = {int(key): float(value) for key, value in weights["credibilities"].items()}
        policy = Policy(**{**weights, "credibilities": credibilities})
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise ProvenanceError(
            f"its policy is no longer here, and the weights in the file cannot be read ({error!r}); export it anew"
        ) from None
    return policy


def register(app: typer.Typer) -> None:
    """Add the command `verify` to a command line."""
    app.command("verify")(verify_command)


def verify_command(
    file: Annotated[Path, typer.Argument(help="A file that `export` wrote.")],
    theatre: Annotated[Path, typer.Option("--theatre", help="Folder of the theatre.")] = DEFAULT_THEATRE,
    as_json: Annotated[bool, typer.Option("--json", help="Print JSON lines.")] = False,
) -> None:
    """Make an exported file anew and say whether it still holds. Exit code 1 when it does not."""
    verdict = verify(file, load_theatre(theatre), with_bar)
    if as_json:
        typer.echo(json.dumps(verdict.to_dict()))
    else:
        for line in verdict.lines:
            typer.echo(plain_text(line))
    if not verdict.holds:
        raise typer.Exit(1)
