"""The expressions against the plain rules, on the databases of the extra `scale`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import ibis
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from control.assessment.columns.columns import columns_of
from control.assessment.policy import BALANCED
from control.record.dates import DateWindow
from control.record.event_kinds import EventKind
from control.record.fault import Origin
from control.record.model import Claim, Report, Source
from control.scale import engines, relational
from control.scale.reports import reports_of
from control.scale.rule import LastReport
from tests.control.scale.plain_rules import Held, Run, Said, last_report, status_intervals

STATUSES = pa.schema({"place": pa.string(), "day": pa.int64(), "status": pa.string()})
REPORTS = pa.schema(
    {"place": pa.string(), "day": pa.int64(), "side": pa.string(), "weight": pa.float64(), "known": pa.int64()}
)
places = st.sampled_from(["alpha", "beta", "gamma"])
days = st.integers(-3, 12)
status_rows = st.lists(st.tuples(places, days, st.sampled_from(["free", "held", "open"])), max_size=40)
reports = st.lists(
    st.builds(Said, places, days, st.sampled_from(["blue", "red", "white"]), st.sampled_from([0.3, 0.5, 0.75, 0.9]), days),
    max_size=40,
)  # fmt: skip
rules = st.builds(
    LastReport, st.none() | days, st.sampled_from([0.0, 0.4, 0.6]), st.sampled_from([0.0, 0.25, 1.0]), st.integers(1, 9)
)
small = settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture(scope="module", params=["duckdb", "sqlite"])
def backend(request: pytest.FixtureRequest) -> Iterator[Any]:
    found = engines.connect(request.param)
    yield found
    found.disconnect()


def loaded(backend: Any, rows: list[Any], schema: pa.Schema) -> Any:
    columns = zip(*rows, strict=True) if rows else [[] for _ in schema]
    table = pa.table([pa.array(column, kind) for column, kind in zip(columns, schema.types, strict=True)], schema)
    if backend.name == "sqlite":
        backend.con.execute("DROP TABLE IF EXISTS told")
    return engines.load(backend, "told", table)


def rows_of(table: pa.Table) -> list[tuple[Any, ...]]:
    return [tuple(row.values()) for row in table.to_pylist()]


@given(rows=status_rows)
@small
def test_a_status_table_has_the_intervals_of_the_plain_rule(backend: Any, rows: list[tuple[str, int, str]]) -> None:
    expected = status_intervals(rows)
    table = loaded(backend, [*rows, ("alpha", None, "free"), ("beta", 1, None), (None, 2, "held")], STATUSES)
    assert rows_of(engines.fetch(relational.status_intervals(table), "place", "start")) == expected
    sides: dict[tuple[str, int], set[str]] = {}
    for place, day, status in rows:
        sides.setdefault((place, day), set()).add(status)
    doubled = sorted(key for key, told in sides.items() if len(told) > 1)
    found = rows_of(engines.fetch(relational.conflicts(table).select("place", "day"), "place", "day"))
    assert found == doubled
    quick = rows_of(engines.fetch(relational.quick_intervals(table), "place", "start"))
    assert any(row[-1] for row in quick) == bool(doubled)
    if not doubled:
        assert [row[:-1] for row in quick] == expected


@given(told=reports, rule=rules)
@small
def test_reports_have_the_intervals_of_the_plain_rule(backend: Any, told: list[Said], rule: LastReport) -> None:
    found = relational.last_report(loaded(backend, told, REPORTS), rule)
    assert rows_of(engines.fetch(found, "place", "start")) == last_report(told, rule)


def test_a_status_goes_on_until_another_one() -> None:
    # Free on days 1 to 4, held on 5 and, after a gap, on 9: [1, 5) free, [5, 10) held.
    rows = [("alpha", 5, "held"), ("alpha", 1, "free"), ("alpha", 3, "free"), ("alpha", 9, "held")]
    assert status_intervals(rows) == [Run("alpha", 1, 5, "free"), Run("alpha", 5, 10, "held")]


def test_a_report_counts_until_the_next_one_or_until_it_fades() -> None:
    # Red on day 0 and again on 5 is one interval, which fades 10 days after; blue and red on day 30 are rivals, the weak
    # white is not; blue on 33 is alone; what is published on day 50 is not known on day 40.
    told = [
        Said("alpha", 0, "red", 0.9, 1), Said("alpha", 5, "red", 0.5, 6), Said("alpha", 30, "red", 0.9, 31),
        Said("alpha", 30, "blue", 0.7, 31), Said("alpha", 30, "white", 0.5, 31), Said("alpha", 33, "blue", 0.8, 34),
        Said("alpha", 35, "red", 0.9, 50),
    ]  # fmt: skip
    assert last_report(told, LastReport(known_on=40, fade_days=10)) == [
        Held("alpha", 0, 15, "red", None),
        Held("alpha", 30, 33, "blue", "red"),
        Held("alpha", 33, 43, "blue", None),
    ]


@pytest.mark.parametrize("dialect", ["bigquery", "trino"])
def test_the_same_expressions_compile_for_databases_that_are_not_here(dialect: str) -> None:
    statuses = ibis.table({"place": "string", "day": "int64", "status": "string"}, name="statuses")
    told = ibis.table(
        {"place": "string", "day": "int64", "side": "string", "weight": "float64", "known": "int64"}, "told"
    )
    dated = ibis.table({"id": "int64", "date": "date", "status": "string"}, name="dated")
    for expression, clauses in (
        (relational.status_intervals(statuses), ("LEAD(", "LAG(", "GROUP BY")),
        (relational.quick_intervals(statuses), ("LEAD(", "LAG(")),
        (relational.last_report(told, LastReport(known_on=9)), ("LEAD(", "SUM(", "PARTITION BY", "NULLIF(")),
        (relational.readable(dated, {"place": "id", "date": "date", "status": "status"}), ("DATE_DIFF(",)),
    ):
        sql = str(ibis.to_sql(expression, dialect=dialect)).upper()
        assert all(clause in sql for clause in clauses)


def test_claims_become_reports_of_who_holds_a_place() -> None:
    # A capture and a holding name the actor, a siege the besieged; fighting and a withdrawal of nobody's rival say nothing.
    day, source = (
        date(2017, 5, 1),
        Source("s", "", "", DateWindow(date(2017, 5, 1), date(2017, 5, 1), ""), "", "s", "B"),
    )
    window = DateWindow(day, day, "")
    report = Report(Origin("reports.csv", 2), window, "", EventKind.HOLDS, "")
    told = [
        Claim(str(n), "alpha", event, actor, loser, window, window, source, 2, 1.0, report)
        for n, (event, actor, loser) in enumerate(
            [
                (EventKind.CAPTURED, "red", "blue"), (EventKind.HOLDS, "blue", None), (EventKind.BESIEGED, "red", "blue"),
                (EventKind.CONTESTED, "red", "blue"), (EventKind.WITHDREW, None, "blue"),
            ]
        )
    ]  # fmt: skip
    actors = ["blue", "red"]
    columns, outlets = columns_of(told, ["alpha"], actors)
    table = reports_of(columns, outlets, BALANCED, ["alpha"], actors)
    number = day.toordinal()
    assert rows_of(table) == [("alpha", number, side, 0.88, number) for side in ("red", "blue", "blue")]
