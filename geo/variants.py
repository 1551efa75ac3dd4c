"""Whether two toponyms can be one name in two romanisations, or are only alike.

`Mohammed` and `Muhammad` are one name: the consonants are the same, and only short vowels differ, which each language
hears in its own way. `Kamil` and `Kamal` are two, though no more letters differ: of these no
transliteration makes the other. An edit distance cannot tell, so this compares what carries the
name: consonants one by one, and between them the vowels, by the scripts on both sides.
"""

from __future__ import annotations

import re
from functools import lru_cache

from geo.names import is_arabic, is_generic_word, sounds

_AYN = "'"
_PARTS = re.compile(rf"([^aeiu{_AYN}])")
_CONFUSED = {frozenset(pair) for pair in ("kg", "gG", "kG", "tT", "dD", "Dz", "DZ", "jZ", "cj", "Sc", "SX", "Xh")} | {
    frozenset(pair) for pair in ("bp", "dt", "zs", "gj", "fv")
}
"""Consonants that languages write for one another: German s for z, Turkish h for kh, Egyptian g for j ..."""
_NEAR_VOWELS = frozenset({("a", "e"), ("e", "i"), ("e", "ai"), ("i", "ai"), ("u", "au")})
_SORANI = re.compile("[پچژگڤێۆەڕڵھ]")
_WRITTEN = {"a": "ae", "i": "ie", "u": "u"}
"""Long vowels of Arabic script, and what Latin makes of them (o is written u here)."""
LONG = 6
"""So many consonants leave little to chance: then it is one name, wherever its words are parted, and whether ü is i or u."""


@lru_cache(maxsize=50_000)
def same_name(a: str, b: str) -> bool:
    """Whether two folded toponyms can be one name, written in two ways."""
    arabic_a, arabic_b = is_arabic(a), is_arabic(b)
    if arabic_a and arabic_b and not _SORANI.search(a + b):
        return _native(a) == _native(b)
    heard_a, heard_b = _heard(a, b, arabic_a), _heard(b, a, arabic_b)
    (gaps_a, letters_a), (gaps_b, letters_b) = _parts(heard_a), _parts(heard_b)
    if len(letters_a) != len(letters_b) or not all(map(_is_same_letter, letters_a, letters_b)):
        return False
    if heard_a != heard_b and len(letters_a) < LONG and _is_parted_otherwise(a, b):
        return False
    last = len(gaps_a) - 1
    for at, (x, y) in enumerate(zip(gaps_a, gaps_b, strict=True)):
        if arabic_a or arabic_b:
            latin, arabic = (y, x) if arabic_a else (x, y)
            same = _is_transliterated(latin, arabic, first=at == 0, last=at == last)
        else:
            same = _is_nearly_same_vowel(x, y, inner=0 < at < last, long=len(letters_a) >= LONG)
        if not same:
            return False
    return True


def _native(name: str) -> str:
    """Write an Arabic name as its own language does; only where words are parted, and an a at the end, are open."""
    return re.sub("ا$", "ه", name.replace(" ", ""))


def _heard(name: str, other: str, arabic: bool) -> str:
    """Write a folded name by its sound, an ayn as a sign of its own."""
    heard = sounds([name.replace("ع", _AYN)])[0]
    if not arabic:
        # a j that is a y, and a v that is a w, where the other name has no such letter
        for letter, vowel in (("j", "i"), ("v", "u")):
            if letter not in sounds([other])[0]:
                heard = heard.replace(letter, vowel)
        heard = re.sub(r"([iu])\1", r"\1", heard).replace("ei", "ai")
    return heard


def _parts(heard: str) -> tuple[list[str], list[str]]:
    """Part a name into what stands before, between and behind its consonants, and these."""
    parts = _PARTS.split(heard)
    return parts[0::2], parts[1::2]


def _is_same_letter(x: str, y: str) -> bool:
    return x == y or frozenset((x, y)) in _CONFUSED


def _is_parted_otherwise(a: str, b: str) -> bool:
    """Whether one name has more words; what is often glued to its name (Tell, Kafr, Abu ...) does not count."""
    words_a, words_b = a.split(), b.split()
    return len(words_a) != len(words_b) and not any(map(is_generic_word, (*words_a, *words_b)))


def _is_nearly_same_vowel(x: str, y: str, *, inner: bool, long: bool) -> bool:
    """Compare vowels of two Latin spellings; between consonants a short one may be left out."""
    if x == y:
        return True
    if not x or not y:
        return inner and len(x + y) == 1
    return (x, y) in _NEAR_VOWELS or (y, x) in _NEAR_VOWELS or (long and {x, y} == {"i", "u"})


def _is_transliterated(latin: str, arabic: str, *, first: bool, last: bool) -> bool:
    """Compare the vowels of a Latin spelling with those that Arabic script writes: long ones, and an ayn, which is any."""
    ayn, written = _AYN in arabic, arabic.replace(_AYN, "")
    if not written:
        least = 1 if first and ayn else 0
        most = 0 if (first or last) and not ayn else 1
        return least <= len(latin) <= most
    if first and written == "a":
        return len(latin) == 1  # an alif carries any vowel
    at, short = 0, ""
    for vowel in latin:
        if at < len(written) and vowel in _WRITTEN.get(written[at], written[at]):
            at += 1
        else:
            short += vowel
    if at < len(written) or (last and latin[-1] not in _WRITTEN.get(written[-1], written[-1])):
        return False
    if first:
        return len(short) <= len(written) + ayn
    return len(short) <= len(written) and set(short) <= {"a", "e"}
