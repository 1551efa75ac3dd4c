"""Files of extracts: written in a format by its name, and where they come from read back by their ending."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from control.export.errors import ExportError
from control.export.extract import Extract
from control.export.formats import FORMATS, Format, format_named
from control.export.provenance import MissingProvenanceError, Provenance, ProvenanceError, seal
from control.export.tables.csvw import sidecar
from control.export.untrusted_file import check_plain
from control.storage.atomic_file import drafts


def write(form: str, extract: Extract, file: Path) -> None:
    """Write an extract as a file of a format; a file that is there already is replaced once the new one is whole.

    Raises
    ------
    ExportError
        When the format cannot hold what the extract asks for, or there is no such format.
    """
    kind = format_named(form)
    _check(kind, extract)
    # of two files the table comes last: one that stands beside a description of another says so when it is verified
    beside = (sidecar(file),) if kind.table else ()
    with drafts(*beside, file) as (*descriptions, part):
        kind.write(extract, part)
        if kind.table:
            described = kind.table.describe(extract.provenance(form), file.name)
            sealed, _ = seal(described + part.read_bytes())
            descriptions[0].write_bytes(sealed[: len(described)])


def read_provenance(file: Path) -> Provenance:
    """Read where a file comes from; nothing that it names is opened.

    Raises
    ------
    ProvenanceError
        When it is none of ours, or does not say any more.
    OSError
        When it cannot be read.
    """
    readers = _readers(file.suffix.lower())
    if not readers:
        known = dict.fromkeys(suffix for kind in FORMATS.values() for suffix in kind.suffixes)
        raise ProvenanceError(f"{file.name}: no file of ours ends like this; expected one of {', '.join(known)}")
    check_plain(file)
    missing = []
    for reader in readers:
        try:
            return reader(file)
        except MissingProvenanceError as error:
            missing.append(error.looked_for)
        except (RecursionError, MemoryError):
            raise ProvenanceError(
                f"{file.name}: it is nested or packed beyond any export; export the file anew"
            ) from None
    raise MissingProvenanceError(file, ", ".join(missing))


def sealed_bytes(file: Path, described: bool) -> bytes:
    """Return the bytes that a seal is of: those of the file, of a table after those of its description."""
    return (sidecar(file).read_bytes() if described else b"") + file.read_bytes()


def _readers(suffix: str) -> list[Callable[[Path], Provenance]]:
    """Return what reads files with an ending, each reader once, in the order of the formats."""
    return list(dict.fromkeys(kind.read_provenance for kind in FORMATS.values() if suffix in kind.suffixes))


def _check(kind: Format, extract: Extract) -> None:
    """Refuse what a format cannot hold."""
    if extract.since == extract.until and not kind.one_date:
        raise ExportError(f"{kind.name} shows a range of dates; give --since and --until instead of --date")
    if extract.since != extract.until and not kind.series:
        raise ExportError(f"{kind.name} shows one date; give --date instead of --since and --until")
    if not extract.layers:
        raise ExportError(f"no layer is named; {kind.name} holds {', '.join(kind.layers)}")
    wrong = [layer for layer in extract.layers if layer not in kind.layers]
    if wrong:
        raise ExportError(f"{kind.name} holds {', '.join(kind.layers)}, not {wrong[0]}; leave it out of --layers")
    if len(extract.layers) > 1 and not kind.several:
        named = ", ".join(extract.layers)
        raise ExportError(f"{kind.name} holds one layer a file, not {named}; choose one, as in --layers areas")
    if not kind.chosen and set(extract.layers) != set(kind.layers):
        raise ExportError(f"{kind.name} shows {', '.join(kind.layers)} together; leave --layers out")
