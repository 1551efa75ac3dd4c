"""Text that XML can hold."""

from __future__ import annotations


def xml_text(text: str) -> str:
    """Take out characters that XML 1.0 cannot hold, not even escaped; escaping itself is up to the writer."""
    return "".join(
        c for c in text if c in "\t\n" or (c >= " " and c not in "\ufffe\uffff" and not "\ud800" <= c <= "\udfff")
    )
