"""Comparison keys for toponyms: one spelling of a name folded onto another."""

from __future__ import annotations

import re
import unicodedata

from anyascii import anyascii

_ARABIC = re.compile(r"[\u0600-\u06ff]")
_ARABIC_FOLDS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ـ": "",
        "ء": "",
        "ک": "ك",
        "ی": "ي",
    }
)
_MARKS = re.compile(r"['’‘ʿʾʼʻ`´ʹ′]")
_ARTICLE = re.compile(r"^(?:al|el|ul|ad|ed|an|en|ar|er|as|es|ash|esh|at|et|az|ez|adh|ath)[ -]+(?=\S)", re.IGNORECASE)
_GLUED_ARTICLE = re.compile(r"^Al(?=[A-Z])")
_SPACES = re.compile(r"[^0-9a-z\u0600-\u06ff]+")


def fold(name: str) -> str:
    """Fold a toponym for comparison: case, diacritics, hamza and ayn marks, hyphens and the leading article go.

    Latin and Cyrillic names come out in a-z, Arabic ones in bare Arabic letters.
    """
    text = unicodedata.normalize("NFKC", name).strip()
    text = _GLUED_ARTICLE.sub("Al ", text)
    if _ARABIC.search(text):
        text = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
        text = unicodedata.normalize("NFC", text).translate(_ARABIC_FOLDS)
        words = [w[2:] if w.startswith("ال") and len(w) > 4 else w for w in text.split()]
        return " ".join(words)
    text = _MARKS.sub("", anyascii(_MARKS.sub("", text)))
    folded = _SPACES.sub(" ", text.lower()).strip()
    return _ARTICLE.sub("", folded)


def split_hint(name: str) -> tuple[str, str]:
    """Split `Rabia (Latakia)` into the name and the hint in brackets; the hint is empty when there is none."""
    match = re.fullmatch(r"\s*(.+?)\s*\(([^()]+)\)\s*", name)
    return (match[1], match[2].strip()) if match else (name.strip(), "")
