"""What would happen to one person."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from sync.diff import (
    Blocked,
    BlockReason,
    Create,
    Difference,
    Respelled,
    Status,
    Unchanged,
    Update,
    diff,
)
from sync.fields import NOT_CLEARABLE, Field, FieldPolicy, Mode, default_policies
from sync.model import Direction, Employee, Gender, System
from sync.terms import Terms
from sync.text import Likeness, Repertoire
from tests.sync.people import PEOPLE, SYSTEMS, TERMS, a_person, going_by, with_changes

OVERWRITE = going_by()
OFF = FieldPolicy(mode=Mode.OFF)
NBSP = "\u00a0"


@given(PEOPLE, SYSTEMS, TERMS)
def test_equal_people_are_unchanged(person: Employee, target: System, terms: Terms) -> None:
    assert isinstance(diff(person, person, target, terms), Unchanged)


@given(PEOPLE, PEOPLE, SYSTEMS, TERMS)
def test_writing_the_changes_leaves_nothing_but_what_was_folded(
    desired: Employee, existing: Employee, target: System, terms: Terms
) -> None:
    found = diff(desired, existing, target, terms)
    if not isinstance(found, Update | Respelled):
        return
    folded = found.folded if isinstance(found, Update) else ()
    after = diff(desired, with_changes(existing, found.changes), target, terms)
    assert isinstance(after, Respelled | Unchanged) or (isinstance(after, Blocked) and folded)
    if not isinstance(after, Blocked):
        assert (after.changes if isinstance(after, Respelled) else ()) == folded


@given(PEOPLE, PEOPLE, SYSTEMS, TERMS)
def test_a_change_shows_the_targets_own_value_and_never_a_field_that_stays(
    desired: Employee, existing: Employee, target: System, terms: Terms
) -> None:
    found = diff(desired, existing, target, terms)
    if not isinstance(found, Update | Respelled):
        return
    assert not {change.field for change in found.changes} & {*found.kept, *found.suppressed}
    for change in found.changes:
        assert change.old == change.field.of(existing)
        assert change.old != change.new
        assert terms.policies[change.field].mode is not Mode.OFF


@given(PEOPLE, PEOPLE, SYSTEMS, TERMS)
def test_nothing_is_cleared_that_must_not_be(
    desired: Employee, existing: Employee, target: System, terms: Terms
) -> None:
    found = diff(desired, existing, target, terms)
    changes = found.changes if isinstance(found, Update | Respelled) else ()
    cleared = {each.field for each in changes if each.new is None}
    assert not cleared & NOT_CLEARABLE[target]
    assert not {field for field in cleared if terms.policies[field].never_blank}


@given(PEOPLE, PEOPLE, SYSTEMS, TERMS)
def test_spellings_are_written_with_real_differences_only_on_purpose(
    desired: Employee, existing: Employee, target: System, terms: Terms
) -> None:
    found = diff(desired, existing, target, terms)
    if isinstance(found, Update):
        assert {each.likeness for each in found.changes} <= {Likeness.DIFFERENT, *terms.spellings}
        assert not {each.likeness for each in found.folded} & {Likeness.DIFFERENT, *terms.spellings}


@given(PEOPLE, SYSTEMS, TERMS)
def test_a_creation_writes_what_the_source_has_and_nothing_empty(
    desired: Employee, target: System, terms: Terms
) -> None:
    found = diff(desired, None, target, terms)
    assert isinstance(found, Create | Blocked)
    if isinstance(found, Create):
        assert all(change.old is None and change.new is not None for change in found.changes)


def test_names_are_written_exactly_as_the_source_has_them() -> None:
    found = diff(a_person(last_name="髙　林"), a_person(last_name="高橋"), System.SMARTHR, OVERWRITE)
    assert isinstance(found, Update)
    assert [(each.field, each.old, each.new) for each in found.changes] == [
        (Field.LAST_NAME, "高橋", "髙　林")
    ]


def test_kana_is_written_as_full_width_katakana() -> None:
    half = a_person(last_name_kana="ﾀﾞｲﾄﾞｳ", first_name_kana="あおい")
    found = diff(half, None, System.SMARTHR, OVERWRITE)
    assert isinstance(found, Create)
    written = {change.field: change.new for change in found.changes}
    assert (written[Field.LAST_NAME_KANA], written[Field.FIRST_NAME_KANA]) == ("ダイドウ", "アオイ")


@pytest.mark.parametrize("there", ["ダイドウ", "ﾀﾞｲﾄﾞｳ"])
def test_kana_that_the_target_has_already_is_left_alone(there: str) -> None:
    half, same = a_person(last_name_kana="ﾀﾞｲﾄﾞｳ"), a_person(last_name_kana=there)
    assert isinstance(diff(half, same, System.SMARTHR, OVERWRITE), Unchanged)


@pytest.mark.parametrize(
    ("source", "target", "status"),
    [
        ({"last_name": "青　木"}, {"last_name": "青木"}, Status.COSMETIC),
        ({"last_name_kana": "アオキ"}, {"last_name_kana": "ｱｵｷ"}, Status.COSMETIC),
        ({"email": "A@example.jp"}, {"email": "a@example.jp"}, Status.COSMETIC),
        ({"last_name": "髙橋"}, {"last_name": "高橋"}, Status.VARIANT),
        ({"last_name": "髙橋", "first_name": "葵 "}, {"last_name": "高橋"}, Status.VARIANT),
        ({"last_name": "神\ufa19"}, {"last_name": "神神"}, Status.VARIANT),
    ],
)
def test_a_person_with_nothing_but_other_spellings_is_no_real_difference_and_can_be_written_on_purpose(
    source: dict[str, str], target: dict[str, str], status: Status
) -> None:
    found = diff(a_person(**source), a_person(**target), System.SMARTHR, OVERWRITE)
    assert isinstance(found, Respelled)
    assert found.status is status
    assert {each.field.value: each.new for each in found.changes} == source


def test_another_spelling_beside_a_real_difference_is_folded_away() -> None:
    desired, existing = a_person(last_name="髙橋", first_name="碧"), a_person(last_name="高橋")
    found = diff(desired, existing, System.SMARTHR, OVERWRITE)
    assert isinstance(found, Update)
    assert [each.field for each in found.changes] == [Field.FIRST_NAME]
    assert [each.field for each in found.folded] == [Field.LAST_NAME]


def test_variants_are_written_where_that_was_chosen() -> None:
    on_purpose = replace(OVERWRITE, spellings=frozenset({Likeness.VARIANT}))
    found = diff(a_person(last_name="髙橋"), a_person(last_name="高橋"), System.SMARTHR, on_purpose)
    assert isinstance(found, Update)
    assert [each.new for each in found.changes] == ["髙橋"]


def test_a_suppressed_field_is_neither_a_difference_nor_written() -> None:
    person = a_person(last_name="赤木", email="a@example.jp")
    terms = replace(OVERWRITE, suppressed={person.remote_id: frozenset({Field.LAST_NAME})})
    found = diff(person, a_person(email="a@example.jp"), System.SMARTHR, terms)
    assert isinstance(found, Unchanged)
    assert found.suppressed == (Field.LAST_NAME,)
    other = replace(person, remote_id="another")
    assert isinstance(diff(other, a_person(), System.SMARTHR, terms), Update)


def test_a_suppressed_field_is_not_written_to_a_new_person_either_unless_nobody_can_be_without() -> None:
    person = a_person(last_name="赤木", email="a@example.jp")
    suppressed = {person.remote_id: frozenset({Field.LAST_NAME, Field.EMAIL})}
    found = diff(person, None, System.KINKAKUJI, replace(OVERWRITE, suppressed=suppressed))
    assert isinstance(found, Create)
    assert {change.field for change in found.changes} == {Field.LAST_NAME, Field.FIRST_NAME, Field.GENDER}


def test_an_empty_source_keeps_the_targets_value_and_says_so() -> None:
    found = diff(a_person(), a_person(hired_on=date(2020, 4, 1)), System.SMARTHR, OVERWRITE)
    assert isinstance(found, Unchanged)
    assert found.kept == (Field.HIRED_ON,)


def test_an_empty_source_clears_where_that_was_chosen() -> None:
    terms = going_by(resigned_on=FieldPolicy(never_blank=False))
    found = diff(a_person(), a_person(resigned_on=date(2026, 5, 31)), System.KINKAKUJI, terms)
    assert isinstance(found, Update)
    assert [(each.old, each.new) for each in found.changes] == [("2026-05-31", None)]


@pytest.mark.parametrize(
    ("old", "status"),
    [
        (None, Status.UPDATE),
        ("old@example.jp", Status.UNCHANGED),
        ("NEW@example.jp", Status.UNCHANGED),
    ],
)
def test_fill_only_writes_where_there_is_nothing(old: str | None, status: Status) -> None:
    terms = going_by(email=FieldPolicy(mode=Mode.FILL_ONLY))
    found = diff(a_person(email="new@example.jp"), a_person(email=old), System.SMARTHR, terms)
    assert found.status is status


def test_mail_addresses_go_to_kinkakuji_only_when_that_was_chosen() -> None:
    push = Terms(policies=default_policies(Direction.PUSH))
    found = diff(a_person(email="a@example.jp"), None, System.KINKAKUJI, push)
    assert isinstance(found, Create)
    assert Field.EMAIL not in {change.field for change in found.changes}


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"gender": None}, BlockReason.GENDER_MISSING),
        ({"first_name": None}, BlockReason.NAME_MISSING),
        ({"first_name": None, "gender": None}, BlockReason.NAME_MISSING),
    ],
)
def test_what_kinkakuji_would_refuse_is_blocked_before_any_call(
    values: dict[str, None], reason: BlockReason
) -> None:
    found = diff(a_person(**values), None, System.KINKAKUJI, OVERWRITE)
    assert isinstance(found, Blocked)
    assert found.reason is reason


def test_gender_is_written_to_a_new_person_in_kinkakuji_even_when_it_is_not_linked() -> None:
    found = diff(a_person(gender=Gender.MALE), None, System.KINKAKUJI, going_by(gender=OFF))
    assert isinstance(found, Create)
    assert Field.GENDER in {change.field for change in found.changes}


def towards_windows(desired: Employee, existing: Employee | None, **policies: FieldPolicy) -> Difference:
    """Compare where the target holds Windows' characters only."""
    terms = replace(going_by(**policies), repertoire=Repertoire.WINDOWS)
    return diff(desired, existing, System.KINKAKUJI, terms)


