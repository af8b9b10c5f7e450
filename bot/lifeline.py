"""How a process ends: told to, or because another one has taken its work over."""

import threading


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

    def park_if_stopping(self) -> None:
        """Return unless the process is to stop."""
        if self.stopping.is_set():
            threading.Event().wait()

    def give_way(self) -> None:
        """Have the process end, and don't return: another one has taken over what the caller does."""
        self.let_go()
        threading.Event().wait()

    def let_go(self) -> None:
        """Have the process end: another one has its place."""
        self.lost.set()
        self.stopping.set()
