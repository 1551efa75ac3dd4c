"""The words of spreadsheets, as words.toml lists them."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path


@cache
def words(table: str) -> dict[str, tuple[str, ...]]:
    """Return a table of words.toml: name -> the words that mean it, the usual ones first."""
    content = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))
    return {
        name: tuple(word.strip() for word in text.replace("\n", " ").split(";"))
        for name, text in content[table].items()
    }
