"""What goes wrong when a file is to be written."""

from __future__ import annotations

from geo.errors import UserError


class ExportError(UserError, ValueError):
    """Something that a format cannot hold; the message says what it can."""
