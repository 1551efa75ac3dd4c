"""Uploads of any making: refused with a reason, or every row has one fate and no good row is lost."""

from __future__ import annotations

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bench.fuzz_uploads import upload
from control.record.theatre import Theatre
from control.upload.places import PlaceFinder
from tests.control.upload.hostile_files import make_sheet, mutate, mutate_workbook

PLACES, ACTORS = ["Alpha", "Beta", "Gamma"], ["Red Army", "Blue Front", "Green Party"]
fixed = settings(max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def of_seed(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311  the same file for the same seed


@pytest.fixture
def finder(theatre: Theatre) -> PlaceFinder:
    return PlaceFinder(theatre)


@given(seed=st.integers(0, 2**32))
@fixed
def test_good_rows_survive_bad_neighbours(theatre: Theatre, finder: PlaceFinder, seed: int) -> None:
    made = make_sheet(of_seed(seed), PLACES, ACTORS)
    assert upload(theatre, finder, made.name, made.content, made.good)[1] == []


@given(seed=st.integers(0, 2**32))
@fixed
def test_changed_bytes_are_read_or_refused(theatre: Theatre, finder: PlaceFinder, seed: int) -> None:
    rng = of_seed(seed)
    made = make_sheet(rng, PLACES, ACTORS)
    change = mutate_workbook if made.name.endswith("xlsx") and rng.random() < 0.6 else mutate
    assert upload(theatre, finder, made.name, change(rng, made.content), set())[1] == []


@given(content=st.binary(max_size=400) | st.text(max_size=400).map(lambda text: text.encode("utf-8", "replace")))
@fixed
def test_any_bytes_are_read_or_refused(theatre: Theatre, finder: PlaceFinder, content: bytes) -> None:
    for start in (b"", b"date,place,event,actor\n", b"PK\x03\x04"):
        assert upload(theatre, finder, "any", start + content, set())[1] == []
