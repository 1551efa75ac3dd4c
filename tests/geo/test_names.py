"""Keys: what must come out the same, and what must not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.names import fold, folds, is_lower_case_latin, likeness, skeletons, sound, sounds, split_hint


@pytest.mark.parametrize(
    ("key", "spellings"),
    [
        ("raqqah", ["Ar-Raqqah", "ar Raqqah", "RAQQAH", "Raqqah", "Ar  Raqqah", "ar-Raqqah "]),
        ("qaim", ["al-Qa'im", "Al-Qaʾim", "Al Qaim", "AlQaim", "Qa’im"]),
        ("kobane", ["Kobanê", "Kobané", "kobane"]),
        ("قايم", ["القائم", "القايم", "قائم"]),
        ("رقه", ["الرقة", "الرَّقَّة", "الرقه", "ال\u200eرقة", "الرقـــة", "\u2067الرقة\u2069"]),
        ("mosul", ["Mo\u00adsul", "Mo\u200bsul", "\ufeffMosul"]),
    ],
)
def test_the_same_spelling(key: str, spellings: list[str]) -> None:
    assert {fold(s) for s in spellings} == {key}


@pytest.mark.parametrize(
    "spellings",
    [
        ["Deir ez-Zor", "Deir el-Zour", "Der ez-Zor", "دير الزور"],
        ["Albu Kamal", "Abu Kamal", "Abou Kamal", "Boukamal", "Al-Bukamal", "AlBukamal"],
        ["Mosul", "Mossoul", "Mossul", "Мосул"],
        ["Raqqa", "Rakka", "Raqqah", "Raka"],
        ["Tal Afar", "Tel Afar", "Tell Afar", "Tallafar"],
        ["Ain Issa", "Ayn Isa", "Ein Issa"],
        ["Bashiqa", "Başika", "Bachika"],
        ["Khan Shaykhun", "Khan Cheikhoun", "Khan Sheikhun"],
        ["Qayyarah", "Qayyara", "Kayara"],
    ],
)
def test_the_same_sound(spellings: list[str]) -> None:
    assert len({sound(s) for s in spellings}) == 1


@pytest.mark.parametrize(
    ("a", "b"),
    [("Karabilah", "Karbala"), ("Suwar", "Suwayrah"), ("Rawa", "Rabia"), ("Hit", "Haditha"), ("Ana", "Anbar")],
)
def test_other_towns_are_not_alike_enough(a: str, b: str) -> None:
    assert likeness(sound(a), sound(b)) < 0.9


@given(st.lists(st.text(max_size=20), min_size=1, max_size=8))
def test_many_at_once_is_one_by_one(names: list[str]) -> None:
    """No name may run over into its neighbour, whatever line breaks and controls it holds."""
    assert folds(names) == [fold(n) for n in names]
    keys = [fold(n) for n in names]
    assert sounds(keys) == [sounds([k])[0] for k in keys]
    assert len(skeletons(sounds(keys))) == len(names)


@given(st.text(alphabet="aeiouhbdgkmnrstXSG", max_size=12), st.text(alphabet="aeiouhbdgkmnrstXSG", max_size=12))
def test_likeness_is_a_similarity(a: str, b: str) -> None:
    assert 0 <= likeness(a, b) <= 1
    assert likeness(a, a) == 1
    assert likeness(a, b) == pytest.approx(likeness(b, a))


def test_hints_and_prose() -> None:
    assert split_hint("Rabia (Latakia)") == ("Rabia", "Latakia")
    assert split_hint(" Rabia ") == ("Rabia", "")
    assert [is_lower_case_latin(n) for n in ("hit", "Hit", "al-Bab", "هيت")] == [True, False, False, False]
