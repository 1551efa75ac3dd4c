"""Files that people with bad intentions, or bad luck, upload; and sheets whose good rows are known."""

from __future__ import annotations

import csv
import io
import random
import struct
import zipfile
from dataclasses import dataclass, field

from openpyxl import Workbook

from tests.journeys.hostile_theatre import ATTACKS

HEADERS = {
    "date": ("date", "Date", "When", "event_date", "DATE OF EVENT", "Dte", "datum", "дата"),
    "place": ("place", "Location", "Town", "city", "Plase", "place_name", "Lugar"),
    "event": ("event", "Event type", "What happened", "evnt_type", "Action"),
    "actor": ("actor", "Who", "Controlled by", "Acter", "party"),
    "note": ("note", "Comments", "Remarks", "Descripton"),
}
LEVANTINE = (
    "كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني",
    "كانون الأول",
)  # fmt: skip
WORDS = ("captured", "took", "seized", "Retook", "HOLDS", "recaptured", "liberated", "controls")
HOSTILE = (
    *ATTACKS, "=HYPERLINK(\"http://evil.test\")", "+1+1", "-2", "@SUM(A1)", "\u202eabc", "\x00nul\x00", "'; DROP TABLE x",
    "😀" * 50, "x" * 3000, "99/99/9999", "0000-00-00", "1e999", "NaN", "null", "", " ", '"', '""', "\t", "a\nb\nc",
    "١٢/١٢/٢٠١٧", "12/12/17", "12/08/1435", "1435-08-12", "9999~", "0001~", "before 2017", "2017-06-10T21:00:00Z",
    "17-05-15", "early early 2017", "10 June - - 12 June 2017", "2017/2017/2017", "99 Sha'ban 1435",
    "2017-06-10T21:00:00+99:99",
    "2017-13-45", "-0", "{{7*7}}", "\ufeff", "\ufffd", "\ud7ff", "(((((", "((Alpha))", "Alpha (Nowhere)", "[[[[", "%s%n%x",
)  # fmt: skip

PIECES = (b'"', b'""', b"\x00", b"\r", b"\n", b",", b"\xff\xfe", b"<!--", b"=1+1", b"\xe2\x80\xae")


@dataclass
class Made:
    """A file, the numbers of its good rows, and its name."""

    content: bytes
    good: set[int]
    name: str
    header: list[str] = field(default_factory=list)


def good_row(rng: random.Random, places: list[str], actors: list[str]) -> dict[str, str]:
    """Make a row that says something of a place that is known, on a day that means one day only."""
    year, month, day = 2017, rng.randint(1, 12), rng.randint(13, 28)
    short = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")[month - 1]
    shown = rng.choice((
        f"{year}-{month:02}-{day:02}", f"{day} {short} {year}", f"{day:02}.{month:02}.{year}", f"{short} {day}, {year}",
        f"{year}/{month}/{day}", f"{day}/{month}/{year} 10:30", f"{day} {LEVANTINE[month - 1]} {year}", f"{day}-{short}-17",
        f"{day}-{day} {short} {year}", f"ca. {day} {short} {year}", f"mid-{short} {year}",
    ))  # fmt: skip
    note = rng.choice(("", "fine", "with, comma", 'with "quotes"', "two\nlines", "semi;colon", "tab\there"))
    return {
        "date": shown, "place": rng.choice(places), "event": rng.choice(WORDS), "actor": rng.choice(actors), "note": note,
    }  # fmt: skip


def make_sheet(rng: random.Random, places: list[str], actors: list[str], rows: int = 12) -> Made:
    """Make a CSV, TSV or XLSX file with good rows among bad ones, under odd column names."""
    header = [rng.choice(names) for names in HEADERS.values()]
    table: list[list[str]] = []
    good: set[int] = set()
    for number in range(2, rows + 2):
        row = list(good_row(rng, places, actors).values())
        if rng.random() < 0.35:
            for _ in range(rng.randint(1, 3)):
                row[rng.randrange(4)] = rng.choice(HOSTILE)
            row.append(rng.choice(HOSTILE)) if rng.random() < 0.2 else None
        else:
            good.add(number)
            if rng.random() < 0.3:
                row[4] = rng.choice([text for text in HOSTILE if len(text) < 2000])
        table.append(row)
    if rng.random() < 0.25:
        return Made(_workbook([header, *table]), good, "made.xlsx", header)
    return _text_file(rng, header, table, good)


