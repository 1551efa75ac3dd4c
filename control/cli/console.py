"""The terminal: text of others made harmless, and output that degrades where the terminal cannot show it."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import sys
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape

from control.markup import plain_text
from control.storage.atomic_file import write_whole
from control.storage.csv_text import csv_file

out = Console(soft_wrap=True, highlight=False)
err = Console(stderr=True, soft_wrap=True, highlight=False)

_NOT_ASCII = re.compile(r"[^\x00-\x7f]")


class Language(Enum):
    """What a text is written in: how a letter is spelt out that the output cannot hold."""

    TEXT = "text"
    CSV = "csv"
    JSON = "json"
    XML = "atom"


@contextlib.contextmanager
def forgiving_output() -> Iterator[None]:
    r"""Let no letter and no closed pipe end a command with a traceback.

    A letter that the encoding of the output lacks (a file or pipe under Windows, `LC_ALL=C`) is written as `\u0642`. A
    reader that has gone, as `head` has after its first lines, ends the command in silence, with exit code 1.
    """
    _forgive()
    try:
        try:
            yield
        finally:
            sys.stdout.flush()  # else the interpreter finds the closed pipe when it ends, and complains
    except BrokenPipeError:
        # what is left in the buffers goes nowhere when the interpreter ends
        nowhere = os.open(os.devnull, os.O_WRONLY)
        for stream in (sys.stdout, sys.stderr):
            with contextlib.suppress(OSError, ValueError):
                os.dup2(nowhere, stream.fileno())
        sys.exit(1)


def _forgive() -> None:
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:  # closed before the program began
            setattr(sys, name, Path(os.devnull).open("w", encoding="utf-8"))  # noqa: SIM115  until the end
        elif isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str) -> None:
    """Print text of others for people: no markup, no terminal sequences."""
    out.print(escape(plain_text(text)))


def complain(text: str, title: str = "") -> None:
    """Print text of others on standard error, behind a title of ours."""
    err.print((f"[bold red]{title}[/] " if title else "") + escape(plain_text(text)))


def print_json(record: Any) -> None:
    """Print a record as a line of JSON."""
    emit(json.dumps(record, ensure_ascii=False, allow_nan=False) + "\n", Language.JSON)


def emit(text: str, language: Language = Language.TEXT) -> None:
    """Print text that other programs read, to the letter.

    JSON and XML stay what they are where the output is not UTF-8: other letters than those of ASCII become the escapes of
    that language, which mean the same.
    """
    if not _is_utf8(sys.stdout.encoding):
        if language is Language.JSON:
            text = _NOT_ASCII.sub(lambda letter: json.dumps(letter[0])[1:-1], text)
        elif language is Language.XML:
            text = text.encode("ascii", "xmlcharrefreplace").decode()
    sys.stdout.write(text)


def hand_out(text: str, output: Path | None, language: Language) -> None:
    """Print a text, or write it to a file; a file of CSV begins with the mark that spreadsheets know UTF-8 by."""
    if output is None:
        emit(text, language)
    else:
        write_whole(output, csv_file(text) if language is Language.CSV else text)


def _is_utf8(encoding: str | None) -> bool:
    return (encoding or "").lower().replace("-", "").replace("_", "") in {"utf8", "utf8sig"}
