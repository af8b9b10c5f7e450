"""What was certain once is remembered, and what a person decided holds."""

import pytest

from sync.diff import BlockReason
from sync.identity import Identified, Link, Ties, identify, new_links
from sync.model import Direction
from tests.sync.identities import (
    KEN,
    LAST_YEAR,
    THIS_YEAR,
    YUI,
    Values,
    doubt,
    identified,
    linked,
    one,
    record,
)

# What is remembered


def test_a_remembered_pair_whose_numbers_agree_is_certain() -> None:
    assert doubt(one(), [record(last_name="上田")], linked(one(), record())) is None


def test_a_remembered_pair_is_doubted_when_name_and_birth_date_are_anothers() -> None:
    assert doubt(one(), [record(**KEN)], linked(one(), record())) is BlockReason.ANOTHER_PERSON


def test_a_remembered_record_is_found_whatever_it_is_called_now() -> None:
    changed = record("1", last_name="上田", birth_date=None)
    (found,) = identified([one("2")], [changed], linked(one("2"), changed))
    assert (found.doubt, found.other) == (BlockReason.NUMBER_CHANGED, changed)


def test_namesakes_of_one_day_who_changed_places_are_swapped() -> None:
    first, second = one("2", "hr-a"), one("1", "hr-b")
    links = Link("hr-a", "record-1"), Link("hr-b", "record-2")
    found = identified([first, second], [record("1"), record("2")], *links)
    assert [each.doubt for each in found] == [BlockReason.NUMBERS_SWAPPED] * 2


def test_somebody_new_with_the_number_of_somebody_known_is_not_them() -> None:
    known, newcomer = one("2", "hr-a"), one("1", "hr-new")
    found = identified([known, newcomer], [record("1")], Link("hr-a", "record-1"))
    assert [each.doubt for each in found] == [BlockReason.NUMBER_CHANGED, BlockReason.NUMBERS_ROTATED]


def test_a_new_employment_with_the_old_number_is_a_rehire() -> None:
    before, now = one("1", "hr-old", resigned_on=LAST_YEAR), one("1", "hr-new", hired_on=THIS_YEAR)
    assert doubt(now, [record()], Link("hr-old", "record-1"), unlisted=[before]) is BlockReason.REHIRED


def test_somebody_else_with_the_number_of_a_leaver_has_a_used_number() -> None:
    before = one("1", "hr-old", resigned_on=LAST_YEAR)
    now = one("1", "hr-new", **KEN, hired_on=THIS_YEAR)
    link = Link("hr-old", "record-1")
    assert doubt(now, [record()], link, unlisted=[before]) is BlockReason.NUMBER_REUSED
    assert doubt(now, [record()], unlisted=[before]) is BlockReason.NUMBER_REUSED, "also without memory"


def test_a_number_is_used_again_whichever_side_knows_of_the_leaving() -> None:
    before, now = one("1", "hr-old"), one("1", "hr-new", **KEN, hired_on=THIS_YEAR)
    link = Link("hr-old", "record-1")
    gone = record(resigned_on=LAST_YEAR)
    assert doubt(now, [gone], link, unlisted=[before]) is BlockReason.NUMBER_REUSED
    assert doubt(now, [record()], link, unlisted=[before]) is BlockReason.ANOTHER_PERSON, "nobody has left"


def test_a_record_that_was_confirmed_for_an_earlier_employment_is_a_rehire() -> None:
    before, now = one("1", "hr-old", resigned_on=LAST_YEAR), one("1", "hr-new", hired_on=THIS_YEAR)
    links = Link("hr-old", "record-1", confirmed=True), Link("hr-new", "record-1")
    assert doubt(now, [record()], *links, unlisted=[before]) is BlockReason.REHIRED


def test_a_namesake_with_the_number_of_somebody_known_still_has_a_record_of_their_own() -> None:
    known, namesake = one("2", "hr-a"), one("1", "hr-b")
    found = identified([known, namesake], [record("1"), record("2")], Link("hr-a", "record-1"))
    assert [each.doubt for each in found] == [BlockReason.NUMBERS_SWAPPED] * 2
    assert found[1].other == record("2")


