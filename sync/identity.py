"""Who is who: for each person of the source the target's record to compare with, or the doubt about it.

A number alone can lie: numbers are swapped, handed on, used again and mistyped. So it is weighed against what
is remembered and against names and birth dates, and where they disagree a person decides.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sync.belonging import Belonging, Numbered, belonging, key_of
from sync.belonging import Link as Link
from sync.belonging import Ties as Ties
from sync.diff import BlockReason
from sync.making import maker
from sync.model import Direction, Employee
from sync.resemblance import Resemblance, has_left, left_before, resemble


@dataclass(frozen=True, slots=True)
class Identified:
    """A person of the source and, as far as it is certain, who they are in the target."""

    person: Employee
    existing: Employee | None = None
    """The record to compare with; in doubt, the record that has the person's number."""
    doubt: BlockReason | None = None
    other: Employee | None = None
    """In doubt: the record that seems to be theirs, when it is not the one with their number."""
    confirmed: bool = False
    """It is their record because somebody said so, although number or name and birth date differ."""

    def __repr__(self) -> str:
        """Hide the person: a repr ends in logs and tracebacks."""
        return f"Identified({self.person!r}, {self.doubt})"


def identify(
    listed: Sequence[Employee],
    source: Sequence[Employee],
    target: Sequence[Employee],
    direction: Direction,
    ties: Ties,
) -> list[Identified]:
    """Say of each person of `listed`, in order, who they are in the target.

    `source` is everybody of the source, leavers too: their records are not free for others.
    """
    whose = belonging(listed, source, target, ties, direction)
    ignored = _ignored(listed, whose, ties)
    claimants = [person for person in listed if person.remote_id not in ignored]
    numbers = Numbered(claimants)
    judge = _Judge(
        whose=whose,
        numbers=numbers,
        certain=whose.certain.intersection(each.remote_id for each in numbers.without_several(claimants)),
        listed=frozenset(person.remote_id for person in listed),
        ignored=ignored,
        linked=frozenset(link.ends(direction)[0] for link in ties.links),
        remembered=frozenset(link.ends(direction) for link in ties.links),
    )
    return [judge.identified(person) for person in listed]


def new_links(identified: Sequence[Identified], direction: Direction, ties: Ties) -> tuple[Link, ...]:
    """Give the certain matches that are not remembered yet; what somebody confirmed is remembered."""
    remembered = {link.ends(direction) for link in ties.links}
    pairs = (
        (each.person.remote_id, each.existing.remote_id)
        for each in identified
        if each.existing is not None and each.doubt is None
    )
    new = (pair for pair in pairs if pair not in remembered)
    if direction is Direction.PUSH:
        return tuple(_link(smarthr_id, key, False) for smarthr_id, key in new)
    return tuple(_link(smarthr_id, key, False) for key, smarthr_id in new)


