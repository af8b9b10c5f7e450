"""Why Renkei would do what it would do with one person: `/renkei who 0012`. Nothing is written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sync.calendar import today
from sync.completeness import raise_if_people_missing
from sync.diff import Change, Create, Difference, Fate, change_of, fate_of, fate_of_new
from sync.errors import PeopleMissing
from sync.fields import COMPARED, FieldPolicy
from sync.model import Direction, Employee, EmployeeNumber, System
from sync.plan import Basis, People, Plan, make_plan
from sync.remote import RemoteSystem
from sync.service import Known
from sync.text import number_key

_NOBODY: Known = {}


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One field of a person: both values, how alike they are, what the settings say and what would happen."""

    change: Change
    policy: FieldPolicy
    fate: Fate


@dataclass(frozen=True, slots=True)
class Way:
    """What would happen with one record in one direction."""

    direction: Direction
    difference: Difference | None
    """None: the source lists nobody with this number today."""
    lines: tuple[FieldLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Explanation:
    """Everything about one employee number."""

    number: EmployeeNumber
    found: Mapping[System, tuple[Employee, ...]]
    """Who has the number in each system, in any spelling."""
    ways: tuple[Way, ...]
    """In each direction one, or one for each record when several have the number."""
    near: tuple[EmployeeNumber, ...] = ()
    """When nobody has it: numbers that differ in leading zeros alone."""
    doubted: tuple[PeopleMissing, ...] = ()
    """Of which systems too few people came: a list would be refused."""


@dataclass(frozen=True, slots=True)
class LookUp:
    """Both systems as they were read for one number; it can be explained again without another call."""

    number: EmployeeNumber
    people: Mapping[System, Sequence[Employee]]
    at: datetime

    def explained(self, bases: Mapping[Direction, Basis], known: Known = _NOBODY) -> Explanation:
        """Explain the person, in the direction of each basis; `known` are those whom a list would expect."""
        found = {system: _with_number(each, self.number) for system, each in self.people.items()}
        ways = tuple(
            way
            for direction, basis in bases.items()
            for way in _ways(self.number, make_plan(basis, self._seen(direction), self.at), basis)
        )
        near = () if any(found.values()) else self._near()
        return Explanation(self.number, found, ways, near, tuple(self._doubted(known)))

    def _doubted(self, known: Known) -> Iterator[PeopleMissing]:
        for system, people in self.people.items():
            try:
                raise_if_people_missing(system, known.get(system, ()), people, accepted=0)
            except PeopleMissing as doubt:
                yield doubt

    def _seen(self, way: Direction) -> People:
        return People(self.people[way.source], self.people[way.target])

    def _near(self) -> tuple[EmployeeNumber, ...]:
        if not number_key(self.number):
            return ()
        wanted_key = number_key(self.number).lstrip("0")
        numbers = {person.number for each in self.people.values() for person in each if person.number}
        return tuple(sorted(number for number in numbers if number_key(number).lstrip("0") == wanted_key))


def look_up(number: EmployeeNumber, systems: Mapping[System, RemoteSystem], now: datetime) -> LookUp:
    """Read both systems as of today.

    Raises ClosedNow, IncompleteFetch and every RemoteError.
    """
    return LookUp(number, {system: each.fetch_as_of(today(now)) for system, each in systems.items()}, now)


def explain(
    number: EmployeeNumber,
    bases: Mapping[Direction, Basis],
    systems: Mapping[System, RemoteSystem],
    now: datetime,
) -> Explanation:
    """Read both systems as of today and explain one person, in both directions.

    Raises ClosedNow, IncompleteFetch and every RemoteError.
    """
    return look_up(number, systems, now).explained(bases)


def lines_of(difference: Difference, basis: Basis) -> tuple[FieldLine, ...]:
    """Say of every field what happens to it; of a row that is blocked, what would if it were not."""
    person, existing = difference.desired, None if isinstance(difference, Create) else difference.existing
    fate = fate_of_new if existing is None else fate_of
    changes = (change_of(field, person, existing) for field in COMPARED)
    return tuple(
        FieldLine(
            change,
            basis.terms.policies[change.field],
            fate(change, person.remote_id, basis.direction.target, basis.terms),
        )
        for change in changes
    )


def _ways(number: EmployeeNumber, plan: Plan, basis: Basis) -> list[Way]:
    found = [row.difference for row in plan.rows if _has_number(row.difference.desired, number)]
    ways = [Way(basis.direction, each, lines_of(each, basis)) for each in found]
    return ways or [Way(basis.direction, None)]


def _with_number(people: Iterable[Employee], number: EmployeeNumber) -> tuple[Employee, ...]:
    return tuple(person for person in people if _has_number(person, number))


def _has_number(person: Employee, number: EmployeeNumber) -> bool:
    """Compare by key. What is nothing but unseen letters is no number: nobody has it."""
    key = number_key(number)
    return key != "" and person.number is not None and number_key(person.number) == key
