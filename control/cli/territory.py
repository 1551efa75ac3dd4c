"""The commands `statistics`, `fronts` and `enclaves`: whose ground it was."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from control.cli.arguments import needed_day, open_timeline, span_of
from control.cli.console import Language, hand_out, print_json, say
from control.cli.options import DEFAULT_THEATRE, DateOption, JsonOption, KnownOnOption, PolicyOption, TheatreOption
from control.export.records import enclave_to_dict, figures_to_dicts, front_to_dict, siege_to_dict
from control.export.tables.statistics import figures_to_csv
from control.markup import plain_text
from control.record.date_words import long_date
from control.territory.ground import Grounds
from control.territory.statistics import series, statistics_on
from control.words.assessments import describe_enclave, describe_front, describe_siege, series_table, statistics_table


def register(app: typer.Typer) -> None:
    """Add the commands `statistics`, `fronts` and `enclaves` to a command line."""
    app.command("statistics")(statistics)
    app.command("fronts")(fronts)
    app.command("enclaves")(enclaves)


class FiguresFormat(StrEnum):
    """How `statistics` writes its figures."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"


def statistics(
    day: DateOption = "",
    since: Annotated[str, typer.Option("--since", metavar="DATE", help="First day of a series.")] = "",
    until: Annotated[str, typer.Option("--until", metavar="DATE", help="Last day of it.")] = "",
    every: Annotated[int, typer.Option("--every", min=1, help="Days from one row of it to the next.")] = 30,
    form: Annotated[FiguresFormat, typer.Option("--format", help="A table, CSV or JSON lines.")] = FiguresFormat.TEXT,
    output: Annotated[Path | None, typer.Option("--output", help="File to write instead of printing.")] = None,
    known_on: KnownOnOption = None,
    policy: PolicyOption = "balanced",
    theatre: TheatreOption = DEFAULT_THEATRE,
    as_json: JsonOption = False,
) -> None:
    """Count the ground, places and people of each actor, on a day or over a span."""
    if bool(day) == bool(since and until) or bool(since) != bool(until):
        raise typer.BadParameter("give --date DAY, or --since DAY --until DAY for a series")
    timeline = open_timeline(theatre, known_on, policy)
    loaded = timeline.theatre
    first, last = span_of(loaded, since or day, until or day)
    grounds = Grounds.of(timeline)
    form = FiguresFormat.JSON if as_json else form
    if form is not FiguresFormat.TEXT:
        days = series(grounds, first, last, every).figures
        records = (record for figures in days for record in figures_to_dicts(loaded, figures))
        if form is FiguresFormat.JSON:
            text = "".join(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n" for record in records)
        else:
            text = figures_to_csv(loaded, days)
    elif day:
        text = plain_text("\n".join(statistics_table(loaded, statistics_on(grounds, first)))) + "\n"
    else:
        text = plain_text("\n".join(series_table(loaded, series(grounds, first, last, every)))) + "\n"
    hand_out(text, output, Language(str(form)))


def fronts(
    day: DateOption,
    known_on: KnownOnOption = None,
    policy: PolicyOption = "balanced",
    theatre: TheatreOption = DEFAULT_THEATRE,
    as_json: JsonOption = False,
) -> None:
    """List the lines where the ground of two actors met, the longest first."""
    when, timeline = needed_day(day), open_timeline(theatre, known_on, policy)
    timeline.theatre.check_date(when)
    found = Grounds.of(timeline).fronts(when)
    for front in found:
        if as_json:
            print_json({"date": when.isoformat(), **front_to_dict(timeline.theatre, front)})
        else:
            say(describe_front(front))
    if not found and not as_json:
        say(f"no two sides met on {long_date(when)}")


def enclaves(
    day: DateOption,
    known_on: KnownOnOption = None,
    policy: PolicyOption = "balanced",
    theatre: TheatreOption = DEFAULT_THEATRE,
    as_json: JsonOption = False,
) -> None:
    """List groups of places that one other actor surrounded, and places reported as besieged."""
    when, timeline = needed_day(day), open_timeline(theatre, known_on, policy)
    loaded = timeline.theatre
    loaded.check_date(when)
    grounds = Grounds.of(timeline)
    surrounded, besieged = grounds.enclaves(when), grounds.sieges(when)
    if as_json:
        for enclave in surrounded:
            print_json({"date": when.isoformat(), "group": "enclave", **enclave_to_dict(loaded, enclave)})
        for siege in besieged:
            print_json({"date": when.isoformat(), "group": "reported siege", **siege_to_dict(loaded, siege)})
        return
    for line in (*(describe_enclave(loaded, e) for e in surrounded), *(describe_siege(loaded, s) for s in besieged)):
        say(line)
    if not surrounded and not besieged:
        say(f"nobody was encircled on {long_date(when)}, as far as places and reports tell")
