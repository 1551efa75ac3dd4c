"""The user's tables that say what the names of a data set mean in the theatre."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from control.imports.rows import Row, read_rows
from control.record.event_kinds import EventKind
from control.record.fault import Fault, Origin
from control.record.tables import TableError
from control.record.theatre import Theatre

MAX_NAMES = 100_000
NO_INFORMATION = "unknown"
"""Written in the column `event` for a status that says nobody knows."""
_YES = {"yes": True, "true": True, "1": True, "no": False, "false": False, "0": False, "": None}


@dataclass(frozen=True, slots=True)
class Party:
    """What a name means: the actor, or nobody of this theatre.

    `state` overrules the data set on whether it fights for a government; `None` leaves it to the data set.
    """

    actor: str | None
    state: bool | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """What a status means: held by `actor`, contested, or (neither) no information."""

    actor: str | None
    contested: bool = False

    @property
    def says_something(self) -> bool:
        """Whether a report can be made of it."""
        return self.contested or self.actor is not None


@dataclass(frozen=True, slots=True)
class Reading:
    """What a category means: an event with its sides, for titles that contain the words (lower case; empty: all)."""

    event: EventKind
    actor: str
    loser: str
    contains: str
    credibility: int


def key(name: str) -> str:
    """Fold a name for look-up: case and blanks do not matter."""
    return " ".join(name.casefold().split())


def read_parties(path: Path, theatre: Theatre) -> dict[str, Party]:
    """Read `name,actor[,state]`: who the actors of a data set are. An empty `actor`: nobody of this theatre.

    Raises
    ------
    TableError
        When the table has faults; all are listed as file:line.
    """
    found: dict[str, Party] = {}
    faults: list[Fault] = []
    for where, row in _rows(path, ("name", "actor"), ("state", "note"), faults):
        state = row.get("state", "").lower()
        if state not in _YES:
            faults.append(Fault(where, f"state {row['state']!r}", "yes, no or nothing", "correct it"))
            continue
        _actor(row["actor"], "actor", theatre, where, faults)
        _once(row["name"], found, where, faults)
        found[key(row["name"])] = Party(row["actor"] or None, _YES[state])
    _refuse(faults)
    return found


def read_standings(path: Path, theatre: Theatre) -> dict[str, Standing]:
    """Read `name,actor[,event]`: what the statuses of a table mean; `event` is empty, `holds`, `contested` or `unknown`.

    The name may be empty: what an empty status means.

    Raises
    ------
    TableError
        When the table has faults; all are listed as file:line.
    """
    found: dict[str, Standing] = {}
    faults: list[Fault] = []
    for where, row in _rows(path, ("name", "actor"), ("event", "note"), faults, maybe_empty="name"):
        event = row.get("event", "").lower()
        if event not in {"", EventKind.HOLDS, EventKind.CONTESTED, NO_INFORMATION}:
            faults.append(Fault(where, f"event {event!r}", "holds, contested or unknown", "correct it"))
        if not event and not row["actor"]:
            expected = "the id of an actor, or contested or unknown in the column event"
            faults.append(
                Fault(
                    where,
                    "neither actor nor event",
                    expected,
                    "fill one in",
                )
            )
        if event == EventKind.HOLDS and not row["actor"]:
            faults.append(Fault(where, "holds without an actor", "an id of actors.csv", "fill it in"))
        if event == NO_INFORMATION and row["actor"]:
            faults.append(Fault(where, "unknown, and an actor", "one of them", "empty one"))
        _actor(row["actor"], "actor", theatre, where, faults)
        _once(row["name"], found, where, faults)
        found[key(row["name"])] = Standing(row["actor"] or None, event == EventKind.CONTESTED)
    _refuse(faults)
    return found


def read_readings(path: Path, theatre: Theatre) -> dict[str, list[Reading]]:
    """Read `category,event[,actor,loser,contains,credibility]`: what the categories of an event feed mean.

    Rows of one category are tried in order; the first whose words the title contains is taken.

    Raises
    ------
    TableError
        When the table has faults; all are listed as file:line.
    """
    found: dict[str, list[Reading]] = {}
    faults: list[Fault] = []
    optional = ("actor", "loser", "contains", "credibility", "note")
    for where, row in _rows(path, ("category", "event"), optional, faults):
        actor, loser, credibility = (row.get(column, "") for column in ("actor", "loser", "credibility"))
        if row["event"] not in set(EventKind):
            faults.append(
                Fault(where, f"event {row['event']!r}", f"one of {', '.join(EventKind)}", "choose the nearest")
            )
            continue
        event = EventKind(row["event"])
        if event.meaning.needs_actor and not actor:
            faults.append(Fault(where, f"{event} without an actor", "the side that did it", "fill the column actor"))
        if event.meaning.needs_loser and not loser:
            faults.append(Fault(where, f"{event} without a loser", "the other side", "fill the column loser"))
        if actor and actor == loser:
            faults.append(Fault(where, "actor and loser are the same", "two sides", "correct one of them"))
        if credibility not in set("123456") | {""}:
            faults.append(Fault(where, f"credibility {credibility!r}", "a digit 1-6", "leave it empty for 4"))
            continue
        for role, side in (("actor", actor), ("loser", loser)):
            _actor(side, role, theatre, where, faults)
        reading = Reading(event, actor, loser, key(row.get("contains", "")), int(credibility or 4))
        found.setdefault(key(row["category"]), []).append(reading)
    _refuse(faults)
    return found


def _rows(
    path: Path, needed: Sequence[str], optional: Sequence[str], faults: list[Fault], maybe_empty: str = ""
) -> list[tuple[Origin, Row]]:
    rows: list[tuple[Origin, Row]] = []
    for line, row in read_rows(path, needed, limit=MAX_NAMES):
        where = Origin(path.name, line)
        if row is None:
            faults.append(Fault(where, "wrong number of cells", "as many as the header has", "quote commas"))
        elif unknown := sorted(set(row) - {*needed, *optional}):
            raise TableError(
                f"{path.name}:1: unknown column {unknown[0]!r}; expected {', '.join((*needed, *optional))}; rename it"
            )
        elif not row[needed[0]] and needed[0] != maybe_empty:
            faults.append(Fault(where, f"empty {needed[0]}", "a name as the data set writes it", "fill it in"))
        else:
            rows.append((where, row))
    return rows


def _actor(actor: str, role: str, theatre: Theatre, where: Origin, faults: list[Fault]) -> None:
    if actor and actor not in theatre.actors:
        faults.append(Fault(where, f"{role} {actor!r}", "an id of actors.csv", "correct it, or add the actor there"))


def _once(name: str, found: dict[str, Party] | dict[str, Standing], where: Origin, faults: list[Fault]) -> None:
    if key(name) in found:
        faults.append(Fault(where, f"{name!r} again", "each name once", "delete one of the rows"))


def _refuse(faults: list[Fault]) -> None:
    if faults:
        raise TableError("\n".join(map(str, faults)))
