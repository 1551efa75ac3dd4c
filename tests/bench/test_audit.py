"""The audit's own rules: what counts as right."""

from __future__ import annotations

from collections import Counter

import pytest

from bench.audit import Answer, of_holding, read_pairs, verdict
from control.assessment.model import Holding, Status
from control.record.theatre import load_theatre
from tests.theatres import SEEDS


def said(*sides: str, parted: bool = False, besieged: bool = False) -> Answer:
    return Answer(frozenset(sides), is_parted=parted, is_besieged=besieged)


@pytest.mark.parametrize(
    ("expected", "answer", "found"),
    [
        ("red", said("red"), "right"),
        ("red", said("blue"), "wrong"),
        ("red", said(), "unknown"),
        ("red|blue", said("blue"), "right"),
        ("red", said("red", "blue", parted=True), "wrong"),
        ("red+blue", said("red"), "wrong"),
        ("red+blue", said("red", "blue", parted=True), "right"),
        ("red+blue", said("red", "blue", "white", parted=True), "right"),
        ("red+blue", said("red", "white", parted=True), "wrong"),
        ("red besieged", said("red"), "wrong"),
        ("red besieged", said("red", besieged=True), "right"),
        ("red free", said("red", besieged=True), "wrong"),
        ("red", said("red", besieged=True), "right"),
    ],
)
def test_an_answer_is_right_only_if_it_says_what_was_written_down(expected: str, answer: Answer, found: str) -> None:
    assert verdict(expected, answer) == found


def test_a_contested_place_names_both_and_a_besieged_one_its_holder() -> None:
    assert of_holding(Holding(Status.CONTESTED, "red", ("blue",))) == said("red", "blue", parted=True)
    assert of_holding(Holding(Status.BESIEGED, "red", besieger="blue")) == said("red", besieged=True)
    assert of_holding(Holding(Status.UNKNOWN)) == said()


def test_the_pairs_are_many_and_name_sides_that_the_theatres_know() -> None:
    pairs = read_pairs()
    assert len(pairs) >= 150
    assert len({(p.theatre, p.place, p.hint, p.day) for p in pairs}) == len(pairs)
    actors = {name: set(load_theatre(SEEDS / name).actors) for name in {p.theatre for p in pairs}}
    assert all(n >= 50 for n in Counter(p.theatre for p in pairs).values())
    for pair in pairs:
        for alternative in pair.answer.split("|"):
            sides, *siege = alternative.split()
            assert set(sides.split("+")) <= actors[pair.theatre], pair
            assert siege in ([], ["besieged"], ["free"]), pair
