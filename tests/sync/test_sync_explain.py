"""`/renkei who` says of one person what the list would say, field by field."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.diff import Blocked, BlockReason, Create, Difference, Fate, Respelled, Unchanged, Update
from sync.explain import Explanation, LookUp, explain, lines_of
from sync.fields import COMPARED, Field
from sync.model import Direction, Employee, System
from sync.plan import Basis, People, make_plan
from sync.terms import Terms
from tests.sync.fakes import NOON, FakeSystem
from tests.sync.people import TERMS, a_person, companies, going_by

DIRECTIONS = st.sampled_from(Direction)
FIELDS = st.frozensets(st.sampled_from(COMPARED), max_size=3)


def a_basis(direction: Direction, terms: Terms | None = None) -> Basis:
    return Basis(direction=direction, as_of=NOON.date(), terms=terms or going_by())


@given(DIRECTIONS, TERMS, companies(), FIELDS)
def test_the_fields_that_would_be_written_are_exactly_the_changes_of_the_row(
    direction: Direction,
    terms: Terms,
    company: tuple[list[Employee], list[Employee]],
    suppressed: frozenset[Field],
) -> None:
    first = {person.remote_id: suppressed for person in company[0][:2]}
    basis = a_basis(direction, replace(terms, suppressed=first))
    for row in make_plan(basis, People(*company), NOON).rows:
        found = row.difference
        lines = lines_of(found, basis)
        assert tuple(line.change.field for line in lines) == COMPARED
        written = tuple(line.change for line in lines if line.fate is Fate.WRITTEN)
        folded = tuple(line.change for line in lines if line.fate is Fate.FOLDED)
        kept = tuple(line.change.field for line in lines if line.fate is Fate.KEPT)
        left = tuple(line.change.field for line in lines if line.fate is Fate.SUPPRESSED)
        if isinstance(found, Blocked):
            continue
        if isinstance(found, Create):
            assert written == found.changes
            continue
        assert (kept, left) == (found.kept, found.suppressed)
        assert written == (found.changes if isinstance(found, Update) else ())
        if isinstance(found, Update | Respelled):
            assert folded == (found.folded if isinstance(found, Update) else found.changes)
        else:
            assert folded == ()


def explained(number: str, source: list[Employee], target: list[Employee]) -> Explanation:
    """Ask about somebody, with SmartHR's people first."""
    systems = {
        System.SMARTHR: FakeSystem({each.remote_id: each for each in source}, System.SMARTHR),
        System.KINKAKUJI: FakeSystem({each.remote_id: each for each in target}, System.KINKAKUJI),
    }
    found = explain(number, {direction: a_basis(direction) for direction in Direction}, systems, NOON)
    assert not any(system.writes for system in systems.values())
    return found


def test_somebody_is_explained_in_both_directions() -> None:
    found = explained("００１２", [a_person(last_name="赤木")], [a_person(last_name="青木")])
    assert [(way.direction, type(way.difference)) for way in found.ways] == [
        (Direction.PULL, Update),
        (Direction.PUSH, Update),
    ]
    for way in found.ways:
        (line,) = (line for line in way.lines if line.fate is Fate.WRITTEN)
        assert {line.change.old, line.change.new} == {"青木", "赤木"}


def test_whoever_has_left_is_found_and_not_listed() -> None:
    left = a_person(resigned_on=date(2026, 3, 31))
    found = explained("0012", [left], [])
    assert found.found == {System.SMARTHR: (left,), System.KINKAKUJI: ()}
    assert [way.difference for way in found.ways] == [None, None]


def test_a_number_that_nobody_has_names_those_that_differ_in_zeros_alone() -> None:
    found = explained("12", [a_person("0012"), a_person("120")], [])
    assert not any(found.found.values())
    assert found.near == ("0012",)


@pytest.mark.parametrize("unseen", ["", "\u200b", "\ufeff", " \u00ad"])
def test_a_number_of_unseen_letters_is_nobodys(unseen: str) -> None:
    people = [a_person(None), a_person("\u200b"), a_person("000")]
    found = explained(unseen, people, people)
    assert not any(found.found.values())
    assert [way.difference for way in found.ways] == [None, None]
    assert found.near == ()


def test_of_a_doubled_number_everybody_is_explained() -> None:
    twice = [a_person(remote_id="a", last_name="赤木"), a_person("００１２", remote_id="b", last_name="青木")]
    found = explained("0012", twice, [])
    pull, *push = found.ways
    assert (pull.direction, pull.difference) == (Direction.PULL, None)
    assert [(way.direction, names(way.difference)) for way in push] == [
        (Direction.PUSH, (BlockReason.NUMBER_TWICE_IN_SOURCE, "赤木")),
        (Direction.PUSH, (BlockReason.NUMBER_TWICE_IN_SOURCE, "青木")),
    ]


def names(difference: Difference | None) -> tuple[BlockReason, str | None]:
    assert isinstance(difference, Blocked)
    return difference.reason, difference.desired.last_name


def test_whoever_is_explained_it_is_said_of_which_system_too_few_people_came() -> None:
    people = {System.SMARTHR: [a_person()], System.KINKAKUJI: [a_person()]}
    look = LookUp("0012", people, NOON)
    bases = {Direction.PUSH: a_basis(Direction.PUSH)}
    here = a_person().remote_id
    known = {System.SMARTHR: {here, "1", "2", "3"}, System.KINKAKUJI: {here, "1", "2", "3", "4"}}
    found = look.explained(bases, known)
    assert [(doubt.system, doubt.known, doubt.missing) for doubt in found.doubted] == [
        (System.KINKAKUJI, 5, 4)
    ]
    assert [type(way.difference) for way in found.ways] == [Unchanged]
    assert look.explained(bases).doubted == ()
