"""Hooks of the documentation site: pages beside `docs/` become pages of it, and files that pages link to go along.

The same links work in a checkout and on the site: a link out of `docs/` leads to a copy under `project/`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page

CHECKOUT = Path(__file__).resolve().parent.parent
PREFIX = "project"
"""Where the site keeps what is outside `docs/`."""
BESIDE = ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "seeds/README.md", "tests/data/README.md")
"""Pages outside `docs/`, from the root of the checkout."""
_CODE = re.compile(r"(^```.*?^```$|`[^`\n]+`)", re.DOTALL | re.MULTILINE)
_LINK = re.compile(r"(?<=\]\()(?P<target>[^)#\s:]+)(?=[)#])")


def on_config(config: MkDocsConfig) -> MkDocsConfig:
    """List the decisions in the navigation, in the order of their numbers."""
    decisions = sorted(CHECKOUT.glob("docs/decisions/0*.md"))
    config.nav = [
        *(config.nav or []),
        {"Decisions": ["decisions/README.md", *(f"decisions/{d.name}" for d in decisions)]},
    ]
    return config


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the pages of `BESIDE`, and every other file of the checkout that a page links to."""
    wanted = set(BESIDE)
    for page in (*BESIDE, *(f"docs/{file.src_uri}" for file in files.documentation_pages())):
        wanted |= {target for target in links(page) if not target.startswith("docs/") and (CHECKOUT / target).is_file()}
    for name in sorted(wanted):
        files.append(File.generated(config, f"{PREFIX}/{name}", abs_src_path=str(CHECKOUT / name)))
    return files


def on_page_markdown(markdown: str, page: Page, config: MkDocsConfig, files: Files) -> str:  # noqa: ARG001
    """Point each link to where the site has its target."""
    here = checkout_path(page.file.src_uri)
    beside = PurePosixPath(page.file.src_uri).parent

    def moved(target: str) -> str:
        path = resolved(here, target)
        if (CHECKOUT / path).is_dir():
            path = f"{path}/README.md"
        return os.path.relpath(site_path(path), beside)

    return with_links(markdown, moved)


def links(page: str) -> Iterator[str]:
    """Yield the targets of a page's links to files, from the root of the checkout."""
    for part in _CODE.split((CHECKOUT / page).read_text(encoding="utf-8"))[::2]:
        yield from (resolved(page, link["target"]) for link in _LINK.finditer(part))


def with_links(markdown: str, moved: Callable[[str], str]) -> str:
    """Replace the targets of links, and leave code as it is."""
    parts = _CODE.split(markdown)
    parts[::2] = [_LINK.sub(lambda link: moved(link["target"]), part) for part in parts[::2]]
    return "".join(parts)


def resolved(page: str, target: str) -> str:
    """Return a target, relative to a page, from the root of the checkout."""
    return os.path.normpath(PurePosixPath(page).parent / target)


def checkout_path(page: str) -> str:
    """Return where the checkout has a page of the site."""
    return page.removeprefix(f"{PREFIX}/") if page.startswith(f"{PREFIX}/") else f"docs/{page}"


def site_path(path: str) -> str:
    """Return where the site has a file of the checkout."""
    return path.removeprefix("docs/") if path.startswith("docs/") else f"{PREFIX}/{path}"
