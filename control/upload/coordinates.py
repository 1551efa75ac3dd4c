"""Coordinates as people and programs write them: in degrees, minutes and seconds, in any figures, alone or two in a cell."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from urllib.parse import unquote

MAX_CHARACTERS = 300
"""A longer cell is no coordinate; addresses of map services may be long."""


class Order(StrEnum):
    """Which of two coordinates comes first."""

    LAT_FIRST = "lat"
    LON_FIRST = "lon"

    @property
    def other(self) -> Order:
        """The other way round."""
        return Order.LON_FIRST if self is Order.LAT_FIRST else Order.LAT_FIRST


@dataclass(frozen=True, slots=True)
class Angle:
    """Degrees, north and east positive; `is_lat` where a letter of the compass says which of the two it is."""

    degrees: float
    is_lat: bool | None = None


@dataclass(frozen=True, slots=True)
class Pair:
    """Two angles as they stand, in degrees, and their order where the way of writing says it."""

    first: float
    second: float
    order: Order | None = None

    def as_lon_lat(self, order: Order) -> tuple[float, float]:
        """Return longitude and latitude."""
        return (self.second, self.first) if order is Order.LAT_FIRST else (self.first, self.second)


_PLAIN = str.maketrans(
    {
        "٫": ".", "٬": "", "،": ",", "，": ",", "；": ";", "؛": ";", "−": "-", "–": "-", "‐": "-", "‑": "-",
        **dict.fromkeys("º˚∘⁰", "°"), **dict.fromkeys("′ʹ’‘`´＇", "'"), **dict.fromkeys("″ʺ”“＂", '"'),
    }
)  # fmt: skip
_COMPASS = {
    "N": ("north", "с.ш.", "с. ш.", "пн.ш.", "пн. ш.", "شمالا", "شمال", "ش"),
    "S": ("south", "ю.ш.", "ю. ш.", "пд.ш.", "пд. ш.", "جنوبا", "جنوب"),
    "E": ("east", "в.д.", "в. д.", "сх.д.", "сх. д.", "شرقا", "شرق"),
    "W": ("west", "з.д.", "з. д.", "зх.д.", "зх. д.", "غربا", "غرب"),
}
_LETTER_OF = {word: letter for letter, words in _COMPASS.items() for word in words}
_WORDS = re.compile("|".join(map(re.escape, sorted(_LETTER_OF, key=len, reverse=True))), re.IGNORECASE)
_LABEL = re.compile(r"^(?:latitude|longitude|lat|long|lng|lon)\s*[.:=]*\s*(?=[-+NSEW\d])", re.IGNORECASE)
_LETTER = re.compile(r"([NSEW])\s*(.+)|(.+?)\s*([NSEWnew])")
_NUMBER = r"\d+(?:[.,]\d+)?"
_DEGREES = re.compile(r"([-+]?)\s*(\d{1,3}(?:[.,]\d+)?)\s*(°|d|deg|degrees)?")
_PARTS = re.compile(
    rf"([-+]?)\s*(\d{{1,3}})\s*(?:°|d|deg|:|\s)\s*({_NUMBER})\s*(?:'|m|min|:|\s|$)\s*(?:({_NUMBER})\s*(?:\"|''|s|sec)?)?"
)

_SIGNED = r"([-+]?\d{1,3}(?:\.\d+)?)"
_POINT = re.compile(
    rf"(?:srid\s*=\s*4326\s*;)?\s*point\s*(?:zm|z|m)?\s*\(\s*{_SIGNED}[\s,]+{_SIGNED}(?:[\s,]+[-+\d.]+)*\s*\)",
    re.IGNORECASE,
)
_FORMS: tuple[tuple[re.Pattern[str], Order], ...] = (
    (_POINT, Order.LON_FIRST),
    (re.compile(rf".*\"coordinates\"\s*:\s*\[\s*{_SIGNED}\s*,\s*{_SIGNED}.*", re.IGNORECASE), Order.LON_FIRST),
    (re.compile(rf"geo:0(?:\.0*)?,0(?:\.0*)?\?q={_SIGNED},{_SIGNED}.*", re.IGNORECASE), Order.LAT_FIRST),
    (re.compile(rf"geo:{_SIGNED},{_SIGNED}(?:[,;?].*)?", re.IGNORECASE), Order.LAT_FIRST),
    (re.compile(rf"https?://[^/]*yandex\..*[?&](?:ll|pt)={_SIGNED},{_SIGNED}.*", re.IGNORECASE), Order.LON_FIRST),
    (re.compile(rf"https?://.*!3d{_SIGNED}!4d{_SIGNED}.*"), Order.LAT_FIRST),
    (re.compile(rf"https?://.*[?&]mlat={_SIGNED}&mlon={_SIGNED}.*"), Order.LAT_FIRST),
    (
        re.compile(
            rf"https?://.*[?&](?:q|ll|query|center|sll|cbll|daddr|destination)=(?:loc:)?\s*{_SIGNED}[,+\s]+{_SIGNED}.*"
        ),
        Order.LAT_FIRST,
    ),
    (re.compile(rf"https?://.*/(?:place|search|dir)/{_SIGNED},[+\s]*{_SIGNED}(?:[/?,@].*)?"), Order.LAT_FIRST),
    (re.compile(rf"https?://.*/@{_SIGNED},{_SIGNED}(?:[,/?].*)?"), Order.LAT_FIRST),
    (re.compile(rf"https?://.*[?&]cp={_SIGNED}~{_SIGNED}.*"), Order.LAT_FIRST),
    (re.compile(rf"https?://.*#map=\d+(?:\.\d+)?/{_SIGNED}/{_SIGNED}.*"), Order.LAT_FIRST),
)
_LABELLED = re.compile(
    rf"\W*(lat)(?:itude)?\W+{_SIGNED}\W+(?:lon|lng|long)(?:gitude)?\W*[\W]{_SIGNED}\W*"
    rf"|\W*(?:lon|lng|long)(?:gitude)?\W+{_SIGNED}\W+(?:lat)(?:itude)?\W*[\W]{_SIGNED}\W*",
    re.IGNORECASE,
)
_FRACTION = re.compile(r"\d[.,٫]\d|\d\s*[°º˚]")
_BEFORE = re.compile(r"([NS][^NSEW]+?)[,;\s]*([EW][^NSEW]+)|([EW][^NSEW]+?)[,;\s]*([NS][^NSEW]+)")
_BEHIND = re.compile(r"([^NSEW]+[NS])[,;\s]*([^NSEW]+[EW])|([^NSEW]+[EW])[,;\s]*([^NSEW]+[NS])")
_BETWEEN = (re.compile(r"\s*[;|/]\s*"), re.compile(r"\s*,\s+"), re.compile(r"\s*,\s*"), re.compile(r"\s+"))


@lru_cache(maxsize=50_000)
def read_angle(text: str) -> Angle | None:
    """Read one coordinate; `None` when it is none. A letter that says south or west, or a sign, makes it negative."""
    plain = _LABEL.sub("", _plain(text))
    if not plain or len(plain) > 60:
        return None
    letter = ""
    if found := _LETTER.fullmatch(plain):
        letter = (found[1] or found[4]).upper()
        plain = (found[2] or found[3]).strip()
    degrees = _degrees(plain, lettered=bool(letter))
    if degrees is None or (letter and plain.startswith("-")):
        return None
    return Angle(-degrees if letter in {"S", "W"} else degrees, letter in {"N", "S"} if letter else None)


@lru_cache(maxsize=50_000)
def read_pair(text: str) -> Pair | None:
    """Read two coordinates that stand in one cell: `36.34, 43.13`, `POINT(43.13 36.34)`, an address of a map, and so on."""
    if len(text) > MAX_CHARACTERS or not any(c.isdecimal() for c in text):
        return None
    plain = _plain(unquote(text) if "%" in text else text)
    for form, order in _FORMS:
        if match := form.fullmatch(plain):
            return _valid(Pair(float(match[1]), float(match[2]), order))
    if "://" in plain:
        return None
    if match := _LABELLED.fullmatch(plain):
        first, second = (2, 3) if match[1] else (4, 5)
        order = Order.LAT_FIRST if match[1] else Order.LON_FIRST
        return _valid(Pair(float(match[first]), float(match[second]), order))
    return _plain_pair(plain.strip("()[]{}<> ").strip())


def looks_like_position(text: str) -> bool:
    """Whether a cell is two coordinates and nothing else: whole numbers may be anything."""
    pair = read_pair(text)
    return pair is not None and (pair.order is not None or len(_FRACTION.findall(text)) > 1)


def _plain(text: str) -> str:
    """Write figures as 0-9, marks of degrees, minutes and seconds as ° ' ", and words of the compass as letters."""
    figures = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text.strip())
    marked = figures.translate(_PLAIN).replace("''", '"')
    if "://" in marked or (marked.isascii() and not any(c.isalpha() for c in marked)):
        return marked
    return _WORDS.sub(lambda match: _LETTER_OF[match[0].lower()], marked)


