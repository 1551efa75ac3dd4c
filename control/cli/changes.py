"""The command `changes`: what changed hands in a span of days."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from control.assessment.changes import Change, balances
from control.assessment.timeline import Timeline
from control.cli.arguments import open_timeline, span_of
from control.cli.console import Language, hand_out
from control.cli.options import DEFAULT_THEATRE, JsonOption, KnownOnOption, PolicyOption, TheatreOption
from control.cli.toponyms import place_named
from control.export.records import change_to_dict
from control.export.tables.changes_atom import changes_to_atom
from control.export.tables.changes_csv import changes_to_csv
from control.markup import plain_text
from control.record.date_words import long_date, span_words
from control.territory.area_assessment import changes_in
from control.territory.ground import Grounds
from control.words.assessments import describe_balance, describe_change


def register(app: typer.Typer) -> None:
    """Add the command `changes` to a command line."""
    app.command("changes")(changes)


class ChangeFormat(StrEnum):
    """How `changes` writes its list."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"
    ATOM = "atom"


def changes(
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="First day.")],
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="Last day, included.")],
    form: Annotated[
        ChangeFormat, typer.Option("--format", help="Sentences, a table, JSON lines or a feed.")
    ] = ChangeFormat.TEXT,
    area: Annotated[
        str | None, typer.Option("--in", metavar="NAME", help="Only in this area: a governorate, a region, a pocket.")
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", help="File to write instead of printing.")] = None,
    known_on: KnownOnOption = None,
    policy: PolicyOption = "balanced",
    theatre: TheatreOption = DEFAULT_THEATRE,
    as_json: JsonOption = False,
) -> None:
    """List what changed from one day to another, both included, and what each actor had more and less in the end."""
    timeline = open_timeline(theatre, known_on, policy)
    loaded = timeline.theatre
    first, last = span_of(loaded, since, until)
    inside = _inside(timeline, area)
    found = inside(timeline.changes(first, last))
    form = ChangeFormat.JSON if as_json else form
    if form is ChangeFormat.JSON:
        text = "".join(json.dumps(change_to_dict(loaded, c), ensure_ascii=False) + "\n" for c in found)
    elif form is ChangeFormat.CSV:
        text = changes_to_csv(loaded, found)
    elif form is ChangeFormat.ATOM:
        text = changes_to_atom(loaded, found, first, last)
    else:
        lines = [describe_change(loaded, change) for change in found] or [f"nothing changed: {span_words(first, last)}"]
        lines += _compared(timeline, first, last, inside)
        text = plain_text("\n".join(lines)) + "\n"
    hand_out(text, output, Language(str(form)))


def _inside(timeline: Timeline, name: str | None) -> Callable[[Sequence[Change]], Sequence[Change]]:
    """Return what keeps of some changes those in an area; all of them where none is named."""
    if name is None:
        return lambda changes: changes
    area = place_named(timeline.theatre, name)
    if not area.kind.is_area:
        return lambda changes: [change for change in changes if change.place_id == area.id]
    return partial(changes_in, Grounds.of(timeline), area)


def _compared(
    timeline: Timeline, first: date, last: date, inside: Callable[[Sequence[Change]], Sequence[Change]]
) -> list[str]:
    """Say what each actor had more and less on the last day than before the first: what was undone is not in it."""
    before = max(first - timedelta(days=1), timeline.theatre.settings.start)
    found = balances(inside(timeline.differences(before, last)))
    head = f"{long_date(last)} compared with {long_date(before)}, in places:"
    return [head, *(f"  {describe_balance(timeline.theatre, balance)}" for balance in found)] if found else []
