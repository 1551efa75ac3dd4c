"""Where assessors differ, as one HTML page with the date slider of the map. It works offline."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from control.assessors.comparison import Comparison
from control.assessors.overlay import Overlay
from control.assessors.standings import Standing, standings
from control.assessors.words import NOTHING_SAID, STANDING_WORDS, word_label, words_at
from control.map.base import offline_map, render
from control.map.control_timeline import ControlTimeline
from control.map.palette import STANDINGS
from control.map.row import PlainRow, Row
from control.record.theatre import Theatre

COLOURS = {
    Standing.AGREE: STANDINGS["agree"],
    Standing.DIFFER: STANDINGS["differ"],
    Standing.SILENT: STANDINGS["silent"],
}
"""Those who differ in the vermilion of Okabe and Ito, with a ring; who does not know is hollow: never colour alone."""
STATUSES = ("unknown", "controlled", "besieged", "estimated")
"""Of the plugin, for their marks: broken outline, dot, dot in a ring, hollow."""
_STATUS = {Standing.NOBODY: 0, Standing.AGREE: 1, Standing.SILENT: 3, Standing.DIFFER: 2}
_ACTOR = {Standing.NOBODY: -1, **{standing: n for n, standing in enumerate(COLOURS)}}
SIGNS = (
    (Standing.DIFFER, "Ring: they name different holders"),
    (Standing.AGREE, "Grey: all name the same"),
    (Standing.SILENT, "Hollow: some do not know"),
    (Standing.NOBODY, "Nobody knows, or one alone speaks"),
)


def differences_page(theatre: Theatre, comparison: Comparison, day: date | None = None) -> str:
    """Return the page; the same comparison gives the same bytes.

    Parameters
    ----------
    day
        Shown first; by default the opening date of the theatre, or the nearest that is compared.
    """
    payload = differences_payload(theatre, comparison, day)
    folium_map = offline_map(payload["opening"]["bounds"])
    ControlTimeline(payload).add_to(folium_map)
    return render(folium_map)


def differences_payload(theatre: Theatre, comparison: Comparison, day: date | None = None) -> dict[str, Any]:
    """Describe where assessors differ for the map plugin: the standing in the place of a holder, see `ControlTimeline`."""
    overlay, settings = comparison.overlay, theatre.settings
    first = int(overlay.start.min())
    end = int((overlay.start + overlay.days).max())
    opening = min(max((day or settings.opening_date).toordinal(), first), end - 1)
    share = {difference.place_id: difference.share_differing for difference in comparison.differences}
    compared = [overlay.places[int(index)] for index in overlay.compared]
    places = [theatre.gazetteer.place(place_id) for place_id in compared]
    intervals, rows, texts = _rows(theatre, overlay, first, end)
    west, south, east, north = settings.opening_bbox
    names = ", ".join(overlay.names)
    return {
        "theatre": {"id": settings.id, "title": f"{settings.title}: {names}"},
        "span": [date.fromordinal(first).isoformat(), date.fromordinal(end).isoformat()],
        "opening": {"date": date.fromordinal(opening).isoformat(), "bounds": [[south, west], [north, east]]},
        "actors": [
            {"id": str(s), "name": STANDING_WORDS[s], "short_name": "", "colour": c} for s, c in COLOURS.items()
        ],
        "statuses": list(STATUSES),
        "places": [
            {
                "id": place.id,
                "name": place.name,
                "kind": "town",  # one shape for all: what tells them apart is the ring
                "lon": round(place.position.lon, 5),
                "lat": round(place.position.lat, 5),
                "rank": round(0.3 + 0.6 * share[place.id], 3),
            }
            for place in places
        ],
        "intervals": intervals,
        "told": {
            "texts": texts,
            "rows": rows,
            "note": f"What {names} say of places. Press to hide or show.",
            "signs": [{"status": STATUSES[_STATUS[s]], "actor": _ACTOR[s], "text": text} for s, text in SIGNS],
            "headings": ["Place", "They", "Each says", "Since"],
        },
        "geography": {name: theatre.geography(name) for name in ("borders", "rivers", "lakes")},
        "attribution": settings.attribution,
    }


def _rows(
    theatre: Theatre, overlay: Overlay, first: int, end: int
) -> tuple[list[list[PlainRow]], list[list[int]], list[str]]:
    """Return the intervals of each place, the index of what is said in each, and the texts."""
    number: dict[str, int] = {}
    labels = {word: word_label(theatre, word) for word in (*overlay.words, None)}
    nothing = number.setdefault("\n".join(f"{name}: {NOTHING_SAID}" for name in overlay.names), 0)
    intervals: dict[int, list[PlainRow]] = defaultdict(list)
    texts: dict[int, list[int]] = defaultdict(list)
    until: dict[int, int] = {}
    columns = (overlay.place, overlay.start, overlay.days, standings(overlay))
    known: dict[tuple[int, ...], int] = {}

    def add(place: int, day: int, standing: Standing, text: int) -> None:
        actor = _ACTOR[standing]
        second = actor if standing is Standing.DIFFER else -1
        intervals[place].append(Row(day - first, _STATUS[standing], actor, float(actor >= 0), second).plain())
        texts[place].append(text)

    for stretch, (place, start, days, standing) in enumerate(zip(*(c.tolist() for c in columns), strict=True)):
        if until.get(place, first) < start:
            add(place, until.get(place, first), Standing.NOBODY, nothing)
        said = tuple(overlay.said[:, stretch].tolist())
        if said not in known:
            text = "\n".join(f"{name}: {labels[word]}" for name, word in words_at(overlay, stretch).items())
            known[said] = number.setdefault(text, len(number))
        add(place, start, Standing(standing), known[said])
        until[place] = start + days
    for place, day in until.items():
        if day < end:
            add(place, day, Standing.NOBODY, nothing)
    order = [int(index) for index in overlay.compared]
    return [intervals[place] for place in order], [texts[place] for place in order], list(number)
