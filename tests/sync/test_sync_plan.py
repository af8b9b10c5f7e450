"""A plan lists everybody once, in one order, and takes nobody whom the target knows for new."""

from dataclasses import replace
from datetime import date, datetime
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.company import Company
from sync.calendar import TOKYO
from sync.diff import Blocked, BlockReason, Create, Notice, Status, Update
from sync.errors import OutOfRange
from sync.fields import Field, default_policies
from sync.identity import Ties
from sync.model import Direction, Employee
from sync.plan import Basis, People, Plan, fingerprint, make_plan
from sync.remote import RemoteSystem
from sync.service import PreviewRequest, preview
from sync.terms import Terms
from sync.text import number_key
from tests.sandbox.remote.service import a_company, a_crew, an_employee, service
from tests.sync.clients.partners import kinkakuji, smarthr
from tests.sync.people import PEOPLE, a_person

NOON = datetime(2026, 4, 1, 12, tzinfo=TOKYO)
AS_OF = NOON.date()
DIRECTIONS = st.sampled_from(Direction)
CROWDS = st.lists(PEOPLE, max_size=6, unique_by=lambda person: person.remote_id)


def planned(direction: Direction, listed: list[Employee], target: list[Employee]) -> Plan:
    return make_plan(a_basis(direction), People(listed, target), NOON)


def a_basis(direction: Direction, as_of: date = AS_OF) -> Basis:
    return Basis(direction=direction, as_of=as_of, terms=Terms(policies=default_policies(direction)))


def reasons(plan: Plan) -> list[BlockReason]:
    return [row.difference.reason for row in plan.rows if isinstance(row.difference, Blocked)]


@given(DIRECTIONS, CROWDS, CROWDS)
def test_everybody_enrolled_has_exactly_one_row_and_nobody_has_two(
    direction: Direction, source: list[Employee], target: list[Employee]
) -> None:
    plan = planned(direction, source, target)
    shown = [row.difference.desired.remote_id for row in plan.rows]
    assert len(set(shown)) == len(shown)
    assert {person.remote_id for person in source if person.enrolled_on(AS_OF)} <= set(shown)
    assert [row.position for row in plan.rows] == list(range(len(shown)))
    assert sum(plan.counts().values()) == len(shown)


@given(DIRECTIONS, CROWDS, CROWDS)
def test_nobody_whom_the_target_knows_is_new(
    direction: Direction, listed: list[Employee], target: list[Employee]
) -> None:
    known = {number_key(person.number) for person in target if person.number}
    for row in planned(direction, listed, target).rows:
        if isinstance(row.difference, Create):
            assert number_key(row.difference.desired.number or "") not in known


