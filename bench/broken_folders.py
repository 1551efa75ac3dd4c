"""Ways to break a theatre folder: each file replaced, truncated, nested, linked, mistyped, emptied, of any size."""

from __future__ import annotations

import os
import random
import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.broken_layers import broken_layers
from bench.sound_folder import FILES, SOUND, TABLES

SECRET = "hunter2-keep-out"  # noqa: S105  a word that no answer may hold


@dataclass(frozen=True)
class Breakage:
    """One way to break a folder.

    Attributes
    ----------
    name
        File and what happens to it.
    apply
        Does it to a folder.
    without_rights
        Whether it takes a process without the rights of root to be broken.
    """

    name: str
    apply: Callable[[Path], None]
    without_rights: bool = False


def breakages(seed: int) -> list[Breakage]:
    """Return all breakages; the same ones for the same seed."""
    rng = random.Random(seed)  # noqa: S311  the same folders each time
    found = [Breakage(f"{file}: {what}", _bytes(file, make)) for file in FILES for what, make in _contents(rng)]
    found += [Breakage(f"{file}: {what}", _place(file, make)) for file in FILES for what, make in _NODES]
    found += [Breakage(f"{file}: no permission", _forbidden(file), True) for file in FILES]
    found += [Breakage(f"{file}: {what}", _text(file, edit)) for file in TABLES for what, edit in _table_edits(file)]
    found += [
        Breakage(f"{file}: {what}", _bytes(file, lambda _, text=text: text.encode("utf-8", "surrogatepass")))
        for file in SOUND
        for what, text in broken_layers(file)
    ]
    found += [Breakage(f"theatre.toml: {old!r} -> {new[:40]!r}", _replaced(old, new)) for old, new in _SETTINGS]
    return found


def _bytes(file: str, make: Callable[[bytes], bytes]) -> Callable[[Path], None]:
    return lambda folder: (folder / file).write_bytes(make((folder / file).read_bytes())) and None


def _text(file: str, edit: Callable[[str], str]) -> Callable[[Path], None]:
    return _bytes(file, lambda content: edit(content.decode()).encode())


def _place(file: str, make: Callable[[Path], None]) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        (folder / file).unlink()
        make(folder / file)

    return apply


def _forbidden(file: str) -> Callable[[Path], None]:
    return lambda folder: (folder / file).chmod(0)


def _replaced(old: str, new: str) -> Callable[[Path], None]:
    def edit(text: str) -> str:
        if old not in text:
            raise ValueError(f"{old!r} is not in theatre.toml")
        return text.replace(old, new)

    return _text("theatre.toml", edit)


def _contents(rng: random.Random) -> Iterator[tuple[str, Callable[[bytes], bytes]]]:
    yield "empty", lambda _: b""
    yield "a blank line", lambda _: b"\n"
    yield "a comment", lambda _: b"# nothing\n"
    yield "NULs", lambda _: bytes(1000)
    yield "a picture", lambda _: b"\x89PNG\r\n\x1a\n" + rng.randbytes(500)
    yield "an archive", lambda _: b"PK\x03\x04" + rng.randbytes(500)
    yield "a web page", lambda _: b"<!doctype html><title>404</title>"
    yield "random bytes", lambda _: rng.randbytes(2000)
    yield "UTF-16", lambda content: content.decode().encode("utf-16")
    yield "UTF-16 without a mark", lambda content: content.decode().encode("utf-16-le")
    yield "Latin-1", lambda content: content + "é".encode("latin-1")
    yield "a byte order mark", lambda content: b"\xef\xbb\xbf" + content
    yield "Windows line ends", lambda content: content.replace(b"\n", b"\r\n")
    yield "old Macintosh line ends", lambda content: content.replace(b"\n", b"\r")
    yield "twice", lambda content: content + content
    yield "2 MB of brackets", lambda _: b"[" * 2**21
    yield "2 MB of quotes", lambda _: b'"' * (2**21 + 1)
    yield "2 MB in one line", lambda _: b"x" * 2**21
    yield "100 MB", lambda _: b"x\n" * (50 * 2**20)
    yield "a number of 100,000 digits", lambda _: b"9" * 100_000
    for _ in range(2):
        share = rng.random()
        yield f"cut at {share:.0%}", lambda content, share=share: content[: int(len(content) * share)]  # type: ignore[misc]
    for _ in range(3):
        at, bit = rng.random(), rng.randrange(8)
        yield f"a bit flipped at {at:.0%}", lambda content, at=at, bit=bit: _flipped(content, at, bit)  # type: ignore[misc]


def _flipped(content: bytes, at: float, bit: int) -> bytes:
    changed = bytearray(content)
    changed[int(at * len(changed))] ^= 1 << bit
    return bytes(changed)