@pytest.mark.parametrize(
    "existing",
    [None, a_person(last_name="山田"), a_person(last_name="吉田")],
    ids=["new", "other", "variant"],
)
def test_a_letter_that_the_target_cant_hold_blocks_the_row_and_is_named(existing: Employee | None) -> None:
    found = towards_windows(a_person(last_name="𠮷田"), existing)
    assert isinstance(found, Blocked)
    assert (found.reason, found.field, found.character) == (BlockReason.UNSTORABLE, Field.LAST_NAME, "𠮷")


def test_a_letter_that_the_target_cant_hold_is_no_matter_where_it_is_not_written() -> None:
    desired, existing = a_person(last_name="𠮷田", first_name="碧"), a_person(last_name="吉田")
    found = towards_windows(desired, existing)
    assert isinstance(found, Update)
    assert [each.field for each in found.folded] == [Field.LAST_NAME]
    fill_only = FieldPolicy(mode=Mode.FILL_ONLY)
    assert isinstance(towards_windows(a_person(last_name="𠮷田"), a_person(), last_name=fill_only), Unchanged)


def test_what_the_target_has_typed_in_its_own_only_way_is_unchanged() -> None:
    desired, existing = a_person(last_name=f"青{NBSP}木"), a_person(last_name="青木")
    assert isinstance(towards_windows(desired, existing), Unchanged)
    assert isinstance(diff(desired, existing, System.SMARTHR, OVERWRITE), Respelled)
