"""The command line where the terminal cannot show a letter, or has gone: a process of its own, as a shell starts it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.conftest import ACTORS, PLACES, ROOT, SOURCES, report, write_mini

SPAN = ("--since", "2017-01-01", "--until", "2017-12-31")
NAMED = "Kobanî \u2013 عين العرب \U0001f3f0"
COMMANDS = [
    ("check",), ("places", "Alpha"), ("places", "Kobane"), ("assess", "--date", "2017-06-01", "--place", "Alpha"),
    ("why", "Alpha", "--date", "2017-06-01"), ("sources",), ("changes", *SPAN), ("statistics", "--date", "2017-06-01"),
    ("fronts", "--date", "2017-06-01"), ("enclaves", "--date", "2017-06-01"),
]  # fmt: skip
NOT_UTF8 = [{"PYTHONIOENCODING": name} for name in ("cp1252", "latin-1", "ascii", "cp864")] + [{"LC_ALL": "C"}]


@pytest.fixture(scope="module")
def foreign(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A theatre in which every name has a dash, an Arabic word, a letter of Latin-1 and one beyond 16 bits."""
    return write_mini(
        tmp_path_factory.mktemp("foreign") / "mini",
        [
            report("2017-02-01", "captured", NAMED, "Blue Front", note=NAMED),
            report("2017-08-01", "captured", "Blue Front", NAMED, note=NAMED),
            report("2017-08-01", "captured", "Nobody " + NAMED),
        ],
        places=[{**place, "name": f"{place['name']} {NAMED}", "names": place["name"]} for place in PLACES],
        actors=[{**ACTORS[0], "name": NAMED}, *ACTORS[1:]],
        sources=[{**source, "title": f"{source['title']} {NAMED}"} for source in SOURCES],
    )


def run(*words: str | Path, **variables: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command under other variables, without the UTF-8 mode that Python switches on by itself."""
    surroundings = {**os.environ, "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONPATH": str(ROOT), **variables}
    command = [sys.executable, "-m", "control", *map(str, words)]
    return subprocess.run(command, capture_output=True, check=False, cwd=ROOT, env=surroundings)


@pytest.mark.parametrize("variables", NOT_UTF8, ids=lambda v: "-".join(v.values()))
def test_output_degrades_where_the_terminal_is_not_utf8(foreign: Path, variables: dict[str, str]) -> None:
    """Never a traceback; one command in words, as a table and as a feed, and an error that quotes the name."""
    said = run("places", "Alpha", "--theatre", foreign, **variables)
    assert (said.returncode, said.stderr) == (0, b"")
    assert b"\\u0639" in said.stdout or "ع".encode("cp864") in said.stdout
    wrong = run("assess", "--place", "Nowhere عين", "--date", "2017-06-01", "--theatre", foreign, **variables)
    assert wrong.returncode == 1
    assert wrong.stderr.startswith(b"error: ")
    assert wrong.stderr.count(b"\n") == 1
    feed = run("changes", *SPAN, "--format", "atom", "--theatre", foreign, **variables)
    assert NAMED in "".join(ET.fromstring(feed.stdout).itertext())  # noqa: S314  made by ourselves
    lines = run("changes", *SPAN, "--json", "--theatre", foreign, **variables).stdout.splitlines()
    assert {NAMED in json.loads(line)["name"] for line in lines} == {True}


@pytest.mark.parametrize("command", COMMANDS, ids=lambda words: words[0])
@pytest.mark.parametrize("as_json", [False, True])
def test_every_command_speaks_ascii(foreign: Path, command: tuple[str, ...], as_json: bool) -> None:
    said = run(*command, *(["--json"] if as_json else []), "--theatre", foreign, PYTHONIOENCODING="ascii")
    assert b"Traceback" not in said.stderr
    assert said.stdout.isascii()
    for line in said.stdout.splitlines() if as_json else ():
        json.loads(line)


def test_a_name_that_is_no_text_is_quoted(foreign: Path) -> None:
    """A byte that is no UTF-8 in the name is an unknown place, not a traceback."""
    command = [os.fsencode(sys.executable), b"-m", b"control", b"places", b"\xff", b"--theatre", os.fsencode(foreign)]
    said = subprocess.run(command, capture_output=True, check=False, cwd=ROOT)
    assert (said.returncode, said.stdout) == (1, b"")
    assert said.stderr == b"\\udcff: nothing is spelt like it\n"


@pytest.mark.parametrize("as_json", [False, True])
def test_a_reader_that_has_gone_ends_the_command_in_silence(foreign: Path, as_json: bool) -> None:
    end, beginning = os.pipe()
    os.close(end)  # as `head` does after its lines
    command = [sys.executable, "-m", "control", "sources", "--theatre", str(foreign), *(["--json"] if as_json else [])]
    with os.fdopen(beginning, "wb") as gone:
        said = subprocess.run(command, stdout=gone, stderr=subprocess.PIPE, check=False, cwd=ROOT)
    assert (said.returncode, said.stderr) == (1, b"")


def test_a_file_of_csv_opens_right_in_a_spreadsheet(foreign: Path, tmp_path: Path) -> None:
    """A file begins with the mark by which Excel knows UTF-8; what is piped to another program has none."""
    for words in (("changes", *SPAN), ("statistics", "--date", "2017-06-01")):
        file = tmp_path / f"{words[0]}.csv"
        assert run(*words, "--format", "csv", "--output", file, "--theatre", foreign).returncode == 0
        piped = run(*words, "--format", "csv", "--theatre", foreign, PYTHONIOENCODING="utf-8").stdout
        assert file.read_bytes() == b"\xef\xbb\xbf" + piped
        assert NAMED.encode() in piped
