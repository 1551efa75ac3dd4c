"""Exports that somebody has tampered with, and files that were made to harm who verifies them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from control.export.errors import ExportError
from control.export.formats import FORMATS
from control.export.geodata.geojson import dump_geojson
from control.export.provenance import Provenance, ProvenanceError, seal, unsealed
from control.export.tables.csvw import sidecar
from control.export.verify import verify
from control.record.theatre import SpanError, Theatre
from control.snapshot import answer_id

REFUSALS = (ProvenanceError, ExportError, SpanError)


@dataclass
class Files:
    """The bytes of an export, and of the description beside a table."""

    main: bytes
    beside: bytes

    @property
    def whole(self) -> bytes:
        """What the seal is of."""
        return self.beside + self.main

    def changed(self, whole: bytes) -> Files:
        """Return other bytes, cut in two at the same place; what grew did so in the description, where there is one."""
        cut = len(whole) - len(self.main) if self.beside else 0
        return Files(whole[cut:], whole[:cut])

    @staticmethod
    def of(file: Path) -> Files:
        """Read them."""
        beside = sidecar(file)
        return Files(file.read_bytes(), beside.read_bytes() if beside.exists() else b"")

    def put(self, file: Path) -> None:
        """Write them."""
        file.write_bytes(self.main)
        if self.beside:
            sidecar(file).write_bytes(self.beside)


def flip(rng: Random, content: bytes) -> bytes:
    """Flip one bit."""
    at = rng.randrange(len(content))
    return content[:at] + bytes([content[at] ^ (1 << rng.randrange(8))]) + content[at + 1 :]


def tear(rng: Random, content: bytes) -> bytes:
    """Cut a piece out, put one in, or cut the end off."""
    at, length = rng.randrange(len(content)), rng.randrange(1, 60)
    return rng.choice(
        (content[:at] + content[at + length :], content[:at] + rng.randbytes(length) + content[at:], content[:at])
    )


WORDS = (
    b"red",
    b"blue",
    b"Red Army",
    b"Alpha",
    b"Gamma",
    b"controlled",
    b"unknown",
    b"2017-0",
    b"#aa0000",
    b"10.0",
    b"0.9",
)
ABOUT = (
    b"Mini",
    b"CC0",
    b"nobody",
    b"0.1.0",
    b"month",
    b"places",
    b"balanced",
    b"0.00071",
    b"export",
    b"day of",
    b"wire",
)


def swap(rng: Random, content: bytes, words: tuple[bytes, ...]) -> bytes:
    """Put another word of the same length for one that stands there: a packed file stays one."""
    there = [word for word in words if word in content]
    if not there:
        return flip(rng, content)
    old = rng.choice(there)
    at = rng.randrange(len(old))
    new = old[:at] + bytes([old[at] ^ 1]) + old[at + 1 :]
    return content.replace(old, new, rng.choice((1, -1)))


def resealed(content: bytes, said: Provenance) -> bytes:
    """Seal a file again, as anybody can who has the program."""
    return seal(unsealed(content, said))[0]


def forged(content: bytes, said: Provenance, **fields: str) -> bytes:
    """Replace the id or the hash of the data everywhere, and seal the file again."""
    for name, value in fields.items():
        content = content.replace(str(getattr(said, name)).encode(), value.encode())
    return resealed(content, said)


def tampered(rng: Random, files: Files, said: Provenance) -> Iterator[tuple[str, Files]]:
    """Yield one of each kind of tampering: what was done, and the files."""
    hexes = "".join(rng.choices("0123456789abcdef", k=64))
    whole = files.whole
    yield "bit", replace(files, main=flip(rng, files.main))
    yield "torn", replace(files, main=tear(rng, files.main))
    yield "word", files.changed(swap(rng, whole, WORDS))
    yield "word, sealed again", files.changed(resealed(swap(rng, whole, WORDS), said))
    yield "record", files.changed(swap(rng, whole, ABOUT))
    yield "record, sealed again", files.changed(resealed(swap(rng, whole, ABOUT), said))
    yield "bit, sealed again", files.changed(resealed(flip(rng, whole), said))
    yield "id, sealed again", files.changed(forged(whole, said, id=hexes[:16]))
    yield "data, sealed again", files.changed(forged(whole, said, data=hexes))
    when = said.since if said.since == said.until else (said.since, said.until, said.every)
    fitting = answer_id(hexes, said.weights, when, said.known_on, said.code)
    yield "data with an id that fits, sealed again", files.changed(forged(whole, said, data=hexes, id=fitting))
    if files.main.startswith(b'{"type": "FeatureCollection", "provenance"'):
        yield "field, sealed again", files.changed(resealed(_other_collection(rng, whole), said))
    if files.beside:
        yield "bit beside", replace(files, beside=flip(rng, files.beside))
        yield "torn beside", replace(files, beside=tear(rng, files.beside))
        yield "beside, sealed again", files.changed(resealed(_other_beside(rng, files.beside) + files.main, said))


def _other_beside(rng: Random, content: bytes) -> bytes:
    """Change one value of a description, and leave its layout as it is."""
    described = json.loads(content)
    column = rng.choice(described["tableSchema"]["columns"])
    targets = [
        (described, "dc:title"), (described, "dc:rights"), (described, "url"), (column, "dc:description"),
        (column, "datatype"), (column, "titles"), (described["tableSchema"], "primaryKey"),
    ]  # fmt: skip
    target, key = rng.choice([*targets, *[(described["dc:provenance"], "")] * len(targets)])
    if key:
        target[key] = f"forged {target[key]}"
    else:
        _change_record(rng, target)
    return (json.dumps(described, ensure_ascii=False, indent=1) + "\n").encode()


def _other_collection(rng: Random, content: bytes) -> bytes:
    """Change one value of the record of a GeoJSON file, and leave its layout as it is."""
    collection = json.loads(content)
    _change_record(rng, collection["provenance"])
    return dump_geojson(collection).encode()


def _change_record(rng: Random, record: dict[str, Any]) -> None:
    key = rng.choice([key for key in record if key not in {"content", "controlmap"}])
    others: dict[str, Sequence[object]] = {
        "since": ["2017-01-02", "2017-05-31"],
        "until": ["2017-12-30", "2017-06-02"],
        "every": [1, 7, "month"],
        "known_on": ["2018-02-01", "2017-06-01", "2030-01-01"],
        "layers": [["areas", "places"], ["fronts"], [], ["places", "areas", "fronts"]],
        "form": list(FORMATS),
        "kind": ["series", "snapshot"],
        "policy": ["strict", "mine", "balanced "],
        "weights": [{**record["weights"], "hazard": 0.001}, {**record["weights"], "name": "strict"}, {}],
        "libraries": [{"gdal": "9"}],
        "id": ["0" * 16],
        "data": ["0" * 64],
    }
    record[key] = rng.choice([other for other in others.get(key, [f"forged {record[key]}"]) if other != record[key]])


def outcome(file: Path, theatre: Theatre) -> str:
    """Verify a file: `refused`, `broken`, `said` (it holds, and what it rests on is said to be other) or `unsaid`."""
    try:
        verdict = verify(file, theatre)
    except REFUSALS:
        return "refused"
    if not verdict.holds:
        return "broken"
    return "said" if verdict.changed or verdict.notes else "unsaid"


def _with_record(record: dict[str, object]) -> bytes:
    return json.dumps({"type": "FeatureCollection", "provenance": record, "features": []}).encode()


def _sealed(record: dict[str, object]) -> bytes:
    return seal(_with_record({**record, "content": "0" * 64}))[0]


def _database(sql: str) -> Callable[[Path], None]:
    def make(file: Path) -> None:
        with closing(sqlite3.connect(file)) as base, base:
            base.executescript(sql)

    return make


def crafted(record: dict[str, object], secret: Path) -> dict[str, bytes | Callable[[Path], None]]:
    """Return files that were made to harm, by name: bytes, or what makes them.

    Parameters
    ----------
    record
        Of a GeoJSON export that holds.
    secret
        A file, a device or a pipe that must not be opened.
    """
    weights = dict(record["weights"])  # type: ignore[call-overload]
    own = {**weights, "name": "mine"}
    deep = b"[" * 200_000
    records: dict[str, dict[str, object]] = {
        "policy-is-a-path": {"policy": str(secret)},
        "policy-is-a-path-with-weights": {"policy": str(secret), "weights": {**own, "name": str(secret)}},
        "policy-is-a-device": {"policy": "/dev/zero"},
        "policy-has-a-nul": {"policy": "a\0b"},
        "policy-climbs": {"policy": "../../balanced"},
        "policy-is-empty": {"policy": ""},
        "policy-is-half-a-letter": {"policy": "\ud800"},
        "title-is-half-a-letter": {"title": "\udfff"},
        "title-has-an-escape": {"title": "\x1b[2J\x1b]0;owned\x07"},
        "title-has-lines": {"title": "x\nit still holds: all of it; nothing changed"},
        "title-is-long": {"title": "x" * 3_000_000},
        "weights-miss-some": {"policy": "mine", "weights": {"name": "mine", "grades": {}}},
        "weights-are-text": {"policy": "mine", "weights": dict.fromkeys(weights, "x")},
        "weights-are-not-numbers": {"policy": "mine", "weights": {**own, "hazard": float("nan")}},
        "weights-are-infinite": {"policy": "mine", "weights": {**own, "hazard": float("inf")}},
        "weights-lack-a-grade": {"policy": "mine", "weights": {**own, "grades": {"A": 1.0}}},
        "weights-are-null": {"policy": "mine", "weights": {**own, "credibilities": None}},
        "weights-run": {"policy": "mine", "weights": {**own, "__class__": "os.system"}},
        "weights-are-of-another": {"policy": "mine"},
        "step-is-huge": {"every": 10**100},
        "step-is-true": {"every": True},
        "layers-again-and-again": {"layers": ["places"] * 100_000},
        "layers-are-numbers": {"layers": [1, 2]},
        "form-is-another": {"form": "gif"},
        "form-is-none": {"form": "exe"},
        "form-is-a-list": {"form": []},
        "theatre-is-a-path": {"theatre": "../../etc"},
        "since-is-long": {"since": "x" * 1_000_000},
        "since-is-early": {"since": "0001-01-01"},
        "known-on-is-late": {"known_on": "9999-12-31"},
        "kind-is-another": {"kind": "series"},
        "version-is-another": {"controlmap": 2},
        "libraries-are-deep": {"libraries": {"gdal": [[[[]]]]}},
        "data-is-text": {"data": "x" * 64},
        "unknown-key": {"__dict__": {}},
    }  # fmt: skip
    made: dict[str, bytes | Callable[[Path], None]] = {
        f"{name}.geojson": _sealed({**record, **change}) for name, change in records.items()
    }
    table = "CREATE TABLE controlmap (key, value); INSERT INTO controlmap VALUES "
    recursive = (
        "CREATE VIEW controlmap AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) "
        "SELECT 'k' AS key, x AS value FROM n ORDER BY x DESC;"
    )
    return made | {
        "deep.geojson": b'{"type":"FeatureCollection","provenance":' + deep,
        "deep-beside.csv": lambda file: (
            file.write_bytes(b"a\n"),  # type: ignore[func-returns-value]
            sidecar(file).write_bytes(b'{"dc:provenance":' + deep),
            None,
        )[-1],
        "deep.json": b'{"descriptions":' + deep,
        "deep.kml": b"<kml>" + b"<a>" * 400_000,
        "many.geojson": b'{"provenance":[' + b"{}," * 1_000_000,
        "encoding.svg": b'<?xml version="1.0" encoding="x-nobody"?><svg/>',
        "encoding-wide.svg": b'<?xml version="1.0" encoding="utf-7"?><svg/>',
        "laughs.kml": b"<!DOCTYPE k [<!ENTITY a 'ha'>"
        + b"".join(b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10 if n > 1 else b"&a;" * 10) for n in range(1, 12))
        + b"]><kml><Document><ExtendedData><Data name='provenance'><value>&a11;</value></Data>"
        + b"</ExtendedData></Document></kml>",
        "outside.svg": f'<!DOCTYPE s [<!ENTITY a SYSTEM "file://{secret}">]><svg><metadata>&a;</metadata></svg>'.encode(),
        "view.gpkg": _database(recursive),
        "bytes.gpkg": _database(table + "(x'ff', x'fe');"),
        "letters.gpkg": _database(table + "('k', CAST(x'ff' AS TEXT));"),
        "large.gpkg": _database(table + "('k', zeroblob(30000000));"),
        "list.mp4": f"#EXTM3U\n#EXTINF:1,\nfile://{secret}\n".encode(),
        "concat.mp4": f"ffconcat version 1.0\nfile '{secret}'\n".encode(),
        "picture.gif": b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
        "comment.gif": b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xfe" + b"\xff" + b"x" * 255 + b"\0;",
        "long-chunk.png": b"\x89PNG\r\n\x1a\n\xff\xff\xff\xfftEXtcontrolmap\0{}",
        "many-chunks.png": b"\x89PNG\r\n\x1a\n" + b"\0\0\0\0abcd\0\0\0\0" * 500_000,
        "footer.parquet": b"PAR1" + b"\xff" * 1000 + b"\xe8\x03\0\0PAR1",
        "comments.html": b"<head>" + b"<!--" * 500_000,
        "quotes.html": b'<meta name="controlmap" content="' * 100_000,
        "nothing.csv": b"",
    }
