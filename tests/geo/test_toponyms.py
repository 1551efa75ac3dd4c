"""Documented spellings in the bundled theatre: the open part of the gold set, scored as in `bench/gazetteer.py`."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest

from control.record.theatre import Theatre
from geo.gazetteer import UnknownPlaceError
from tests.conftest import ROOT


@pytest.fixture(scope="module")
def bench() -> ModuleType:
    spec = importlib.util.spec_from_file_location("bench_gazetteer", ROOT / "bench" / "gazetteer.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    import sys

    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("file", ["toponyms.csv", "toponyms_frozen.csv"])
def test_the_gold_set(bench: ModuleType, bundled: Theatre, file: str) -> None:
    result = bench.score(bench.read_rows(file), bundled.gazetteer, bench.ours(bundled.gazetteer))
    # numbers only: a failure must not show the rows of the frozen third
    right, abstained = result.right / result.in_data, result.abstained / result.none_rows
    wrong, beyond_radius = result.wrong / result.rows, (result.wrong - result.vague) / result.rows
    assert right >= 0.98
    assert wrong <= 0.01
    assert beyond_radius <= 0.005
    assert abstained >= 0.99


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Boukamal", "Albu Kamal"), ("Deir el-Zour", "Deir ez-Zor"), ("البوكمال", "Albu Kamal"), ("Tel Afar", "Tal Afar"),
        ("Rakka", "Raqqa"), ("Hawijah", "Hawija"), ("Qa'im", "Al-Qaim"), ("Anbar", "Anbar Governorate"),
    ],
)  # fmt: skip
def test_towns_of_the_news(bundled: Theatre, name: str, found: str) -> None:
    assert bundled.gazetteer.find(name).place.name == found


@pytest.mark.parametrize(
    ("name", "place_id"),
    [
        ("Latmin", "latmin"), ("Surman", "surman"), ("Surman (Idlib)", "surman"), ("Tarmala", "tarmala"),
        ("Kallaseh (Aleppo)", "aleppo-kallaseh"), ("Ikrimah (Homs)", "homs-ikrimah"), ("Ayn al-Tall", "aleppo-ayn-al-tall"),
        ("Bariqa", "bariqa-quneitra"), ("Tell Ahmar", "tell-ahmar-quneitra"), ("Sheikh Saad", "sheikh-saad-daraa"),
        ("Adra al-Balad", "adra-balad"), ("Hader (Quneitra)", "hader-quneitra"), ("Harran", "harran-suwayda"),
        ("Al-Hameh", "hameh-rif-dimashq"), ("الشيخ سعد", "sheikh-saad-daraa"), ("عكرمة", "homs-ikrimah"),
        ("Humayrah", "humayrah-south-aleppo"), ("Zebdin", "zibdin"), ("Sakhr", "sakhr-hama"), ("Inshaat", "homs-inshaat"),
        ("Jobar", "damascus-jobar"), ("Jobar quarter (Homs)", "homs-jobar"),
        ("Syrian-Iraqi border", "iraq-syria-border-desert"), ("western desert", "anbar-desert"),
        ("province of Anbar", "iq-anbar-governorate"),
    ],
)  # fmt: skip
def test_a_place_with_a_larger_one_that_sounds_alike(bundled: Theatre, name: str, place_id: str) -> None:
    """Once taken for another place; each has a row of its own, and `test_another_place_is_not_taken_for_it` has the rest."""
    assert bundled.gazetteer.find(name).place.id == place_id


@pytest.mark.parametrize("name", ["Euphrates", "الفرات", "Albu Hayat", "Batiya", "Tirmanin", "Sarmala"])
def test_another_place_is_not_taken_for_it(bundled: Theatre, name: str) -> None:
    """Villages and quarters that the gazetteer lacks, each alike to a place of it that lies elsewhere; and a river."""
    with pytest.raises(UnknownPlaceError):
        bundled.gazetteer.find(name, country="SY")


def test_the_typical_errors(bundled: Theatre) -> None:
    find = bundled.gazetteer.find
    assert find("Sinjar (Idlib)").place.country == "SY"
    assert find("Karabilah").place.name == "Karabilah"
    assert find("Suwar").place.admin == "Deir ez-Zor"
    with pytest.raises(UnknownPlaceError):
        find("hit")
