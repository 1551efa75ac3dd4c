"""Rebuild `geo/english_words.txt` from Debian's package `wamerican-small` (SCOWL): short words in lower case.

apt-get install wamerican-small && python seeds/build/english_words.py
"""

from __future__ import annotations

import re
from pathlib import Path

SOURCE = Path("/usr/share/dict/american-english-small")
NOTICE = Path("/usr/share/doc/wamerican-small/copyright")
TARGET = Path(__file__).parents[2] / "geo" / "english_words.txt"


def main() -> None:
    """Write the words of 3 to 7 letters, one a line, sorted, and their licence beside them."""
    words = {word for word in SOURCE.read_text(encoding="utf-8").split() if re.fullmatch("[a-z]{3,7}", word)}
    TARGET.write_text("\n".join(sorted(words)) + "\n", encoding="utf-8", newline="\n")
    TARGET.with_suffix(".licence").write_text(NOTICE.read_text(encoding="utf-8"), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
