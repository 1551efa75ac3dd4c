"""Nothing that was tampered with passes `verify` unsaid, and no file can make it do anything but read."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from random import Random
from threading import Thread

import pytest

from control.assessment.policy import load_policy
from control.assessment.timeline import Timeline
from control.export.extract import Extract
from control.export.files import read_provenance, write
from control.export.formats import FORMATS
from control.export.provenance import ProvenanceError
from control.export.tables.csvw import sidecar
from control.export.verify import Part, verify
from control.snapshot import answer_id
from tests.control.export.tampering import Files, crafted, forged, outcome, resealed, tampered
from tests.control.export.test_verify import extract_for


def written(small: Extract, form: str, folder: Path) -> Path:
    file = folder / f"a{FORMATS[form].suffix}"
    write(form, extract_for(small, form), file)
    return file


@pytest.mark.parametrize("form", FORMATS)
def test_nothing_that_was_tampered_with_passes_unsaid(form: str, small: Extract, tmp_path: Path) -> None:
    file = written(small, form, tmp_path)
    files, said = Files.of(file), read_provenance(file)
    assert outcome(file, small.timeline.theatre) == "unsaid"  # as it was written nothing is to be said
    for kind, other in tampered(Random(form), files, said):  # noqa: S311  the same for the same form
        if other == files:
            continue
        other.put(file)
        assert outcome(file, small.timeline.theatre) != "unsaid", kind
        files.put(file)


@pytest.mark.parametrize("seed", range(40))
def test_no_field_of_a_record_can_be_forged(seed: int, small: Extract, tmp_path: Path) -> None:
    """Of one date and of a range, each field in turn, and sealed again: also the step of one date, which means nothing."""
    form = ("snapshot", "geojson", "csv")[seed % 3]
    file = written(small, form, tmp_path)
    files, said = Files.of(file), read_provenance(file)
    kinds = {"field, sealed again", "beside, sealed again"}
    for kind, other in tampered(Random(seed), files, said):  # noqa: S311  the same for the same seed
        if kind in kinds:
            other.put(file)
            assert outcome(file, small.timeline.theatre) != "unsaid"


@pytest.mark.parametrize("form", FORMATS)
def test_an_id_forged_everywhere_and_sealed_again_is_said(form: str, small: Extract, tmp_path: Path) -> None:
    file = written(small, form, tmp_path)
    files, said = Files.of(file), read_provenance(file)
    files.changed(forged(files.whole, said, id="deadbeef" * 2)).put(file)
    verdict = verify(file, small.timeline.theatre)
    assert not verdict.holds
    assert Part.ID in verdict.changed
    assert Part.FILE not in verdict.changed


def test_a_forged_hash_of_the_data_is_said_and_one_with_a_fitting_id_is_other_data(
    small: Extract, tmp_path: Path
) -> None:
    """Without a key nobody can tell such a file from one of a theatre that has been mended since: it says other data."""
    file = written(small, "geojson", tmp_path)
    files, said = Files.of(file), read_provenance(file)
    other = "ab" * 32
    files.changed(forged(files.whole, said, data=other)).put(file)
    assert set(verify(file, small.timeline.theatre).changed) == {Part.ID, Part.DATA}
    fitting = answer_id(other, said.weights, (said.since, said.until, said.every), said.known_on, said.code)
    files.changed(forged(files.whole, said, data=other, id=fitting)).put(file)
    assert verify(file, small.timeline.theatre).changed == (Part.DATA,)


@pytest.mark.parametrize("sealed", [False, True])
@pytest.mark.parametrize("key", ["dc:title", "dc:rights", "columns", "title", "licence", "attribution", "known_on"])
def test_the_description_of_a_table_is_sealed_and_compared(
    key: str, sealed: bool, small: Extract, tmp_path: Path
) -> None:
    file = written(small, "csv", tmp_path)
    files, said = Files.of(file), read_provenance(file)
    record = json.loads(files.beside)
    if key == "columns":
        record["tableSchema"]["columns"][0]["dc:description"] = "forged"
    elif key.startswith("dc:"):
        record[key] = f"Forged by Mallory, {record[key]}"
    else:
        record["dc:provenance"][key] = {"known_on": "2017-06-01"}.get(key, "forged")
    whole = (json.dumps(record, ensure_ascii=False, indent=1) + "\n").encode() + files.main
    files.changed(resealed(whole, said) if sealed else whole).put(file)
    verdict = verify(file, small.timeline.theatre)
    assert not verdict.holds
    assert (Part.CONTENT if sealed else Part.FILE) in verdict.changed


def test_a_table_and_a_description_that_were_renamed_together_hold_and_it_is_said(
    small: Extract, tmp_path: Path
) -> None:
    file = written(small, "csv", tmp_path)
    again = file.rename(tmp_path / "b.csv")
    sidecar(file).rename(sidecar(again))
    verdict = verify(again, small.timeline.theatre)
    assert (verdict.holds, verdict.changed) == (True, (Part.NAME,))


def test_a_table_beside_the_description_of_another_export(small: Extract, tmp_path: Path) -> None:
    """As a run leaves them that is stopped between the two."""
    file = written(small, "csv", tmp_path)
    old = file.read_bytes()
    write("csv", replace(extract_for(small, "csv"), until=date(2017, 8, 1)), file)
    file.write_bytes(old)
    verdict = verify(file, small.timeline.theatre)
    assert set(verdict.changed) == {Part.FILE, Part.PAIR}
    assert not verdict.holds


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("mine", "is called 'mine'"),
        ("b\u0430lanced", "is not 'balanced', though it looks like it"),
        ("Balanced ", "though"),
    ],
)
def test_weights_of_the_files_own_are_said(name: str, said: str, small: Extract, tmp_path: Path) -> None:
    policy = replace(load_policy("balanced"), name=name, hazard=0.01)
    extract = replace(extract_for(small, "kml"), timeline=Timeline(small.timeline.theatre, policy))
    write("kml", extract, tmp_path / "a.kml")
    verdict = verify(tmp_path / "a.kml", small.timeline.theatre)
    assert verdict.holds
    assert said in verdict.lines[-1]
    assert verdict.to_dict()["notes"] == [verdict.lines[-1].removeprefix("  note: ")]


def test_a_policy_of_a_known_name_with_other_weights_is_said(small: Extract, tmp_path: Path) -> None:
    """So early in the year other weights make no other answers: the file holds, but not by the policy that it names."""
    policy = replace(load_policy("balanced"), contested_days=31)
    extract = replace(extract_for(small, "geojson"), timeline=Timeline(small.timeline.theatre, policy))
    write("geojson", extract, tmp_path / "a.geojson")
    verdict = verify(tmp_path / "a.geojson", small.timeline.theatre)
    assert Part.POLICY in verdict.changed
    assert any("not those of the policy of that name" in line for line in verdict.lines)


def test_no_crafted_file_passes_or_opens_what_it_names(small: Extract, tmp_path: Path) -> None:
    """The file that they name is a pipe: whoever opened it would wait for ever."""
    record = small.provenance("geojson").to_dict()
    secret = tmp_path / "secret"
    os.mkfifo(secret)
    files = crafted({**record, "weights": extract_for(small, "geojson").provenance("geojson").weights}, secret)
    assert len(files) >= 40
    passed: dict[str, str] = {}

    def verify_all() -> None:
        for name, content in files.items():
            file = tmp_path / name
            if callable(content):
                content(file)
            else:
                file.write_bytes(content)
            passed[name] = outcome(file, small.timeline.theatre)

    worker = Thread(target=verify_all, daemon=True)
    worker.start()
    worker.join(300)
    assert set(passed) == set(files)
    assert {name for name, fate in passed.items() if fate not in {"refused", "broken"}} == set()


@pytest.mark.parametrize("name", ["a.geojson", "a.csv", "a.gpkg", "a.mp4"])
def test_pipes_and_folders_are_not_read(name: str, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / name)
    with pytest.raises(ProvenanceError, match="a folder, a device or a pipe"):
        read_provenance(tmp_path / name)
    (tmp_path / f"folder-{name}").mkdir()
    with pytest.raises(ProvenanceError, match="a folder, a device or a pipe"):
        read_provenance(tmp_path / f"folder-{name}")


def test_a_description_that_is_a_pipe_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("a\n", encoding="utf-8")
    os.mkfifo(sidecar(tmp_path / "a.csv"))
    with pytest.raises(ProvenanceError, match="a folder, a device or a pipe"):
        read_provenance(tmp_path / "a.csv")


def test_a_file_larger_than_any_export_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "a.geojson").open("wb") as stream:
        stream.truncate(10**12)
    with pytest.raises(ProvenanceError, match="no export is larger"):
        read_provenance(tmp_path / "a.geojson")


def test_making_it_anew_ends_in_time(small: Extract, tmp_path: Path) -> None:
    write("geojson", replace(extract_for(small, "geojson"), every=1, layers=("areas",)), tmp_path / "a.geojson")
    with pytest.raises(ProvenanceError, match=r"longer than 0 s; give it more with --seconds"):
        verify(tmp_path / "a.geojson", small.timeline.theatre, seconds=0)


def test_a_film_of_more_pictures_than_fit_is_not_made_anew(small: Extract, tmp_path: Path) -> None:
    file = written(small, "gif", tmp_path)
    files, said = Files.of(file), read_provenance(file)
    whole = files.main.replace(b'"every": "month"', b'"every":       1')
    changes = (b'"since": "2017-05-20"', b'"since": "2017-01-01"'), (b'"until": "2017-07-25"', b'"until": "2017-12-31"')
    for old, new in changes:
        whole = whole.replace(old, new)
    small_file = whole[:12_000]
    file.write_bytes(resealed(small_file, said))
    with pytest.raises(ProvenanceError, match="365 pictures do not fit"):
        verify(file, small.timeline.theatre)


def test_a_snapshot_named_json_is_verified(small: Extract, tmp_path: Path) -> None:
    write("snapshot", extract_for(small, "snapshot"), tmp_path / "a.json")
    assert verify(tmp_path / "a.json", small.timeline.theatre).changed == ()


def test_a_name_with_signs_of_an_address(small: Extract, tmp_path: Path) -> None:
    write("gpkg", extract_for(small, "gpkg"), tmp_path / "a#1?x=%20.gpkg")
    assert verify(tmp_path / "a#1?x=%20.gpkg", small.timeline.theatre).changed == ()
