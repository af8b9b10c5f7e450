"""The linked fields (連携項目) as data: what is compared, what is written, and under which mode."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sync.model import Direction, Employee, System

Value = str | None
"""A field's value as both APIs write it: dates as YYYY-MM-DD, None for empty."""


class Field(StrEnum):
    """A linked field; its value is the name of the attribute of `Employee` that holds it."""

    NUMBER = "number"
    LAST_NAME = "last_name"
    FIRST_NAME = "first_name"
    LAST_NAME_KANA = "last_name_kana"
    FIRST_NAME_KANA = "first_name_kana"
    GENDER = "gender"
    BIRTH_DATE = "birth_date"
    HIRED_ON = "hired_on"
    RESIGNED_ON = "resigned_on"
    EMAIL = "email"

    __hash__ = str.__hash__
    """As `==` has it, and no Python call for each look into a set."""

    def of(self, employee: Employee) -> Value:
        """Read this field of a person."""
        return as_value(getattr(employee, self._value_))


def as_value(attribute: str | date | None) -> Value:
    """Give an attribute of a person as both APIs write it."""
    return attribute.isoformat() if isinstance(attribute, date) else attribute


KEY = Field.NUMBER
COMPARED = tuple(field for field in Field if field is not KEY)
NAMES = frozenset({Field.LAST_NAME, Field.FIRST_NAME})
KANA = frozenset({Field.LAST_NAME_KANA, Field.FIRST_NAME_KANA})
NOT_CLEARABLE = {
    System.SMARTHR: frozenset(
        {
            Field.LAST_NAME,
            Field.FIRST_NAME,
            Field.LAST_NAME_KANA,
            Field.FIRST_NAME_KANA,
            Field.GENDER,
            Field.BIRTH_DATE,
        }
    ),
    System.KINKAKUJI: frozenset({Field.LAST_NAME, Field.FIRST_NAME, Field.GENDER}),
}
"""What a target refuses to have blanked once it is filled (both API descriptions)."""
REQUIRED_TO_CREATE = {
    System.SMARTHR: frozenset[Field](),
    System.KINKAKUJI: frozenset({Field.LAST_NAME, Field.FIRST_NAME, Field.GENDER}),
}
"""Without these a creation is refused; the row is blocked before any call (勤革時's API description)."""


class Mode(StrEnum):
    """What may happen to a field of the target."""

    OVERWRITE = "overwrite"
    FILL_ONLY = "fill_only"
    """Written only where the target has nothing."""
    OFF = "off"


@dataclass(frozen=True, slots=True)
class FieldPolicy:
    """How one field is treated in one direction."""

    mode: Mode = Mode.OVERWRITE
    never_blank: bool = True
    """An empty source never erases a value."""


Policies = Mapping[Field, FieldPolicy]


def default_policies(direction: Direction) -> dict[Field, FieldPolicy]:
    """Everything overwrites, except e-mail towards 勤革時: a written address makes 勤革時 mail the person."""
    policies = {field: FieldPolicy() for field in COMPARED}
    if direction is Direction.PUSH:
        policies[Field.EMAIL] = FieldPolicy(mode=Mode.OFF)
    return policies
