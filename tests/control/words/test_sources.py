"""A grade is spelt out, and an article that is edited for years was not published in them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from control.record.dates import parse_window
from control.record.theatre import load_theatre
from control.words.sources import grade_words, published_words
from tests.conftest import SOURCES, report


@pytest.mark.parametrize(
    ("grade", "credibility", "said"),
    [
        ("C", 2, "graded C2: fairly reliable source, probably true"),
        ("E", 5, "graded E5: unreliable source, improbable"),
        ("F", 3, "graded F3: source cannot be judged, possibly true"),
        ("B", 6, "graded B6: usually reliable source, report cannot be judged"),
    ],
)
def test_a_grade_is_spelt_out(write_theatre: Callable[..., Path], grade: str, credibility: int, said: str) -> None:
    rows = [report("2017-06-01", "holds", "Red Army", credibility=credibility)]
    (claim,) = load_theatre(write_theatre(rows, sources=[{**SOURCES[0], "grade": grade}])).claims
    assert grade_words(claim) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2022-03-05", "published 5 March 2022"),
        ("2014-01/2014-05", "published January to May 2014"),
        ("2019-12/2026-11", "article written between December 2019 and November 2026"),
    ],
)
def test_a_living_document_is_edited(text: str, said: str) -> None:
    assert published_words(parse_window(text)) == said
