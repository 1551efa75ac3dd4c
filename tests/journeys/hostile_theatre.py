"""A theatre in which every text that an author can choose is an attack on whoever reads it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from control.record.tables import ActorRow, PlaceRow, ReportRow, SourceRow
from tests.conftest import BORDERS, ROOT, Rows, write_rows

HIT = "window.top.hit=window.hit=document.title='hit'"
ATTACKS = (
    f"<script>{HIT}</script>",
    f'"><img src=x onerror="{HIT}">',
    f'\'><svg onload="{HIT}">',
    "{{7*7}}{% for x in [] %}${7*7}<%= 7*7 %>",
    f"</script><script>{HIT}</script><!--",
    f"[click](javascript:{HIT}) ![x](x) :red[x] $x$ `x`",
    f'<a href="javascript:{HIT}">a</a><iframe srcdoc="<script>{HIT}</script>"></iframe>',
    "\u202eright to left\u202c \u2066isolated\u2069",
    "W" * 200,
    "two\nlines\r\nthree",
    "\x01\x08\x1b[31m\x7f\x85\ufeff\ufffd\u2028\u2029end",
    "=cmd|'/c calc'!A0",
    "</style></title></textarea></noscript><base href=//evil.test><meta http-equiv=refresh content=0;url=//evil.test>",
)
REFERENCES = (
    f"javascript:{HIT}",
    f"data:text/html,<script>{HIT}</script>",
    f'https://good.test/" onclick="{HIT}',
    "https://good.test/page?a=1&b=<script>",
    "vbscript:msgbox(1)",
    "//evil.test/x",
    "https://good.test/article",
    "HTTPS://good.test/upper",
    "file:///etc/passwd",
    f"\tjava\nscript:{HIT}",
    "http://[",
    f"see https://good.test/in-text) and javascript:{HIT}",
    "https://\u202egood.test/turned",
)
LINKED = {"good.test"}
"""The only host that anything may link to."""


def attack(number: int) -> str:
    return ATTACKS[number % len(ATTACKS)]


def write_hostile_theatre(folder: Path) -> Path:
    """Write the theatre: each attack is a place, an actor, a source; notes carry them all."""
    folder.mkdir(parents=True)
    title = f"<script>{HIT}</script> {{{{7*7}}}} & \u202e"
    settings = {
        "id": "hostile", "title": title, "countries": ["AA"], "bbox": [9.0, 49.0, 12.0, 52.0],
        "opening_bbox": [9.0, 49.0, 12.0, 52.0], "licence": attack(1), "attribution": " ".join(ATTACKS[:6]),
    }  # fmt: skip
    days = "start = 2017-01-01\nend = 2018-01-01\nopening_date = 2017-06-01\n"
    lines = "".join(f"{key} = {json.dumps(value, ensure_ascii=True)}\n" for key, value in settings.items())
    (folder / "theatre.toml").write_text(f"[theatre]\n{days}{lines}", encoding="utf-8")
    (folder / "borders.geojson").write_text(BORDERS.replace("Aland", "<img src=x onerror=hit()>"), encoding="utf-8")
    count = len(ATTACKS)
    places: Rows = [
        {
            "id": f"p{n}", "name": attack(n), "names": f"Place{n}; {attack(n + 1)}", "lon": 9.4 + (n % 4) * 0.7,
            "lat": 49.4 + (n // 4) * 0.6, "country": "AA", "admin": attack(n + 2), "kind": "town",
            "coordinate_source": attack(n + 3), "note": attack(n + 4),
        }
        for n in range(count)
    ]  # fmt: skip
    actors: Rows = [
        {
            "id": f"a{n}", "name": f"{attack(n)} army", "short_name": attack(n), "colour": f"#{40 + 15 * n:02x}6080",
            "aliases": f"Actor{n}", "note": attack(n + 1),
        }
        for n in range(count)
    ]  # fmt: skip
    sources: Rows = [
        {
            "id": f"s{n}", "title": attack(n), "publisher": attack(n + 1), "published": "2018-01-01",
            "reference": REFERENCES[n], "family": attack(n + 2), "grade": "B", "grade_reason": attack(n + 3),
            "licence": attack(n + 4), "note": attack(n + 5),
        }
        for n in range(count)
    ]  # fmt: skip
    reports: Rows = [
        {
            "event_date": f"2017-{month:02d}-15", "place": f"Place{n}", "event": "captured",
            "actor": f"Actor{(n + month) % count}", "source": f"s{(n + month) % count}", "credibility": 2,
            "note": attack(n + month),
        }
        for n in range(count)
        for month in (2, 5, 8)
    ]  # fmt: skip
    # These are rejected or wait, and are told of with what they say.
    reports += [{**reports[0], "place": text, "note": "nowhere", "actor": text} for text in ATTACKS] + [
        {**reports[1], "set_aside": text, "note": f"waits {n}"} for n, text in enumerate(ATTACKS)
    ]
    for name, row_type, rows in (
        ("places", PlaceRow, places), ("actors", ActorRow, actors),
        ("sources", SourceRow, sources), ("reports", ReportRow, reports),
    ):  # fmt: skip
        write_rows(folder / f"{name}.csv", row_type, rows)
    return folder


def write_app(folder: Path) -> Path:
    """Lay out the app with the hostile theatre as its only one."""
    folder.mkdir()
    for name in ("control", "geo", ".streamlit"):
        (folder / name).symlink_to(ROOT / name, target_is_directory=True)
    shutil.copy(ROOT / "streamlit_app.py", folder)
    write_hostile_theatre(folder / "seeds" / "hostile")
    return folder
