"""取り消し: what can be put back, what is left, and what is said of it."""

from dataclasses import replace
from datetime import date

import pytest

from sync.diff import Blocked, BlockReason, Change, Difference, Unchanged, Update
from sync.fields import Field
from sync.identity import Ties
from sync.model import Direction, Employee, Gender
from sync.plan import Basis
from sync.text import Likeness
from sync.undo import Written, make_undo, record_ids
from tests.sync.fakes import NOON
from tests.sync.people import a_person, going_by, value_of
from tests.sync.rows import a_creation, an_update

BASIS = Basis(direction=Direction.PULL, as_of=NOON.date(), terms=going_by())
RENAMED = Change(Field.LAST_NAME, "青木", "赤木")
BORN = Change(Field.BIRTH_DATE, None, "1990-04-01")
MAILED = Change(Field.EMAIL, None, "aki@example.jp")


def test_what_is_still_as_the_run_left_it_is_put_back() -> None:
    record = left_by(RENAMED, MAILED)
    row = the_row(wrote(RENAMED, MAILED), record)
    assert isinstance(row, Update)
    assert row.changes == (
        Change(Field.LAST_NAME, "赤木", "青木"),
        Change(Field.EMAIL, "aki@example.jp", None),
    )
    assert (row.existing, row.edited, row.unclearable) == (record, (), ())


def test_a_field_that_was_edited_since_is_left_and_named() -> None:
    row = the_row(wrote(RENAMED, MAILED), replace(left_by(RENAMED, MAILED), last_name="黒木"))
    assert isinstance(row, Update)
    assert [change.field for change in row.changes] == [Field.EMAIL]
    assert row.edited == (Field.LAST_NAME,)


def test_a_field_that_somebody_has_put_back_already_is_nothing_to_do() -> None:
    row = the_row(wrote(RENAMED), a_person())
    assert isinstance(row, Unchanged)


def test_whoever_was_edited_in_every_field_is_blocked() -> None:
    row = the_row(wrote(RENAMED), a_person(last_name="黒木"))
    assert isinstance(row, Blocked)
    assert (row.reason, row.edited) == (BlockReason.EDITED_SINCE, (Field.LAST_NAME,))


def test_what_a_later_run_has_written_stays_even_with_the_same_value() -> None:
    again = replace(wrote(RENAMED, MAILED), rewritten=frozenset({Field.LAST_NAME}))
    row = the_row(again, left_by(RENAMED, MAILED))
    assert isinstance(row, Update)
    assert [change.field for change in row.changes] == [Field.EMAIL]
    assert (row.rewritten, row.edited) == ((Field.LAST_NAME,), ())


def test_whoever_a_later_run_has_written_in_every_field_is_blocked() -> None:
    row = the_row(replace(wrote(RENAMED), rewritten=frozenset({Field.LAST_NAME})), left_by(RENAMED))
    assert isinstance(row, Blocked)
    assert (row.reason, row.rewritten) == (BlockReason.EDITED_SINCE, (Field.LAST_NAME,))


def test_what_a_later_run_has_put_back_is_nothing_to_do() -> None:
    row = the_row(replace(wrote(RENAMED), rewritten=frozenset({Field.LAST_NAME})), a_person())
    assert isinstance(row, Unchanged)


def test_what_was_empty_is_emptied_again() -> None:
    row = the_row(wrote(BORN), left_by(BORN), basis=replace(BASIS, direction=Direction.PUSH))
    assert isinstance(row, Update)
    assert row.changes == (Change(Field.BIRTH_DATE, "1990-04-01", None),)


def test_what_the_target_does_not_let_be_emptied_stays() -> None:
    row = the_row(wrote(BORN), left_by(BORN))
    assert isinstance(row, Blocked)
    assert (row.reason, row.unclearable) == (BlockReason.NOT_CLEARABLE, (Field.BIRTH_DATE,))


