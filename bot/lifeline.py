"""How a process ends: told to, or because another one has taken its work over."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class ProcessEnds(Exception):
    """The process is to stop: what is under way is brought to an end, and nothing more is begun."""


class Lifeline:
    """Shared by whoever works and whoever ends the process.

    A parked thread never comes back: the process goes around it, and its run is carried on elsewhere or after
    the next start.
    """

    def __init__(self) -> None:
        self.stopping = threading.Event()
        """Set once no more is to be begun."""
        self.lost = threading.Event()
        """Set when another process carries on what this one carried out: it has to end and start anew."""
        self._at_work = 0
        self._changed = threading.Condition()

    def raise_if_stopping(self) -> None:
        """Raise ProcessEnds when the process is to stop: before each row and each call of a run."""
        if self.stopping.is_set():
            raise ProcessEnds

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """Be waited for until the block ends; on ProcessEnds, park."""
        try:
            with self._counted():
                yield
        except ProcessEnds:
            threading.Event().wait()

    def wait_for_work(self, seconds: float) -> bool:
        """Wait until everybody at work has come to an end; False when somebody has not within that time."""
        with self._changed:
            return self._changed.wait_for(lambda: not self._at_work, seconds)

    def give_way(self) -> None:
        """Have the process end, and don't return: another one has taken over what the caller does."""
        self.let_go()
        threading.Event().wait()

    def let_go(self) -> None:
        """Have the process end: another one has its place, or it may have none."""
        self.lost.set()
        self.stopping.set()

    @contextmanager
    def _counted(self) -> Iterator[None]:
        with self._changed:
            self._at_work += 1
        try:
            yield
        finally:
            with self._changed:
                self._at_work -= 1
                self._changed.notify_all()
