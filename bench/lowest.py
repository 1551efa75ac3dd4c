"""The lowest versions that pyproject.toml promises, as constraints: to install them, and run the tests with them.

    python bench/lowest.py > lowest.txt
    python3.11 -m venv .lowest && .lowest/bin/python -m pip install -c lowest.txt -e '.[test]'
    .lowest/bin/python -m pytest

Each `name>=version` of the dependencies and of the extras becomes `name==version`. What they need themselves is left to
pip, which takes the newest that fits. With `--all` the packages that are only typed or linted with are in it too.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent / "pyproject.toml"
BOUND = re.compile(r"(?P<name>[A-Za-z0-9._-]+)(?P<extra>\[[^]]*\])?>=(?P<version>[0-9.]+)")
TOOLS = frozenset({"mypy", "pandas-stubs", "ruff", "types-shapely", "import-linter"})
"""They judge the code and never run it: their newest versions are as good."""


def lowest(tools: bool = False) -> list[str]:
    """Return the constraints by name.

    Raises
    ------
    ValueError
        When a requirement has no lower bound, or two extras have different ones for a package.
    """
    project = tomllib.loads(PROJECT.read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(r for extra in project["optional-dependencies"].values() for r in extra)]
    found: dict[str, str] = {}
    for requirement in wanted:
        bound = BOUND.fullmatch(requirement)
        if bound is None:
            raise ValueError(f"{requirement}: no lower bound; expected name>=version")
        name, version = bound["name"], bound["version"]
        if found.setdefault(name, version) != version:
            raise ValueError(f"{name}: from {found[name]} on in one place, from {version} on in another; take one")
    return [f"{name}=={version}" for name, version in sorted(found.items()) if tools or name not in TOOLS]


def main() -> None:
    """Print the constraints."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--all", action="store_true", help="also what only types and lints")
    print("\n".join(lowest(parser.parse_args().all)))


if __name__ == "__main__":
    main()
