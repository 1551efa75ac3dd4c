"""The HTML page around a map: its language, its content security policy, and the same bytes every time."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterator
from typing import Any

from branca.element import Element, Figure
from folium.template import Template

from control.markup import Html

POLICY_MARK = "<!-- content security policy -->"
_SCRIPT = re.compile(r"<script(?P<attributes>[^>]*)>(?P<code>.*?)</script>", re.DOTALL | re.IGNORECASE)
_ORIGIN = re.compile(r"^(https://[^/]+)")


class Verbatim(Element):
    """Text that goes into the page as it is.

    branca parses what an element rendered as a Jinja template once more, when it is put into the page. A place named
    ``{{ 7 * 7 }}`` would be executed there; here it stays a name.
    """

    def __init__(self, text: str) -> None:
        super().__init__()
        self._name = "Verbatim"
        self.text = text

    def render(self, **kwargs: Any) -> str:  # noqa: ARG002 -- branca's signature
        """Return the text."""
        return self.text


class Page(Figure):
    """A page that asks nobody for anything, and says so to the browser.

    Parameters
    ----------
    title : str
        Plain text; it is escaped here.
    lang : str
        BCP 47 tag of the page's language.
    image_hosts : tuple of str
        Origins that map tiles may come from, as in ``https://*.tile.example.org``. None by default.
    """

    _template = Template(
        '<!DOCTYPE html>\n<html lang="{{ this.lang | e }}">\n<head>\n<meta charset="utf-8">\n'
        + POLICY_MARK
        + '\n<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        "<title>{{ this.title | e }}</title>\n"
        "{{ this.header.render(**kwargs) }}\n</head>\n<body>\n{{ this.html.render(**kwargs) }}\n"
        "<script>\n{{ this.script.render(**kwargs) }}\n</script>\n</body>\n</html>\n"
    )

    def __init__(self, *, title: str = "Map", lang: str = "en", image_hosts: tuple[str, ...] = ()) -> None:
        super().__init__(title=title)
        self.lang = lang
        self.image_hosts = image_hosts
        self._named = 0
        # branca's own charset declaration; the template has one, and first.
        self.header._children.pop("meta_http", None)

    def render(self, **kwargs: Any) -> str:
        """Return the whole page. The same map gives the same bytes."""
        self._name_elements()
        # The HTML parser turns CR LF into LF before it hashes a script; so must we.
        page = str(super().render(**kwargs)).replace("\r\n", "\n")
        return page.replace(POLICY_MARK, self._policy(page), 1)

    def _name_elements(self) -> None:
        """Replace branca's random ids by a count, once per element."""
        for element in _descendants(self):
            if not hasattr(element, "_counted"):
                self._named += 1
                element._id = f"{self._named:04d}"
                element._counted = True

    def _policy(self, page: str) -> str:
        scripts = " ".join(_script_hashes(page)) or "'none'"
        images = " ".join(("data:", *self.image_hosts))
        policy = (
            f"default-src 'none'; script-src {scripts}; style-src 'unsafe-inline' data:; img-src {images}; "
            "connect-src 'none'; base-uri 'none'; form-action 'none'"
        )
        return str(Html('<meta http-equiv="Content-Security-Policy" content="{}">').format(policy))


def tile_origin(template: str) -> str:
    """Return the origin of a tile URL template, as a content security policy names it.

    Parameters
    ----------
    template : str
        ``https://{s}.tile.example.org/{z}/{x}/{y}.png``.

    Returns
    -------
    str
        ``https://*.tile.example.org``.

    Raises
    ------
    ValueError
        If the template is not an https URL.
    """
    match = _ORIGIN.match(template)
    if match is None:
        raise ValueError(f"tiles must come from an https:// URL, not {template!r}")
    return re.sub(r"\{[^}]*\}", "*", match.group(1))


def _script_hashes(page: str) -> list[str]:
    """Return the policy sources of the scripts in a page: with them, no other script runs."""
    hashes = []
    for match in _SCRIPT.finditer(page):
        if "application/json" in match["attributes"] or "src=" in match["attributes"]:
            continue
        digest = base64.b64encode(hashlib.sha256(match["code"].encode()).digest()).decode()
        hashes.append(f"'sha256-{digest}'")
    return list(dict.fromkeys(hashes))


def _descendants(element: Element) -> Iterator[Element]:
    for child in element._children.values():
        yield child
        yield from _descendants(child)
