"""Two rules as Ibis expressions, one for all databases: the intervals of statuses, and the last report.

Only what DuckDB, SQLite, Spark, BigQuery and Trino have alike: grouping, `lag`, `lead`, running sums, whole numbers for
days. No join as of a date, no first row of a group, no concatenation of groups, no distinct counts over a window, no
geometry: those fail on one or another.
"""

from __future__ import annotations

from typing import Any

import ibis
from ibis import _

from control.scale.rule import LastReport

Table = Any
"""An Ibis table or expression; its types are not known before it runs."""


def status_intervals(statuses: Table) -> Table:
    """Return place, start, end, status of a table with place, day, status.

    A status goes on until the place has another one; the last one ends after its last day. Of several statuses of one day
    the first by name counts, since a table in a database has no first row.
    """
    days = _usable(statuses).group_by("place", "day").agg(status=_.status.min())
    return _runs(days).drop("doubled")


def quick_intervals(statuses: Table) -> Table:
    """Return the same, in half the time and memory, and `doubled`: 1 where a day of a place has another status already.

    With any of those the intervals are not to be used: `status_intervals` is to be asked.
    """
    return _runs(_usable(statuses))


def _runs(days: Table) -> Table:
    in_time = ibis.window(group_by="place", order_by=("day", "status"))
    marked = days.mutate(
        before=_.status.lag().over(in_time), day_before=_.day.lag().over(in_time), following=_.day.lead().over(in_time)
    )
    begins = ibis.ifelse(_.before.isnull() | (_.before != _.status), 1, 0)
    # What neither begins an interval nor ends a place need not be sorted again.
    edges = marked.mutate(begins=begins).filter((_.begins == 1) | _.following.isnull())
    # Rows told twice are alike but for this mark; what begins an interval comes before what repeats it.
    marked_first = ibis.window(group_by="place", order_by=("day", "status", ibis.desc("begins")))
    edges = edges.mutate(next_day=_.day.lead().over(marked_first), next_begins=_.begins.lead().over(marked_first))
    after = ibis.ifelse(_.next_begins == 1, _.next_day, _.next_day + 1)
    return edges.filter(_.begins == 1).select(
        "place",
        start=_.day,
        end=ibis.coalesce(after, _.day + 1),
        status=_.status,
        doubled=ibis.ifelse(_.day_before == _.day, 1, 0),
    )


def _usable(statuses: Table) -> Table:
    complete = (_.place.notnull(), _.day.notnull(), _.status.notnull())
    return statuses.filter(*complete).select("place", "day", "status")


def conflicts(statuses: Table) -> Table:
    """Return the places and days with several statuses."""
    days = _usable(statuses).group_by("place", "day")
    return days.agg(low=_.status.min(), high=_.status.max()).filter(_.low != _.high)


def last_report(reports: Table, rule: LastReport) -> Table:
    """Return place, start, end, side, rival of a table with place, day, side, weight, known.

    Each report counts until the next one, or until it has faded. Of sides that the reports of one day name, those count that
    are nearly as strong as the strongest; when they are several, the place is contested between the first and the last of
    them by name. What no interval covers is unknown.
    """
    usable = reports.filter(_.side.notnull(), _.weight >= rule.least_weight)
    if rule.known_on is not None:
        usable = usable.filter(_.known <= rule.known_on)
    strength = usable.group_by("place", "day", "side").agg(weight=_.weight.max())
    of_day = ibis.window(group_by=("place", "day"))
    near = strength.mutate(best=_.weight.max().over(of_day)).filter(_.weight >= _.best - rule.margin)
    days = near.group_by("place", "day").agg(side=_.side.min(), other=_.side.max())
    in_time = ibis.window(group_by="place", order_by="day")
    faded = _.day + rule.fade_days
    days = days.mutate(until=ibis.least(ibis.coalesce(_.day.lead().over(in_time), faded), faded))
    before = days.mutate(
        side_before=_.side.lag().over(in_time),
        other_before=_.other.lag().over(in_time),
        until_before=_.until.lag().over(in_time),
    )
    goes_on = (_.side == _.side_before) & (_.other == _.other_before) & (_.day == _.until_before)
    runs = before.mutate(begins=ibis.ifelse(goes_on, 0, 1))
    so_far = ibis.cumulative_window(group_by="place", order_by="day")
    runs = runs.mutate(run=_.begins.sum().over(so_far)).group_by("place", "run")
    held = runs.agg(start=_.day.min(), end=_.until.max(), side=_.side.min(), other=_.other.min())
    return held.select("place", "start", "end", "side", rival=_.other.nullif(_.side))


def readable(table: Table, names: dict[str, str]) -> Table:
    """Return place, day, status of a table whose columns are called otherwise; day counts from 1970-01-01.

    Parameters
    ----------
    names
        `place`, `date` and `status` -> the column. Dates are dates, or text or numbers like 2022-02-24 (a time of day may
        follow) and 20220224.
    """
    place, when, status = (table[names[what]] for what in ("place", "date", "status"))
    if when.type().is_timestamp():
        when = when.date()
    elif not when.type().is_date():
        text = when.cast("string")
        dashed = text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2)
        compact = ibis.ifelse(text.length() == 8, dashed, ibis.null("string")).try_cast("date")
        # part of a date is none, though Spark takes 2022 for its first day
        whole = (text.length() == 10) | text.substr(10, 1).isin(("T", " "))
        dated = ibis.ifelse(whole, text.substr(0, 10), ibis.null("string")).try_cast("date")
        when = ibis.coalesce(dated, compact)
    day = when.delta(ibis.date(1970, 1, 1), unit="day").cast("int64")
    return table.select(place=_text(place), day=day, status=_text(status))


def _text(column: Any) -> Any:
    if column.type().is_floating():
        column = column.cast("int64")  # some exports write ids as decimals
    return column.cast("string").nullif("")


def account(statuses: Table) -> Table:
    """Count the rows of a readable table, and those that say nothing."""
    usable = _.place.notnull() & _.day.notnull() & _.status.notnull()
    return statuses.agg(rows=_.count(), unusable=ibis.coalesce(_.count(where=~usable), 0))
