"""On every day the list agrees with the calendar: who is there, who is still to come, leaves, or has moved.

The oracle lives through the days one by one; the product only ever compares dates.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import Enum, auto
from functools import cache
from itertools import product

import pytest

from sync.calendar import TOKYO
from sync.diff import Blocked, Create, Notice
from sync.model import Choice, Direction, Employee, Post, PostKind, Standing
from sync.placing import Part, Rule
from sync.plan import Basis, People, make_plan
from tests.sync.people import a_member, going_by

DAYS = tuple(date(2026, 3, 30) + timedelta(days=ahead) for ahead in range(6))
TOKYO_OFFICE, OSAKA_OFFICE = Choice("tokyo", "東京"), Choice("osaka", "大阪")


class Lapse(Enum):
    """How SmartHR was kept when somebody left."""

    NONE = auto()
    STILL_EMPLOYED = auto()
    NO_DATE = auto()


@dataclass(frozen=True)
class Career:
    """A person's days in the company, by their place in DAYS."""

    hired: int
    leaves: int
    """The last day; one that is not in DAYS is too far away to be known."""
    moves: int
    """From Tokyo to Osaka; the target has not heard of it."""
    is_known: bool
    """Whether the target has a record."""
    lapse: Lapse

    @property
    def last_day(self) -> date | None:
        return DAYS[self.leaves] if self.leaves < len(DAYS) else None


NEVER = len(DAYS)
CAREERS = [
    Career(hired, hired + days, moves, is_known, lapse)
    for hired, days, moves, is_known, lapse in product(range(6), range(7), (2, NEVER), (True, False), Lapse)
]
"""Every span of days, with and without a move, a record in the target and a lapse."""


@dataclass(frozen=True)
class Day:
    """What is true of a person on one day."""

    is_hired: bool
    has_left: bool
    has_moved: bool


@cache
def lived(career: Career) -> dict[date, Day]:
    """Live through the days."""
    found, is_hired, has_left, has_moved = {}, False, False, False
    for number, day in enumerate(DAYS):
        is_hired = is_hired or number == career.hired
        has_moved = has_moved or number == career.moves
        found[day] = Day(is_hired, has_left, has_moved)
        has_left = has_left or number == career.leaves
    return found


def in_smarthr(number: int, career: Career, today: date, post: Post) -> Employee:
    standing, last_day = Standing.EMPLOYED, career.last_day
    if lived(career)[today].has_left and career.lapse is not Lapse.STILL_EMPLOYED:
        standing = Standing.RETIRED
    if career.lapse is Lapse.NO_DATE:
        last_day = None
    return a_member(
        number, "smarthr", hired_on=DAYS[career.hired], resigned_on=last_day, standing=standing, posts=(post,)
    )


def in_kinkakuji(number: int, career: Career, post: Post) -> Employee:
    return a_member(
        number, "kinkakuji", hired_on=DAYS[career.hired], resigned_on=career.last_day, posts=(post,)
    )


RULES = {
    Direction.PUSH: (PostKind.DEPARTMENT, PostKind.DIVISION, Part.DIVISION),
    Direction.PULL: (PostKind.DIVISION, PostKind.ESTABLISHMENT, Part.ESTABLISHMENT),
}


def rules(direction: Direction) -> tuple[Rule, ...]:
    basis, _, part = RULES[direction]
    return tuple(
        Rule(part=part, choice=choice, basis=basis, code=choice.code)
        for choice in (TOKYO_OFFICE, OSAKA_OFFICE)
    )


def people(direction: Direction, today: date, as_of: date) -> People:
    """Give both sides as they answer: SmartHR as of today, 勤革時 as a source as of the day asked for."""
    here, there, _ = RULES[direction]
    source, target = [], []
    for number, career in enumerate(CAREERS):
        told = lived(career)[today if direction is Direction.PUSH else as_of]
        place = "osaka" if told.has_moved else "tokyo"
        if direction is Direction.PUSH:
            source.append(in_smarthr(number, career, today, Post(here, place, place)))
            target.append(in_kinkakuji(number, career, Post(there, "tokyo", "東京")))
        else:
            source.append(in_kinkakuji(number, career, Post(here, place, place)))
            target.append(in_smarthr(number, career, today, Post(there, "tokyo", "東京")))
    return People(source, [each for each, career in zip(target, CAREERS, strict=True) if career.is_known])


def is_listed(direction: Direction, career: Career, today: date, as_of: date) -> bool:
    then, now = lived(career)[as_of], lived(career)[today]
    if direction is Direction.PUSH and career.lapse is Lapse.NO_DATE:
        return career.is_known if now.has_left else then.is_hired
    if direction is Direction.PUSH and career.lapse is Lapse.STILL_EMPLOYED and now.has_left:
        return True
    return then.is_hired and not then.has_left


def expected_notices(direction: Direction, career: Career, today: date, as_of: date) -> Iterator[Notice]:
    now = lived(career)[today]
    is_dated = direction is Direction.PULL or career.lapse is not Lapse.NO_DATE
    if not now.is_hired:
        yield Notice.HIRED_LATER
    if is_dated and career.last_day is not None and not now.has_left:
        yield Notice.LEAVING
    if now.has_left and career.lapse is Lapse.NO_DATE and career.is_known:
        yield Notice.RETIRED_WITHOUT_DATE
    if now.has_left and career.lapse is Lapse.STILL_EMPLOYED and career.is_known:
        yield Notice.EMPLOYED_AFTER_LEAVING
    if career.is_known and lived(career)[today if direction is Direction.PUSH else as_of].has_moved:
        yield Notice.MOVED


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("today", DAYS, ids=str)
def test_every_day_lists_who_is_there_with_what_is_to_be_known_of_them(
    direction: Direction, today: date
) -> None:
    for as_of in DAYS:
        basis = Basis(direction=direction, as_of=as_of, terms=going_by(), rules=rules(direction))
        noon = datetime.combine(today, time(12), TOKYO)
        plan = make_plan(basis, people(direction, today, as_of), noon)
        rows = {row.difference.desired.number: row.difference for row in plan.rows}
        listed = [career for career in CAREERS if is_listed(direction, career, today, as_of)]
        assert set(rows) == {str(CAREERS.index(career)) for career in listed}
        for career in listed:
            found = rows[str(CAREERS.index(career))]
            assert isinstance(found, Create | Blocked) == (not career.is_known)
            if isinstance(found, Blocked):
                assert career.lapse is Lapse.STILL_EMPLOYED
                assert lived(career)[today].has_left
            else:
                assert found.notices == tuple(expected_notices(direction, career, today, as_of))
