"""The documentation builds as a site without a warning; it asks nobody for anything, and its search finds what it says."""

from __future__ import annotations

import functools
import json
import os
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from html.parser import HTMLParser
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT

FETCHED = {
    "script": "src", "link": "href", "img": "src", "iframe": "src", "source": "src", "video": "src", "audio": "src",
    "object": "data", "embed": "src", "use": "href", "input": "src",
}  # fmt: skip
"""The elements that fetch something when a page opens, and the attribute that says what."""
NOT_FETCHED = {"canonical", "prev", "next"}
NOWHERE = "http://127.0.0.1:9"
"""Nobody answers there: a build that asked the network would fail."""


class Fetches(HTMLParser):
    """Collects the addresses that a page fetches by itself when it is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "link" and NOT_FETCHED & set((found.get("rel") or "").split()):
            return
        self.addresses += [found.get(FETCHED[tag]) or ""] if tag in FETCHED else []
        self.addresses += [part.split()[0] for part in (found.get("srcset") or "").split(",") if part.strip()]
        self.addresses += fetched_by_style(found.get("style") or "")


def fetched_by_style(text: str) -> list[str]:
    return re.findall(r"""(?:url\(|@import)\s*["']?([^"')\s;]+)""", text)


def outside(addresses: list[str]) -> list[str]:
    return [address for address in addresses if re.match(r"(?:[a-z]+:)?//", address.lower())]


def fetched_by(page: str) -> list[str]:
    parser = Fetches()
    parser.feed(page)
    return parser.addresses


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of the built site; a warning is a failure (`strict` in mkdocs.yml)."""
    folder = tmp_path_factory.mktemp("site")
    env = {**os.environ, "HTTP_PROXY": NOWHERE, "HTTPS_PROXY": NOWHERE}
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(folder)]
    built = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False)
    assert built.returncode == 0, built.stdout + built.stderr
    return folder


def test_every_page_is_there(site: Path) -> None:
    for page in ("index", "architecture", "decisions/0001-first-rule", "project/CONTRIBUTING", "project/seeds/index"):
        assert (site / f"{page}.html").is_file()
    pages = {path.relative_to(ROOT / "docs").with_suffix("").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    built = {path.relative_to(site).with_suffix("").as_posix() for path in site.rglob("*.html")}
    assert {re.sub("README$", "index", page) for page in pages} <= built


def test_no_page_fetches_from_outside(site: Path) -> None:
    pages = sorted(site.rglob("*.html"))
    assert len(pages) > 30
    fetched = {page: fetched_by(page.read_text(encoding="utf-8")) for page in pages}
    assert all(fetched.values())
    assert {str(page): outside(addresses) for page, addresses in fetched.items() if outside(addresses)} == {}
    styles = {style: fetched_by_style(style.read_text(encoding="utf-8")) for style in site.rglob("*.css")}
    assert styles
    assert {str(style): outside(addresses) for style, addresses in styles.items() if outside(addresses)} == {}


def test_an_address_outside_would_be_noticed() -> None:
    for page in (
        '<script src="https://example.org/a.js"></script>',
        '<link rel="stylesheet" href="//example.org/a.css">',
        '<img src="a.png" srcset="a.png 1x, https://example.org/b.png 2x">',
        '<p style="background: url(https://example.org/b.png)">',
    ):
        assert len(outside(fetched_by(page))) == 1, page
    assert outside(fetched_by('<a href="https://example.org">elsewhere</a><img src="a.png">')) == []
    assert outside(fetched_by_style('@import "https://example.org/font.css"; a {background: url("b.png")}')) != []


def test_every_decision_is_in_the_list() -> None:
    listed = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    decisions = sorted((ROOT / "docs" / "decisions").glob("0*.md"))
    assert len(decisions) > 10
    assert [name for _, name in re.findall(r"\[(.+?)\]\((\S+?)\)", listed)] == [path.name for path in decisions]


def test_links_out_of_the_folder_lead_to_copies(site: Path) -> None:
    """Pages link to files of the checkout; the site holds them as they are."""
    policy = "control/assessment/policies/balanced.toml"
    assert f'href="project/{policy}"' in (site / "scale.html").read_text(encoding="utf-8")
    assert (site / "project" / policy).read_bytes() == (ROOT / policy).read_bytes()


def test_the_search_knows_the_pages(site: Path) -> None:
    index = json.loads((site / "search" / "search_index.json").read_text(encoding="utf-8"))
    found = {entry["location"].split("#")[0] for entry in index["docs"] if "besieged" in entry["text"]}
    assert {"theatre-format.html", "project/index.html"} <= found


@pytest.fixture
def address(site: Path) -> Iterator[str]:
    """Serve the site on a free port."""
    handler = functools.partial(Quiet, directory=str(site))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  the base class calls it so
        """Say nothing."""


@pytest.mark.browser
def test_a_reader_searches_without_a_network(browser: Any, address: str) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(f"{address}/index.html")
    page.locator("[data-md-component=search-query]").first.click()
    page.keyboard.type("besieged")
    results = page.locator(".md-search-result__link")
    results.first.wait_for()
    assert results.count() > 3
    page.close()
    assert any("search_index.json" in url for url in asked)
    assert [url for url in asked if not url.startswith((address, "data:", "blob:"))] == []
