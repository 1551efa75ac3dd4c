"""The options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from control.record.bundled import default_theatre

DEFAULT_THEATRE = default_theatre()

TheatreOption = Annotated[Path, typer.Option("--theatre", help="Folder of the theatre.")]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON lines.")]
KnownOnOption = Annotated[
    str | None, typer.Option("--known-on", metavar="DATE", help="Use only what was published by this day.")
]
PolicyOption = Annotated[
    str, typer.Option("--policy", help="balanced, strict, claims-only, against-interest, or a file.")
]
DateOption = Annotated[str, typer.Option("--date", metavar="DATE", help="Day, YYYY-MM-DD.")]