@given(DIRECTIONS, CROWDS, CROWDS, st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(
    direction: Direction, listed: list[Employee], target: list[Employee], random: Random
) -> None:
    before = planned(direction, listed, target)
    shuffled = [list(people) for people in (listed, target)]
    for people in shuffled:
        random.shuffle(people)
    after = planned(direction, *shuffled)
    assert after.rows == before.rows
    assert fingerprint(after.rows) == fingerprint(before.rows)


def test_a_fingerprint_tells_when_anything_shown_has_moved() -> None:
    before = planned(Direction.PULL, [a_person()], [a_person(last_name="赤木")])
    after = planned(Direction.PULL, [a_person()], [a_person(last_name="赤城")])
    assert fingerprint(before.rows) != fingerprint(after.rows)


@pytest.mark.parametrize(
    ("listed", "target", "reason"),
    [
        ([a_person(None)], [], BlockReason.NO_NUMBER),
        ([a_person("　")], [], BlockReason.NO_NUMBER),
        ([a_person("a1"), a_person("A1")], [], BlockReason.NUMBER_TWICE_IN_SOURCE),
        ([a_person("1")], [a_person("1"), a_person("１")], BlockReason.NUMBER_TWICE_IN_TARGET),
    ],
)
def test_a_number_that_does_not_name_one_person_is_blocked(
    listed: list[Employee], target: list[Employee], reason: BlockReason
) -> None:
    assert set(reasons(planned(Direction.PULL, listed, target))) == {reason}


def test_a_number_in_another_spelling_is_the_same_person_and_says_so() -> None:
    (row,) = planned(Direction.PULL, [a_person("1")], [a_person("１ ", last_name="赤木")]).rows
    assert isinstance(row.difference, Update)
    assert row.difference.notices == (Notice.NUMBER_SPELLED_OTHERWISE,)
    assert Field.NUMBER not in {change.field for change in row.difference.changes}


@pytest.mark.parametrize("target", [[], [a_person("1")]])
def test_whoever_was_set_apart_says_so_also_once_the_target_has_them(target: list[Employee]) -> None:
    somebody = a_person("1", remote_id="own")
    basis = replace(a_basis(Direction.PULL), ties=Ties(apart=frozenset({"own"})))
    (row,) = make_plan(basis, People([somebody], target), NOON).rows
    assert not isinstance(row.difference, Blocked)
    assert Notice.SET_APART in row.difference.notices
    (other,) = make_plan(a_basis(Direction.PULL), People([somebody], target), NOON).rows
    assert not isinstance(other.difference, Blocked)
    assert Notice.SET_APART not in other.difference.notices


def test_leading_zeros_are_another_number() -> None:
    plan = planned(Direction.PULL, [a_person("0012")], [a_person("12", last_name="赤木", first_name="碧")])
    assert plan.counts()[Status.CREATE] == 1


def test_a_retry_lists_only_the_people_whom_it_is_for_whatever_became_of_their_numbers() -> None:
    renumbered = [
        an_employee("A1", key="key-1"),
        an_employee("A3", key="key-2"),
        an_employee("A2", key="key-3"),
    ]
    with service(company=a_company(employees=renumbered)) as there:
        request = a_request(Direction.PULL, only={"key-2"})
        plan = preview(request, kinkakuji(there), smarthr(there), NOON).plan
    assert [row.difference.desired.number for row in plan.rows] == ["A3"]


def test_a_day_that_kinkakuji_does_not_answer_for_is_refused_before_any_call() -> None:
    with service() as there:
        request = a_request(Direction.PULL, as_of=date(2023, 3, 31))
        with pytest.raises(OutOfRange):
            preview(request, kinkakuji(there), smarthr(there), NOON)
        assert there.calls.calls() == []


def a_request(direction: Direction, as_of: date = AS_OF, only: set[str] | None = None) -> PreviewRequest:
    return PreviewRequest(basis=a_basis(direction, as_of), only=only)


AROUND = (None, "2026-03-31", "2026-04-01", "2026-04-02")
"""No date, the day before the as-of day, the day itself and the day after."""
SPANS = list(product(AROUND, AROUND))
COMBINATIONS = {f"P{n:03}": spans for n, spans in enumerate(product(SPANS, SPANS))}
"""Every pair of hire and resignation in SmartHR with every pair in 勤革時."""
STANDINGS = ("employed", "absent", "retired")


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("standing", STANDINGS)
@pytest.mark.parametrize("as_of", [date(2026, 3, 31), date(2026, 4, 1), date(2026, 4, 2)], ids=str)
def test_whoever_is_dated_otherwise_or_retired_in_the_target_is_never_new(
    direction: Direction, standing: str, as_of: date
) -> None:
    with service(company=everybody_in_both(standing)) as there:
        clients: dict[str, RemoteSystem] = {"smarthr": smarthr(there), "kinkakuji": kinkakuji(there)}
        source, target = clients[direction.source], clients[direction.target]
        plan = preview(a_request(direction, as_of), source, target, NOON).plan
    assert plan.rows
    assert plan.target_size == len(COMBINATIONS)
    assert plan.counts()[Status.CREATE] == 0
    assert set(reasons(plan)) <= {BlockReason.REHIRED}, "left there before being hired here"


def everybody_in_both(standing: str) -> Company:
    return a_company(
        crews=[
            a_crew(number, emp_status=standing, entered_at=hr[0], resigned_at=hr[1])
            for number, (hr, _) in COMBINATIONS.items()
        ],
        employees=[
            an_employee(number, hiredDate=kot[0], resignationDate=kot[1])
            for number, (_, kot) in COMBINATIONS.items()
        ],
    )
