"""Turns: one at a time, first come first served, and nobody waits for one who has gone."""

from __future__ import annotations

import threading
import time

import pytest

from control.upload.turns import Turns


def test_turns_come_in_the_order_of_asking() -> None:
    turns, served, inside = Turns(), [], []

    def work(number: int) -> None:
        with turns.turn():
            inside.append(number)
            assert len(inside) == 1
            served.append(number)
            time.sleep(0.01)
            inside.clear()

    with turns.turn():
        threads = [threading.Thread(target=work, args=(n,)) for n in range(6)]
        for position, thread in enumerate(threads):
            thread.start()
            while len(turns._line) < position + 2:
                time.sleep(0.001)
        assert served == []
    for thread in threads:
        thread.join()
    assert served == [0, 1, 2, 3, 4, 5]


def test_who_waits_too_long_is_told_and_leaves_the_queue() -> None:
    turns = Turns()
    with turns.turn(), pytest.raises(TimeoutError, match="1 are still ahead"), turns.turn(patience=0.05):
        pytest.fail("two at once")
    with turns.turn(patience=0):
        pass  # nobody is left in the queue


def test_who_goes_away_while_waiting_holds_nobody_up() -> None:
    turns, heard = Turns(), []

    def leave(ahead: int) -> None:
        heard.append(ahead)
        raise KeyboardInterrupt

    with turns.turn(), pytest.raises(KeyboardInterrupt), turns.turn(leave):
        pytest.fail("two at once")
    assert heard == [1]
    with turns.turn(patience=0):
        pass
