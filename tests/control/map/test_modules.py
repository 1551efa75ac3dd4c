"""Modules put together into one script: the same names with the same answers as the modules have by themselves."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from control.map.control_timeline import PLUGIN, page_script
from control.map.modules import ModuleError, constant, joined, without_comments


def folder(tmp_path: Path, **modules: str) -> Path:
    for name, code in modules.items():
        (tmp_path / f"{name}.js").write_text(code, encoding="utf-8")
    return tmp_path


def test_a_module_comes_after_those_that_it_imports_and_once(tmp_path: Path) -> None:
    root = folder(
        tmp_path,
        main='import * as A from "./a.js";\nimport { two, one as first } from "./b.js";\n'
        "export const sum = A.x + two + first;\n",
        a='import { two } from "./b.js";\n// what x is\nexport function x() {\n  return two;\n}\n',
        b="export const one = 1;\nexport const two = 2;\nconst mine = 3;\n",
    )
    assert joined([root / "main.js"], root).splitlines() == [
        *(
            "const $b = (() => {",
            "const one = 1;",
            "const two = 2;",
            "const mine = 3;",
            "return { one, two };",
            "})();",
        ),
        *("const $a = (() => {", "const { two } = $b;", "function x() {", "return two;", "}", "return { x };", "})();"),
        *("const $main = (() => {", "const A = $a;", "const { two, one: first } = $b;"),
        *("const sum = A.x + two + first;", "return { sum };", "})();"),
    ]


def test_data_becomes_a_constant(tmp_path: Path) -> None:
    root = folder(
        tmp_path, main='import SCALE from "./scale.json" with { type: "json" };\nexport const { a } = SCALE;\n'
    )
    (root / "scale.json").write_text('{"a": ["</b>", 1]}', encoding="utf-8")
    with pytest.raises(ModuleError, match=r"main\.js:2"):  # a name that nobody can read off the line
        joined([root / "main.js"], root)
    folder(root, main='import SCALE from "./scale.json" with { type: "json" };\nexport const a = SCALE.a;\n')
    assert 'const SCALE = {"a": ["</b>", 1]};' in joined([root / "main.js"], root)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('import a from "./a.js";', r"main\.js:2: a module has no default"),
        ('import "./a.js";', r"main\.js:2: 'import"),
        ('import { a,\n  b } from "./a.js";', r"main\.js:2: 'import"),
        ('import * as A from "a";', r"main\.js:2: 'import"),
        ("export default 3;", r"main\.js:2: 'export default"),
        ("export let a = 3;", r"main\.js:2: 'export let"),
        ("export { a };", r"main\.js:2: 'export \{"),
        ('export * from "./a.js";', r"main\.js:2: 'export \*"),
        ('import * as A from "./gone.js";', r"main\.js: imports gone\.js, and there is no such file"),
        ('import * as A from "./main.js";', r"main\.js: imports itself \(main\.js -> main\.js\)"),
    ],
)
def test_what_cannot_be_put_together_is_refused_with_its_line(tmp_path: Path, line: str, fault: str) -> None:
    root = folder(tmp_path, main=f"// a module\n{line}\n", a="export const a = 1;\n")
    with pytest.raises(ModuleError, match=fault):
        joined([root / "main.js"], root)


def test_a_circle_is_refused_with_the_way_round_it(tmp_path: Path) -> None:
    root = folder(
        tmp_path,
        main='import * as A from "./a.js";\n',
        a='import * as B from "./b.js";\n',
        b='import * as A from "./a.js";\n',
    )
    with pytest.raises(ModuleError, match=r"a\.js -> b\.js -> a\.js"):
        joined([root / "main.js"], root)


def test_lines_that_are_comments_go_and_numbers_stay() -> None:
    script = "// one\n/** two\n * three */\n  code; // four\n\n/* five */\nmore;\n"
    assert without_comments(script) == [(4, "code; // four"), (7, "more;")]


def test_no_text_of_a_module_goes_over_several_lines() -> None:
    """Indents and lines that look like comments go: in such a text they would be part of it."""
    for module in PLUGIN.rglob("*.js"):
        for _, line in without_comments(module.read_text(encoding="utf-8")):
            assert line.count("`") % 2 == 0, f"{module.name}: {line}"


def test_no_module_is_left_out_and_none_of_its_comments_is_in() -> None:
    script = page_script()
    for module in PLUGIN.rglob("*.js"):
        assert f"\nconst {constant(module, PLUGIN)} = " in script, f"nothing leads to {module.name}"
    assert not re.search(r"^\s*(//|/\*)", script, re.MULTILINE)


def test_joined_modules_export_what_the_modules_export() -> None:
    """Node, which knows the whole language, reads the modules themselves and the script that they became."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("node was not found")
    modules = sorted(PLUGIN.rglob("*.js"))
    names = [constant(module, PLUGIN) for module in modules]
    code = joined(modules, PLUGIN) + f"; return {{ {', '.join(names)} }};"
    files = [[name, module.as_uri()] for name, module in zip(names, modules, strict=True)]
    program = (
        f"const joined = new Function({json.dumps(code)})(); for (const [name, url] of {json.dumps(files)})"
        " console.log(JSON.stringify([name, Object.keys(joined[name]).sort(), Object.keys(await import(url)).sort()]));"
    )
    done = subprocess.run(
        [node, "--input-type=module"], input=program, capture_output=True, text=True, encoding="utf-8", check=True
    )
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [name for name, _, _ in found] == names
    for name, ours, theirs in found:
        assert ours == theirs, name
        assert ours, name
