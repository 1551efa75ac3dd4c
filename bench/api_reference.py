"""Write the list of all names of `control.api` into docs/api.md, from the code.

python bench/api_reference.py
"""

from __future__ import annotations

import inspect
import re
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
PAGE = ROOT / "docs" / "api.md"
BETWEEN = re.compile(r"(<!-- names -->\n).*?(<!-- end of names -->)", re.DOTALL)
METHODS = ("Timeline", "Grounds", "Gazetteer", "Theatre", "Policy", "Extract")
"""Classes that are asked questions: their methods are listed as well."""


def first_sentence(thing: Any) -> str:
    """Return the first paragraph of a docstring on one line, up to its first full stop."""
    told = inspect.cleandoc(thing.__doc__ or "").split("\n\n")[0].replace("\n", " ")
    return re.split(r"(?<=\.)\s", told)[0]


def signature(name: str, thing: Any) -> str:
    """Return a call as it is written, with defaults and without types."""
    parameters = [
        p.replace(annotation=inspect.Parameter.empty)
        for p in inspect.signature(thing).parameters.values()
        if p.name not in {"self", "cls"}
    ]
    return f"{name}{inspect.Signature(parameters)}"


def reference() -> str:
    """Return the list, one line a name."""
    from control import api

    lines = []
    for name in sorted(api.__all__, key=str.lower):
        thing = getattr(api, name)
        if inspect.isclass(thing):
            lines.append(f"- `{name}`: {first_sentence(thing)}")
            if name in METHODS:
                lines += [f"    - {line}" for line in members(name, thing)]
        elif callable(thing):
            lines.append(f"- `{signature(name, thing)}`: {first_sentence(thing)}")
        else:
            lines.append(f"- `{name}`: Name -> format, of all that `export` can write.")
    return "\n".join(lines) + "\n"


def members(owner: str, thing: type) -> list[str]:
    """Describe the public methods and properties of a class."""
    found = []
    own = {
        name: member
        for one in reversed(thing.__mro__)
        if one.__module__.startswith(("control", "geo"))
        for name, member in vars(one).items()
    }
    for name, member in own.items():
        if name.startswith("_"):
            continue
        bare = getattr(member, "__func__", member)
        if inspect.isfunction(bare):
            found.append(f"`{owner}.{signature(name, bare)}`: {first_sentence(bare)}")
        elif isinstance(member, property) or hasattr(member, "func"):
            found.append(f"`{owner}.{name}`: {first_sentence(member)}")
    return found


def main() -> None:
    """Refresh the page."""
    text = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(BETWEEN.sub(lambda found: found[1] + reference() + found[2], text), encoding="utf-8")


if __name__ == "__main__":
    sys.path.insert(0, str(ROOT))
    main()
