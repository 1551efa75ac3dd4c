"""The command line of comparisons, as its users type it, and the files it writes."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from control.assessors.geojson import PROPERTIES
from control.assessors.tables import AGREEMENT, CHANGES, CONFUSION, KAPPA, LAGS
from control.assessors.write import FILES
from control.cli.assessors import assessors
from control.record.tables import TableError
from geo.errors import UserError
from tests.conftest import ROOT

HERE = Path(__file__).parents[1] / "assessors" / "data"
VIINA: tuple[object, ...] = (HERE / "viina.toml", "--theatre", ROOT / "seeds" / "ukraine")
TABLES = {
    "agreement.csv": AGREEMENT, "kappa.csv": KAPPA, "confusion.csv": CONFUSION, "lags.csv": LAGS, "changes.csv": CHANGES,
}  # fmt: skip


def run(*args: object) -> Result:
    return CliRunner().invoke(assessors, ["compare", *(str(arg) for arg in args)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return what comparing the columns of a table with our own timeline of the theatre writes."""
    folder = tmp_path_factory.mktemp("out") / "viina"
    ran = run(*VIINA, "--draws", 50, "--date", "2022-09-10", "--output", folder)
    assert ran.exit_code == 0, ran.exception
    assert ran.stdout.splitlines()[-len(FILES) :] == [f"{folder / name}: {about}" for name, about in FILES.items()]
    return folder


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO((folder / name).read_text(encoding="utf-8-sig"))))


def of(table: list[dict[str, str]], first: str, second: str) -> list[dict[str, str]]:
    return [row for row in table if (row["first"], row["second"]) == (first, second)]


def test_the_files_and_their_columns(folder: Path) -> None:
    assert {path.name for path in folder.iterdir()} == set(FILES)
    for name, columns in TABLES.items():
        assert list(rows(folder, name)[0]) == list(columns), name


def test_lags_by_hand(folder: Path) -> None:
    """ISW is two days later twice, one day twice, and on time once; the first day it says anything tells of no change."""
    (figures,) = of(rows(folder, "lags.csv"), "this program", "ISW")
    expected = {"matched": "5", "only_first": "0", "only_second": "0", "median_days": "-1.0", "lower_days": "-2.0",
                "upper_days": "-1.0", "within_1": "0.6", "within_7": "1.0"}  # fmt: skip
    assert {key: figures[key] for key in expected} == expected
    changes = of(rows(folder, "changes.csv"), "Wikipedia", "ISW")
    assert [(c["name"], c["after"], c["lag_days"]) for c in changes] == [
        ("Sievierodonetsk", "russia", "0"), ("Kherson", "russia", "-2"), ("Kherson", "ukraine", "-1"),
        ("Izium", "russia", "-2"), ("Izium", "ukraine", "-1"),
    ]  # fmt: skip


def test_agreement_and_confusion_by_hand(folder: Path) -> None:
    """Of September 2022 Wikipedia and ISW agree in four places but for one day of Izium, and in Bakhmut they always do."""
    (september,) = [s for s in of(rows(folder, "agreement.csv"), "Wikipedia", "ISW") if s["start"] == "2022-09-01"]
    assert (september["end"], september["place_days"], september["agreeing"]) == ("2022-10-01", "120", "119")
    confusion = {
        (c["first_says"], c["second_says"]): int(c["place_days"])
        for c in of(rows(folder, "confusion.csv"), "Wikipedia", "ISW")
    }
    # Kherson: two days of March, one of November; Izium: one day of September; fighting: 31 March, two days of April
    assert {pair: days for pair, days in confusion.items() if pair[0] != pair[1]} == {
        ("russia", "ukraine"): 2, ("ukraine", "russia"): 2, ("ukraine", "contested"): 1, ("russia", "contested"): 2,
    }  # fmt: skip
    (kappa,) = of(rows(folder, "kappa.csv"), "Wikipedia", "ISW")
    assert int(kappa["place_days"]) == sum(confusion.values())


