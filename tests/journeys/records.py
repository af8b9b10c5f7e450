"""What the stand-ins hold, compared with what they held before."""

from collections.abc import Mapping
from typing import Any, Protocol

Record = Mapping[str, Any]
_STAMPS = {"updated_at"}


class Holder(Protocol):
    """A stand-in that can say what it holds."""

    def stored(self) -> list[dict[str, Any]]:
        """Give its people as it keeps them."""

    def records(self) -> list[dict[str, Any]]:
        """Give its people as its panel shows them."""


def snapshot(holder: Holder) -> dict[str, Record]:
    """Give everybody by id."""
    return {str(person.get("id") or person["key"]): dict(person) for person in holder.stored()}


def changed_fields(before: Mapping[str, Record], after: Mapping[str, Record]) -> dict[str, set[str]]:
    """Give, by employee number, the fields that differ in whoever was there before."""
    changes = {_number(after[key]): _changed(person, after[key]) for key, person in before.items()}
    return {number: fields for number, fields in changes.items() if fields}


def placed(holder: Holder, number: str, master: str) -> str:
    """Give the name of the master ("establishment"; "divisionName", "typeName") that a person belongs to."""
    return next(str(row[master]) for row in holder.records() if row["number"] == number)


def _number(person: Record) -> str:
    return str(person.get("emp_code") or person.get("code") or "")


def _changed(before: Record, after: Record) -> set[str]:
    keys = (before.keys() | after.keys()) - _STAMPS
    return {key for key in keys if before.get(key) != after.get(key)}