def test_what_cannot_be_emptied_is_named_beside_what_is_put_back() -> None:
    sexed = Change(Field.GENDER, None, Gender.FEMALE)
    row = the_row(wrote(RENAMED, sexed), left_by(RENAMED, sexed))
    assert isinstance(row, Update)
    assert row.changes == (Change(Field.LAST_NAME, "赤木", "青木"),)
    assert row.unclearable == (Field.GENDER,)


def test_whoever_was_created_stays_and_is_not_even_read() -> None:
    created = Written(a_creation(), ())
    row = the_row(created, a_person())
    assert isinstance(row, Blocked)
    assert row.reason is BlockReason.CREATED
    assert record_ids([created]) == []


def test_whoever_is_gone_is_blocked() -> None:
    row = the_row(wrote(RENAMED))
    assert isinstance(row, Blocked)
    assert (row.reason, row.existing) == (BlockReason.TARGET_GONE, None)


def test_a_row_of_which_nobody_kept_what_was_written_is_blocked() -> None:
    lost = Written(an_update(), None)
    row = the_row(lost, left_by(RENAMED))
    assert isinstance(row, Blocked)
    assert row.reason is BlockReason.NOT_KEPT
    assert record_ids([lost]) == []


@pytest.mark.parametrize("ignored", ["source-0012", "id-0012"])
def test_whoever_is_not_linked_any_more_is_left_alone(ignored: str) -> None:
    basis = replace(BASIS, ties=Ties(ignored=frozenset({ignored})))
    row = the_row(wrote(RENAMED), left_by(RENAMED), basis=basis)
    assert isinstance(row, Blocked)
    assert row.reason is BlockReason.IGNORED


def test_a_field_that_is_to_stay_as_it_is_stays() -> None:
    terms = replace(going_by(), suppressed={"source-0012": frozenset({Field.LAST_NAME})})
    row = the_row(wrote(RENAMED, MAILED), left_by(RENAMED, MAILED), basis=replace(BASIS, terms=terms))
    assert isinstance(row, Update)
    assert [change.field for change in row.changes] == [Field.EMAIL]
    assert row.suppressed == (Field.LAST_NAME,)


def test_a_business_name_is_not_overwritten_with_the_legal_one() -> None:
    record = replace(left_by(RENAMED), last_name_is_business=True)
    row = the_row(wrote(RENAMED), record)
    assert isinstance(row, Blocked)
    assert row.edited == (Field.LAST_NAME,)


def test_another_spelling_is_put_back_to_the_letter() -> None:
    respelled = Change(Field.LAST_NAME, "高橋", "髙橋", Likeness.VARIANT)
    row = the_row(wrote(respelled), left_by(respelled))
    assert isinstance(row, Update)
    assert row.changes == (Change(Field.LAST_NAME, "髙橋", "高橋", Likeness.VARIANT),)


def test_a_row_is_known_by_the_sources_person_and_shows_whom_the_run_found() -> None:
    row = the_row(wrote(RENAMED), left_by(RENAMED))
    assert (row.desired.remote_id, row.desired.number, row.desired.last_name) == (
        "source-0012",
        "0012",
        "青木",
    )


def test_the_rows_stand_as_in_any_plan() -> None:
    rows = [Written(an_update(number), (RENAMED,)) for number in ("3", "1")]
    records = [a_person(number, last_name="赤木") for number in ("3", "1")]
    plan = make_undo(BASIS, [Written(a_creation("2"), ()), *rows], records, NOON, target_size=40)
    assert [(row.position, row.difference.desired.number) for row in plan.rows] == [
        (0, "1"),
        (1, "3"),
        (2, "2"),
    ]
    assert (plan.direction, plan.as_of, plan.target_size, plan.links) == (
        Direction.PULL,
        date(2026, 4, 1),
        40,
        (),
    )


def wrote(*changes: Change) -> Written:
    return Written(an_update(), changes)


def left_by(*changes: Change) -> Employee:
    """Give the record as the run left it."""
    return a_person(**{each.field.value: value_of(each.field, each.new) for each in changes})


def the_row(written: Written, *live: Employee, basis: Basis = BASIS) -> Difference:
    (row,) = make_undo(basis, [written], live, NOON, target_size=40).rows
    return row.difference