def test_where_they_differ_on_a_date(folder: Path) -> None:
    collection = json.loads((folder / "differences.geojson").read_text(encoding="utf-8"))
    assert (collection["as_of"], len(collection["bbox"])) == ("2022-09-10", 4)
    features = {f["properties"]["name"]: f["properties"] for f in collection["features"]}
    assert all(list(properties) == list(PROPERTIES) for properties in features.values())
    assert features["Izium"]["standing"] == "differ"
    assert features["Izium"]["says"] == {
        "this program": "ukraine", "Wikipedia": "ukraine", "boosted": "russia", "DeepStateMap": "ukraine", "ISW": "russia",
    }  # fmt: skip
    assert features["Kherson"]["standing"] == "agree"
    assert next(iter(features)) == "Bakhmut"  # contested for one of them from August on: the most disputed


def test_the_record_says_what_each_was_read_from(folder: Path) -> None:
    record = json.loads((folder / "comparison.json").read_text(encoding="utf-8"))
    assert [assessor["read_from"] for assessor in record["assessors"]][::4] == [
        {"kind": "timeline", "policy": "balanced"},
        {
            "kind": "status-table",
            "files": ["control_latest_2022.csv"],
            "statuses": "viina.csv",
            "status_column": "status_isw",
        },
    ]
    policies = run("--policies", "balanced,strict", "--known-on", "2018-01-01", "--draws", 0, "--json")
    assert [assessor["read_from"] for assessor in json.loads(policies.stdout)["assessors"]] == [
        {"kind": "timeline", "policy": name, "known_on": "2018-01-01"} for name in ("balanced", "strict")
    ]


def test_the_same_comparison_has_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    run(*VIINA, "--draws", 50, "--date", "2022-09-10", "--output", tmp_path / "again")
    for name in FILES:
        assert (tmp_path / "again" / name).read_bytes() == (folder / name).read_bytes(), name


def test_json_has_no_number_that_is_none(tmp_path: Path) -> None:
    """Two who always call one place red's: agreement 1, and no kappa."""

    def strict(constant: str) -> Any:
        raise AssertionError(constant)

    for name in "ab":
        (tmp_path / f"{name}.csv").write_text(
            "place_id,start,end,status,actor\n706448,2022-03-01,2022-04-01,controlled,russia\n", encoding="utf-8"
        )
    entry = '[[assessor]]\nname = "{0}"\nkind = "intervals"\nfiles = ["{0}.csv"]\n'
    (tmp_path / "l.toml").write_text(entry.format("a") + entry.format("b"), encoding="utf-8")
    ran = run(tmp_path / "l.toml", "--theatre", ROOT / "seeds" / "ukraine", "--json")
    record = json.loads(ran.stdout, parse_constant=strict)
    (pair,) = record["pairs"]
    assert (pair["agreement"], pair["kappa"], pair["low"], pair["lags"]["median_days"]) == (1.0, None, None, None)
    assert record["all"]["alpha"] is None
    text = run(tmp_path / "l.toml", "--theatre", ROOT / "seeds" / "ukraine").stdout
    assert "not defined" in text
    assert "nan" not in text.lower()


@pytest.mark.parametrize(
    ("args", "message"),
    [
        ([], "give a TOML file that lists assessors"),
        (["--policies", "balanced", "--every", "week"], "give a number of days from 1 on"),
    ],
)
def test_wrong_options_are_told(args: list[str], message: str) -> None:
    ran = run(*args)
    assert ran.exit_code == 2
    assert message in " ".join(ran.output.replace("│", " ").split())


def test_one_assessor_or_a_foreign_folder_is_refused(tmp_path: Path) -> None:
    ran = run("--policies", "balanced")
    assert isinstance(ran.exception, UserError)
    assert "1 assessors; expected 2 to 20" in str(ran.exception)
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    ran = run(*VIINA, "--draws", 0, "--output", tmp_path)
    assert isinstance(ran.exception, TableError)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]
