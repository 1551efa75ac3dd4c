"""Taking turns: work that the machine can bear once at a time, in the order in which it was asked for."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import Condition

TELL_SECONDS = 0.5


def _nobody(_ahead: int) -> None:
    """Tell nobody how many are ahead."""


class Turns:
    """A queue of threads. A lock would serve them in any order."""

    def __init__(self) -> None:
        self._line: deque[object] = deque()
        self._moved = Condition()

    @contextmanager
    def turn(self, tell: Callable[[int], None] = _nobody, patience: float = float("inf")) -> Iterator[None]:
        """Wait for a turn, and have it until the block ends.

        Parameters
        ----------
        tell
            Hears every half second how many are ahead. What it raises ends the waiting.
        patience
            Seconds.

        Raises
        ------
        TimeoutError
            When the turn does not come in time.
        """
        me, since = object(), time.monotonic()
        with self._moved:
            self._line.append(me)
        try:
            while ahead := self._ahead(me, min(TELL_SECONDS, patience)):
                if time.monotonic() - since >= patience:
                    raise TimeoutError(f"{ahead} are still ahead after {patience:g} seconds")
                tell(ahead)
            yield
        finally:
            with self._moved:
                self._line.remove(me)
                self._moved.notify_all()

    def _ahead(self, me: object, seconds: float) -> int:
        """Return how many are ahead, at once when nobody is, else after a while."""
        with self._moved:
            self._moved.wait_for(lambda: self._line[0] is me, timeout=seconds)
            return self._line.index(me)