def test_a_second_record_of_the_same_person_is_a_rehire() -> None:
    old, new = record("1-old", resigned_on=LAST_YEAR), record("1", hired_on=THIS_YEAR)
    (found,) = identified([one("1")], [old, new], linked(one("1"), old))
    assert (found.doubt, found.existing, found.other) == (BlockReason.REHIRED, new, old)


@pytest.mark.parametrize("link", [Link("hr-1", "gone"), Link("gone", "record-1")], ids=["target", "source"])
def test_a_link_to_what_no_longer_exists_says_nothing(link: Link) -> None:
    assert doubt(one(), [record()], link) is None


# What a person decided


def test_a_confirmed_record_is_compared_although_the_numbers_differ() -> None:
    person, theirs, numbers = one("2"), record("1"), record("2", **KEN)
    (found,) = identified([person], [theirs, numbers], linked(person, theirs, confirmed=True))
    assert found == Identified(person, theirs, confirmed=True)


def test_a_confirmed_record_is_compared_although_name_and_birth_date_differ() -> None:
    (found,) = identified([one()], [record(**KEN)], linked(one(), record(), confirmed=True))
    assert found == Identified(one(), record(**KEN), confirmed=True)


def test_what_is_confirmed_and_plain_by_now_is_not_pointed_out() -> None:
    (found,) = identified([one()], [record()], linked(one(), record(), confirmed=True))
    assert found == Identified(one(), record(), confirmed=False)


def test_a_confirmed_rehire_is_no_doubt_any_more() -> None:
    person, theirs = one(hired_on=THIS_YEAR), record(resigned_on=LAST_YEAR)
    assert doubt(person, [theirs], linked(person, theirs, confirmed=True)) is None


def test_the_number_of_a_record_that_was_given_to_somebody_else_stays_in_doubt() -> None:
    person, theirs, newcomer = one("2"), record("1"), one("1", **YUI)
    found = identified([person, newcomer], [theirs], linked(person, theirs, confirmed=True))
    assert [each.doubt for each in found] == [None, BlockReason.NUMBERS_ROTATED]


def test_one_record_confirmed_for_two_goes_to_one_of_them_only() -> None:
    both = [one("8"), one("9")]
    links = [linked(person, record(), confirmed=True) for person in both]
    assert [each.doubt for each in identified(both, [record()], *links)] == [None, BlockReason.NUMBER_CHANGED]


def test_the_record_goes_with_whoever_is_listed() -> None:
    before, now = one("1", "hr-1"), one("1", "hr-2")
    links = [linked(person, record(), confirmed=True) for person in (before, now)]
    assert doubt(now, [record()], *links, unlisted=[before]) is None


def test_a_confirmation_beats_an_older_memory() -> None:
    person, theirs, not_theirs = one("2"), record("1"), record("2", **KEN)
    links = linked(person, not_theirs), linked(person, theirs, confirmed=True)
    (found,) = identified([person], [theirs, not_theirs], *links)
    assert found == Identified(person, theirs, confirmed=True)


def test_a_record_is_free_again_when_its_person_was_given_another() -> None:
    moved, namesake = one("8"), one("2", "hr-b")
    links = Link("hr-8", "record-2"), Link("hr-8", "record-1", confirmed=True)
    found = identified([moved, namesake], [record("1"), record("2")], *links)
    assert [(each.existing, each.doubt) for each in found] == [(record("1"), None), (record("2"), None)]


def test_of_two_memories_the_one_that_agrees_with_the_number_counts() -> None:
    theirs, stale = record("2"), record("1", **KEN)
    remembered = [linked(one("2"), each) for each in (stale, theirs)]
    assert doubt(one("2"), [theirs, stale], *remembered) is None
    assert doubt(one("2"), [theirs, stale], remembered[0]) is BlockReason.REHIRED