def _socket(path: Path) -> None:
    here = Path.cwd()
    os.chdir(path.parent)  # the path of a socket is short
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def _secret_beside(path: Path) -> None:
    secret = path.parent.parent / "secret.txt"
    secret.write_text(f"{SECRET}\n{SECRET},{SECRET}\n", encoding="utf-8")
    path.symlink_to(secret)


def _swapped(path: Path) -> None:
    path.write_bytes((path.parent / ("reports.csv" if path.name != "reports.csv" else "places.csv")).read_bytes())


def _chain(path: Path) -> None:
    """Two links that lead to each other."""
    other = path.with_name(f"other-{path.name}")
    other.symlink_to(path.name)
    path.symlink_to(other.name)


_NODES: tuple[tuple[str, Callable[[Path], None]], ...] = (
    ("missing", lambda _: None),
    ("a folder", Path.mkdir),
    ("a pipe", os.mkfifo),
    ("a socket", _socket),
    ("a link to nothing", lambda path: path.symlink_to("nowhere")),
    ("a link to itself", lambda path: path.symlink_to(path.name)),
    ("two links in a circle", _chain),
    ("a link to /dev/zero", lambda path: path.symlink_to("/dev/zero")),
    ("a link to /dev/stdin", lambda path: path.symlink_to("/dev/stdin")),
    ("a link to what the kernel writes", lambda path: path.symlink_to("/proc/self/environ")),
    ("a link to its folder", lambda path: path.symlink_to(".")),
    ("a link to a secret beside the folder", _secret_beside),
    ("another file of the folder", _swapped),
)


def _table_edits(file: str) -> Iterator[tuple[str, Callable[[str], str]]]:
    header, _, rest = TABLES[file].partition("\n")
    columns = header.split(",")
    yield "header only", lambda _: header + "\n"
    yield "header without line end", lambda _: header
    yield "no header", lambda _: rest
    yield "a header cell of 200 kB", lambda _: "x" * 200_000 + f",{header}\n{rest}"
    yield "a header of 50,000 columns", lambda _: header + "," + ",".join(f"c{n}" for n in range(50_000)) + "\n" + rest
    yield "a column twice", lambda text: "\n".join(f"{line},{line.split(',')[0]}" for line in text.splitlines()) + "\n"
    yield "a column without a name", lambda text: "\n".join(f"{line}," for line in text.splitlines()) + "\n"
    yield "semicolons", lambda text: text.replace(",", ";")
    yield "tabs", lambda text: text.replace(",", "\t")
    yield "a quote that does not close", lambda text: f'{text}"' + "x,\n" * 5000
    yield "a cell of 200 kB", lambda text: text + ",".join(["x" * 200_000] * len(columns)) + "\n"
    yield "20,000 rows of too few cells", lambda text: text + "x\n" * 20_000
    yield "5,000 rows of wrong cells", lambda text: text + (",".join(["\u202e<b>"] * len(columns)) + "\n") * 5000
    for column in columns:
        values = _CELLS.get(column, ("x" * 100_000,))
        for value in values:
            yield f"{column} = {value[:20]!r}", lambda text, c=column, v=value: _with_cell(text, c, v)  # type: ignore[misc]


def _with_cell(text: str, column: str, value: str) -> str:
    """Put a value into one column of every row."""
    header, *rows = text.splitlines()
    at = header.split(",").index(column)
    lines = [header]
    for row in rows:
        cells = row.replace('"taken, at last"', "taken").split(",")
        cells[at] = value
        lines.append(",".join(cells))
    return "\n".join(lines) + "\n"


_DATES = (
    "0000",
    "0001~",
    "9999~",
    "2017~/9999~",
    "0001/9999",
    "2017-02-30",
    "2017/..",
    "Y17000",
    "{2016,2018}",
    "9" * 5000,
)
_CELLS: dict[str, tuple[str, ...]] = {
    "event_date": _DATES,
    "published": _DATES,
    "active_from": _DATES,
    "lon": ("nan", "inf", "1e308", "-180", "180", "x", ""),
    "lat": ("nan", "90", "-90", "91", "9" * 400),
    "radius_km": ("0", "1e11", "1e-300", "-1", "nan"),
    "population": ("1e11", "nan", "-5", "9" * 400),
    "colour": ("#000", "red", "#zzzzzz", '#aa0000"><script>'),
    "kind": ("village", "governorate", "bank", ""),
    "town": ("1", "nowhere"),
    "parent": ("red", "nobody"),
    "country": ("aa", "ZZ", "\u0410\u0410"),
    "credibility": ("0", "٣", "", "²"),
    "grade": ("Z", "", "AB"),
    "event": ("conquered", "besieged", "lost", "ceasefire"),
    "place": ("Omega", "", "(", "Alpha (" + "x" * 5000),
    "actor": ("Nobody", "", "Blue Guard"),
    "loser": ("Red Army", "Nobody"),
    "names": (";" * 100_000, "ar:" + "\u0627" * 50_000, ";".join(f"n{n}" for n in range(15_000))),
    "id": ("same", "x" * 50_000, "..", "a/b"),
}

