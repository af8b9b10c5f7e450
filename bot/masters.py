"""The masters that new people are placed by, read for the editor of rules."""

from threading import Lock

from bot.remotes import Remotes
from storage.records import Integration, Scope
from storage.store import Store
from sync.model import Direction, PlacementChoices


class Masters:
    """Remembers what was read last: a search in a menu is answered at once, so it can't call a system."""

    def __init__(self, store: Store, remotes: Remotes) -> None:
        self._store = store
        self._remotes = remotes
        self._lock = Lock()
        self._read: dict[tuple[Scope, Direction], PlacementChoices] = {}

    def fetch(self, integration: Integration, direction: Direction) -> PlacementChoices:
        """Read them from the target. Raises NotIntegrated, ClosedNow and every RemoteError."""
        choices = self._remotes.of(integration, direction.target).fetch_placement_choices()
        with self._lock:
            self._read[integration.scope, direction] = choices
        return choices

    def last(self, scope: Scope, direction: Direction) -> PlacementChoices:
        """Give what was read last, by this process or for the newest list of differences."""
        with self._lock:
            read = self._read.get((scope, direction))
        if read is not None:
            return read
        newest = self._store.plans.newest_ready(scope, direction)
        return (newest and newest.choices) or PlacementChoices()
