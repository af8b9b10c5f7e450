"""Number, name and birth date of two records agree, or a person is asked who is who."""

from datetime import date

import pytest

from sync.diff import BlockReason
from sync.identity import Identified, Link, Ties, identify
from sync.model import Direction, Employee, Standing
from sync.resemblance import Resemblance, resemble
from tests.sync.identities import (
    AOI,
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

# The same number


def test_the_same_number_and_the_same_human_being_belong_together() -> None:
    person, its_record = one(), record()
    assert identified([person], [its_record]) == [Identified(person, its_record)]


def test_a_number_that_nobody_has_is_somebody_new() -> None:
    assert identified([one("2")], [record("1", **KEN)]) == [Identified(one("2"))]


def test_a_number_spelled_otherwise_is_the_same_number() -> None:
    (found,) = identified([one("００１")], [record(" 001")])
    assert (found.existing, found.doubt) == (record(" 001"), None)


@pytest.mark.parametrize(
    "values",
    [
        {"last_name": "上田"},
        {"first_name": "健"},
        {"last_name": "井上", "first_name": "健"},
        {"birth_date": date(1985, 5, 5)},
        {"birth_date": None},
        {"last_name": "上田", "birth_date": None},
        {"last_name": None, "first_name": None, "birth_date": date(1985, 5, 5)},
    ],
    ids=["married", "first name", "another name", "birth date", "unknown birth date", "both", "no name"],
)
def test_name_or_birth_date_alone_may_differ(values: Values) -> None:
    (found,) = identified([one()], [record(**values)])
    assert (found.existing, found.doubt, found.confirmed) == (record(**values), None, False)


@pytest.mark.parametrize(
    "values",
    [KEN, {**KEN, "last_name": "青木"}, {**KEN, "first_name": "葵"}, {**KEN, "birth_date": None}],
    ids=["all", "the same last name", "the same first name", "wholly other, birth date unknown"],
)
def test_another_name_and_another_birth_date_is_another_person(values: Values) -> None:
    (found,) = identified([one()], [record(**values)])
    assert (found.doubt, found.existing, found.other) == (
        BlockReason.ANOTHER_PERSON,
        record(**values),
        None,
    )


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        ({"last_name": "髙橋"}, {"last_name": "高橋"}),
        ({"last_name": "青木"}, {"last_name": " 青木\u3000"}),
        ({"last_name_kana": "あおき"}, {"last_name": "蒼木", "last_name_kana": "ｱｵｷ"}),
    ],
    ids=["variant", "spaces", "kana alone"],
)
def test_another_spelling_is_no_other_name(ours: dict[str, str], theirs: dict[str, str]) -> None:
    other_day = date(1991, 2, 28)
    assert doubt(one(**ours), [record(**theirs, birth_date=other_day)]) is None


def test_kana_that_both_lack_are_no_likeness() -> None:
    assert doubt(one(), [record(**{**KEN, "birth_date": None})]) is BlockReason.ANOTHER_PERSON


def test_the_number_of_somebody_who_had_left_was_used_again() -> None:
    leaver = record(**KEN, resigned_on=LAST_YEAR)
    assert doubt(one(hired_on=THIS_YEAR), [leaver]) is BlockReason.NUMBER_REUSED
    assert doubt(one(hired_on=LAST_YEAR), [leaver]) is BlockReason.ANOTHER_PERSON, (
        "still enrolled on that day"
    )


def test_whoever_comes_back_under_the_same_number_was_rehired() -> None:
    assert doubt(one(hired_on=THIS_YEAR), [record(resigned_on=LAST_YEAR)]) is BlockReason.REHIRED
    assert doubt(one(hired_on=LAST_YEAR), [record(resigned_on=LAST_YEAR)]) is None
    assert doubt(one(hired_on=THIS_YEAR), [record(standing=Standing.RETIRED)]) is None, "nobody says when"


# Evidence in another record


def test_a_person_known_under_another_number_is_not_new() -> None:
    (found,) = identified([one("2")], [record("1")])
    assert (found.doubt, found.existing, found.other) == (BlockReason.NUMBER_CHANGED, None, record("1"))


@pytest.mark.parametrize(
    "values", [{"resigned_on": LAST_YEAR}, {"standing": Standing.RETIRED}], ids=["date", "no date"]
)
def test_a_person_known_from_before_is_not_new(values: Values) -> None:
    (found,) = identified([one("2", hired_on=THIS_YEAR)], [record("1", **values)])
    assert (found.doubt, found.other) == (BlockReason.REHIRED, record("1", **values))


def test_a_record_that_was_left_meanwhile_is_an_earlier_employment() -> None:
    ended = record("1", resigned_on=LAST_YEAR)
    assert doubt(one("2"), [ended]) is BlockReason.REHIRED
    assert doubt(one("2", resigned_on=LAST_YEAR), [ended]) is BlockReason.NUMBER_CHANGED, "left on both sides"
    assert doubt(one("2", resigned_on=LAST_YEAR, hired_on=None), [ended]) is BlockReason.NUMBER_CHANGED
    back_and_gone = one("2", hired_on=THIS_YEAR, resigned_on=date(2026, 9, 30))
    assert doubt(back_and_gone, [ended]) is BlockReason.REHIRED


