"""Whose record is whose: what is remembered, numbers, and names with birth dates, weighed in this order."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import attrgetter
from typing import Self

from sync.model import Direction, Employee, EmployeeNumber
from sync.resemblance import Resemblance, full_names, has_left, portraits, resemble
from sync.text import number_key


@dataclass(frozen=True, slots=True)
class Link:
    """Two records that are one human being's."""

    smarthr_id: str
    kinkakuji_key: str
    confirmed: bool = False
    """Somebody said so, rather than number and name."""

    @classmethod
    def between(cls, source_id: str, target_id: str, direction: Direction) -> Self:
        """Link a record of the source to one of the target."""
        pair = (source_id, target_id) if direction is Direction.PUSH else (target_id, source_id)
        return cls(*pair)

    def ends(self, direction: Direction) -> tuple[str, str]:
        """Give the ids in the source and in the target."""
        pair = self.smarthr_id, self.kinkakuji_key
        return pair if direction is Direction.PUSH else (pair[1], pair[0])


@dataclass(frozen=True, slots=True)
class Ties:
    """What is remembered about who is who."""

    links: tuple[Link, ...] = ()
    ignored: frozenset[str] = frozenset()
    """Ids of people of either system whom somebody decided not to link."""
    apart: frozenset[str] = frozenset()
    """Ids of people of the source of whom somebody said that nobody of the target is they."""


def key_of(person: Employee) -> EmployeeNumber:
    """Give the number to match by; "" when there is none."""
    number = person.number or ""
    if number.isascii() and number.isalnum():
        return number.casefold()  # nothing else can be folded, and almost every number is like this
    return number_key(number)


class Numbered:
    """People of one side by number."""

    def __init__(self, people: Iterable[Employee]) -> None:
        self._people: dict[EmployeeNumber, Employee] = {}
        self._several: set[EmployeeNumber] = set()
        for person in people:
            key = key_of(person)
            if key and self._people.setdefault(key, person) is not person:
                self._several.add(key)

    def like(self, person: Employee) -> Employee | None:
        """Give whoever has the person's number alone."""
        key = key_of(person)
        return None if key in self._several else self._people.get(key)

    def are_several(self, person: Employee) -> bool:
        """Tell whether more than one has the person's number."""
        return bool(self._several) and key_of(person) in self._several

    def without_several(self, people: Iterable[Employee]) -> Iterable[Employee]:
        """Leave out those whose number more than one has."""
        return (each for each in people if key_of(each) not in self._several) if self._several else people


@dataclass(slots=True)
class Belonging:
    """Which record of the target is each person's, and whose each record is.

    Several people can seem to own one record; its owner is the one with the best reason.
    """

    target: Numbered
    records: dict[str, Employee] = field(default_factory=dict)
    """By the person's id: the record that is theirs."""
    owners: dict[str, Employee] = field(default_factory=dict)
    """By the record's id: the person of the source whose it is."""
    confirmed: set[str] = field(default_factory=set)
    """The ids of the people whose record somebody confirmed."""
    certain: set[str] = field(default_factory=set)
    """The ids of the people whose record has their number, name and birth date."""

    def numbered(self, person: Employee) -> Employee | None:
        """Give the record that has the person's number, if exactly one has."""
        return self.target.like(person)

    def record_of(self, person: Employee) -> Employee | None:
        """Give the record that is the person's."""
        return self.records.get(person.remote_id)

    def owner_of(self, record: Employee) -> Employee | None:
        """Give the person whose record it is."""
        return self.owners.get(record.remote_id)

    def give(self, person: Employee, record: Employee) -> None:
        """Note that a record is a person's, unless they have one, and whose it is, unless it is another's."""
        if self.records.setdefault(person.remote_id, record) is record:
            self.owners.setdefault(record.remote_id, person)

    def without_record(self, people: Iterable[Employee]) -> Iterator[Employee]:
        """Give those whose record is not known yet."""
        return (person for person in people if person.remote_id not in self.records)


def belonging(
    listed: Sequence[Employee],
    source: Sequence[Employee],
    target: Sequence[Employee],
    ties: Ties,
    direction: Direction,
) -> Belonging:
    """Find out whose record is whose.

    Of two people with equal reasons for one record, who is listed comes first; then the ids decide.
    """
    found = Belonging(Numbered(target))
    present = {person.remote_id for person in listed}
    others = (person for person in source if person.remote_id not in present)
    people = [*sorted(listed, key=_ID), *sorted(others, key=_ID)]
    _by_links(found, people, target, [(*link.ends(direction), link.confirmed) for link in ties.links])
    doubtful = _by_numbers(found, people)
    seekers = [person for person in people if person.remote_id not in ties.apart]
    _by_portraits(found, seekers, target)
    _by_names(found, seekers, target)
    for person, record in doubtful:
        found.give(person, record)
    return found


