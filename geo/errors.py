"""The errors that are of what a person gave, and not of the program."""

from __future__ import annotations


class UserError(Exception):
    """Something given to the program cannot be used; the message says what is wrong, what was expected and how to mend it.

    Whoever talks to a person (command line, app) shows the message and no traceback. The classes below it are `ValueError`,
    `LookupError` or the like as well, for code that knows nothing of this program.
    """