def test_a_person_is_known_by_kana_too() -> None:
    kana = {"last_name_kana": "アオキ", "first_name_kana": "アオイ"}
    spoken = one("2", last_name="あおき", first_name="あおい", **kana)
    assert doubt(spoken, [record("1", **kana)]) is BlockReason.NUMBER_CHANGED


def test_a_surname_is_no_evidence() -> None:
    assert doubt(one("2", first_name=None), [record("1", first_name=None)]) is None


def test_of_two_records_the_one_still_in_use_is_offered() -> None:
    gone, here = record("1", resigned_on=LAST_YEAR), record("3")
    for records in ([gone, here], [here, gone]):
        (found,) = identified([one("2", hired_on=THIS_YEAR)], records)
        assert (found.doubt, found.other) == (BlockReason.NUMBER_CHANGED, here)
    for records in ([record("4"), here], [here, record("4")]):
        assert identified([one("2")], records)[0].other == here, "whichever came first"


def test_namesakes_born_on_one_day_are_two_people() -> None:
    everybody, records = [one("11"), one("12")], [record("11"), record("12")]
    assert [each.doubt for each in identified(everybody, records)] == [None, None]
    found = identified(everybody, records[:1])
    assert [each.doubt for each in found] == [None, BlockReason.NUMBER_CHANGED], (
        "perhaps the same human being"
    )
    assert (found[1].existing, found[1].other) == (None, records[0])
    assert doubt(one("12"), records[:1], apart=frozenset({"hr-12"})) is None, (
        "somebody said that they are two"
    )


def test_whoever_comes_back_under_another_number_is_not_new_though_their_record_is_the_leavers() -> None:
    before, now = one("1", "hr-old", resigned_on=LAST_YEAR), one("2", "hr-new", hired_on=THIS_YEAR)
    for its_record in (
        record("1"),
        record("1", resigned_on=LAST_YEAR),
        record("1", standing=Standing.RETIRED),
    ):
        for links in ([], [linked(before, its_record)]):
            (found,) = identified([now], [its_record], *links, unlisted=[before])
            assert (found.doubt, found.existing, found.other) == (BlockReason.REHIRED, None, its_record)
    assert doubt(now, [record("1")], unlisted=[before], apart=frozenset({"hr-new"})) is None


def test_an_old_record_is_not_new_to_the_other_side_once_its_person_was_registered_again() -> None:
    old, again, person = record("1"), record("2"), one("2")
    found = identify([old, again], [old, again], [person], Direction.PULL, Ties((linked(person, again),)))
    assert [(each.doubt, each.other) for each in found] == [
        (BlockReason.NUMBER_CHANGED, person),
        (None, None),
    ]


def test_anothers_record_is_no_evidence_without_birth_date_or_beside_a_record_of_ones_own() -> None:
    owner = one("1")
    assert doubt(one("2", birth_date=None), [record("1")], unlisted=[owner]) is None
    assert doubt(one("2"), [record("1", birth_date=date(1991, 2, 28))], unlisted=[owner]) is None
    former = record("2", last_name="上田")
    assert doubt(one("2"), [record("1"), former], unlisted=[owner]) is None, "married, under the same number"


def test_whoever_left_nobody_knows_when_has_no_second_record_to_ask_about() -> None:
    long_gone = one("1", "hr-old", standing=Standing.RETIRED)
    found = identified([long_gone, one("2")], [record("2")])
    assert [(each.doubt, each.other) for each in found] == [(None, None)] * 2


def test_a_name_without_a_birth_date_is_no_evidence() -> None:
    assert doubt(one("2", birth_date=None), [record("1")]) is None
    assert doubt(one("2"), [record("1", birth_date=None)]) is None


def test_two_who_changed_places_are_swapped() -> None:
    first, second = identified([one("1"), one("2", **KEN)], [record("1", **KEN), record("2")])
    assert (first.doubt, first.existing, first.other) == (
        BlockReason.NUMBERS_SWAPPED,
        record("1", **KEN),
        record("2"),
    )
    assert (second.doubt, second.other) == (BlockReason.NUMBERS_SWAPPED, record("1", **KEN))


def test_a_record_that_is_exactly_ones_own_beats_the_number_of_a_namesake() -> None:
    exactly, namesake = record("9"), record("1", birth_date=date(1991, 2, 28))
    (found,) = identified([one("1")], [namesake, exactly])
    assert (found.doubt, found.existing, found.other) == (BlockReason.NUMBERS_ROTATED, namesake, exactly)