def test_the_ignored_are_not_linked() -> None:
    found = identified([one()], [record()], ignored=frozenset({"hr-1"}))
    assert found == [Identified(one(), record(), BlockReason.IGNORED, other=None)]


@pytest.mark.parametrize("values", [{}, KEN], ids=["the same", "another"])
def test_whose_number_an_ignored_record_has_is_not_linked(values: Values) -> None:
    found = identified([one()], [record(**values)], ignored=frozenset({"record-1"}))
    assert found == [Identified(one(), record(**values), BlockReason.IGNORED)]
    assert new_links(found, Direction.PUSH, Ties()) == ()


@pytest.mark.parametrize("confirmed", [False, True])
def test_whose_own_record_is_ignored_is_not_linked(confirmed: bool) -> None:  # noqa: FBT001 - a case
    theirs = record("9")
    for links in ([], [linked(one(), theirs, confirmed=confirmed)]):
        (found,) = identified([one()], [theirs], *links, ignored=frozenset({"record-9"}))
        assert (found.doubt, found.existing, found.other) == (BlockReason.IGNORED, None, theirs)


def test_an_ignored_record_is_in_nobody_elses_way() -> None:
    found = identified(
        [one("1"), one("2", **KEN)], [record("1"), record("2", **KEN)], ignored=frozenset({"record-2"})
    )
    assert [each.doubt for each in found] == [None, BlockReason.IGNORED]


# New links


def test_certain_matches_are_remembered_once() -> None:
    person, doubtful = one("1"), one("2", **KEN)
    found = identified([person, doubtful], [record("1"), record("2", **YUI)])
    (link,) = new_links(found, Direction.PUSH, Ties())
    assert link == Link("hr-1", "record-1")
    assert new_links(found, Direction.PUSH, Ties((link,))) == ()


def test_towards_smarthr_a_link_is_the_same_pair() -> None:
    hr, kinkakuji = one(), record()
    ties = Ties((linked(hr, kinkakuji),))
    found = identify([kinkakuji], [kinkakuji], [hr], Direction.PULL, Ties())
    assert new_links(found, Direction.PULL, Ties()) == ties.links
    assert new_links(found, Direction.PULL, ties) == ()


def test_what_somebody_confirmed_is_not_remembered_as_certain() -> None:
    ties = Ties((linked(one("2"), record("1"), confirmed=True),))
    found = identify([one("2")], [one("2")], [record("1")], Direction.PUSH, ties)
    assert [each.confirmed for each in found] == [True]
    assert new_links(found, Direction.PUSH, ties) == ()


# Records that are gone, and people who have none


def test_whoever_had_a_record_is_not_new_when_it_is_missing() -> None:
    assert doubt(one(), [], linked(one(), record())) is BlockReason.RECORD_GONE
    assert doubt(one(), [record("2", **KEN)], linked(one(), record())) is BlockReason.RECORD_GONE


def test_the_number_alone_makes_no_other_record_theirs_once_their_own_is_gone() -> None:
    twin, gone = record("1", "record-9", first_name="碧"), linked(one(), record())
    assert doubt(one(), [twin]) is None
    (found,) = identified([one()], [twin], gone)
    assert (found.doubt, found.existing) == (BlockReason.RECORD_GONE, twin)
    assert doubt(one(), [record("1", "record-9")], gone) is None
    assert doubt(one(), [twin], linked(one(), twin, confirmed=True)) is None


def test_whoever_never_had_a_record_is_new() -> None:
    assert doubt(one(), [], linked(one("2"), record("2"))) is None


def test_of_whom_somebody_said_that_they_have_no_record_is_new() -> None:
    former = record("9", resigned_on=LAST_YEAR)
    rehired = one("1", hired_on=THIS_YEAR)
    assert doubt(rehired, [former]) is BlockReason.REHIRED
    assert doubt(rehired, [former], apart=frozenset({rehired.remote_id})) is None