_ID = attrgetter("remote_id")


def _by_links(
    found: Belonging,
    people: Sequence[Employee],
    target: Sequence[Employee],
    links: Collection[tuple[str, str, bool]],
) -> None:
    """Go by what is remembered. A link to what no longer exists says nothing; nobody has two links."""
    if not links:
        return
    rank = {person.remote_id: position for position, person in enumerate(people)}
    records = {record.remote_id: record for record in target}

    def weight(link: tuple[str, str, bool]) -> tuple[bool, bool, int, str]:
        person_id, record_id, confirmed = link
        agrees = found.numbered(people[rank[person_id]]) is records[record_id]
        return not confirmed, not agrees, rank[person_id], record_id

    alive = [link for link in links if link[0] in rank and link[1] in records]
    for person_id, record_id, confirmed in sorted(alive, key=weight):
        if person_id in found.records:
            continue
        if confirmed and record_id not in found.owners:
            found.confirmed.add(person_id)
        found.give(people[rank[person_id]], records[record_id])


def _by_numbers(found: Belonging, people: Iterable[Employee]) -> list[tuple[Employee, Employee]]:
    """Go by number where it is the same human being; return the pairs of which that is less than certain."""
    doubtful = []
    for person in found.without_record(people):
        record = found.numbered(person)
        if record is None or record.remote_id in found.owners:
            continue
        resemblance = resemble(person, record)
        if resemblance is Resemblance.SAME:
            found.certain.add(person.remote_id)
            found.give(person, record)
        elif resemblance is Resemblance.CHANGED:
            doubtful.append((person, record))
    return doubtful


def _by_portraits(found: Belonging, people: Iterable[Employee], target: Iterable[Employee]) -> None:
    """Go by name and birth date.

    In a record that is somebody else's they count only for whoever would be new otherwise: it may be the same
    human being's, from an earlier employment or under a second number.
    """
    seekers = [person for person in found.without_record(people) if person.birth_date]
    if not seekers:
        return
    taken = frozenset(found.owners)

    def preference(record: Employee) -> tuple[bool, bool, str]:
        return record.remote_id in taken, *_preference(record)

    gallery = _gallery(target, {person.birth_date for person in seekers}, preference)
    for person in seekers:
        likely = (gallery[portrait] for portrait in portraits(person) if portrait in gallery)
        record = min(likely, key=preference, default=None)
        if record is not None and (record.remote_id not in taken or _seems_new(found, person)):
            found.give(person, record)


def _seems_new(found: Belonging, person: Employee) -> bool:
    """Tell whether nobody has the number; whoever has left nobody knows when is never new."""
    is_long_gone = has_left(person) and person.resigned_on is None
    return found.numbered(person) is None and not is_long_gone


def _by_names(found: Belonging, people: Iterable[Employee], target: Iterable[Employee]) -> None:
    """Go by the full name where a birth date is unknown and the number is the record's of another name.

    Without such a record a name is no evidence: it is shared by many.
    """
    seekers = [person for person in found.without_record(people) if found.numbered(person)]
    knows_all = all(person.birth_date for person in seekers)
    wanted = {name for person in seekers for name in full_names(person)}
    namesakes: dict[str, list[Employee]] = {}
    for record in target if wanted else ():
        if record.remote_id not in found.owners and not (knows_all and record.birth_date):
            for name in wanted.intersection(full_names(record)):
                namesakes.setdefault(name, []).append(record)
    for person in seekers:
        likely = [record for name in full_names(person) for record in namesakes.get(name, ())]
        same = [record for record in likely if resemble(person, record) is Resemblance.SAME]
        if same:
            found.give(person, min(same, key=_preference))


def _gallery(
    target: Iterable[Employee],
    birth_dates: Collection[date | None],
    preference: Callable[[Employee], tuple[bool, bool, str]],
) -> dict[tuple[date, str], Employee]:
    """Collect the records; of several namesakes born on one day, the best for them all."""
    gallery: dict[tuple[date, str], Employee] = {}
    for record in target:
        if record.birth_date in birth_dates:
            for portrait in portraits(record):
                gallery[portrait] = min(gallery.get(portrait, record), record, key=preference)
    return gallery


def _preference(record: Employee) -> tuple[bool, str]:
    return has_left(record), record.remote_id
