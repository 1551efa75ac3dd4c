"""What each kind of event means: the one table that every reader of it asks.

A member of `EventKind` is its name in the files and its row of the table. To add a kind, add a member here, its words to
`control/upload/words.toml`, and its row to `docs/theatre-format.md`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum


class Move(Enum):
    """How a place changes hands."""

    TAKEN = "the actor has it from now on"
    LEFT = "the loser has gone; the actor, where one is named, has it from now on"


class Side(Enum):
    """A column of a report that names a side."""

    ACTOR = "actor"
    LOSER = "loser"


class Cover(Enum):
    """A status that lies over the holder and changes no hands, and until when."""

    FIGHTING = "contested, until an event settles the place or the policy's `contested_days` have passed"
    SIEGE = "besieged, until an event settles the place on a later day or the policy's `besieged_days` have passed"
    PARTS = "divided, until an event on a later day settles the place for one side"


class Mark(Enum):
    """What is said beside the holder of a place, and never moves it."""

    PRESENCE = "fighters of a side are there, and do not hold it"
    CLAIM = "a side says that it has it, and nobody confirms that"
    DISPUTE = "several sides claim it as theirs"


@dataclass(frozen=True, slots=True)
class Need:
    """A side that a report must name: what its fault is called without it, and what was expected."""

    lacks: str
    expected: str


DOER = Need("an actor", "the side that did it")
LEAVER = Need("a loser", "the side that left")
BESIEGED_SIDE = Need("the side inside", "the besieged side")
ONE_OF_SEVERAL = Need("sides", "two or more sides, as in `Red;Blue`")
ANOTHER = Need("a second side", "two or more sides, as in `Red;Blue` in the column actor")


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What events of one kind mean.

    Attributes
    ----------
    move
        How the place changes hands; `None` for an event that moves nobody.
    holder
        Which side is said to hold the place on that day, by an event that moves nobody.
    is_indirect
        Whether it says who holds the place only in passing, so less surely, and of the time before it.
    goes_on
        Whether it says only that a side goes on holding the place: this lifts no siege of that side, does not deny on the
        same day that the side lost the place, and parts two gains of somebody else into two events.
    cover
        The status that lies over the holder.
    mark
        What is said beside the holder.
    is_of_several
        Whether the column `actor` may name several sides, `A;B`, of which the event is told together; one of them may stand
        in the column `loser` instead.
    has_shares
        Whether each of them may have a share, `A:60;B:40`.
    lasts
        Whether it says how the place stood for a time, of which the column `since` may name the beginning.
    needs_actor, needs_loser
        Whether a report must name that side.
    unused
        Why no assessment ever rests on it; empty: it is used.
    says
        What it says of `actor` and `loser`, for whoever writes reports.
    words
        A sentence on it; `{actor}` and `{loser}` are names, `{from_loser}`, `{to_actor}`, `{before_actor}`, `{held_by}` and
        `{between}` are left out where nobody is named.
    words_since
        The sentence where the source says `{since}` when it had been so, of what lasts.
    deed
        What the side did that took the place, that is said to hold it, or that left it; empty where there is none.
        `{enemy}` is the name of the other side.
    of_one
        What it says of the one side that a row names, for a table without a column for events; empty: not offered there.
    """

    says: str
    words: str
    words_since: str = ""
    deed: str = ""
    move: Move | None = None
    holder: Side | None = None
    is_indirect: bool = False
    goes_on: bool = False
    cover: Cover | None = None
    mark: Mark | None = None
    is_of_several: bool = False
    has_shares: bool = False
    lasts: bool = False
    needs_actor: Need | None = None
    needs_loser: Need | None = None
    unused: str = ""
    of_one: str = ""

    @property
    def settles(self) -> bool:
        """Whether it names who holds the place from then on, or who no longer does, so that fighting and sieges end."""
        return self.move is not None or self.holder is Side.ACTOR


_TAKEN = "`actor` took it (from `loser`)"
_LEFT = "`loser` no longer holds it; `actor`, when named, does"


