"""Are two records about the same human being, by name and birth date?

A name is the same when it is written with the same or a variant letter, or sounds the same: kanji or kana is
enough, part by part, because a business name and a missing kana are everyday.
"""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from operator import attrgetter

from sync.model import Employee, Standing
from sync.text import search_key


class Resemblance(StrEnum):
    """What name and birth date say about two records."""

    SAME = "same"
    """The same name, and no other birth date."""
    CHANGED = "changed"
    """Something differs, as after a marriage or a correction; or too little is known to tell."""
    ANOTHER = "another"
    """Another name and another birth date; where a birth date is unknown, a wholly other name."""


def resemble(one: Employee, other: Employee) -> Resemblance:
    """Tell how two records resemble each other."""
    known = _known(one)
    if known == _known(other) and known[0] and known[1]:
        return Resemblance.SAME  # nothing needs to be folded to see it: so with almost everybody
    parts = _alike_parts(one, other)
    if None in (one.birth_date, other.birth_date):
        if parts == (True, True):
            return Resemblance.SAME
        return Resemblance.ANOTHER if parts == (False, False) else Resemblance.CHANGED
    if one.birth_date == other.birth_date:
        return Resemblance.SAME if parts == (True, True) else Resemblance.CHANGED
    return Resemblance.ANOTHER if False in parts else Resemblance.CHANGED


def portraits(person: Employee) -> Iterator[tuple[date, str]]:
    """Give what a person is found by under another number: birth date and full name, in kanji and in kana.

    Nothing when the birth date is unknown: a name alone is shared by many.
    """
    if person.birth_date is not None:
        for name in full_names(person):
            yield person.birth_date, name


def full_names(person: Employee) -> Iterator[str]:
    """Give the full name in kanji and in kana, folded; nothing where a part is missing."""
    written = (person.last_name, person.first_name)
    spoken = (person.last_name_kana, person.first_name_kana)
    for name in (written, spoken):
        if all(name):
            yield search_key(*name)


def left_before(record: Employee, person: Employee) -> bool:
    """Tell whether a record's employment was over when the person was hired."""
    if record.resigned_on is None or person.hired_on is None:
        return has_left(record) and not has_left(person)
    return record.resigned_on < person.hired_on


def has_left(person: Employee) -> bool:
    """Tell whether the employment has ended or its end is known."""
    return person.resigned_on is not None or person.standing is Standing.RETIRED


def _alike_parts(one: Employee, other: Employee) -> tuple[bool | None, bool | None]:
    """Compare last and first name; None where the two have nothing in common to compare."""
    return (
        _alike((one.last_name, other.last_name), (one.last_name_kana, other.last_name_kana)),
        _alike((one.first_name, other.first_name), (one.first_name_kana, other.first_name_kana)),
    )


def _alike(*pairs: tuple[str | None, str | None]) -> bool | None:
    known = [(one, other) for one, other in pairs if one and other]
    if not known:
        return None
    return any(one == other or search_key(one) == search_key(other) for one, other in known)


_known = attrgetter("last_name", "first_name", "birth_date")