_SETTINGS = (
    ("[theatre]", "[theater]"),
    ("[theatre]", "theatre = 3"),
    ("[theatre]", "[[theatre]]"),
    ("[theatre]", "[theatre]\n[theatre]"),
    ('"Broken"', '"' + "x" * 100_000 + '"'),
    ('"Broken"', '""'),
    ('"Broken"', "7"),
    ('"Broken"', '["Broken"]'),
    ('"Broken"', '"\\u202e<script>\\u0000\\n"'),
    ('"broken"', '"../../etc"'),
    ('"broken"', '"' + "x" * 5000 + '"'),
    ('["AA"]', '"AA"'),
    ('["AA"]', "[1, 2]"),
    ('["AA"]', "[]"),
    ('["AA"]', "[" * 100_000 + "]" * 100_000),
    ('["AA"]', "9" * 10_000),
    ("end = 2018-01-01", "end = 9999-12-31"),
    ("end = 2018-01-01", "end = 2136-01-01"),
    ("end = 2018-01-01", "end = 2216-01-01"),
    ("end = 2018-01-01", "end = 2016-01-01"),
    ("end = 2018-01-01", "end = 2017-01-02"),
    ("end = 2018-01-01", "end = 1e400"),
    ("end = 2018-01-01", "end = inf"),
    ("end = 2018-01-01", "end = 20180101"),
    ("end = 2018-01-01", 'end = "2018-01-01"'),
    ("end = 2018-01-01", "end = 2018-01-01T12:00:00+05:00"),
    ("start = 2017-01-01", "start = 0001-01-01"),
    ("start = 2017-01-01", "start = 0000-01-01"),
    ("start = 2017-01-01", "start = 2017-02-30"),
    ("start = 2017-01-01", "start = 12:00:00"),
    ("opening_date = 2017-06-01", "opening_date = 2030-01-01"),
    ("opening_date = 2017-06-01", ""),
    ("\nbbox = [9.0, 49.0, 12.0, 52.0]", "\nbbox = [-180, -90, 180, 90]"),
    ("\nbbox = [9.0, 49.0, 12.0, 52.0]", "\nbbox = [-180, -5, 180, 5]"),
    ("\nbbox = [9.0, 49.0, 12.0, 52.0]", "\nbbox = [-180, 60, 180, 90]"),
    ("\nbbox = [9.0, 49.0, 12.0, 52.0]", "\nbbox = [9, 49, 9, 52]"),
    ("\nbbox = [9.0, 49.0, 12.0, 52.0]", "\nbbox = [12, 49, 9, 52]"),
    ("\nbbox = [9.0, 49.0, 12.0, 52.0]", "\nbbox = [nan, 49, inf, 52]"),
    ("\nbbox = [9.0, 49.0, 12.0, 52.0]", '\nbbox = ["9", "49", "12", "52"]'),
    ("\nbbox = [9.0, 49.0, 12.0, 52.0]", "\nbbox = [true, false, true, true]"),
    ("\nbbox = [9.0, 49.0, 12.0, 52.0]", "\nbbox = [9.0, 49.0]"),
    ("\nbbox = [9.0, 49.0, 12.0, 52.0]", "\nbbox = [-171, -52, -168, -49]"),
    ("opening_bbox = [9.0, 49.0, 12.0, 52.0]", "opening_bbox = [-180, -90, 180, 90]"),
    ("opening_bbox = [9.0, 49.0, 12.0, 52.0]", "opening_bbox = [-171, -52, -168, -49]"),
    ("opening_bbox = [9.0, 49.0, 12.0, 52.0]", "opening_bbox = [9, 49, 9.0001, 52]"),
    ("opening_bbox = [9.0, 49.0, 12.0, 52.0]", "opening_bbox = [9, -60, 9.02, 60]"),
    ("opening_bbox = [9.0, 49.0, 12.0, 52.0]", "opening_bbox = [-80, 49, 80, 49.02]"),
    ("opening_bbox = [9.0, 49.0, 12.0, 52.0]", "opening_bbox = [9, 85, 12, 90]"),
    ("reach_km = 25", "reach_km = 0"),
    ("reach_km = 25", "reach_km = 1e308"),
    ("reach_km = 25", "reach_km = nan"),
    ("reach_km = 25", "reach_km = true"),
    ("reach_km = 25", "reach_km = 500"),
    ("reach_km = 25", "reach_km = 0.0001"),
    ("reach_km = 25", "unheard_of = 1"),
    ('licence = "CC0"', 'licence = "' + "x" * 100_000 + '"'),
    ('licence = "CC0"', "licence = {}"),
    ('attribution = "nobody"', 'attribution = """' + "line\n" * 50_000 + '"""'),
    ('attribution = "nobody"', ""),
)
