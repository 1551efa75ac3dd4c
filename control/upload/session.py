"""A theatre with the reports of one visitor: for that visitor's session, and nobody else's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from control.record.model import Claim, Source
from control.record.theatre import Theatre


def with_upload(theatre: Theatre, claims: Sequence[Claim], sources: Sequence[Source], *, alone: bool) -> Theatre:
    """Return a theatre with uploaded reports.

    Its title, attribution and licence say that they are in it, and with them every map, citation and export; its
    `data_hash`, and so the id of every snapshot, is another one.

    Parameters
    ----------
    theatre
        As it was read from its folder. It is not changed.
    claims, sources
        Of the upload, as `reading.read_upload` returns them.
    alone
        Whether the reports of the theatre are left out: the uploaded ones alone, on its places.
    """
    places = theatre.gazetteer
    mine = [claim for claim in claims if not places.place(claim.place_id).kind.is_area]
    areas = [claim for claim in claims if places.place(claim.place_id).kind.is_area]
    count = f"{len(claims)} uploaded report{'' if len(claims) == 1 else 's'}"
    settings = theatre.settings
    told = settings.model_copy(
        update={
            "title": f"{settings.title}, {count} alone" if alone else f"{settings.title}, with {count}",
            "attribution": f"{settings.attribution} With {count}, of this session only.",
            "licence": f"{settings.licence} Uploaded reports: not known.",
        }
    )
    return replace(
        theatre,
        settings=told,
        sources={**({} if alone else theatre.sources), **{source.id: source for source in sources}},
        claims=_in_order([*(() if alone else theatre.claims), *mine]),
        area_claims=_in_order([*(() if alone else theatre.area_claims), *areas]),
        duplicates=() if alone else theatre.duplicates,
        waiting=() if alone else theatre.waiting,
        faults=() if alone else theatre.faults,
        uploaded=len(claims),
    )


def _in_order(claims: Sequence[Claim]) -> tuple[Claim, ...]:
    return tuple(sorted(claims, key=lambda claim: (claim.window.middle, claim.place_id, claim.id)))
