"""The target's people as they are right now."""

from collections.abc import Iterable, Sequence

from sync.diff import Create, Writable
from sync.ledger import LedgerRow
from sync.model import Employee
from sync.remote import RemoteSystem
from sync.text import number_key


class Live:
    """What a re-read of the target has shown."""

    def __init__(self, people: Iterable[Employee]) -> None:
        self._by_id = {person.remote_id: person for person in people}

    def find(self, difference: Writable) -> list[Employee]:
        """Give the person that an update is for, or everybody who has a creation's number."""
        if not isinstance(difference, Create):
            person = self._by_id.get(difference.existing.remote_id)
            return [person] if person else []
        key = number_key(difference.desired.number or "")
        return [person for person in self._by_id.values() if number_key(person.number or "") == key]


def fetch_live(target: RemoteSystem, rows: Sequence[LedgerRow]) -> Live:
    """Read again, in few calls, whom these rows are about."""
    ids = [row.difference.existing.remote_id for row in rows if not isinstance(row.difference, Create)]
    numbers = [row.difference.desired.number or "" for row in rows if isinstance(row.difference, Create)]
    return Live(target.fetch_live(ids, numbers))
