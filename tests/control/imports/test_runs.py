"""Run-length encoding against the obvious loop."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from control.imports.runs import OrderError, RunEncoder

Row = tuple[int, int, int]
TABLES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 12), st.integers(0, 2)), max_size=60)


def by_hand(rows: list[Row]) -> list[tuple[int, int, int, int, int]]:
    """(place, first, last, status, row) of rows whose days go up for each place; the first status of a day counts."""
    runs: dict[int, list[list[int]]] = {}
    for number, (place, day, status) in enumerate(rows):
        mine = runs.setdefault(place, [])
        if mine and mine[-1][1] == day:
            continue
        if mine and mine[-1][2] == status:
            mine[-1][1] = day
        else:
            mine.append([day, day, status, number])
    return [(place, *run) for place in sorted(runs) for run in runs[place]]


def encode(rows: list[Row], block: int) -> tuple[list[tuple[int, ...]], list[int]]:
    encoder, conflicts = RunEncoder(2), []  # the other two places make room for themselves
    for start in range(0, len(rows), block):
        part = np.array(rows[start : start + block], np.int64)
        numbers = np.arange(start, start + len(part), dtype=np.int64)
        conflicts += encoder.add(part[:, 0], part[:, 1], part[:, 2], numbers).tolist()
    runs = encoder.finish()
    columns = (runs.place, runs.first, runs.last, runs.status, runs.row)
    return [tuple(row) for row in np.stack(columns, axis=1).tolist()], conflicts


@pytest.mark.parametrize("order", ["by place", "by day"])
@given(rows=TABLES, block=st.integers(1, 20))
def test_blocks_of_any_size_give_the_runs_of_the_loop(order: str, rows: list[Row], block: int) -> None:
    rows = sorted(rows, key=(lambda r: r[:2]) if order == "by place" else (lambda r: r[1]))
    found, conflicts = encode(rows, block)
    assert found == by_hand(rows)
    firsts: dict[tuple[int, int], int] = {}
    expected = [n for n, (p, d, s) in enumerate(rows) if firsts.setdefault((p, d), s) != s]
    assert conflicts == expected


def test_runs_of_a_place_tile_its_days_without_overlap() -> None:
    found, _ = encode([(0, 1, 0), (0, 2, 0), (0, 3, 1), (0, 9, 1), (0, 10, 0)], 2)
    assert found == [(0, 1, 2, 0, 0), (0, 3, 9, 1, 2), (0, 10, 10, 0, 4)]


def test_an_earlier_day_in_a_later_block_is_refused() -> None:
    with pytest.raises(OrderError) as raised:
        encode([(0, 5, 0), (1, 5, 0), (1, 6, 0), (0, 4, 0)], 2)
    assert raised.value.row == 3


def test_nothing_gives_nothing() -> None:
    assert len(RunEncoder(3).finish()) == 0
    assert len(RunEncoder(0).finish()) == 0
