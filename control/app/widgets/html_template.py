"""HTML from the templates of the app, in which every value is escaped."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from control.markup import http_url, without_marks

TEMPLATES = Path(__file__).parents[1] / "templates"


def _plain(value: object) -> object:
    """Leave out control characters and marks that turn the writing direction: they could disguise a neighbour."""
    return value if hasattr(value, "__html__") else without_marks(str(value))


_environment = Environment(
    loader=FileSystemLoader(TEMPLATES),
    autoescape=True,
    finalize=_plain,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_environment.filters["http_url"] = http_url


def render_html(template: str, **values: object) -> str:
    """Fill a template.

    Parameters
    ----------
    template
        Name of the file in `control/app/templates`.
    values
        What it names. Text is escaped; a name without a value is an error.
    """
    return _environment.get_template(template).render(values)
