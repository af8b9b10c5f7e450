"""Is a list whole that has neither pages nor a total? It is held against the people who are known.

勤革時 answers with everybody at once, and nothing in the answer tells whether somebody was left out. A person
who is lost this way would be taken for new.
"""

from collections.abc import Collection

from sync.errors import PeopleMissing
from sync.model import Employee, System

FEW = 3
"""So many may be gone from any company: nothing is deleted often, but somebody does tidy up."""
SHARE = 20
"""One in so many of a larger one: 5 %."""


def raise_if_people_missing(
    system: System, known: Collection[str], found: Collection[Employee], *, accepted: int
) -> None:
    """Raise PeopleMissing when too many of the `known` ids are not among those found.

    `accepted`: so many, somebody said with a reason, are gone indeed: as many as they were shown, and 0 when
    nobody said so. Nobody can say so of everybody: an empty list is refused wherever anybody was known.
    """
    people = set(known)
    missing = people.difference(person.remote_id for person in found)
    if people and not found:
        raise PeopleMissing(system, len(people), len(missing), is_empty=True)
    if len(missing) > max(FEW, len(people) // SHARE, accepted):
        raise PeopleMissing(system, len(people), len(missing))