def _degrees(plain: str, *, lettered: bool) -> float | None:
    if match := _DEGREES.fullmatch(plain):
        return _signed(match[1], _number(match[2]))
    match = _PARTS.fullmatch(plain)
    if match is None or not (lettered or set(plain) & set("°':d")):
        return None  # `36 34` alone may be anything
    minutes, seconds = _number(match[3]), _number(match[4] or "0")
    if minutes >= 60 or seconds >= 60 or (match[4] and not minutes.is_integer()):
        return None
    return _signed(match[1], int(match[2]) + minutes / 60 + seconds / 3600)


def _plain_pair(plain: str) -> Pair | None:
    for form in (_BEFORE, _BEHIND):
        if match := form.fullmatch(plain):
            return _of_two(*(part for part in match.groups() if part))
    for between in _BETWEEN:
        parts = between.split(plain)
        if len(parts) == 2 and (pair := _of_two(*parts)):
            return pair
    if re.fullmatch(r"[-+]?\d{1,3},\d+,[-+]?\d{1,3},\d+", plain):  # commas for points, and one between
        one, two, three, four = plain.split(",")
        return _of_two(f"{one}.{two}", f"{three}.{four}")
    if found := re.fullmatch(rf"{_SIGNED}[\s,]+{_SIGNED}(?:[\s,]+[-+]?\d+(?:\.\d+)?){{1,2}}", plain):
        return _of_two(found[1], found[2])  # height and accuracy behind
    return None


def _of_two(first: str, second: str) -> Pair | None:
    one, two = read_angle(first), read_angle(second)
    if one is None or two is None or (one.is_lat is not None and one.is_lat is two.is_lat):
        return None
    is_lat = one.is_lat if one.is_lat is not None else None if two.is_lat is None else not two.is_lat
    order = None if is_lat is None else Order.LAT_FIRST if is_lat else Order.LON_FIRST
    return _valid(Pair(one.degrees, two.degrees, order))


def _valid(pair: Pair) -> Pair | None:
    orders = [pair.order] if pair.order else list(Order)
    return pair if any(is_on_earth(*pair.as_lon_lat(order)) for order in orders) else None


def is_on_earth(lon: float, lat: float) -> bool:
    """Whether there is such a position."""
    return -180 <= lon <= 180 and -90 <= lat <= 90


def _number(text: str) -> float:
    return float(text.replace(",", "."))


def _signed(sign: str, degrees: float) -> float:
    return -degrees if sign == "-" else degrees
