"""A few at once, the others wait, the first comes first."""

import threading

import pytest

from counseling.turns import Turns

pytestmark = pytest.mark.sqlite

SOON = 5


def test_whoever_waits_longest_comes_next() -> None:
    turns, order, threads = Turns(1), [], []

    def use(number: int) -> None:
        with turns.one():
            order.append(number)

    with turns.one():
        for number in range(8):
            threads.append(threading.Thread(target=use, args=(number,)))
            threads[-1].start()
            while len(turns.waiting) <= number:
                pass
    for thread in threads:
        thread.join(SOON)
    assert order == list(range(8))


def test_turns_are_given_again_after_many_came_and_went() -> None:
    turns = Turns(3)

    def use() -> None:
        for _ in range(200):
            with turns.one():
                pass

    threads = [threading.Thread(target=use) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SOON)
    assert (turns.free, list(turns.waiting)) == (3, [])