def _text_file(rng: random.Random, header: list[str], table: list[list[str]], good: set[int]) -> Made:
    delimiter = rng.choice((",", ";", "\t", "|"))
    file = io.StringIO()
    quoting = rng.choice((csv.QUOTE_MINIMAL, csv.QUOTE_ALL))
    writer = csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator=rng.choice(("\n", "\r\n")))
    writer.writerow(header)
    for number, row in enumerate(table, 2):
        if number not in good and rng.random() < 0.3:
            file.write(f'x{delimiter}"open{delimiter}y\n')  # a stray quote instead of the row
        else:
            writer.writerow(row)
    encoding = rng.choice(("utf-8", "utf-8-sig", "utf-16"))
    name = "made.tsv" if delimiter == "\t" else "made.csv"
    return Made(file.getvalue().encode(encoding, "replace"), good, name, header)


def _workbook(rows: list[list[str]]) -> bytes:
    book = Workbook()
    sheet = book.active
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row, 1):
            cell = sheet.cell(number, column)
            cell.value = "".join(c for c in text if c.isprintable() or c == "\n")[:5000]
            cell.data_type = "s"
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def mutate(rng: random.Random, content: bytes) -> bytes:
    """Change bytes: flipped, put in, taken out, doubled, cut off."""
    data = bytearray(content)
    for _ in range(rng.randint(1, 20)):
        if not data:
            break
        at, length = rng.randrange(len(data)), rng.randint(1, 40)
        kind = rng.randrange(6)
        if kind == 0:
            data[at] = rng.randrange(256)
        elif kind == 1:
            data[at:at] = bytes(rng.randrange(256) for _ in range(length))
        elif kind == 2:
            del data[at : at + length]
        elif kind == 3:
            data[at:at] = data[at : at + length] * rng.randint(1, 30)
        elif kind == 4:
            data[at:at] = rng.choice(
                (b'"', b'""', b"\x00", b"\r", b"\n", b",", b"\xff\xfe", b"<!--", b"=1+1", b"\xe2\x80\xae")
            )
        elif rng.random() < 0.3:
            del data[at:]
    return bytes(data)


def mutate_workbook(rng: random.Random, content: bytes) -> bytes:
    """Change bytes within the parts of a workbook, and pack them again: the archive itself is sound."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as changed:
        chosen = rng.choice(archive.namelist())
        for name in archive.namelist():
            data = archive.read(name)
            changed.writestr(name, mutate(rng, data) if name == chosen else data)
    return packed.getvalue()


def bombs() -> dict[str, bytes]:
    """Make archives that are small and unpack to much, or ask for much."""
    plain = _workbook([["date", "place", "event", "actor"], ["2017-11-03", "Alpha", "captured", "Red"]])
    zeros = b" " * (200 * 2**20)
    strings = "<sst>" + "<si><t>" + "A" * (30 * 2**20) + "</t></si>" + "</sst>"
    rows = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 20_000))
    shared = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    part = "xl/worksheets/sheet1.xml"
    far = (
        f'{shared}<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        "</worksheet>"
    )
    declared = f'{shared.replace("<sheetData>", "")}<dimension ref="A1:XFD1048576"/><sheetData></sheetData></worksheet>'
    laughs = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' + declared
    nested = io.BytesIO()
    with zipfile.ZipFile(nested, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb.xml", zeros)
    many = io.BytesIO()
    with zipfile.ZipFile(many, "w") as archive:
        for number in range(5000):
            archive.writestr(f"xl/part{number}.xml", b"<x/>")
    liar = bytearray(_with(plain, part, zeros))
    _lie(liar, len(zeros))
    return {
        "large part": _with(plain, part, zeros),
        "large part that says it is small": bytes(liar),
        "huge text shared by many cells": _with(
            _with(plain, "xl/sharedStrings.xml", strings.encode()), part, rows.encode()
        ),
        "a cell far off": _with(plain, part, far.encode()),
        "a huge declared size": _with(plain, part, declared.encode()),
        "entities": _with(plain, part, laughs.encode()),
        "an archive within": _with(plain, "xl/media/inner.zip", nested.getvalue()),
        "an archive alone": nested.getvalue(),
        "many parts": many.getvalue(),
        "deep nesting": _with(plain, part, b"<a>" * 2_000_000),
        "cut off": plain[: len(plain) // 2],
        "end alone": b"PK\x05\x06" + b"\0" * 18,
    }


def _with(content: bytes, part: str, data: bytes) -> bytes:
    """Return a workbook with one part put in or replaced."""
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as archive, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in archive.namelist():
            if name != part:
                changed.writestr(name, archive.read(name))
        changed.writestr(part, data)
    return packed.getvalue()


def _lie(archive: bytearray, size: int) -> None:
    """Write 100 wherever an archive says that a part is so large."""
    told, small = struct.pack("<I", size), struct.pack("<I", 100)
    at = archive.find(told)
    while at >= 0:
        archive[at : at + 4] = small
        at = archive.find(told, at + 4)
