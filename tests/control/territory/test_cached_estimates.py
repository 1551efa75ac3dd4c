"""Estimates kept on disk say what estimates made anew say."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random

import grimp
import pytest

from control.assessment.policy import load_policy
from control.assessment.timeline import Timeline
from control.storage.sealed_cache import read_sealed, write_sealed
from control.territory import cache_key
from control.territory.cached_estimates import CachedEstimator
from control.territory.estimator import Estimator
from control.territory.landscape import landscape_of
from tests.conftest import report

TimelineOf = Callable[..., Timeline]
REPORTS = (
    report("2017-03-01", "captured", "red", "blue"),
    report("2017-09-01", "captured", "blue", "red", place="Gamma"),
)


@pytest.fixture
def make(timeline_of: TimelineOf, tmp_path: Path) -> Callable[[], CachedEstimator]:
    timeline = timeline_of(*REPORTS)
    return lambda: CachedEstimator(timeline, landscape_of(timeline.theatre, tmp_path / "cache"))


def files(estimator: Estimator) -> list[Path]:
    assert estimator.landscape.cache
    return sorted(estimator.landscape.cache.glob("estimates-*"))


def test_the_second_one_reads_what_the_first_one_wrote(make: Callable[[], CachedEstimator]) -> None:
    first, second = make(), make()
    plain = Estimator(first.timeline, first.landscape)
    sites = range(len(plain.landscape.sites))
    assert any(plain.steps())
    for estimator in (first, second):
        assert estimator.steps() == plain.steps()
        assert [estimator.drivers(site) for site in sites] == [plain.drivers(site) for site in sites]
    assert len(files(first)) == 1


def test_what_is_kept_is_used(make: Callable[[], CachedEstimator]) -> None:
    make().steps()
    (file,) = files(make())
    content = json.loads(read_sealed(file) or b"")
    content["steps"][0] = [[7, 1, 0.625]]
    write_sealed(file, json.dumps(content).encode())
    assert make().steps()[0] == [(7, 1, 0.625)]


SITES = 3
NONSENSE = [
    "",
    "[]",
    "{}",
    "[" * 100_000,
    '{"steps": [], "drivers": []}',
    '{"steps": [[[1, 99, 1]]], "drivers": 1}',
    *(
        json.dumps({"steps": [rows, *[[]] * (SITES - 1)], "drivers": [[]] * SITES})
        for rows in (
            [[1, 99, 1.0]],
            [[1, 0, float("nan")]],
            [[1, 0, 1.5]],
            [[1e400, 0, 1.0]],
            [[9, 0, 1.0], [3, 0, 0.5]],
            [[1, 0]],
            [["1", [], 1.0]],
        )
    ),
]


@pytest.mark.parametrize("text", NONSENSE)
@pytest.mark.parametrize("sealed", [False, True])
def test_nonsense_is_made_anew(make: Callable[[], CachedEstimator], text: str, sealed: bool) -> None:
    wanted = make().steps()
    assert len(wanted) == SITES
    (file,) = files(make())
    good = file.read_bytes()
    if sealed:
        write_sealed(file, text.encode())
    else:
        file.write_text(text, encoding="utf-8")
    assert not make().is_at_hand
    assert make().steps() == wanted
    assert file.read_bytes() == good
    assert make().is_at_hand


@pytest.mark.parametrize("seed", range(40))
def test_a_flipped_bit_never_draws_another_map(make: Callable[[], CachedEstimator], seed: int) -> None:
    """Of cells and of estimates alike: either file may be hit, anywhere, the seal too."""
    first = make()
    steps, rings = first.steps(), [cell.wkb for cell in first.landscape.topology.cells]
    rng = Random(seed)  # noqa: S311  the same bits for the same seed
    assert first.landscape.cache
    for file in first.landscape.cache.iterdir():
        content = bytearray(file.read_bytes())
        content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
        file.write_bytes(content)
    assert not make().is_at_hand
    assert not make().landscape.is_at_hand
    again = make()
    assert again.steps() == steps
    assert [cell.wkb for cell in again.landscape.topology.cells] == rings


def test_one_file_does_not_pass_for_another(make: Callable[[], CachedEstimator]) -> None:
    """Somebody has copied the estimates of another day of knowledge to this name."""
    one = make()
    other = CachedEstimator(Timeline(one.timeline.theatre, known_on=date(2017, 6, 1)), one.landscape)
    wanted = one.steps()
    (file,) = files(one)
    good = file.read_bytes()
    other.steps()
    (foreign,) = set(files(one)) - {file}
    file.write_bytes(foreign.read_bytes())
    assert make().steps() == wanted
    assert file.read_bytes() == good


def test_what_may_only_be_read_is_used(make: Callable[[], CachedEstimator], monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = make().steps()

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "read-only")

    for name in ("utime", "replace", "mkdir"):
        monkeypatch.setattr(os, name, refuse)
    monkeypatch.setattr(Estimator, "steps", lambda _: pytest.fail("solved anew"))
    assert make().is_at_hand
    assert make().steps() == wanted


def test_another_policy_and_another_knowledge_have_files_of_their_own(make: Callable[[], CachedEstimator]) -> None:
    one = make()
    theatre, landscape = one.timeline.theatre, one.landscape
    others = (
        Timeline(theatre, load_policy("strict")),
        Timeline(theatre, known_on=date(2017, 6, 1)),
        Timeline(replace(theatre, settings=theatre.settings.model_copy(update={"reach_km": 26.0}))),
    )
    one.steps()
    for number, timeline in enumerate(others, 2):
        CachedEstimator(timeline, landscape).steps()
        assert len(files(one)) == number


def test_a_folder_that_cannot_be_written_keeps_nothing(timeline_of: TimelineOf, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    timeline = timeline_of(*REPORTS)
    landscape = landscape_of(timeline.theatre, tmp_path / "file")
    assert CachedEstimator(timeline, landscape).steps() == Estimator(timeline, landscape).steps()


def test_files_do_not_pile_up(make: Callable[[], CachedEstimator], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("control.territory.cached_estimates.MOST_FILES", 2)
    one = make()
    for day in (1, 2, 3, 4):
        CachedEstimator(Timeline(one.timeline.theatre, known_on=date(2018, 2, day)), one.landscape).steps()
    assert len(files(one)) == 2


def test_the_key_covers_every_module_that_an_estimate_depends_on() -> None:
    """A module that is imported, however far down, and stands in no listed folder would change estimates unseen."""
    graph = grimp.build_graph("control", "geo", cache_dir=None)
    needed = graph.find_upstream_modules("control.territory.cached_estimates") | {"control.territory.cached_estimates"}
    needed |= graph.find_upstream_modules("control.territory.surroundings") | {"control.territory.surroundings"}
    listed = tuple(folder.replace("/", ".") for folder in cache_key.MADE_BY)
    packages = {"control", "geo"}  # `__init__` of the distribution: a docstring and the version
    assert "control.assessment.chain" in needed
    assert sorted(module for module in needed - packages if not module.startswith(listed)) == []
    assert [folder for folder in cache_key.MADE_BY if not list((cache_key.ROOT / folder).glob("*.py"))] == []
