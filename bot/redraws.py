"""Draws a modal again, one drawing at a time, so that a late one never paints over a newer one.

Presses that come while a drawing is under way are not drawn one by one: the last of them is drawn once, and
shows what all of them have done.
"""

import threading
from collections.abc import Callable

Draw = Callable[[], None]


class Redraws:
    """The drawings under way in this process, by view id."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._next: dict[str, Draw | None] = {}

    def show(self, view_id: str, draw: Draw) -> None:
        """Draw now or, while somebody draws this view, leave it to them to draw this afterwards."""
        with self._lock:
            if view_id in self._next:
                self._next[view_id] = draw
                return
            self._next[view_id] = None
        self._draw_all(view_id, draw)

    def _draw_all(self, view_id: str, draw: Draw) -> None:
        """Draw, then what has come meanwhile, also when a drawing fails."""
        try:
            draw()
        finally:
            waiting = self._take(view_id)
            if waiting is not None:
                self._draw_all(view_id, waiting)

    def _take(self, view_id: str) -> Draw | None:
        with self._lock:
            waiting = self._next.pop(view_id)
            if waiting is not None:
                self._next[view_id] = None
            return waiting