class EventKind(StrEnum):
    """What a report says happened to a place."""

    meaning: Meaning

    def __new__(cls, name: str, *row: Meaning) -> EventKind:
        """Make a member that is equal to its name and carries its row of the table."""
        member = str.__new__(cls, name)
        member._value_ = name
        (member.meaning,) = row
        return member

    CAPTURED = "captured", Meaning(
        says=_TAKEN, words="{actor} took it{from_loser}", move=Move.TAKEN, deed="took it", needs_actor=DOER,
        of_one="took the place",
    )  # fmt: skip
    RECAPTURED = "recaptured", Meaning(
        says=_TAKEN, words="{actor} retook it{from_loser}", move=Move.TAKEN, deed="retook it", needs_actor=DOER,
    )  # fmt: skip
    HOLDS = "holds", Meaning(
        says="`actor` holds it on that date", words="{actor} held it", words_since="{actor} had held it{since}",
        holder=Side.ACTOR, deed="held it", goes_on=True, lasts=True, needs_actor=DOER, of_one="held the place",
    )  # fmt: skip
    LOST = "lost", Meaning(
        says=_LEFT, words="{loser} lost it{to_actor}", move=Move.LEFT, deed="lost it", needs_loser=LEAVER,
    )  # fmt: skip
    WITHDREW = "withdrew", Meaning(
        says=_LEFT, words="{loser} withdrew from it{before_actor}", move=Move.LEFT, deed="left it", needs_loser=LEAVER,
        of_one="left the place",
    )  # fmt: skip
    CONTESTED = "contested", Meaning(
        says="fought over inside; nobody's claim to all of it", words="it was contested{between}",
        words_since="it had been contested{between}{since}",
        cover=Cover.FIGHTING, is_of_several=True, lasts=True, of_one="fought over the place",
    )  # fmt: skip
    BESIEGED = "besieged", Meaning(
        says="`loser` holds it, `actor` encircles it", words="{actor} besieged it{held_by}",
        words_since="{actor} had besieged it{since}{held_by}", holder=Side.LOSER,
        deed="was besieged there by {enemy}", is_indirect=True, cover=Cover.SIEGE, lasts=True,
        needs_actor=DOER, needs_loser=BESIEGED_SIDE,
    )  # fmt: skip
    SIEGE_LIFTED = "siege_lifted", Meaning(
        says="the encirclement ended; `actor` holds it", words="the siege was lifted, and {actor} still held it",
        holder=Side.ACTOR, deed="still held it when the siege was lifted", needs_actor=DOER,
    )  # fmt: skip
    HANDOVER = "handover", Meaning(
        says=_TAKEN, words="it passed{from_loser} to {actor}", move=Move.TAKEN, deed="was given it", needs_actor=DOER,
    )  # fmt: skip
    CEASEFIRE = "ceasefire", Meaning(
        says="no change of control", words="a ceasefire was agreed",
        unused="a ceasefire does not say who holds the place",
    )  # fmt: skip
    OFFENSIVE_STARTED = "offensive_started", Meaning(
        says="`actor` began an operation against it, `loser` holds it",
        words="{actor} began an offensive against it", holder=Side.LOSER,
        deed="held it when it was attacked", is_indirect=True,
    )  # fmt: skip
    DIVIDED = "divided", Meaning(
        says="each side of `actor` (`A;B`, or `A:60;B:40` in percent) holds a part of it", words="it was divided{between}",
        words_since="it had been divided{between}{since}", cover=Cover.PARTS, is_of_several=True, has_shares=True,
        lasts=True, needs_actor=ONE_OF_SEVERAL, needs_loser=ANOTHER,
    )  # fmt: skip
    PRESENT = "present", Meaning(
        says="fighters of `actor` are there, without control of it", words="fighters of {actor} were there, without control",
        words_since="fighters of {actor} had been there{since}, without control",
        mark=Mark.PRESENCE, lasts=True, needs_actor=DOER,
    )  # fmt: skip
    CLAIMED = "claimed", Meaning(
        says="`actor` says that it took or holds it, and nobody confirms that",
        words="{actor} claimed to have it, unconfirmed",
        words_since="{actor} had claimed to have it{since}, unconfirmed", mark=Mark.CLAIM, lasts=True, needs_actor=DOER,
    )  # fmt: skip
    DISPUTED = "disputed", Meaning(
        says="the sides of `actor` (`A;B`) each claim it as theirs", words="it was disputed{between}",
        words_since="it had been disputed{between}{since}",
        mark=Mark.DISPUTE, is_of_several=True, lasts=True, needs_actor=ONE_OF_SEVERAL, needs_loser=ANOTHER,
    )  # fmt: skip