def test_twins_who_changed_places_are_swapped() -> None:
    twin: Values = {**AOI, "first_name": "茜"}
    found = identified([one("1"), one("2", **twin)], [record("1", **twin), record("2")])
    assert [each.doubt for each in found] == [BlockReason.NUMBERS_SWAPPED] * 2


@pytest.mark.parametrize("shared", [{"last_name": "佐藤"}, {"first_name": "健"}], ids=["last", "first"])
@pytest.mark.parametrize("direction", Direction)
def test_a_swap_is_seen_without_birth_dates_although_a_name_is_shared(
    shared: Values, direction: Direction
) -> None:
    people = [one("1", **{**AOI, **shared}), one("2", **{**KEN, **shared})]
    records = [
        record(other.number, **_undated(person)) for person, other in zip(people, people[::-1], strict=True)
    ]
    source, target = (people, records) if direction is Direction.PUSH else (records, people)
    found = identify(source, source, target, direction, Ties())
    assert [each.doubt for each in found] == [BlockReason.NUMBERS_SWAPPED] * 2
    assert [each.other for each in found] == target


def _undated(person: Employee) -> Values:
    return {"last_name": person.last_name, "first_name": person.first_name, "birth_date": None}


def test_namesakes_of_different_age_who_changed_places_are_swapped() -> None:
    younger: Values = {**AOI, "birth_date": date(2000, 1, 1)}
    found = identified([one("1"), one("2", **younger)], [record("1", **younger), record("2")])
    assert [each.doubt for each in found] == [BlockReason.NUMBERS_SWAPPED] * 2


def test_a_swap_is_seen_by_one_whose_partner_is_not_listed() -> None:
    partner = one("2", **KEN)
    found = doubt(one("1"), [record("1", **KEN), record("2")], unlisted=[partner])
    assert found is BlockReason.NUMBERS_SWAPPED


def test_three_in_a_circle_are_rotated() -> None:
    everybody = [one("1"), one("2", **KEN), one("3", **YUI)]
    found = identified(everybody, [record("1", **KEN), record("2", **YUI), record("3")])
    assert [each.doubt for each in found] == [BlockReason.NUMBERS_ROTATED] * 3
    assert [each.other.number for each in found if each.other] == ["3", "1", "2"]


def test_a_chain_is_seen_at_each_of_its_links() -> None:
    everybody = [one("2"), one("3", **KEN), one("1", **YUI)]
    found = identified(everybody, [record("1"), record("2", **KEN)])
    assert [each.doubt for each in found] == [
        BlockReason.NUMBERS_ROTATED,
        BlockReason.NUMBER_CHANGED,
        BlockReason.NUMBERS_ROTATED,
    ]


def test_a_record_that_is_exactly_anothers_is_not_ones_own_by_likeness() -> None:
    twin: Values = {**AOI, "first_name": "茜"}
    moved, newcomer = one("2"), one("1", **twin)
    found = identified([moved, newcomer], [record("1")])
    assert [each.doubt for each in found] == [BlockReason.NUMBER_CHANGED, BlockReason.NUMBERS_ROTATED]


# Numbers that name nobody


@pytest.mark.parametrize("number", [None, "", " \u3000"])
def test_without_a_number_nobody_is_linked(number: str | None) -> None:
    person = one(number, "hr-1")
    assert doubt(person, [record()]) is BlockReason.NO_NUMBER
    confirmed = Link("hr-1", "record-1", confirmed=True)
    assert doubt(person, [record()], confirmed) is BlockReason.NO_NUMBER


@pytest.mark.parametrize("confirmed", [False, True])
def test_a_number_twice_on_one_side_stops_everybody_who_has_it(confirmed: bool) -> None:  # noqa: FBT001 - a case
    twice = [one("1", "hr-a"), one("１", "hr-b")]
    link = Link("hr-a", "record-1", confirmed)
    found = identified(twice, [record()], link)
    assert [each.doubt for each in found] == [BlockReason.NUMBER_TWICE_IN_SOURCE] * 2
    records = [record("1"), record("1 ", "record-b")]
    (found_twice,) = identified(twice[:1], records, link)
    assert (found_twice.doubt, found_twice.existing) == (BlockReason.NUMBER_TWICE_IN_TARGET, None)


def test_the_number_of_somebody_ignored_or_gone_is_not_taken() -> None:
    first, second = one("1", "hr-a"), one("1", "hr-b", **KEN)
    found = identified([first, second], [record()], ignored=frozenset({"hr-b"}))
    assert [each.doubt for each in found] == [None, BlockReason.IGNORED]
    assert doubt(first, [record()], unlisted=[second]) is None


def test_two_records_without_a_name_are_not_the_same_for_it() -> None:
    nameless: Values = {"last_name": None, "first_name": None}
    assert resemble(one(**nameless), record(**nameless)) is Resemblance.CHANGED


def test_a_repr_names_nobody() -> None:
    (found,) = identified([one()], [record(**KEN)])
    assert not {"青木", "葵", "井上", "1990"} & set(repr(found))
    assert "青木" not in repr(found)
