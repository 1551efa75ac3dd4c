"""Print what a reader sees, as plain text: random `Why` panels, and the messages for visitors who ask for what is not there.

    python bench/why_panels.py --panels 30 --errors 20 --seed 1

Panels are those of the app, of both theatres and of every status; what the app folds away stands behind `[folded]`.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from html.parser import HTMLParser
from itertools import cycle, islice
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))

from control.app.link import read_link  # noqa: E402
from control.app.panel.reasons import estimate_words, reasons_html  # noqa: E402
from control.app.search import Complaint, find  # noqa: E402
from control.assessment.model import Status  # noqa: E402
from control.assessment.timeline import Timeline  # noqa: E402
from control.record.dates import DateError, parse_day  # noqa: E402
from control.record.theatre import SpanError, load_theatre  # noqa: E402
from control.territory.ground import Grounds  # noqa: E402
from control.territory.surroundings import CoupledTimeline  # noqa: E402

THEATRES = ("iraq-syria", "ukraine")
BLOCKS = {"p", "li", "h5", "h6", "summary", "br"}


class Text(HTMLParser):
    """The text of a panel, a line a block; what is folded is marked."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.lines = [""]
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        """Begin a line at a block."""
        if tag in BLOCKS:
            self.lines.append("[folded] " if tag == "summary" else "## " if tag == "h6" else "")
        if tag == "em":
            self.lines.append("   ")

    def handle_data(self, data: str) -> None:
        """Add to the line."""
        self.lines[-1] += data

    def __str__(self) -> str:
        return "\n".join(line.rstrip() for line in self.lines if line.strip())


def panels(count: int, seed: int) -> Iterator[str]:
    """Yield panels, theatre by theatre and status by status in turn; places that no report tells of among them."""
    chance = random.Random(seed)  # noqa: S311  the same panels for the same seed
    made = [_of_theatre(Grounds.of(CoupledTimeline(load_theatre(ROOT / "seeds" / name))), chance) for name in THEATRES]
    for turn in islice(cycle(made), count):
        yield next(turn)


def _of_theatre(grounds: Grounds, chance: random.Random) -> Iterator[str]:
    timeline = grounds.timeline
    settings = timeline.theatre.settings
    kinds: dict[str, list[tuple[str, date, date]]] = defaultdict(list)
    for place_id, intervals in timeline.intervals.items():
        for interval in intervals:
            kind = f"{interval.holding.status} {'reported' if place_id in timeline.claims else 'never reported'}"
            kinds[kind].append((place_id, interval.start, interval.end))
    for kind in cycle(sorted(kinds)):
        place_id, start, end = chance.choice(kinds[kind])
        day = start + timedelta(days=chance.randrange((end - start).days))
        unknown = timeline.assess(place_id, day).holding.status is Status.UNKNOWN
        estimate = estimate_words(grounds, place_id, day) if unknown else ""
        yield f"{settings.title}, {day}\n{Text(reasons_html(timeline, place_id, day, estimate))}"


def errors(count: int, seed: int) -> Iterator[str]:
    """Yield what a reader is told who asks for what is not there: names, dates and links, of both theatres in turn."""
    chance = random.Random(seed)  # noqa: S311  the same messages for the same seed
    folders = {name: ROOT / "seeds" / name for name in THEATRES}
    timelines = [CoupledTimeline(load_theatre(folder)) for folder in folders.values()]
    asked = [
        *(_of_name(timelines[turn], name, folders) for turn in (0, 1) for name in _names(timelines, turn, chance)),
        *(
            _of_day(timeline, day)
            for timeline in timelines
            for day in ("2012-05-01", "2031-01-01", "1 May 2015", "2015-02-30")
        ),
        *(_of_link(timeline, key, value) for timeline in timelines for key, value in LINKS),
    ]
    told = sorted({text for text in asked if text})
    chance.shuffle(told)
    yield from told[:count]


DAYS = ("2012-05-01", "2031-01-01", "1 May 2015", "2015-02-30")
LINKS = (
    ("date", "1999-01-01"), ("date", "yesterday"), ("known_on", "2051-01-01"), ("compare", "2012-01-01"), ("policy", "mine"),
    ("place", "no-such"), ("center", "41"), ("hidden", "nobody"), ("colour", "red"), ("background", "satellite"),
)  # fmt: skip


def _names(timelines: list[Timeline], turn: int, chance: random.Random) -> list[str]:
    """Names of the other theatre, invented ones, areas, and names that several places share."""
    mine, other = timelines[turn].theatre.gazetteer.places, timelines[1 - turn].theatre.gazetteer.places
    counts: dict[str, int] = defaultdict(int)
    for place in mine:
        counts[place.name] += 1
    shared = sorted(name for name, many in counts.items() if many > 1)
    areas = sorted(place.name for place in mine if place.kind.is_area)
    elsewhere = sorted(place.name for place in other if place.population)
    return [
        *(name for names in (shared, areas, elsewhere) for name in chance.sample(names, min(6, len(names)))),
        "Xyzzy", "Springfield", "the front", "???",
    ]  # fmt: skip


def _of_name(timeline: Timeline, name: str, folders: dict[str, Path]) -> str:
    found = find(timeline.theatre, name, folders)
    if not isinstance(found, Complaint):
        return ""
    buttons = [label for _, label in found.places] + [f"Open {name} on the map {title}" for _, title in found.maps]
    return f"searched for: {name}\n{found.words}" + "".join(f"\n  [button] {label}" for label in buttons)


def _of_day(timeline: Timeline, text: str) -> str:
    try:
        timeline.theatre.check_date(parse_day(text))
    except (DateError, SpanError) as error:
        return f"command line, --date {text!r}\nerror: {error}"
    return ""


def _of_link(timeline: Timeline, key: str, value: str) -> str:
    _, notes = read_link({key: value}, timeline.theatre, ("balanced", "strict"), date.today())
    return f"opened a link with {key}={value}\nThis part of the link could not be used:" + "".join(
        f"\n- {n}" for n in notes
    )


def main() -> None:
    """Print what is asked for."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--panels", type=int, default=30)
    parser.add_argument("--errors", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    wanted = parser.parse_args()
    for number, panel in enumerate(panels(wanted.panels, wanted.seed), 1):
        print(f"--- panel {number}: {panel}\n")
    for number, message in enumerate(errors(wanted.errors, wanted.seed), 1):
        print(f"--- message {number}: {message}\n")


if __name__ == "__main__":
    main()
