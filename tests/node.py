"""Scripts of the map run by node, with data of Python: what the browser would say."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from control.map.control_timeline import PLUGIN

ASK = Path(__file__).parent / "ask_map.mjs"


def plugin_answers(scripts: Sequence[str], expression: str, given: Any) -> Any:
    """Run an expression in which `input` is what is given and each module has its name, `words` as `Words`."""
    load = "".join(
        f"import * as {name[0].upper()}{name[1:]} from {json.dumps((PLUGIN / f'{name}.js').as_uri())};"
        for name in scripts
    )
    program = (
        f"import {{ readFileSync }} from 'node:fs'; {load} const input = JSON.parse(readFileSync(0, 'utf8'));"
        f"process.stdout.write(JSON.stringify({expression}));"
    )
    return _answer(["--input-type=module", "-e", program], given)


def map_answers(packed: Any, asks: Sequence[Any], days: Sequence[int], pairs: Sequence[Any]) -> dict[str, Any]:
    """Ask the scripts of the map for (day, index of a place), for days and for pairs of days: see `ask_map.mjs`."""
    given = {"packed": packed, "asks": asks, "days": days, "pairs": pairs}
    return dict(_answer([str(ASK)], given))


def field_answers(packed: Any, days: Sequence[int], centre: Sequence[float], zoom: float, size: Sequence[int]) -> Any:
    """Ask the scripts of the map whose the ground is that they draw, in a view: see `ask_field.mjs`."""
    given = {"packed": packed, "days": days, "centre": centre, "zoom": zoom, "width": size[0], "height": size[1]}
    return _answer([str(ASK.with_name("ask_field.mjs"))], given)


def _answer(arguments: Sequence[str], given: Any) -> Any:
    """Run node; without it the test is skipped, unless `CONTROLMAP_REQUIRE_BROWSER` asks for everything."""
    node = shutil.which("node")
    if node is None:
        if os.environ.get("CONTROLMAP_REQUIRE_BROWSER"):
            pytest.fail("node was not found; install nodejs")
        pytest.skip("node was not found")
    done = subprocess.run(
        [node, *arguments], input=json.dumps(given), capture_output=True, text=True, encoding="utf-8", check=False
    )
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
