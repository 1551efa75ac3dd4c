"""What keeps a sound theatre from showing anything, and how to mend it."""

from __future__ import annotations

from control.record.theatre import Theatre


def hints(theatre: Theatre) -> list[str]:
    """Return a sentence for each thing that leaves the map empty although no row is wrong."""
    found = []
    claims = (*theatre.claims, *theatre.area_claims)
    first = min((claim.window.first for claim in claims), default=None)
    if first is None:
        found.append(_nothing_used(theatre))
    elif theatre.settings.opening_date < first:
        found.append(
            f"the map opens on {theatre.settings.opening_date}, before the first report; expected a day from {first} on; "
            "change opening_date in theatre.toml"
        )
    if not any(feature["properties"].get("inside") for feature in theatre.geography("borders")["features"]):
        found.append(
            "borders.geojson marks no country of the theatre, so no place has ground; expected a polygon with "
            '"inside": true; take the file of `python -m control theatre new`'
        )
    return found


def _nothing_used(theatre: Theatre) -> str:
    """Say why no report is used: none is there yet, or none of them is sound."""
    if any(fault.origin.file == "reports.csv" for fault in theatre.faults):
        return (
            "no report is used, so nobody holds anything; expected a row of reports.csv without a fault; mend the rows that "
            "are named, those of actors.csv, sources.csv and places.csv first"
        )
    missing = [name for name, rows in (("actors.csv", theatre.actors), ("sources.csv", theatre.sources)) if not rows]
    return (
        "no report yet, so nobody holds anything; expected rows in reports.csv; begin with "
        f"{', then '.join([*missing, 'reports.csv'])}: README.md in the theatre's folder explains every column"
    )
