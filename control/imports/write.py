"""Writing an import: appended to a theatre, or as tables of their own. Importing twice changes nothing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from control.imports.account import Account, Imported, Tally
from control.markup import csv_cell, plain_text
from control.record.model import Report, Source
from control.record.tables import MAX_BYTES, OverrideRow, ReportRow, SourceRow, TableError, without_comments
from control.storage.atomic_file import is_new, write_together, write_whole
from control.storage.csv_text import csv_file

ACCOUNT = "account.csv"
_ACCOUNT_COLUMNS = ("fate", "reason", "count", "rows")


def write_import(imported: Imported, output: Path) -> list[str]:
    """Write an import, and return what was done, a line a file.

    Parameters
    ----------
    output
        A theatre folder: rows are appended to its tables, those that stand there already are left out, nothing is
        overwritten. A name that ends in `.csv`: the reports alone. Another folder: `reports.csv`, `sources.csv`,
        `places_overrides.csv` and `account.csv`; one that has none of an earlier import is only written when it is new or
        empty.

    Raises
    ------
    TableError
        When the output is something else, or a table would grow larger than a theatre may have.
    """
    reports = [_report_cells(report) for report in imported.reports]
    overrides = [
        {"name": name, "place_id": place, "note": "for an import"} for name, place in imported.spellings.items()
    ]
    tables: list[tuple[str, Any, Sequence[Mapping[str, object]]]] = [
        ("reports.csv", ReportRow, reports),
        ("sources.csv", SourceRow, [_source_cells(imported.source)] if reports else []),
        ("places_overrides.csv", OverrideRow, overrides),
    ]
    if output.suffix.lower() == ".csv":
        write_whole(output, _table(list(ReportRow.model_fields), reports))
        needed = f"; {len(overrides)} spellings need rows of places_overrides.csv: give a folder" if overrides else ""
        return [f"{output}: {len(reports)} reports{needed}"]
    if (output / "theatre.toml").exists():
        # reports come last, so that none stands without its source
        grown = [_grown(output / name, row_type, rows) for name, row_type, rows in tables if rows]
        write_together({path: text for path, text, _ in reversed(grown) if text is not None})
        return [said for *_, said in grown]
    if not is_new(output) and not (output / ACCOUNT).exists():
        raise TableError(
            f"{output} is neither a theatre, nor new, nor an earlier import; expected one of them; choose another folder"
        )
    texts = {name: _table(list(row_type.model_fields), rows) for name, row_type, rows in reversed(tables)}
    texts = {ACCOUNT: csv_file(account_to_csv(imported.account)), **texts}
    write_together({output / name: text for name, text in texts.items()})
    said = [f"{output / name}: {len(rows)} rows" for name, _, rows in tables]
    return [*said, f"{output / ACCOUNT}: what became of every row"]


def account_to_csv(account: Account) -> str:
    """Write an account as CSV: fate, reason, count, and the numbers of the first thousand rows."""
    rows: list[dict[str, object]] = [
        {"fate": "read", "count": account.rows},
        {"fate": "used", "count": account.used},
        {"fate": "merged", "reason": "says what another used row says", "count": account.merged},
    ]
    rows += [_tally_cells("used for less", reason, tally) for reason, tally in account.lessened.items()]
    rows += [_tally_cells("set aside", reason, tally) for reason, tally in account.set_aside.items()]
    rows += [{"fate": "name not mapped", "reason": name, "count": count} for name, count in account.unmapped.items()]
    return _table(_ACCOUNT_COLUMNS, rows)


def _tally_cells(fate: str, reason: str, tally: Tally) -> dict[str, object]:
    return {"fate": fate, "reason": reason, "count": tally.count, "rows": ";".join(map(str, tally.rows))}


def _report_cells(report: Report) -> dict[str, object]:
    return {
        "event_date": report.event_date.text,
        "place": report.place,
        "country": report.country,
        "event": str(report.event),
        "actor": report.actor,
        "loser": report.loser,
        "source": report.source,
        "published": report.published.text if report.published else "",
        "credibility": report.credibility,
        "note": report.note,
        "set_aside": report.set_aside,
        "since": report.since.text if report.since else "",
    }


def _source_cells(source: Source) -> dict[str, object]:
    cells = {name: getattr(source, name) for name in SourceRow.model_fields}
    return {**cells, "published": source.published.text}


def _table(columns: Sequence[str], rows: Iterable[Mapping[str, object]], header: bool = True) -> str:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    if header:
        writer.writerow(columns)
    writer.writerows(_cells(columns, row) for row in rows)
    return file.getvalue()


def _cells(columns: Sequence[str], row: Mapping[str, object]) -> list[object]:
    """Make cells harmless: no formula for a spreadsheet, no sequence for a terminal, one line each."""
    values = (row.get(column, "") for column in columns)
    return [csv_cell(" ".join(plain_text(v).split()) if isinstance(v, str) else v) for v in values]


def _grown(path: Path, row_type: Any, rows: Sequence[Mapping[str, object]]) -> tuple[Path, str | None, str]:
    """Return a table with more rows under its columns, and what was done; `None` when all of them stand there already."""
    text = path.read_text(encoding="utf-8-sig") if path.exists() else _table(list(row_type.model_fields), ())
    present = csv.reader(without_comments(text))
    columns = [column.strip() for column in next(filter(None, present), [])]
    missing = sorted({name for row in rows for name, value in row.items() if value not in {"", None}} - set(columns))
    if missing:
        raise TableError(
            f"{path.name}:1: no column {', '.join(missing)}; expected {', '.join(row_type.model_fields)}; add it"
        )
    # an id tells whether a row is there; without one the whole row does
    identity = "id" if "id" in columns else None
    at = columns.index(identity) if identity else 0
    known = {(cells[at],) if identity else tuple(cells) for cells in present if len(cells) == len(columns)}
    new = []
    for row in rows:
        cells = [str(cell) for cell in _cells(columns, row)]
        if ((cells[at],) if identity else tuple(cells)) not in known:
            new.append(row)
    said = f"{path}: {len(new)} rows added, {len(rows) - len(new)} there already"
    if not new:
        return path, None, said
    whole = text + ("" if text.endswith("\n") else "\n") + _table(columns, new, header=False)
    if len(whole.encode()) > MAX_BYTES:
        raise TableError(
            f"{path.name}: {len(new)} more rows would make it larger than {MAX_BYTES // 2**20} MB, more than a theatre may "
            "have; import fewer years or places"
        )
    return path, whole, said
