"""差分一覧: everybody who is listed, each with what would happen.

A plan is a value; it is shown, then carried out.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any, get_args

from pydantic import TypeAdapter

from sync.belonging import key_of
from sync.calendar import today
from sync.diff import (
    Blocked,
    BlockReason,
    Create,
    Difference,
    Notice,
    Respelled,
    Status,
    Update,
    diff,
)
from sync.identity import Identified, Link, Ties, identify, new_links
from sync.model import Direction, Employee
from sync.notices import is_employed_after_leaving, is_retired_without_date, notices
from sync.placing import Rule
from sync.terms import Terms


@dataclass(frozen=True, slots=True)
class PlanRow:
    """One person of a plan; `position` (from 0) names the row within it."""

    position: int
    difference: Difference

    @property
    def is_tickable(self) -> bool:
        """Tell whether there is something to write."""
        return isinstance(self.difference, Create | Update | Respelled)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a preview shows and a run carries out."""

    direction: Direction
    as_of: date
    made_at: datetime
    rows: tuple[PlanRow, ...]
    target_size: int
    """How many people the target has, of any standing."""
    links: tuple[Link, ...] = ()
    """Certain matches that were not remembered before."""

    def counts(self) -> dict[Status, int]:
        """Count the rows of each status."""
        found = Counter(row.difference.status for row in self.rows)
        return {status: found[status] for status in Status}


@dataclass(frozen=True, slots=True)
class People:
    """Both sides as they were read for a plan."""

    source: Sequence[Employee]
    """Everybody in the source as of `as_of`, people who have left or are still to come included."""
    target: Sequence[Employee]
    """Everybody in the target as of today, retired and future people included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Basis:
    """What a plan rests on, beside the people."""

    direction: Direction
    as_of: date
    terms: Terms
    ties: Ties = field(default_factory=Ties)
    rules: tuple[Rule, ...] = ()


def make_plan(basis: Basis, people: People, made_at: datetime) -> Plan:
    """Compare everybody who is listed with everybody in the target."""
    day = today(made_at)
    present = listed(people.source, basis.as_of, day)
    identified = identify(present, people.source, people.target, basis.direction, basis.ties)
    shown = [each for each in identified if not _is_long_gone(each)]
    return Plan(
        direction=basis.direction,
        as_of=basis.as_of,
        made_at=made_at,
        rows=in_order(_difference(each, basis, day) for each in shown),
        target_size=len(people.target),
        links=new_links(shown, basis.direction, basis.ties),
    )


def listed(people: Iterable[Employee], as_of: date, day: date) -> list[Employee]:
    """Give who of the source may have a row: whoever is enrolled on `as_of`, or is contradictory on `day`.

    Somebody who has retired without a date does not get into the way of who has their number now.
    """
    retired, others = [], []
    for person in people:
        if is_retired_without_date(person):
            retired.append(person)
        elif person.enrolled_on(as_of) or is_employed_after_leaving(person, day):
            others.append(person)
    if not retired:
        return others
    taken = {key_of(person) for person in others} - {""}
    return others + [person for person in retired if key_of(person) not in taken]


def in_order(differences: Iterable[Difference]) -> tuple[PlanRow, ...]:
    """Give the rows as a plan lists them: by status, then by number."""
    return tuple(PlanRow(*each) for each in enumerate(sorted(differences, key=_place)))


class Fingerprint:
    """A digest of exactly what rows show, one after the other: two differ when any shown value differs."""

    def __init__(self) -> None:
        self._digest = hashlib.sha256()

    def add(self, position: int, shown: bytes) -> None:
        """Add a row; `shown` is its difference as `shown` gives it."""
        self._digest.update(b'{"position":%d,"difference":%b}' % (position, shown))

    def __str__(self) -> str:
        return self._digest.hexdigest()


def shown(difference: Difference) -> bytes:
    """Give a difference as JSON, each kind by a serializer of its own: a union takes half as long again."""
    return _SERIALIZERS[type(difference)](difference)


def fingerprint(rows: Iterable[PlanRow]) -> str:
    """Give the fingerprint of rows."""
    found = Fingerprint()
    for row in rows:
        found.add(row.position, shown(row.difference))
    return str(found)


_SERIALIZERS: Mapping[type, Callable[[Any], bytes]] = {
    kind: TypeAdapter(kind).serializer.to_json for kind in get_args(Difference)
}


def _difference(identified: Identified, basis: Basis, day: date) -> Difference:
    person, existing = identified.person, identified.existing
    if identified.doubt is not None:
        return Blocked(desired=person, reason=identified.doubt, existing=existing, other=identified.other)
    if existing is None and is_employed_after_leaving(person, day):
        return Blocked(desired=person, reason=BlockReason.CONTRADICTORY)
    difference = diff(person, existing, basis.direction.target, basis.terms)
    said = tuple(_said(identified, basis, day))
    return replace(difference, notices=said) if said and not isinstance(difference, Blocked) else difference


def _said(identified: Identified, basis: Basis, day: date) -> Iterator[Notice]:
    if identified.confirmed:
        yield Notice.IDENTITY_CONFIRMED
    if identified.person.remote_id in basis.ties.apart:
        yield Notice.SET_APART
    yield from notices(identified.person, identified.existing, day, basis.rules)


def _is_long_gone(identified: Identified) -> bool:
    """Tell whether somebody has retired, nobody says when, and the target does not know them."""
    is_unknown = identified.existing is None and identified.other is None
    return is_unknown and is_retired_without_date(identified.person)


_RANKS = {status: rank for rank, status in enumerate(Status)}


def _place(difference: Difference) -> tuple[int, bool, str, str]:
    """First by status; then by number, and by id where numbers are missing or doubled."""
    person = difference.desired
    return (_RANKS[difference.status], person.number is None, person.number or "", person.remote_id)
