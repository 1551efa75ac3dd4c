"""What is written of a date, before anything is known of its column: numbers, months and words, and nothing decided yet."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from control.record.dates import DateError
from control.upload.date_vocabulary import MOST_WORDS, Part, Sense, Senses, Word, senses, simplify

MAX_CHARACTERS = 80
NO_DATE = "it is no date"
NO_YEAR = "it has no year"
OPEN = "it has an open end"


class OpenEndError(DateError):
    """A date that says only when something began, or only when it had ended."""


@dataclass(frozen=True, slots=True)
class End:
    """One end of a date as it is written; `None` for what it does not say.

    Attributes
    ----------
    numbers
        Two numbers of which one is the day and one the month, in the order of writing.
    short
        Whether the year has two digits.
    islamic
        Whether a name or a mark says that it is of the Islamic calendar.
    doubt
        `~` or `?`, as EDTF has them.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    numbers: tuple[int, int] | None = None
    part: Part | None = None
    short: bool = False
    islamic: bool = False
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day; `offset` is minutes ahead of UTC, where that is said."""

    hour: int
    minute: int
    offset: int | None = None


@dataclass(frozen=True, slots=True)
class Written:
    """A date as it is written: one end, or two; or the number of a day as spreadsheets count them."""

    first: End
    last: End | None = None
    clock: Clock | None = None
    serial: int | None = None

    @property
    def ends(self) -> tuple[End, ...]:
        """The one end, or both."""
        return (self.first,) if self.last is None else (self.first, self.last)


FIRST_SERIAL, LAST_SERIAL = 10_000, 73_050
"""17 May 1927 to 31 December 2099; four years later where days are counted from 1904."""

_SERIAL = re.compile(r"[1-9]\d{4}(?:\.\d+)?")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})")
_EDTF_END = r"\d{4}(?:-\d{2}){0,2}[~?%]?"
_EDTF = re.compile(rf"({_EDTF_END})(?:/({_EDTF_END}))?")
_EDTF_OPEN = re.compile(rf"(?:\.\.)?/{_EDTF_END}|{_EDTF_END}/(?:\.\.)?|\[?\.\.{_EDTF_END}\]?|\[?{_EDTF_END}\.\.\]?")
_TIME = re.compile(
    r"(?:(?<=\d)t(?P<hour>\d{1,2}):?(?P<minute>\d{2})(?::?\d{2}(?:[.,]\d+)?)?"
    r"|[\s,]\s*(?:at\s+)?(?P<hours>\d{1,2}):(?P<minutes>\d{2})(?::\d{2}(?:[.,]\d+)?)?)"
    r"\s*(?P<half>[ap]\.?m\.?)?\s*\(?(?P<zone>z|utc|gmt|(?:utc|gmt)?[+-]\d{1,2}(?::?\d{2})?)?\)?(?:\s*\([^()]*\))?$"
)
_OFFSET = re.compile(r"([+-])(\d{1,2})(?::?(\d{2}))?")
_TOKEN = re.compile(r"(?P<number>\d+)|(?P<word>[^\W\d_]+)|(?P<sign>\.\.+|[-–/.,~?%'()&+])|(?P<blank>\s+)")
_RANGE_SIGNS = frozenset({"–", "..", "..."})


@dataclass(frozen=True, slots=True)
class _Token:
    """A number (`text` its digits), a word with what it may be, or a sign with the blanks around it."""

    kind: str
    text: str
    meant: tuple[Word, ...] = ()

    def may_be(self, sense: Sense) -> bool:
        return any(meant is sense for meant, _ in self.meant)


@lru_cache(maxsize=50_000)
def parse_date(text: str, countries: tuple[str, ...] = ()) -> Written:
    """Read what is written.

    Parameters
    ----------
    countries
        Codes of those whose languages are known beside the usual ones.

    Raises
    ------
    DateError
        When it is no date; `OpenEndError` when one of its ends is not said.
    """
    if len(text) > 2 * MAX_CHARACTERS:
        raise DateError(NO_DATE)
    plain = simplify(text).strip(" ,;")
    if not plain or len(plain) > MAX_CHARACTERS:
        raise DateError(NO_DATE)
    if _SERIAL.fullmatch(plain) and FIRST_SERIAL <= float(plain) <= LAST_SERIAL:
        return Written(End(), serial=int(float(plain)))
    if _EDTF_OPEN.fullmatch(plain):
        raise OpenEndError(OPEN)
    plain, clock = _without_time(plain)
    written = _without_clock(plain, countries)
    return written if clock is None else Written(written.first, written.last, clock)


@lru_cache(maxsize=20_000)
def _without_clock(plain: str, countries: tuple[str, ...]) -> Written:
    """Read the date alone: a column of many times of day has few days."""
    if match := _EDTF.fullmatch(plain):
        return Written(_edtf(match[1]), _edtf(match[2]) if match[2] else None)
    if match := _COMPACT.fullmatch(plain):
        return Written(End(int(match[1]), int(match[2]), int(match[3])))
    return _parse(list(_tokens(plain, countries)))


def _edtf(text: str) -> End:
    doubt = text[-1] if text[-1] in "~?%" else ""
    year, month, day = (*map(int, text.rstrip("~?%").split("-")), None, None)[:3]
    return End(year, month, day, doubt=doubt)


def _without_time(plain: str) -> tuple[str, Clock | None]:
    """Take the time of day off the end."""
    if ":" not in plain and "t" not in plain:
        return plain, None
    match = _TIME.search(plain, 4)
    return (plain[: match.start()].strip(" ,;"), _clock(match)) if match else (plain, None)


def _clock(match: re.Match[str]) -> Clock | None:
    hour, minute, half = int(match["hour"] or match["hours"]), int(match["minute"] or match["minutes"]), match["half"]
    if half:
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 23 or minute > 59:
        return None
    zone = match["zone"]
    if zone is None:
        return Clock(hour, minute)
    offset = _OFFSET.search(zone)
    minutes = int(offset[2]) * 60 + int(offset[3] or 0) if offset else 0
    return Clock(hour, minute, -minutes if offset and offset[1] == "-" else minutes)


def _tokens(plain: str, countries: tuple[str, ...]) -> Iterator[_Token]:
    # a hyphen between blanks joins two dates, one without them the parts of one
    raw = list(_TOKEN.finditer(re.sub(r"\s-+\s", " – ", plain)))
    if sum(len(match[0]) for match in raw) < len(re.sub(r"\s-+\s", " – ", plain)):
        raise DateError(NO_DATE)
    known = senses(countries) if any(match["word"] for match in raw) else {}
    at = 0
    while at < len(raw):
        match = raw[at]
        if match["word"]:
            phrase, used = _longest(raw, at, known)
            yield _Token("word", phrase, known[phrase])
            at += used
            continue
        if match["number"]:
            yield _Token("number", match[0])
        elif match["sign"]:
            yield _Token("sign", match[0])
        at += 1


def _longest(raw: Sequence[re.Match[str]], at: int, known: Senses) -> tuple[str, int]:
    """Return the longest phrase that is known among the words from here on, and how many tokens it takes."""
    names: list[str] = []
    ends: list[int] = []
    for index in range(at, len(raw)):
        match = raw[index]
        if match["word"]:
            names.append(match[0])
            ends.append(index + 1)
        elif not (match["blank"] or match[0] in "-'."):
            break
        if len(names) == MOST_WORDS:
            break
    for count in range(len(names), 0, -1):
        phrase = " ".join(names[:count])
        if phrase in known:
            return phrase, ends[count - 1] - at
    raise DateError(NO_DATE)


def _parse(tokens: Sequence[_Token]) -> Written:
    """Read one date, or two with something between them."""
    try:
        return Written(_complete(_one(tokens)))
    except DateError as error:
        complaint = error
    inner = tokens[1:] if tokens[0].may_be(Sense.BETWEEN) else tokens
    joined = len(inner) < len(tokens)
    for at in _splits(inner, joined=joined):
        try:
            return Written(*_two(_half(inner[:at]), _half(inner[at + 1 :])))
        except DateError:
            continue
    if any(token.may_be(Sense.OPEN) for token in tokens):
        raise OpenEndError(OPEN)
    raise complaint


def _splits(tokens: Sequence[_Token], *, joined: bool) -> list[int]:
    """Return where two dates may meet, the clearest places first."""
    inside = range(1, len(tokens) - 1)
    clear = [at for at in inside if tokens[at].may_be(Sense.TO) or tokens[at].text in _RANGE_SIGNS]
    if joined:  # `between 10 and 12 June`; without `between` these are two dates, not the time from one to the other
        clear += [at for at in inside if tokens[at].may_be(Sense.JOINED)]
    named = any(token.may_be(Sense.MONTH) or token.may_be(Sense.ISLAMIC_MONTH) for token in tokens)
    full = sum(token.kind == "number" and len(token.text) == 4 for token in tokens) == 2
    mixed = len({token.text for token in tokens if token.kind == "sign"}) > 1
    for sign in "-/":
        places = [at for at in inside if tokens[at].text == sign]
        if named or full or (mixed and len(places) == 1):
            clear += places
    return clear


def _half(tokens: Sequence[_Token]) -> End:
    """Read one end of a range, which is no range itself."""
    if any(token.text in _RANGE_SIGNS for token in tokens):
        raise DateError(NO_DATE)
    return _one(tokens)


def _one(tokens: Sequence[_Token]) -> End:
    """Read one date, or as much of it as a part of a range says."""
    doubt = ""
    kept: list[_Token] = []
    signs: list[str] = []
    for token in tokens:
        if token.text in {"~", "?", "%"} or token.may_be(Sense.ABOUT) or token.may_be(Sense.PERHAPS):
            doubt = "?" if token.text == "?" or token.may_be(Sense.PERHAPS) else "~"
        elif token.kind == "sign":
            signs.append(token.text)
        elif not token.meant or not token.may_be(Sense.NOISE) or _matters(token):
            kept.append(token)
    islamic = any(token.may_be(Sense.ISLAMIC) or token.may_be(Sense.ISLAMIC_MONTH) for token in kept)
    part = next((value for token in kept for sense, value in token.meant if sense is Sense.PART), None)
    rest = [token for token in kept if not (token.may_be(Sense.ISLAMIC) or token.may_be(Sense.PART))]
    end = _numbered(rest, signs)
    if part is not None:
        if end.day is not None or end.numbers is not None or sum(t.may_be(Sense.PART) for t in kept) > 1:
            raise DateError(NO_DATE)
        end = replace(end, part=Part(part))
    return replace(end, islamic=islamic, doubt=doubt)


def _matters(token: _Token) -> bool:
    """Whether a word that may be passed over is usually a month, or a part of one."""
    return token.meant[0][0] in {Sense.MONTH, Sense.ISLAMIC_MONTH, Sense.PART, Sense.ISLAMIC}


def _numbered(tokens: Sequence[_Token], signs: Sequence[str]) -> End:
    """Tell year, month and day by how they are written."""
    if not tokens:
        return End()
    values = dict(zip(_form("".join(map(_shape, tokens)), signs), map(_value, tokens), strict=True))
    numbers = (values["first"], values["second"]) if "first" in values else None
    short = values.get("short")
    return End(
        year=values.get("year") if short is None else short,
        month=values.get("month"),
        day=values.get("day"),
        numbers=numbers,
        short=short is not None,
    )


_BY_SHAPE = {
    "dmy": "day month year", "mdy": "month day year", "ymd": "year month day", "my": "month year", "ym": "year month",
    "y": "year", "dm": "day month", "md": "month day", "d": "day", "m": "month", "dmd": "day month short",
    "mdd": "month day short", "ddy": "first second year", "ddd": "first second short", "ydd": "year month day",
    "dd": "first second", "dy": "day year", "yd": "year month",
}  # fmt: skip
"""What the tokens of a shape are: `d` for a number of one or two digits, `y` for four, `m` for a name."""


def _form(shape: str, signs: Sequence[str]) -> Sequence[str]:
    """Return what the tokens of a shape are, where the signs between them allow it."""
    between = [sign for sign in signs if sign in "-/."]
    if shape not in _BY_SHAPE or ("m" not in shape and len(set(between)) > 1):
        raise DateError(NO_DATE)
    if (shape == "ddd" and len(between) < 2) or (shape in {"dd", "yd"} and not between):
        raise DateError(NO_DATE)
    if shape == "dy" and between:
        return ("month", "year")  # `11/2017`; without a sign it stands behind `June 10 -`
    if shape == "md" and "'" in signs:
        return ("month", "short")
    return _BY_SHAPE[shape].split()


def _shape(token: _Token) -> str:
    """Return `y` for a year of four digits, `d` for a smaller number, `m` for the name of a month."""
    if token.kind == "number":
        if len(token.text) in {1, 2, 4}:
            return "y" if len(token.text) == 4 else "d"
    elif token.meant[0][0] in {Sense.MONTH, Sense.ISLAMIC_MONTH}:
        return "m"
    raise DateError(NO_DATE)


def _value(token: _Token) -> int:
    return int(token.text) if token.kind == "number" else int(token.meant[0][1])


def _complete(end: End) -> End:
    """Return a date that stands alone, if it can."""
    if end.year is None:
        raise DateError(NO_DATE if end == End() or end.month is None else NO_YEAR)
    if end.day is not None and end.month is None:
        raise DateError(NO_DATE)
    return end


def _two(first: End, last: End) -> tuple[End, End]:
    """Complete each end of a range from the other: `10-12 June 2014`, `June 10-12, 2014`, `28 December - 3 January 2015`."""
    if (first.day is None and first.numbers is None) and (last.day is not None or last.numbers is not None):
        if first.month is None and first.part is None:
            raise DateError(NO_DATE)
    elif (first.day is not None) and last.day is None and last.numbers is None:
        raise DateError(NO_DATE)
    if first.year is None and last.year is None:
        raise DateError(NO_YEAR)
    if last.numbers is not None and first.day is not None and first.month is None:
        # `10-12.06.2014`: what stands before the range is the day on both sides
        last = replace(last, numbers=None, day=last.numbers[0], month=last.numbers[1])
    first, last = _with_month(first, last), _with_month(last, first)
    islamic = first.islamic or last.islamic
    if first.year is None:
        later = first.month is not None and last.month is not None and first.month > last.month
        first = replace(first, year=(last.year or 0) - later, short=last.short)
    elif last.year is None:
        later = first.month is not None and last.month is not None and first.month > last.month
        last = replace(last, year=first.year + later, short=first.short)
    return _complete(replace(first, islamic=islamic)), _complete(replace(last, islamic=islamic))


def _with_month(end: End, other: End) -> End:
    """Take over the month of the other end where a day, or a part of a month, has none of its own."""
    if end.month is not None or end.numbers is not None or (end.day is None and end.part is None):
        return end
    return replace(end, month=other.month)
