"""The map's script: JavaScript modules put together, in the order of their imports, for a page that may ask for nothing.

A module's exports become an object that those who import it are given. What is read is the part of the language that the
modules are written in: each import and each export on one line, names bound once. Anything else is refused, with the line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path

from geo.errors import UserError

_IMPORT = re.compile(
    r'import (?:\* as (?P<space>\w+)|(?P<names>\{[^{}]*\})|(?P<default>\w+)) from "(?P<path>\.[^"]*)"'
    r'(?P<json> with \{ type: "json" \})?;'
)
_EXPORT = re.compile(r"export (?P<declaration>(?:async )?function\*? |class |const )(?P<name>[\w$]+)")
_MODULE_WORD = re.compile(r"(?:import|export)\b")


class ModuleError(UserError, ValueError):
    """What is written in a module cannot be put into the page."""


def joined(entries: Iterable[Path], root: Path) -> str:
    """Put modules and all that they import into one script: a `const` for each module, those first that others need.

    Parameters
    ----------
    entries
        Files of modules.
    root
        The folder that the constants are named from: see `constant`.

    Raises
    ------
    ModuleError
        If modules import each other in a circle, or a line is written as no line of them may be.
    """
    done: dict[Path, str] = {}
    for entry in entries:
        _visit(entry.resolve(), root.resolve(), done, ())
    return "\n".join(done.values())


def constant(module: Path, root: Path) -> str:
    """Return the name of the constant with a module's exports: `$layers_ground` for `layers/ground.js`."""
    parts = module.resolve().relative_to(root.resolve()).with_suffix("").parts
    return "$" + re.sub(r"\W", "_", "_".join(parts))


def _visit(module: Path, root: Path, done: dict[Path, str], way: tuple[Path, ...]) -> None:
    """Join a module after those that it imports; `way` leads to it from an entry."""
    if module in way:
        circle = " -> ".join(path.name for path in (*way[way.index(module) :], module))
        raise ModuleError(f"{module.name}: imports itself ({circle}); move what both need to a module of its own")
    if module in done:
        return
    if not module.is_file():
        raise ModuleError(f"{way[-1].name if way else 'the page'}: imports {module.name}, and there is no such file")
    lines = without_comments(module.read_text(encoding="utf-8"))
    code: list[str] = []
    exports: list[str] = []
    for number, line in lines:
        if found := _IMPORT.fullmatch(line):
            imported = (module.parent / found["path"]).resolve()
            if found["json"]:
                code.append(f"const {found['default']} = {_json(imported)};")
                continue
            if found["default"]:
                raise ModuleError(f"{module.name}:{number}: a module has no default; import * as {found['default']}")
            _visit(imported, root, done, (*way, module))
            names = found["space"] or found["names"].replace(" as ", ": ")
            code.append(f"const {names} = {constant(imported, root)};")
        elif found := _EXPORT.match(line):
            exports.append(found["name"])
            code.append(line.removeprefix("export "))
        elif _MODULE_WORD.match(line):
            raise ModuleError(
                f"{module.name}:{number}: {line!r}: an import stands on one line and names a file, "
                "an export is of a function, a class or a const"
            )
        else:
            code.append(line)
    body = "\n".join(code)
    done[module] = f"const {constant(module, root)} = (() => {{\n{body}\nreturn {{ {', '.join(exports)} }};\n}})();"


def _json(path: Path) -> str:
    return json.dumps(json.loads(path.read_text(encoding="utf-8")))


def without_comments(script: str) -> list[tuple[int, str]]:
    """Return the lines of a script with their numbers, without indents and without lines that are comments.

    No string of a module goes over several lines, so that a line that begins like a comment is one.
    """
    found: list[tuple[int, str]] = []
    inside = False
    for number, line in enumerate(map(str.strip, script.splitlines()), start=1):
        inside = inside or line.startswith("/*")
        if not inside and line and not line.startswith("//"):
            found.append((number, line))
        if inside and line.endswith("*/"):
            inside = False
    return found
