"""Documented spellings in the bundled theatre: the open part of the gold set, scored as in `bench/gazetteer.py`."""

from __future__ import annotations

import importlib.util
from types import ModuleType

import pytest

from control.theatre import Theatre
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
    assert right >= 0.97
    assert wrong <= 0.025
    assert beyond_radius <= 0.015
    assert abstained >= 0.95


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Boukamal", "Albu Kamal"), ("Deir el-Zour", "Deir ez-Zor"), ("البوكمال", "Albu Kamal"), ("Tel Afar", "Tal Afar"),
        ("Rakka", "Raqqa"), ("Hawijah", "Hawija"), ("Qa'im", "Al-Qaim"), ("Anbar", "Anbar Governorate"),
    ],
)  # fmt: skip
def test_towns_of_the_news(bundled: Theatre, name: str, found: str) -> None:
    assert bundled.gazetteer.find(name).place.name == found


def test_the_typical_errors(bundled: Theatre) -> None:
    find = bundled.gazetteer.find
    assert find("Sinjar (Idlib)").place.country == "SY"
    assert find("Karabilah").place.name == "Karabilah"
    assert find("Suwar").place.admin == "Deir ez-Zor"
    with pytest.raises(UnknownPlaceError):
        find("hit")
