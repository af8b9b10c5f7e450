"""What is made by the hundred thousand is what is made one by one: equal, and frozen."""

from dataclasses import FrozenInstanceError, astuple, fields, replace
from datetime import date

import pytest

from sync.making import maker
from sync.model import Employee, Gender
from tests.sync.people import a_person


def test_it_is_equal_to_one_made_by_its_class() -> None:
    employee = a_person(gender=Gender.FEMALE, birth_date=date(1990, 2, 28))
    made = maker(Employee)(*(getattr(employee, each.name) for each in fields(Employee)))
    assert type(made) is Employee
    assert (made, hash(made), repr(made)) == (employee, hash(employee), repr(employee))
    assert astuple(replace(made, email=None)) == astuple(replace(employee, email=None))


def test_it_is_frozen() -> None:
    made = maker(Employee)(*(None for _ in fields(Employee)))
    with pytest.raises(FrozenInstanceError):
        made.number = "0012"  # type: ignore[misc]


def test_every_value_is_asked_for() -> None:
    with pytest.raises(TypeError):
        maker(Employee)("k1")
