"""Comparison keys for toponyms in Latin, Arabic and Cyrillic script.

Three keys, each coarser than the one before:

`fold`
    the same spelling: case, diacritics, hamza and ayn marks, hyphens and articles do not count;
`sound`
    the same name in another transliteration: one letter a sound, whatever the romanisation (ou/u/oo, q/k, dj/j, sch/sh,
    Tell/Tall/Tel, Dayr/Deir, Abu/Albu/Bou, final -a/-ah/-eh);
`skeleton`
    its consonants, in classes that are often confused: a block to search in, never an answer.

All three work on many names at once, since a theatre has hundreds of thousands of spellings: the names are joined by line
breaks, and each rule runs once over the whole text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from anyascii import anyascii

_ARTICLES = "al|el|ul|il|ad|ed|ud|an|en|ar|er|ur|as|es|us|ash|esh|at|et|ut|az|ez|uz|adh|ath|l"
_MARKS = re.compile(r"['’‘ʿʾʼʻ`´ʹ′ʽ]")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff\u0640]"
)
"""Soft hyphens, joiners, marks of the writing direction, variation selectors and the tatweel: no letter, and no gap."""

_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f\u1e00-\u1eff]")
_GLUED_ARTICLE = re.compile(r"(?m)^(?:Al|El)(?=[A-Z][a-z])")
_ELISION = re.compile(r"(?mi)(?:^|(?<= ))([dl])['’](?=[aeiouhéèêâîôû])")
_ARTICLE = re.compile(rf"(?m)(?:^|(?<= ))(?:{_ARTICLES}) +(?=[^\n ])")
_ARABIC_ARTICLE = re.compile(r"(?m)(?:^|(?<= ))(?:و|ب|ل)?ال(?=[\u0600-\u06ff]{2})")
_NOT_A_LETTER = re.compile(r"[^0-9a-z\u0620-\u06ff\n]+")

_ARABIC_FOLDS = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ئ": "ي", "ؤ": "و", "ة": "ه", "ـ": "", "ء": "", "ک": "ك"}
    | {"ی": "ي", "ہ": "ه"}
    | {chr(mark): "" for mark in (*range(0x610, 0x61B), *range(0x64B, 0x660), 0x670, 0x200C, 0x200D)}
)

# One Latin letter a sound. Capitals are sounds that Latin writes with two letters; `DOUBLE` makes them from Latin.
_ARABIC_SOUNDS = str.maketrans(
    dict(zip("ابتجحدرزسصضطظعفقكلمنهوي", "abtjhdrzssdtz fkklmnhui", strict=True))
    | {"ث": "T", "خ": "X", "ذ": "D", "ش": "S", "غ": "G", "ع": "", "ة": "a"}
    | {"پ": "p", "چ": "S", "ژ": "Z", "گ": "g", "ڤ": "v", "ێ": "i", "ۆ": "u", "ە": "a", "ڕ": "r", "ڵ": "l", "ھ": "h"}
)
_DOUBLE = (
    ("dsch", "j"), ("tsch", "S"), ("sch", "S"), ("tch", "S"), ("dzh", "j"), ("dj", "j"), ("kh", "X"), ("gh", "G"),
    ("sh", "S"), ("ch", "S"), ("dh", "D"), ("th", "T"), ("zh", "Z"), ("ph", "f"), ("ts", "c"),
    ("oou", "u"), ("ou", "u"), ("oo", "u"), ("ow", "au"), ("w", "u"), ("ee", "i"), ("y", "i"), ("ei", "ai"), ("o", "u"),
    ("q", "k"), ("x", "X"),
)  # fmt: skip

_WORDS = {
    "tal": "tell tel tall tal til tepe tappa telle تل",
    "dair": "deir dayr dair der deyr dar deiro دير",
    "ain": "ayn ain ein eyn ayin عين",
    "kafr": "kafr kafar kfar kufr kefr kafer kfer كفر",
    "bait": "bayt beit bait beyt bet بيت",
    "Xan": "khan han خان",
    "Xirba": "khirbat khirbet khirba hirbet خربه",
    "kala": "qalat kalat qalaat qala kale kalaat qaleat قلعه",
    "jisr": "jisr jisir jesr djisr jser cisr جسر",
    "jabal": "jabal jebel djebel gebel jbel cebel جبل",
    "SaiX": "shaykh sheikh cheikh sheik seyh scheich shekh shaikh sheykh شيخ",
    "ras": "ras raas rass res راس",
    "um": "umm um oum oumm om omm ام",
    "bu": "abu abou albu albou bu bou abo ebu elbu ابو بو",
    "bir": "bir bier beer بير",
    "uadi": "wadi ouadi oued vadi وادي",
    "sulaiman": "sulaiman suleiman sulayman suleyman soulaiman souleiman solaiman سليمان",
}
_WORD_OF = {spelling: word for word, spellings in _WORDS.items() for spelling in spellings.split()}
_WORD = re.compile(r"(?m)(?:^|(?<= ))(" + "|".join(sorted(_WORD_OF, key=len, reverse=True)) + r")(?= [^\n ])")
_GLUED_ABU = re.compile(r"(?m)(?:^|(?<= ))(?:albu|albou|elbu|abou|abu)(?=[a-z]{4})")
_GLUED_TELL = re.compile(r"(?m)^(?:tell|tall)(?=[b-df-hj-np-tv-z])")
_REPEATED = re.compile(r"([a-zA-Z])\1+")
_ARABIC_FINAL = re.compile(r"(?m)(?<=[\u0620-\u06ff])ه(?=[ \n]|$)")
_FINAL = re.compile(r"(?m)(?<=[^\n ][^\n ])(?:ah|eh|et|at|e|a)$")

_CLASSES = str.maketrans(
    {
        "q": "k",
        "g": "k",
        "G": "k",
        "j": "k",
        "c": "k",
        "X": "k",
        "T": "t",
        "d": "t",
        "D": "t",
        "z": "t",
        "s": "t",
        "Z": "t",
    }
    | {"S": "t", "p": "b", "v": "f"}
    | dict.fromkeys("aeiouh 0123456789", "")
)


@lru_cache(maxsize=200_000)
def fold(name: str) -> str:
    """Fold one toponym: `Al-Qalam` -> `qalam`, `القلم` -> `قلم`. Arabic letters stay Arabic."""
    return folds([name])[0]


def sound(name: str) -> str:
    """Write one toponym by its sound: `Deir el-Qalam`, `Dayr al Qalam` and `دير القلم` come out nearly alike."""
    return sounds(folds([name]))[0]


def folds(names: Iterable[str]) -> list[str]:
    """Fold many toponyms at once; see `fold`."""
    lines = [" ".join(name.split()) for name in names]
    if not lines:
        return []  # the text of no line has one
    text = unicodedata.normalize("NFKC", without_invisible("\n".join(lines)))
    text = _ELISION.sub(r"\1 ", _GLUED_ARTICLE.sub("Al ", text))
    text = unicodedata.normalize("NFC", text).translate(_ARABIC_FOLDS)
    text = _MARKS.sub("", text)
    text = text.translate(_to_latin(text)).lower()
    text = _NOT_A_LETTER.sub(" ", _MARKS.sub("", text))
    text = "\n".join(line.strip() for line in text.split("\n"))
    return _ARABIC_ARTICLE.sub("", _ARTICLE.sub("", text)).split("\n")


def sounds(folded: Iterable[str]) -> list[str]:
    """Write many folded toponyms by their sound; see `sound`."""
    lines = list(folded)
    if not lines:
        return []
    text = _WORD.sub(lambda match: _WORD_OF[match[1]], "\n".join(lines))
    text = _GLUED_TELL.sub("tal ", _GLUED_ABU.sub("bu ", text))
    for written, heard in _DOUBLE:
        text = text.replace(written, heard)
    text = _ARABIC_FINAL.sub("a", text).translate(_ARABIC_SOUNDS)  # last: its letters must not meet those rules
    text = _REPEATED.sub(r"\1", text)
    return _FINAL.sub("a", text).replace(" ", "").split("\n")


def skeletons(heard: Iterable[str]) -> list[str]:
    """Reduce many sounds to their consonants, in classes of those that are confused."""
    lines = list(heard)
    return "\n".join(lines).translate(_CLASSES).split("\n") if lines else []


def without_invisible(text: str) -> str:
    """Take out what stands inside words and cannot be seen, such as a mark of the writing direction: it parts no word."""
    return _INVISIBLE.sub("", text)


def is_lower_case_latin(name: str) -> bool:
    """Whether the name has Latin letters and none of them is a capital: in running prose, a word and not a name."""
    return bool(_LATIN.search(name)) and name == name.lower()


def is_arabic(key: str) -> bool:
    """Whether a folded toponym is in Arabic script."""
    return any("\u0600" <= letter <= "\u06ff" for letter in key)


def is_generic_word(word: str) -> bool:
    """Whether a folded word stands before many names and is often glued to them: Tell, Kafr, Deir, Abu ..."""
    return word in _WORD_OF


def split_hint(name: str) -> tuple[str, str]:
    """Split `Alpha (North)` into the name and the hint in brackets; the hint is empty when there is none."""
    match = re.fullmatch(r"\s*(.+?)\s*[(（]([^()（）]+)[)）]\s*", name)
    return (match[1], match[2].strip()) if match else (name.strip(), "")


def _to_latin(text: str) -> dict[int, str]:
    """Transliterate what is neither ASCII nor Arabic, each character once."""
    foreign = {c for c in set(text) if not (c.isascii() or "\u0600" <= c <= "\u06ff")}
    return {ord(c): _LETTERS.get(c.lower()) or anyascii(c) for c in foreign}


_LETTERS = {"ş": "sh", "š": "sh", "ç": "ch", "č": "ch", "ž": "zh"}
"""Letters that stand for a sound of their own, which plain ASCII would lose."""

_VOWELS = frozenset("aeiu")
_NEAR = {
    frozenset(pair): cost
    for pairs, cost in (
        ("ae ei", 0.15),
        ("ai au eu", 0.3),
        ("iu", 0.35),
        ("kg GX tT dD DZ zD kG gG jZ cj Sc ck Xh", 0.3),
        ("uv ij SX", 0.25),
        ("gj dt zs bp fv Tt Ts sS Dz Xk Gr", 0.45),
    )
    for pair in pairs.split()
}
"""Cost of hearing one sound for another; anything else costs 1."""


def likeness(a: str, b: str, *, vowel: float = 0.35) -> float:
    """Compare two sounds, 0-1: one minus the weighted edit distance (with swaps of neighbours) over the heavier of both.

    Damerau's distance (1964) with costs for the confusions of transliteration; see `_NEAR`.

    Parameters
    ----------
    vowel
        Cost of a vowel too many; less where one of the two comes from a script that leaves short vowels out.
    """
    if a == b:
        return 1.0
    weight = {**dict.fromkeys("aeiu", vowel), "h": 0.45}
    weights_a, weights_b = [weight.get(c, 1.0) for c in a], [weight.get(c, 1.0) for c in b]
    heavier = max(sum(weights_a), sum(weights_b), 1.0)
    before: Sequence[float] = []
    row = [0.0]
    for extra in weights_b:
        row.append(row[-1] + extra)
    for i, x in enumerate(a):
        before_that, before, row = before, row, [row[0] + weights_a[i]]
        for j, y in enumerate(b):
            cost = 0.0 if x == y else _NEAR.get(frozenset((x, y)), 0.6 if x in _VOWELS and y in _VOWELS else 1.0)
            best = min(before[j] + cost, before[j + 1] + weights_a[i], row[j] + weights_b[j])
            if i and j and x == b[j - 1] and y == a[i - 1]:
                best = min(best, before_that[j - 1] + 0.6)
            row.append(best)
    return max(0.0, 1 - row[-1] / heavier)
