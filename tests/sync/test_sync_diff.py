"""What would happen to one person."""

from datetime import date

import pytest
from hypothesis import given

from sync.diff import Blocked, BlockReason, Create, Unchanged, Update, diff
from sync.fields import COMPARED, NOT_CLEARABLE, Field, FieldPolicy, Mode, Policies, default_policies
from sync.model import Direction, Employee, Gender, System
from tests.sync.people import PEOPLE, POLICIES, SYSTEMS, a_person, with_changes

OVERWRITE: Policies = {field: FieldPolicy() for field in COMPARED}


def changing(**policies: FieldPolicy) -> Policies:
    return {**OVERWRITE, **{Field(name): policy for name, policy in policies.items()}}


@given(PEOPLE, SYSTEMS, POLICIES)
def test_equal_people_are_unchanged(person: Employee, target: System, policies: Policies) -> None:
    assert isinstance(diff(person, person, target, policies), Unchanged)


@given(PEOPLE, PEOPLE, SYSTEMS, POLICIES)
def test_writing_the_changes_leaves_nothing_to_change(
    desired: Employee, existing: Employee, target: System, policies: Policies
) -> None:
    found = diff(desired, existing, target, policies)
    changes = found.changes if isinstance(found, Update) else ()
    assert isinstance(diff(desired, with_changes(existing, changes), target, policies), Unchanged)


@given(PEOPLE, PEOPLE, SYSTEMS, POLICIES)
def test_a_change_shows_the_targets_own_value_and_never_a_kept_field(
    desired: Employee, existing: Employee, target: System, policies: Policies
) -> None:
    found = diff(desired, existing, target, policies)
    assert isinstance(found, Update | Unchanged)
    changes = found.changes if isinstance(found, Update) else ()
    assert not {change.field for change in changes} & set(found.kept)
    for change in changes:
        assert change.old == change.field.of(existing)
        assert change.old != change.new
        assert policies[change.field].mode is not Mode.OFF


@given(PEOPLE, PEOPLE, SYSTEMS, POLICIES)
def test_nothing_is_cleared_that_must_not_be(
    desired: Employee, existing: Employee, target: System, policies: Policies
) -> None:
    found = diff(desired, existing, target, policies)
    cleared = (
        {each.field for each in found.changes if each.new is None} if isinstance(found, Update) else set()
    )
    assert not cleared & NOT_CLEARABLE[target]
    assert not {field for field in cleared if policies[field].never_blank}


@given(PEOPLE, SYSTEMS, POLICIES)
def test_a_creation_writes_what_the_source_has_and_nothing_empty(
    desired: Employee, target: System, policies: Policies
) -> None:
    found = diff(desired, None, target, policies)
    assert isinstance(found, Create | Blocked)
    if isinstance(found, Create):
        assert all(change.old is None and change.new is not None for change in found.changes)


def test_names_are_written_exactly_as_the_source_has_them() -> None:
    found = diff(a_person(last_name="髙　橋"), a_person(last_name="高橋"), System.SMARTHR, OVERWRITE)
    assert isinstance(found, Update)
    assert [(each.field, each.old, each.new) for each in found.changes] == [
        (Field.LAST_NAME, "高橋", "髙　橋")
    ]


def test_kana_is_written_as_full_width_katakana_and_compared_in_any_kana() -> None:
    half = a_person(last_name_kana="ﾀﾞｲﾄﾞｳ", first_name_kana="あおい")
    found = diff(half, None, System.SMARTHR, OVERWRITE)
    assert isinstance(found, Create)
    written = {change.field: change.new for change in found.changes}
    assert (written[Field.LAST_NAME_KANA], written[Field.FIRST_NAME_KANA]) == ("ダイドウ", "アオイ")
    full = a_person(last_name_kana="ダイドウ", first_name_kana="アオイ")
    assert isinstance(diff(half, full, System.SMARTHR, OVERWRITE), Unchanged)


def test_an_empty_source_keeps_the_targets_value_and_says_so() -> None:
    found = diff(a_person(), a_person(hired_on=date(2020, 4, 1)), System.SMARTHR, OVERWRITE)
    assert isinstance(found, Unchanged)
    assert found.kept == (Field.HIRED_ON,)


def test_an_empty_source_clears_where_that_was_chosen() -> None:
    policies = changing(resigned_on=FieldPolicy(never_blank=False))
    found = diff(a_person(), a_person(resigned_on=date(2026, 5, 31)), System.KINKAKUJI, policies)
    assert isinstance(found, Update)
    assert [(each.old, each.new) for each in found.changes] == [("2026-05-31", None)]


@pytest.mark.parametrize(("old", "is_written"), [(None, True), ("old@example.jp", False)])
def test_fill_only_writes_where_there_is_nothing(old: str | None, is_written: bool) -> None:  # noqa: FBT001 - a case
    policies = changing(email=FieldPolicy(mode=Mode.FILL_ONLY))
    found = diff(a_person(email="new@example.jp"), a_person(email=old), System.SMARTHR, policies)
    assert isinstance(found, Update) == is_written


def test_mail_addresses_go_to_kinkakuji_only_when_that_was_chosen() -> None:
    push = default_policies(Direction.PUSH)
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
    policies = changing(gender=FieldPolicy(mode=Mode.OFF))
    found = diff(a_person(gender=Gender.MALE), None, System.KINKAKUJI, policies)
    assert isinstance(found, Create)
    assert Field.GENDER in {change.field for change in found.changes}
