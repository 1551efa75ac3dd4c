"""The words of dates in many languages: months and days of the week as CLDR has them, and the words around them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum, IntEnum
from functools import cache

from control.upload.vocabulary import words

MOST_WORDS = 4
"""Of one name or phrase, such as `dhu al qa dah`."""

LANGUAGES = (
    "en", "ar", "ar_SY", "ar_DZ", "ar_MA", "ar_MR", "ckb", "ku", "tr", "uk", "ru", "fr", "de", "es", "it", "pt", "fa", "he",
    "az",
)  # fmt: skip
"""Languages whose months are known everywhere; none of their names means two months. Those of a theatre come on top."""

_LETTERS = re.compile(r"[^\W\d_]+")
_ALIKE = str.maketrans({
    "ı": "i", "ي": "ی", "ى": "ی", "ك": "ک", "ۀ": "ه", "ة": "ه", "ھ": "ه",
    "\u0640": None, "\u200b": None, "\u200c": None, "\u200d": None, "\ufeff": None,
    "\N{HYPHEN}": "-", "\N{NON-BREAKING HYPHEN}": "-", "\N{MINUS SIGN}": "-",
    "\N{EM DASH}": "–", "\N{HORIZONTAL BAR}": "–", "\N{FIGURE DASH}": "–",
    "،": ",", "’": "'", "‘": "'", "ʼ": "'", "`": "'", "´": "'", "ʿ": "'", "ʾ": "'",
})  # fmt: skip
"""Letters that one language writes in several ways, and signs that look alike."""


class Sense(Enum):
    """What a word does in a date."""

    MONTH = "month"
    ISLAMIC_MONTH = "islamic month"
    PART = "part"
    ABOUT = "about"
    PERHAPS = "perhaps"
    OPEN = "open"
    TO = "to"
    JOINED = "joined"
    BETWEEN = "between"
    ISLAMIC = "islamic"
    NOISE = "noise"


class Part(IntEnum):
    """A part of a month or year."""

    EARLY = 1
    MIDDLE = 2
    LATE = 3
    FIRST_HALF = 4
    SECOND_HALF = 5


Word = tuple[Sense, int]
Senses = Mapping[str, tuple[Word, ...]]
"""Phrase, simplified -> what it may be, the usual sense first."""


def simplify(text: str) -> str:
    """Write letters, figures and signs in one way: small, without marks, figures of any script as 0-9."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        text = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
        text = unicodedata.normalize("NFKD", text.casefold())
        text = "".join(c for c in text if not unicodedata.combining(c)).translate(_ALIKE)
    return " ".join(text.casefold().split())


@cache
def senses(countries: tuple[str, ...] = ()) -> Senses:
    """Return the words of dates in the usual languages and those of countries; a name that means two months is left out."""
    languages = (*LANGUAGES, *_languages_of(countries))
    found: dict[str, list[Word]] = {}
    for name, number in _unambiguous(_months(languages)):
        found[name] = [(Sense.MONTH, number)]
    for name, number in _unambiguous(_listed("islamic_months")):
        found.setdefault(name, []).append((Sense.ISLAMIC_MONTH, number))
    said = words("date_words")
    for part in Part:
        _add(found, said[part.name.lower()], (Sense.PART, part))
    for sense in (
        Sense.ABOUT,
        Sense.PERHAPS,
        Sense.TO,
        Sense.JOINED,
        Sense.BETWEEN,
        Sense.OPEN,
        Sense.ISLAMIC,
        Sense.NOISE,
    ):
        _add(found, said[sense.value], (sense, 0))
    for name in _weekdays(languages):
        _add(found, (name,), (Sense.NOISE, 0))
    return {name: tuple(meant) for name, meant in found.items()}


def _languages_of(countries: tuple[str, ...]) -> tuple[str, ...]:
    """Return the official languages of countries, as they are written there."""
    from babel.languages import get_official_languages  # slow to import, and few tables write months in words

    spoken = [(language, c) for c in countries for language in get_official_languages(c, regional=True, de_facto=True)]
    return tuple(dict.fromkeys(name for language, c in spoken for name in (language, f"{language}_{c}")))


def _add(found: dict[str, list[Word]], phrases: Iterable[str], word: Word) -> None:
    for phrase in phrases:
        meant = found.setdefault(_key(phrase), [])
        if word not in meant:
            meant.append(word)


def _key(phrase: str) -> str:
    return " ".join(_LETTERS.findall(simplify(phrase)))


def _unambiguous(pairs: Iterable[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    meant: dict[str, set[int]] = {}
    for name, number in pairs:
        if name:
            meant.setdefault(name, set()).add(number)
    return ((name, numbers.pop()) for name, numbers in meant.items() if len(numbers) == 1)


def _listed(table: str) -> Iterator[tuple[str, int]]:
    for number, names in words(table).items():
        yield from ((_key(name), int(number)) for name in names)


def _months(languages: Iterable[str]) -> Iterator[tuple[str, int]]:
    yield from _listed("months")
    for calendar in _calendars(languages, "months"):
        for number, name in calendar.items():
            # a number with a sign (`6月`) is no name
            yield (_key(name) if len(_key(name)) > 1 and not any(c.isdigit() for c in name) else ""), number


def _weekdays(languages: Iterable[str]) -> Iterator[str]:
    for calendar in _calendars(languages, "days"):
        yield from (_key(name) for name in calendar.values())
    yield from (_key(name) for name in ("tues", "thur", "thurs", "weds", "الاثنين", "الأحد"))


def _calendars(languages: Iterable[str], what: str) -> Iterator[Mapping[int, str]]:
    from babel import Locale, UnknownLocaleError  # as above

    for language in dict.fromkeys(languages):
        try:
            calendar = getattr(Locale.parse(language), what)
        except (UnknownLocaleError, ValueError):
            continue
        for context in ("format", "stand-alone"):
            for width in ("wide", "abbreviated"):
                yield calendar[context][width]
