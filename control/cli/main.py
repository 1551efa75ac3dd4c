"""`python -m control`: questions to a theatre. Prints for people, JSON lines with `--json`."""

from __future__ import annotations

import sys

import typer

from control.cli import changes, check, export, holders, places, snapshot, sources, territory, verify
from control.cli.assessors import assessors
from control.cli.console import complain, forgiving_output
from control.cli.imports import imports
from control.cli.scale import scale
from control.cli.theatre import theatres
from geo.errors import UserError

app = typer.Typer(
    name="control",
    help="Who held which town, on which date, according to whom.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
FAMILIES = (export, verify, check, places, holders, changes, sources, territory, snapshot)
"""Modules of commands, in the order of the help."""

for family in FAMILIES:
    family.register(app)
app.add_typer(imports, name="import")
app.add_typer(assessors, name="assessors")
app.add_typer(scale, name="scale")
app.add_typer(theatres, name="theatre")


def main() -> None:
    """Run the command line; a fault of the input is one line on standard error and exit code 1."""
    with forgiving_output():
        _run()


def _run() -> None:
    try:
        app()
    except BrokenPipeError:  # no fault of the input
        raise
    except (UserError, OSError) as error:
        complain(str(error), "error:")
        sys.exit(1)
