"""The command `verify`: does a file still say what the data say."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from control.cli.console import print_json, say
from control.cli.options import DEFAULT_THEATRE, JsonOption, TheatreOption
from control.cli.progress import with_bar
from control.export.verify import MOST_SECONDS, verify
from control.record.theatre import load_theatre


def register(app: typer.Typer) -> None:
    """Add the command `verify` to a command line."""
    app.command("verify")(verify_command)


def verify_command(
    file: Annotated[Path, typer.Argument(help="A file that `export` wrote.")],
    theatre: TheatreOption = DEFAULT_THEATRE,
    seconds: Annotated[int, typer.Option("--seconds", min=1, help="How long making it anew may take.")] = MOST_SECONDS,
    as_json: JsonOption = False,
) -> None:
    """Make an exported file anew and say whether it still holds. Exit code 1 when it does not."""
    verdict = verify(file, load_theatre(theatre), with_bar, seconds)
    if as_json:
        print_json(verdict.to_dict())
    else:
        for line in verdict.lines:
            say(line)
    if not verdict.holds:
        raise typer.Exit(1)
