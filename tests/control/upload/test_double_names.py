"""Two names in one cell: read where both are names of one place, asked where they are not."""

from __future__ import annotations

import pytest

from control.record.theatre import Theatre
from control.upload.double_names import split_names
from control.upload.places import PlaceFinder, Wanted


@pytest.mark.parametrize(
    ("text", "names"),
    [
        *((text, ("Alpha", "Beta")) for text in (
            "Alpha / Beta", "Alpha/Beta", "Alpha (Beta)", "Alpha [Beta]", "Alpha - Beta", "Alpha – Beta", "Alpha aka Beta",
            "Alpha (aka Beta)", "Alpha, also known as Beta", "Alpha | Beta", "Alpha (formerly Beta)", "Alpha = Beta",
        )),
        ("Alpha (Beta / Gamma)", ("Alpha", "Beta", "Gamma")),
        *((text, ()) for text in ("Alpha", "Deir ez-Zor", "Alpha / Alpha", "a/b/c/d", "", "/", "Alpha ()", "Al-Bab")),
    ],
)  # fmt: skip
def test_names_are_parted(text: str, names: tuple[str, ...]) -> None:
    assert split_names(text) == names


@pytest.mark.parametrize(
    ("place", "texts"),
    [
        ("Mosul", ["الموصل / Mosul", "Mosul/الموصل", "Mosul (الموصل)", "Mosul aka Al-Mawsil", "Mosul - Mossoul"]),
        ("Kobani", ["Kobani (Ayn al-Arab)", "Kobane / Ain al-Arab", "عين العرب (Kobanî)", "Ayn al-Arab aka Kobani"]),
        ("Raqqa", ["Raqqa (Ar-Raqqah)", "الرقة - Raqqa", "Raqqa / Rakka / الرقة"]),
    ],
)
def test_names_that_agree_are_the_place(bundled: Theatre, place: str, texts: list[str]) -> None:
    finder = PlaceFinder(bundled)
    for text in texts:
        found = finder.find(Wanted(text))
        assert found.match is not None, (text, found)
        assert found.match.place.name == place, text


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Mosul / Raqqa", "different places"),
        ("Mosul (Raqqa)", "different places"),
        ("Tikrit aka Ramadi", "different places"),
        ("Mosul / Nowhereville", "'Nowhereville' is not"),
        ("Gardabyah / الموصل", "'Gardabyah' is not"),
    ],
)
def test_names_that_disagree_are_asked_about(bundled: Theatre, text: str, why: str) -> None:
    found = PlaceFinder(bundled).find(Wanted(text))
    assert found.match is None
    assert why in found.why
    assert found.choices


def test_one_name_tells_which_of_several_places_the_other_is(bundled: Theatre) -> None:
    """Two places are called Rabia; only one of them is called so in Arabic as well as by its other name."""
    finder = PlaceFinder(bundled)
    assert finder.find(Wanted("Rabia")).match is None
    choices = {choice.id for choice in finder.find(Wanted("Rabia")).choices}
    for place in map(bundled.gazetteer.place, choices):
        for other in place.names:
            alone = finder.find(Wanted(other.text)).match
            if alone is not None and alone.place.id == place.id:
                match = finder.find(Wanted(f"Rabia / {other.text}")).match
                assert match is None or match.place.id == place.id
