"""The command `sources`: what each source contributes."""

from __future__ import annotations

import typer

from control.assessment.audit import audit_sources
from control.cli.arguments import open_timeline
from control.cli.console import print_json, say
from control.cli.options import DEFAULT_THEATRE, JsonOption, KnownOnOption, PolicyOption, TheatreOption
from control.export.records import source_audit_to_dict
from control.record.report_origins import trace_reports
from control.words.assessments import describe_contradiction


def register(app: typer.Typer) -> None:
    """Add the command `sources` to a command line."""
    app.command("sources")(sources)


def sources(
    known_on: KnownOnOption = None,
    policy: PolicyOption = "balanced",
    theatre: TheatreOption = DEFAULT_THEATRE,
    as_json: JsonOption = False,
) -> None:
    """Say what each source contributes, how often it was first or contradicted, and what hangs on it."""
    timeline = open_timeline(theatre, known_on, policy)
    places = timeline.theatre.gazetteer
    if not as_json:
        say(f"{trace_reports(timeline.theatre)}.")
    for audit in audit_sources(timeline):
        if as_json:
            print_json(source_audit_to_dict(audit))
            continue
        hangs = ", ".join(f"{places.place(f.place_id).name} {f.day}" for f in audit.flips[:3])
        more = f" and {len(audit.flips) - 3} more" if len(audit.flips) > 3 else ""
        say(
            f"{audit.claims:4d} claims, {audit.first} times first, {audit.contradicted} contradicted  "
            f"[{audit.source.grade}] {audit.source.title}" + (f"; without it other: {hangs}{more}" if hangs else "")
        )
        for found in audit.contradictions:
            say(f"       {describe_contradiction(timeline.theatre, found)}")
