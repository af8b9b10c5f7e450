"""The search index of a plan: what searching and filtering need of all its rows, in one sealed piece."""

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from itertools import chain
from threading import Lock

from pydantic import TypeAdapter

from storage.plan_records import IndexEntry
from storage.secrets import Keyring, Sealed, packed, unpacked
from storage.statements import in_batches
from sync.diff import Blocked, Create, Difference, Notice
from sync.plan import PlanRow
from sync.text import search_key

Index = tuple[IndexEntry, ...]
PIECE = 10_000
"""People."""
OPENED = 8
"""Indexes kept open; one of 10,000 people takes some 5 MB."""


def seal_index(keys: Keyring, rows: Sequence[PlanRow]) -> Sealed:
    """Make and seal the index of a plan's rows, in pieces: whole, it would be larger than they are."""
    pieces = in_batches(rows, PIECE) if rows else [rows]
    return keys.seal_pieces(packed(_PIECE.dump_json([_entry(row) for row in piece])) for piece in pieces)


def open_index(keys: Keyring, sealed: str) -> Index:
    """Open an index. Raises SealBroken."""
    pieces = map(unpacked, keys.open_pieces(sealed))
    return tuple(chain.from_iterable(map(_PIECE.validate_json, pieces)))


_PIECE = TypeAdapter(list[IndexEntry])


def _entry(row: PlanRow) -> IndexEntry:
    person = row.difference.desired
    key = search_key(
        person.number, person.last_name, person.first_name, person.last_name_kana, person.first_name_kana
    )
    return IndexEntry(
        row.position,
        row.difference.status,
        person.number,
        key,
        row.is_tickable,
        remote_id=person.remote_id,
        posts=person.posts if isinstance(row.difference, Create) else (),
        identity=is_decided(row.difference),
    )


def is_decided(difference: Difference) -> bool:
    """Tell whether a person decided that the two records of a row that can be written are one human being."""
    return not isinstance(difference, Blocked) and Notice.IDENTITY_CONFIRMED in difference.notices


class OpenedIndexes:
    """The indexes used last, opened; safe to share between threads."""

    def __init__(self, size: int = OPENED) -> None:
        self._size = size
        self._lock = Lock()
        self._indexes: OrderedDict[str, Index] = OrderedDict()

    def get(self, plan_id: str) -> Index | None:
        """Give an index if it is open."""
        with self._lock:
            index = self._indexes.get(plan_id)
            if index is not None:
                self._indexes.move_to_end(plan_id)
            return index

    def put(self, plan_id: str, index: Index) -> None:
        """Keep an index open, and let go of the one that was unused the longest."""
        with self._lock:
            self._indexes[plan_id] = index
            self._indexes.move_to_end(plan_id)
            while len(self._indexes) > self._size:
                self._indexes.popitem(last=False)

    def forget(self, plan_ids: Iterable[str]) -> None:
        """Let go of these."""
        with self._lock:
            for plan_id in plan_ids:
                self._indexes.pop(plan_id, None)
