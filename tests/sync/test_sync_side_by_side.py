"""Several things are worked on at once: each once, and no more after an error."""

from threading import Barrier, Lock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.side_by_side import side_by_side


@given(st.lists(st.integers()), st.integers(1, 6))
def test_each_thing_is_worked_on_once(things: list[int], workers: int) -> None:
    done: list[int] = []
    side_by_side(things, done.append, workers)
    assert sorted(done) == sorted(things)


def test_so_many_are_worked_on_at_a_time() -> None:
    together = Barrier(3, timeout=10)

    def meet(_thing: int) -> None:
        together.wait()

    side_by_side(range(6), meet, 3)


def test_after_an_error_nothing_more_is_begun_and_it_is_raised() -> None:
    done: list[int] = []
    lock = Lock()

    def work(thing: int) -> None:
        with lock:
            done.append(thing)
        if thing == 2:
            raise ValueError("two")

    with pytest.raises(ValueError, match="two"):
        side_by_side(range(1000), work, 2)
    assert len(done) < 1000
