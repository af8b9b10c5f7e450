"""What this process really carries out, whatever the engine's notes say."""

import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager


class Dispatches:
    """Counts, for a piece of work may come here once more while a first dispatch of it still stands still."""

    def __init__(self) -> None:
        self._under_way: Counter[str] = Counter()
        self._lock = threading.Lock()

    @contextmanager
    def noted(self, workflow_id: str) -> Iterator[None]:
        """Have work count as under way during the block, however it ends."""
        with self._lock:
            self._under_way[workflow_id] += 1
        try:
            yield
        finally:
            with self._lock:
                self._under_way -= Counter([workflow_id])

    def under_way(self) -> frozenset[str]:
        """Give the ids of the work that some thread of this process carries out."""
        with self._lock:
            return frozenset(self._under_way)
