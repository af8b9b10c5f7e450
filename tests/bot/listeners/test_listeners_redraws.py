"""The last drawing shows everything, however the presses came."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from bot.redraws import Redraws


def test_presses_during_a_drawing_are_drawn_once_and_last() -> None:
    redraws, drawn = Redraws(), list[str]()
    started, go = threading.Event(), threading.Event()

    def slow() -> None:
        started.set()
        assert go.wait(5)
        drawn.append("first")

    with ThreadPoolExecutor(1) as other:
        drawing = other.submit(redraws.show, "V", slow)
        assert started.wait(5)
        for name in ("second", "third"):
            redraws.show("V", lambda name=name: drawn.append(name))  # type: ignore[misc]
        redraws.show("W", lambda: drawn.append("another view"))
        go.set()
        drawing.result(5)
    assert drawn == ["another view", "first", "third"]


def test_a_drawing_that_fails_costs_only_itself() -> None:
    redraws, drawn = Redraws(), list[str]()

    def fails() -> None:
        redraws.show("V", lambda: drawn.append("waiting"))
        raise OSError("away")

    with pytest.raises(OSError, match="away"):
        redraws.show("V", fails)
    redraws.show("V", lambda: drawn.append("later"))
    assert drawn == ["waiting", "later"]
