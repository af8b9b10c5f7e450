"""What somebody should know before ticking a row: days to come, contradictions, a place that has changed."""

from collections.abc import Iterator, Sequence
from datetime import date

from sync.belonging import key_of
from sync.diff import Notice
from sync.model import Employee, Standing
from sync.placing import Rule, stands_elsewhere

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
    if is_retired_without_date(desired) or (existing is not None and is_retired_without_date(existing)):
        yield Notice.RETIRED_WITHOUT_DATE
    if is_employed_after_leaving(desired, today) or (
        existing is not None and is_employed_after_leaving(existing, today)
    ):
        yield Notice.EMPLOYED_AFTER_LEAVING
    if existing is not None and rules and stands_elsewhere(desired, existing, rules):
        yield Notice.MOVED


def is_retired_without_date(person: Employee) -> bool:
    """Tell whether SmartHR says 退職済 and not since when."""
    return person.standing is Standing.RETIRED and person.resigned_on is None


def is_employed_after_leaving(person: Employee, today: date) -> bool:
    """Tell whether SmartHR still says 在籍中 or 休職中 after the last day of employment."""
    return person.standing in WORKING and person.resigned_on is not None and person.resigned_on < today
