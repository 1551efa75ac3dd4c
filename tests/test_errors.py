"""Errors that are of what a person gave: one class above all, so that whoever shows them need know no other."""

from __future__ import annotations

import importlib
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from control.cli import main as cli
from geo.errors import UserError

ROOT = Path(__file__).parent.parent


def error_classes() -> Iterator[type[BaseException]]:
    """Yield the error classes that the program defines."""
    for file in sorted([*(ROOT / "geo").rglob("*.py"), *(ROOT / "control").rglob("*.py")]):
        for name in re.findall(r"^class ([A-Za-z]\w*Error)\b", file.read_text("utf-8"), flags=re.MULTILINE):
            module = importlib.import_module(".".join(file.relative_to(ROOT).with_suffix("").parts))
            yield getattr(module, name)


def test_every_error_class_is_below_the_one() -> None:
    found = list(error_classes())
    assert len(found) > 15
    assert [error.__qualname__ for error in found if not issubclass(error, UserError)] == []


def test_every_error_class_is_one_of_pythons_too() -> None:
    """`except ValueError` of a caller who knows nothing of this program goes on catching them."""
    plain = (ValueError, LookupError, OSError, ImportError)
    assert [e.__qualname__ for e in error_classes() if e is not UserError and not issubclass(e, plain)] == []


def test_the_command_line_says_any_of_them_in_a_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    class NewError(UserError, ValueError):
        """One that the command line has never seen."""

    def fail() -> None:
        raise NewError("the sky is green; expected blue; look again")

    monkeypatch.setattr(cli, "app", fail)
    with pytest.raises(SystemExit) as stop:
        cli.main()
    assert stop.value.code == 1
    assert capsys.readouterr() == ("", "error: the sky is green; expected blue; look again\n")
