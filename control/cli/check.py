"""The command `check`: is every row of a theatre sound."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import typer

from control.cli.console import print_json, say
from control.cli.options import DEFAULT_THEATRE, JsonOption, TheatreOption
from control.export.records import inexact_match_to_dict
from control.map.tints import AROUND, CloseTints, close_tints
from control.record.hints import hints
from control.record.inexact_matches import InexactMatch, inexact_matches
from control.record.report_counts import count_reports
from control.record.theatre import Theatre, load_theatre


def register(app: typer.Typer) -> None:
    """Add the command `check` to a command line."""
    app.command("check")(check)


def check(theatre: TheatreOption = DEFAULT_THEATRE, as_json: JsonOption = False) -> None:
    """Validate a theatre: every bad row as file:line: reason. Exit code 1 when there is one."""
    loaded = load_theatre(theatre)
    inexact = inexact_matches(loaded.gazetteer, (claim.report for claim in (*loaded.claims, *loaded.area_claims)))
    (_check_as_json if as_json else _check_in_words)(loaded, inexact)
    if loaded.faults:
        raise typer.Exit(1)


def _check_as_json(loaded: Theatre, inexact: Sequence[InexactMatch]) -> None:
    for r in loaded.faults:
        place = {"file": r.origin.file, "line": r.origin.line}
        print_json({**place, "wrong": r.wrong, "expected": r.expected, "remedy": r.remedy})
    for match in inexact:
        print_json(inexact_match_to_dict(match))
    counts = count_reports(loaded)
    print_json(
        {
            "used": counts.used,
            "accepted": counts.about_places,
            "places": counts.places,
            "of_areas": counts.about_areas,
            "sources": counts.sources,
            "set_aside": counts.set_aside,
            "duplicates": counts.said_twice,
            "rejected": counts.rejected,
            "mended": len(loaded.remarks),
            "moments": len(loaded.moments),
        }
    )


def _check_in_words(loaded: Theatre, inexact: Sequence[InexactMatch]) -> None:
    for fault in loaded.faults:
        say(str(fault))
    say(f"{loaded.settings.title}: {count_reports(loaded)}")
    if loaded.moments:
        say(f"  {len(loaded.moments)} moment{'' if len(loaded.moments) == 1 else 's'} with a headline on the time bar")
    for reason, count in sorted(Counter(w.reason for w in loaded.waiting).items()):
        say(f"  set aside: {count} x {reason}")
    for remark in loaded.remarks:
        say(f"  mended: {remark}")
    for match in inexact:
        say(f"  inexact: {match}")
    for hint in hints(loaded):
        say(f"  {hint}")
    for pair in close_tints([actor for _, actor in sorted(loaded.actors.items())]):
        say(f"  {_hint_of(pair)}")


def _hint_of(pair: CloseTints) -> str:
    remedy = f"{pair.mended} is" if pair.mended else "no colour is; change that of others first. None"
    return (
        f"actors.csv: the ground of {pair.first} looks like {AROUND.get(pair.second, f'that of {pair.second}')} "
        f"({pair.column}, {pair.vision}: CIEDE2000 {pair.distance:.1f}); expected at least {pair.least:g}; "
        f"{remedy} far enough from all others"
    )
