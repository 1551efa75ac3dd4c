"""English words that are spelt like toponyms: in lower case, `hit` is a verb and no town."""

from __future__ import annotations

from functools import cache
from pathlib import Path


def is_english_word(text: str) -> bool:
    """Whether `text`, as it stands in lower case, is a common English word of 3 to 7 letters (SCOWL, small)."""
    return text.strip() in _words()


@cache
def _words() -> frozenset[str]:
    return frozenset(Path(__file__).with_name("english_words.txt").read_text(encoding="utf-8").split())
