"""Whatever the company and whatever became of its numbers: nobody is taken for somebody else."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from sync.diff import DOUBTS, BlockReason
from sync.identity import Link, Ties, new_links
from sync.model import Direction, Employee
from sync.text import number_key
from tests.sync.identities import BORN, LAST_YEAR, THIS_YEAR, identified, linked, one
from tests.sync.people import PEOPLE

RANDOMS = st.randoms(use_true_random=False)
COMPANY = st.integers(2, 8)
ALIKE = st.builds(
    one,
    st.sampled_from(["1", "2", "3"]),
    st.uuids().map(str),
    last_name=st.sampled_from(["青木", "井上"]),
    birth_date=st.sampled_from([BORN, LAST_YEAR, None]),
    hired_on=st.sampled_from([None, THIS_YEAR]),
    resigned_on=st.sampled_from([None, LAST_YEAR]),
)
CROWD = st.lists(PEOPLE | ALIKE, max_size=6, unique_by=lambda person: person.remote_id)


def company(size: int, *, distinct: bool) -> list[Employee]:
    """Make people with numbers; distinct ones differ in name and birth date, others in nothing."""
    return [
        one(str(n), last_name=f"姓{n}" if distinct else "佐藤", birth_date=BORN + timedelta(n * distinct))
        for n in range(size)
    ]


def records_of(people: Sequence[Employee]) -> list[Employee]:
    return [replace(person, remote_id=f"record-{person.remote_id}") for person in people]


def renumbered(people: Sequence[Employee], random: Random) -> list[Employee]:
    numbers = [person.number for person in people]
    random.shuffle(numbers)
    return [replace(person, number=number) for person, number in zip(people, numbers, strict=True)]


@given(COMPANY, RANDOMS, st.booleans(), st.sets(st.integers(0, 7)))
def test_everybody_whose_number_moved_is_flagged_and_nobody_else(
    size: int,
    random: Random,
    distinct: bool,  # noqa: FBT001 - drawn
    undated: set[int],
) -> None:
    before = company(size, distinct=distinct)
    after = renumbered(before, random)
    records = [replace(r, birth_date=None) if n in undated else r for n, r in enumerate(records_of(before))]
    remembered = [] if distinct else [linked(*pair) for pair in zip(before, records, strict=True)]
    for was, now, its, found in zip(
        before, after, records, identified(after, records, *remembered), strict=True
    ):
        if was.number == now.number:
            assert (found.existing, found.doubt) == (its, None)
        else:
            assert found.doubt in {BlockReason.NUMBERS_SWAPPED, BlockReason.NUMBERS_ROTATED}
            assert found.other == its


@given(COMPANY, RANDOMS, st.booleans())
def test_two_who_cross_are_swapped_and_longer_circles_rotated(
    size: int,
    random: Random,
    distinct: bool,  # noqa: FBT001 - drawn
) -> None:
    before = company(size, distinct=distinct)
    after, records = renumbered(before, random), records_of(before)
    remembered = [linked(*pair) for pair in zip(before, records, strict=True)]
    holder = {person.number: was.number for was, person in zip(before, after, strict=True)}
    for was, found in zip(before, identified(after, records, *remembered), strict=True):
        is_crossed = holder[was.number] == found.person.number != was.number
        assert (found.doubt is BlockReason.NUMBERS_SWAPPED) == is_crossed


@given(COMPANY, st.sets(st.integers(0, 7)), st.booleans())
def test_nobody_is_flagged_for_a_new_surname(
    size: int,
    married: set[int],
    distinct: bool,  # noqa: FBT001 - drawn
) -> None:
    before = company(size, distinct=distinct)
    after = [replace(p, last_name="新姓") if n in married else p for n, p in enumerate(before)]
    assert not [each for each in identified(after, records_of(before)) if each.doubt]


@given(COMPANY, RANDOMS, st.booleans())
def test_after_confirming_no_doubt_is_left(size: int, random: Random, distinct: bool) -> None:  # noqa: FBT001 - drawn
    before = company(size, distinct=distinct)
    after, records = renumbered(before, random), records_of(before)
    confirmed = [linked(*pair, confirmed=True) for pair in zip(after, records, strict=True)]
    found = identified(after, records, *confirmed)
    assert [(each.existing, each.doubt) for each in found] == [(its, None) for its in records]


def some_links(source: Sequence[Employee], target: Sequence[Employee], random: Random) -> tuple[Link, ...]:
    pairs = [(person, its) for person in source for its in target]
    chosen = random.sample(pairs, random.randint(0, min(4, len(pairs))))
    return tuple(linked(*pair, confirmed=random.random() < 0.5) for pair in chosen)


@given(CROWD, CROWD, CROWD, RANDOMS)
def test_no_record_is_two_peoples_without_a_doubt(
    listed: list[Employee], others: list[Employee], target: list[Employee], random: Random
) -> None:
    links = some_links([*listed, *others], target, random)
    found = identified(listed, target, *links, unlisted=others)
    taken = Counter(each.existing.remote_id for each in found if each.existing and not each.doubt)
    assert [each.person for each in found] == listed
    assert all(count == 1 for count in taken.values())


@given(CROWD, CROWD, CROWD, RANDOMS)
def test_nobody_is_new_whose_number_the_target_has(
    listed: list[Employee], others: list[Employee], target: list[Employee], random: Random
) -> None:
    links = some_links([*listed, *others], target, random)
    taken = {number_key(each.number) for each in target if each.number}
    for each in identified(listed, target, *links, unlisted=others):
        assert each.existing or each.doubt or number_key(each.person.number or "") not in taken


@given(CROWD, CROWD, CROWD, RANDOMS)
def test_the_order_of_the_answers_does_not_matter(
    listed: list[Employee], others: list[Employee], target: list[Employee], random: Random
) -> None:
    links = list(some_links([*listed, *others], target, random))
    before = {each.person.remote_id: each for each in identified(listed, target, *links, unlisted=others)}
    for answers in (listed, others, target, links):
        random.shuffle(answers)
    after = identified(listed, target, *links, unlisted=others)
    assert {each.person.remote_id: each for each in after} == before


@given(CROWD, CROWD, RANDOMS)
def test_what_was_certain_once_stays_certain(
    listed: list[Employee], target: list[Employee], random: Random
) -> None:
    first = identified(listed, target)
    links = new_links(first, Direction.PUSH, Ties())
    random.shuffle(listed)
    again = {each.person.remote_id: each.doubt for each in identified(listed, target, *links)}
    assert all(
        again[each.person.remote_id] not in DOUBTS for each in first if each.existing and not each.doubt
    )
