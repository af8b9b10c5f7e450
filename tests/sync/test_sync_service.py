"""A preview is made from whole lists only."""

from collections.abc import Collection
from datetime import datetime
from threading import Barrier

import pytest

from sync.calendar import TOKYO
from sync.errors import IncompleteFetch, PeopleMissing
from sync.model import Direction, Employee, System
from sync.plan import Basis
from sync.service import Preview, PreviewRequest, preview
from tests.sync.fakes import EVERYWHERE, FakeSystem
from tests.sync.people import a_person, going_by

NOW = datetime(2026, 4, 1, 12, tzinfo=TOKYO)


class Slippery(FakeSystem):
    """Leaves people out of its list although they are there: they slid from one page to another."""

    left_out: Collection[str] = ()

    def fetch_as_of(self, as_of: object) -> list[Employee]:
        del as_of
        return [person for person in self.people.values() if person.remote_id not in self.left_out]


def a_system(system: System, *numbers: str) -> Slippery:
    people = (a_person(number, remote_id=f"{system}-{number}") for number in numbers)
    return Slippery({person.remote_id: person for person in people}, system)


class Meeting(FakeSystem):
    """Gives nothing before everything that a preview needs has been asked for."""

    together = Barrier(3)

    def fetch_everyone(self) -> list[Employee]:
        self.together.wait(10)
        return super().fetch_everyone()


def previewed(source: FakeSystem, target: FakeSystem, *known: str) -> Preview:
    basis = Basis(direction=Direction.PUSH, as_of=NOW.date(), terms=going_by())
    return preview(PreviewRequest(basis=basis, known={source.system: known}), source, target, NOW)


def test_somebody_known_whom_a_list_left_out_is_asked_for_and_the_list_refused() -> None:
    source, target = a_system(System.SMARTHR, "1", "2"), a_system(System.KINKAKUJI)
    source.left_out = {"smarthr-2"}
    with pytest.raises(IncompleteFetch) as caught:
        previewed(source, target, "smarthr-1", "smarthr-2")
    assert (caught.value.expected, caught.value.received) == (2, 1)


def test_somebody_known_who_is_gone_is_no_reason_to_refuse() -> None:
    source, target = a_system(System.SMARTHR, "1"), a_system(System.KINKAKUJI)
    made = previewed(source, target, "smarthr-1", "smarthr-2")
    assert [row.difference.desired.number for row in made.plan.rows] == ["1"]
    assert made.seen[System.SMARTHR] == {"smarthr-1"}


def test_when_many_are_gone_nobody_is_asked_for_one_by_one() -> None:
    source, target = a_system(System.SMARTHR, "1"), a_system(System.KINKAKUJI)
    with pytest.raises(PeopleMissing):
        previewed(source, target, *(f"smarthr-{number}" for number in range(1, 10)))


def test_both_sides_and_the_masters_are_read_at_once() -> None:
    made = previewed(Meeting(system=System.SMARTHR), Meeting(system=System.KINKAKUJI))
    assert made.choices == EVERYWHERE
