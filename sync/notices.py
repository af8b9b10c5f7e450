"""What somebody should know before ticking a row: days to come, contradictions, a place that has changed."""

from collections.abc import Iterator, Sequence
from datetime import date

from sync.belonging import key_of
from sync.diff import Notice
from sync.model import Employee, Standing
from sync.placing import Rule, stands_elsewhere
from sync.resemblance import has_left

WORKING = frozenset({Standing.EMPLOYED, Standing.ABSENT})


def notices(
    desired: Employee, existing: Employee | None, today: date, rules: Sequence[Rule]
) -> Iterator[Notice]:
    """Give what is to be said of a person; `today` is the day on which the plan is made."""
    if existing is not None and existing.number != desired.number and key_of(existing) == key_of(desired):
        yield Notice.NUMBER_SPELLED_OTHERWISE
    if desired.hired_on is not None and desired.hired_on > today:
        yield Notice.HIRED_LATER
    if desired.resigned_on is not None and desired.resigned_on >= today:
        yield Notice.LEAVING
    if has_left(desired) or (existing is not None and has_left(existing)):
        yield from _contradictions([each for each in (desired, existing) if each is not None], today)
    if existing is not None and rules and stands_elsewhere(desired, existing, rules):
        yield Notice.MOVED


def _contradictions(records: Sequence[Employee], today: date) -> Iterator[Notice]:
    if any(is_retired_without_date(each) for each in records):
        yield Notice.RETIRED_WITHOUT_DATE
    if any(is_employed_after_leaving(each, today) for each in records):
        yield Notice.EMPLOYED_AFTER_LEAVING


def is_retired_without_date(person: Employee) -> bool:
    """Tell whether SmartHR says 退職済 and not since when."""
    return person.standing is Standing.RETIRED and person.resigned_on is None


def is_employed_after_leaving(person: Employee, today: date) -> bool:
    """Tell whether SmartHR still says 在籍中 or 休職中 after the last day of employment."""
    return person.standing in WORKING and person.resigned_on is not None and person.resigned_on < today
