"""Keys of widgets. Two widgets with one key stop the app, so all keys are made here, of parts that cannot run together."""

from __future__ import annotations

from urllib.parse import quote


def widget_key(area: str, *parts: object) -> str:
    """Join the parts of a key: the area of the app, what the widget is, and what tells it from others of its kind.

    Different parts give different keys, since a colon within a part is written otherwise than the colons between them. A
    test holds that no two places of the app can make the same parts. In the style sheet the colon is a hyphen:
    `upload:go_on` is `.st-key-upload-go_on`.
    """
    return ":".join(quote(str(part), safe="") for part in (area, *parts))
