"""Comments in tables: what is blanked is a line between rows, as the module `csv` reads them."""

from __future__ import annotations

import csv
import io

from hypothesis import assume, given
from hypothesis import strategies as st

from control.record.tables import without_comments


@given(st.text(alphabet='",\n#a', max_size=24))
def test_only_lines_between_rows_are_comments(text: str) -> None:
    lines = list(io.StringIO(text, newline=""))
    reader = csv.reader(iter(lines))
    starts = {0, *(reader.line_num for _ in reader)}
    comment = [number in starts and line.startswith("#") for number, line in enumerate(lines)]
    # the module would read on inside a quote that a comment opens
    assume(not any(told and '"' in line for told, line in zip(comment, lines, strict=True)))
    blanked = ["\n" if told else line for told, line in zip(comment, lines, strict=True)]
    assert list(without_comments(text)) == blanked


def test_a_quote_in_a_comment_opens_nothing() -> None:
    assert list(without_comments('a,b\n# he said, "no\n1,2\n')) == ["a,b\n", "\n", "1,2\n"]
