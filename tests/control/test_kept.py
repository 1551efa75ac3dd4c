"""Estimates kept on disk say what estimates made anew say."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from control import kept
from control.estimate import Estimator
from control.kept import KeptEstimator
from control.landscape import landscape_of
from control.policy import load_policy
from control.timeline import Timeline
from tests.conftest import report

TimelineOf = Callable[..., Timeline]
REPORTS = (
    report("2017-03-01", "captured", "red", "blue"),
    report("2017-09-01", "captured", "blue", "red", place="Gamma"),
)


@pytest.fixture
def make(timeline_of: TimelineOf, tmp_path: Path) -> Callable[[], KeptEstimator]:
    timeline = timeline_of(*REPORTS)
    return lambda: KeptEstimator(timeline, landscape_of(timeline.theatre, tmp_path / "cache"))


def files(estimator: Estimator) -> list[Path]:
    assert estimator.landscape.cache
    return sorted(estimator.landscape.cache.glob("estimates-*"))


def test_the_second_one_reads_what_the_first_one_wrote(make: Callable[[], KeptEstimator]) -> None:
    first, second = make(), make()
    plain = Estimator(first.timeline, first.landscape)
    sites = range(len(plain.landscape.sites))
    assert any(plain.steps())
    for estimator in (first, second):
        assert estimator.steps() == plain.steps()
        assert [estimator.drivers(site) for site in sites] == [plain.drivers(site) for site in sites]
    assert len(files(first)) == 1


def test_what_is_kept_is_used(make: Callable[[], KeptEstimator]) -> None:
    make().steps()
    (file,) = files(make())
    content = json.loads(file.read_text(encoding="utf-8"))
    content["steps"][0] = [[7, 1, 0.625]]
    file.write_text(json.dumps(content), encoding="utf-8")
    assert make().steps()[0] == [(7, 1, 0.625)]


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"steps": [], "drivers": []}', '{"steps": [[[1, 99, 1]]], "drivers": 1}']
)
def test_a_damaged_file_is_made_anew(make: Callable[[], KeptEstimator], text: str) -> None:
    wanted = make().steps()
    (file,) = files(make())
    file.write_text(text, encoding="utf-8")
    assert make().steps() == wanted
    assert len(file.read_text(encoding="utf-8")) > len(text)


def test_another_policy_and_another_knowledge_have_files_of_their_own(make: Callable[[], KeptEstimator]) -> None:
    one = make()
    theatre, landscape = one.timeline.theatre, one.landscape
    others = (
        Timeline(theatre, load_policy("strict")),
        Timeline(theatre, known_on=date(2017, 6, 1)),
        Timeline(replace(theatre, settings=theatre.settings.model_copy(update={"reach_km": 26.0}))),
    )
    one.steps()
    for number, timeline in enumerate(others, 2):
        KeptEstimator(timeline, landscape).steps()
        assert len(files(one)) == number


def test_a_folder_that_cannot_be_written_keeps_nothing(timeline_of: TimelineOf, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    timeline = timeline_of(*REPORTS)
    landscape = landscape_of(timeline.theatre, tmp_path / "file")
    assert KeptEstimator(timeline, landscape).steps() == Estimator(timeline, landscape).steps()


def test_files_do_not_pile_up(make: Callable[[], KeptEstimator], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST_FILES", 2)
    one = make()
    for day in (1, 2, 3, 4):
        KeptEstimator(Timeline(one.timeline.theatre, known_on=date(2018, 2, day)), one.landscape).steps()
    assert len(files(one)) == 2
