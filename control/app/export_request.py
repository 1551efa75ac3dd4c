"""A file that a visitor asks for, and the making of it."""

from __future__ import annotations

import mimetypes
from collections import Counter
from dataclasses import dataclass
from datetime import date

from control.app.server.scratch import scratch_folder
from control.assessment.timeline import Timeline
from control.export.errors import ExportError
from control.export.extract import Extract, Progress, Step
from control.export.files import write
from control.export.formats import FORMATS
from control.export.tables.csvw import sidecar
from control.snapshot import Layer
from control.territory.ground import Grounds

MOST_STEPS = 250
"""So many pictures, or states of the ground, are made for one visitor; the command line knows no such limit."""
MOST_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class ReadyFile:
    """A file that is ready."""

    name: str
    content: bytes

    @property
    def mime(self) -> str:
        """Its media type, for the browser."""
        return mimetypes.guess_type(self.name)[0] or "application/octet-stream"

    @property
    def size(self) -> str:
        """How large it is, for a reader."""
        kilobytes = len(self.content) / 1000
        return f"{kilobytes / 1000:.1f} MB" if kilobytes >= 1000 else f"{max(1, round(kilobytes))} kB"


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """What a visitor wants a file of."""

    form: str
    since: date
    until: date
    every: Step
    layers: tuple[Layer, ...]


def fault_of(request: ExportRequest, timeline: Timeline, grounds: Grounds) -> str | None:
    """Say why a file cannot be made; `None` when it can."""
    kind = FORMATS[request.form]
    if not request.layers:
        return "Choose at least one layer."
    if request.since > request.until:
        return "The first day comes after the last."
    if request.since == request.until and not kind.one_date:
        return "Choose a range: first and last day are the same."
    if not kind.stepped or not (kind.frames or set(request.layers) - {Layer.PLACES}):
        return None
    steps = len(_extract(request, timeline, grounds).days)
    if steps > MOST_STEPS:
        what = "pictures" if kind.frames else "states of the ground"
        return (
            f"{steps} {what} are more than {MOST_STEPS}: choose a shorter range or longer steps, or the command line."
        )
    return None


def make(
    request: ExportRequest, timeline: Timeline, grounds: Grounds, name: str, progress: Progress = iter
) -> tuple[ReadyFile, ...]:
    """Write the file, and what belongs beside it.

    Raises
    ------
    ExportError
        When the format cannot hold what is asked for, or the file is too large.
    """
    kind = FORMATS[request.form]
    with scratch_folder() as folder:
        file = folder / file_name(request, name)
        write(request.form, _extract(request, timeline, grounds, progress), file)
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise ExportError(
                f"The file has {size / 1e6:.0f} MB, more than is sent to a browser; use the command line."
            )
        files = (file, sidecar(file)) if kind.table else (file,)
        return tuple(ReadyFile(f.name, f.read_bytes()) for f in files)


def file_name(request: ExportRequest, name: str) -> str:
    """Name a file by theatre, dates and, where several formats end alike and its ending does not say it, format."""
    kind = FORMATS[request.form]
    alike = Counter(other.suffix for other in FORMATS.values())[kind.suffix] > 1 and kind.name != kind.suffix[1:]
    dates = f"{request.since}" if request.since == request.until else f"{request.since}_{request.until}"
    return (
        "_".join([name, *([dates] if kind.dated else []), *([kind.name] if alike or not kind.dated else [])])
        + kind.suffix
    )


def _extract(request: ExportRequest, timeline: Timeline, grounds: Grounds, progress: Progress = iter) -> Extract:
    return Extract(timeline, request.since, request.until, request.every, request.layers, grounds, progress)
