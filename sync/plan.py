"""差分一覧: everybody who is listed, each with what would happen.

A plan is a value; it is shown, then carried out.
"""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pydantic import TypeAdapter

from sync.diff import Blocked, BlockReason, Create, Difference, Status, Update, diff
from sync.fields import Policies
from sync.model import Direction, Employee
from sync.text import number_key


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One person of a plan; `position` (from 0) names the row within it."""

    position: int
    difference: Difference

    @property
    def is_tickable(self) -> bool:
        """Tell whether there is something to write."""
        return isinstance(self.difference, Create | Update)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a preview shows and a run carries out."""

    direction: Direction
    as_of: date
    made_at: datetime
    rows: tuple[PlanRow, ...]
    target_size: int
    """How many people the target has, of any standing."""

    def counts(self) -> dict[Status, int]:
        """Count the rows of each status."""
        found = Counter(row.difference.status for row in self.rows)
        return {status: found[status] for status in Status}


@dataclass(frozen=True, slots=True)
class People:
    """Both sides as they were read for a plan."""

    listed: Sequence[Employee]
    """The source's people who are enrolled on `as_of`."""
    target: Sequence[Employee]
    """Everybody in the target as of today, retired and future people included."""


def make_plan(
    direction: Direction, as_of: date, people: People, policies: Policies, made_at: datetime
) -> Plan:
    """Compare everybody who is listed with everybody in the target."""
    differences = _differences(people, direction, policies)
    ordered = sorted(differences, key=_place)
    rows = tuple(PlanRow(position, difference) for position, difference in enumerate(ordered))
    return Plan(direction=direction, as_of=as_of, made_at=made_at, rows=rows, target_size=len(people.target))


def fingerprint(rows: Iterable[PlanRow]) -> str:
    """Give a digest of exactly what these rows show: two differ when any shown value differs."""
    digest = hashlib.sha256()
    for row in rows:
        digest.update(_ROW.dump_json(row))
    return digest.hexdigest()


_ROW = TypeAdapter(PlanRow)


def _differences(people: People, direction: Direction, policies: Policies) -> Iterable[Difference]:
    listed = _by_key(people.listed)
    target = _by_key(people.target)
    for person in people.listed:
        reason = _block_reason(person, listed, target)
        if reason is not None:
            yield Blocked(desired=person, reason=reason)
        else:
            matches = target.get(number_key(person.number or ""), [])
            yield diff(person, matches[0] if matches else None, direction.target, policies)


_FIRST_TO_LAST = (Status.CREATE, Status.UPDATE, Status.BLOCKED, Status.UNCHANGED)


def _place(difference: Difference) -> tuple[int, bool, str, str]:
    """First what asks for a decision; then by number, and by id where numbers are missing or doubled."""
    person = difference.desired
    rank = _FIRST_TO_LAST.index(difference.status)
    return (rank, person.number is None, person.number or "", person.remote_id)


def _by_key(people: Iterable[Employee]) -> dict[str, list[Employee]]:
    grouped: defaultdict[str, list[Employee]] = defaultdict(list)
    for person in people:
        if person.number is not None:
            grouped[number_key(person.number)].append(person)
    return dict(grouped)


def _block_reason(
    person: Employee, listed: Mapping[str, list[Employee]], target: Mapping[str, list[Employee]]
) -> BlockReason | None:
    if not person.number or not number_key(person.number):
        return BlockReason.NO_NUMBER
    key = number_key(person.number)
    matches = target.get(key, [])
    if len(listed[key]) > 1:
        return BlockReason.NUMBER_TWICE_IN_SOURCE
    if len(matches) > 1:
        return BlockReason.NUMBER_TWICE_IN_TARGET
    if matches and matches[0].number != person.number:
        return BlockReason.NUMBER_SPELLED_OTHERWISE
    return None