_identified, _link = maker(Identified), maker(Link)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judge:
    whose: Belonging
    numbers: Numbered
    """The people of the source who claim a number."""
    certain: AbstractSet[str]
    """The ids of those of them who claim it alone, and whose record it is by name and birth date, too."""
    listed: AbstractSet[str]
    ignored: AbstractSet[str]
    """The ids of the people who are not to be linked, or whose record is not."""
    linked: AbstractSet[str]
    """The ids of the people who had a record in the target."""
    remembered: AbstractSet[tuple[str, str]]
    """Their ids, each with that of the record."""

    def identified(self, person: Employee) -> Identified:
        """Find the person's record, or the doubt."""
        if person.remote_id in self.certain:
            record = self.whose.records[person.remote_id]
            return _identified(person, record, _second(person, record), None, False)
        numbered, own = self.whose.numbered(person), self.whose.record_of(person)
        doubt = self._obstacle(person)
        if doubt is None and own is not None and person.remote_id in self.whose.confirmed:
            return Identified(person=person, existing=own, confirmed=_is_unlikely(person, own))
        if doubt is None:
            doubt = self._doubt(person, numbered, own)
        other = None if own is numbered else own
        return Identified(person=person, existing=numbered, doubt=doubt, other=other)

    def _obstacle(self, person: Employee) -> BlockReason | None:
        """Find what no decision about identity can mend."""
        if person.remote_id in self.ignored:
            return BlockReason.IGNORED
        if not key_of(person):
            return BlockReason.NO_NUMBER
        if self.numbers.are_several(person):
            return BlockReason.NUMBER_TWICE_IN_SOURCE
        return BlockReason.NUMBER_TWICE_IN_TARGET if self.whose.target.are_several(person) else None

    def _doubt(self, person: Employee, numbered: Employee | None, own: Employee | None) -> BlockReason | None:
        if numbered is None:
            return self._without_number(person, own)
        owner = self.whose.owner_of(numbered)
        if owner is person:
            return _same_number(person, numbered) or self._replaced(person, numbered)
        if owner is not None:
            return self._anothers(person, numbered, own, owner)
        if own is None:
            return _unlike(person, numbered)
        is_second = resemble(person, numbered) is Resemblance.SAME
        return BlockReason.REHIRED if is_second else BlockReason.NUMBERS_ROTATED

    def _replaced(self, person: Employee, numbered: Employee) -> BlockReason | None:
        """Judge a record in the place of the one that was theirs: the number alone is too little."""
        is_remembered = (person.remote_id, numbered.remote_id) in self.remembered
        if person.remote_id not in self.linked or is_remembered:
            return None
        is_same = resemble(person, numbered) is Resemblance.SAME
        return None if is_same else BlockReason.RECORD_GONE

    def _without_number(self, person: Employee, own: Employee | None) -> BlockReason | None:
        """Judge a number that nobody of the target has."""
        if own is not None:
            return _renumbered(person, own, self.whose.owner_of(own))
        return BlockReason.RECORD_GONE if person.remote_id in self.linked else None

    def _anothers(
        self, person: Employee, numbered: Employee, own: Employee | None, owner: Employee
    ) -> BlockReason:
        """Judge a number that is, in the target, somebody else's."""
        if own is not None and own is not numbered:
            is_swapped = self.whose.numbered(owner) is own
            return BlockReason.NUMBERS_SWAPPED if is_swapped else BlockReason.NUMBERS_ROTATED
        if owner.remote_id not in self.listed and resemble(person, owner) is not Resemblance.ANOTHER:
            return BlockReason.REHIRED
        if left_before(numbered, person) or left_before(owner, person):
            return BlockReason.NUMBER_REUSED
        if key_of(owner) != key_of(person):
            return BlockReason.NUMBERS_ROTATED
        return BlockReason.ANOTHER_PERSON


def _ignored(listed: Sequence[Employee], whose: Belonging, ties: Ties) -> set[str]:
    """Give the ids of those who are ignored, or whose record is: whichever side it was said of."""
    if not ties.ignored:
        return set()
    return {
        person.remote_id
        for person in listed
        for each in (person, whose.numbered(person), whose.record_of(person))
        if each is not None and each.remote_id in ties.ignored
    }


def _same_number(person: Employee, record: Employee) -> BlockReason | None:
    """Judge the person's own record under their own number."""
    if resemble(person, record) is Resemblance.ANOTHER:
        return _unlike(person, record)
    return _second(person, record)


def _second(person: Employee, record: Employee) -> BlockReason | None:
    """Judge whether the person's own record is of an earlier employment."""
    if record.resigned_on is None or person.hired_on is None or record.hired_on == person.hired_on:
        return None
    return BlockReason.REHIRED if left_before(record, person) else None


def _unlike(person: Employee, record: Employee) -> BlockReason:
    return BlockReason.NUMBER_REUSED if left_before(record, person) else BlockReason.ANOTHER_PERSON


def _renumbered(person: Employee, own: Employee, owner: Employee | None) -> BlockReason:
    """Judge a record under another number; `owner` is whose it is, perhaps the same human being's before."""
    is_former = has_left(own) and not has_left(person)
    is_owners_over = owner is not None and owner is not person and left_before(owner, person)
    is_rehire = is_former or is_owners_over or left_before(own, person)
    return BlockReason.REHIRED if is_rehire else BlockReason.NUMBER_CHANGED


def _is_unlikely(person: Employee, record: Employee) -> bool:
    """Tell whether nobody would take them for the same without being told."""
    return key_of(person) != key_of(record) or resemble(person, record) is Resemblance.ANOTHER
