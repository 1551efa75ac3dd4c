"""What goes wrong when a file is to be written."""

from __future__ import annotations


class ExportError(ValueError):
    """Something that a format cannot hold; the message says what it can."""
