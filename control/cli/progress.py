"""A progress bar for what takes longer than a moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from time import monotonic

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

PATIENCE_S = 1.0
"""What takes no longer needs no bar."""


def with_bar(days: Sequence[date]) -> Iterator[date]:
    """Hand out days one by one; on a terminal a bar on standard error shows how far it is, after the first second."""
    began = monotonic()
    columns = (TextColumn("{task.fields[day]}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(
        *columns, console=Console(stderr=True), transient=True, disable=not Console(stderr=True).is_terminal
    ) as bar:
        task = bar.add_task("", total=len(days), day="", visible=False)
        for day in days:
            yield day
            bar.update(task, advance=1, day=str(day), visible=monotonic() - began > PATIENCE_S)
