"""The same job as a user of diffsync would do it: with what it documents, at the settings that measured best.

Without text classes: diffsync compares values as they are. `flags` leaves out who is in the target only, as
Renkei does; logs are off; validation is pydantic's own, straight into the models that are compared.
"""

import logging
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, ClassVar, Literal

import structlog
from diffsync import Adapter, DiffSyncModel
from diffsync.enum import DiffSyncFlags
from pydantic import AliasPath, BaseModel, TypeAdapter
from pydantic import Field as Key

from tests.bench.documents import Documents

structlog.configure(
    wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING), cache_logger_on_first_use=True
)
Text = str | None
Day = date | None


class Post(BaseModel):
    """Where somebody stands, in SmartHR."""

    id: str
    code: Text = None
    name: str


class Employee(DiffSyncModel):
    """The eleven linked fields; a placement is none that is compared."""

    _modelname = "employee"
    _identifiers = ("number",)
    _attributes = (
        "last_name",
        "first_name",
        "last_name_kana",
        "first_name_kana",
        "gender",
        "birth_date",
        "hired_on",
        "resigned_on",
        "email",
    )

    remote_id: str
    number: str
    last_name: Text = None
    first_name: Text = None
    last_name_kana: Text = None
    first_name_kana: Text = None
    gender: Literal["male", "female"] | None = None
    birth_date: Day = None
    hired_on: Day = None
    resigned_on: Day = None
    email: Text = None


class SmartHREmployee(Employee):
    """Somebody under SmartHR's names."""

    remote_id: str = Key(validation_alias="id")
    number: str = Key(validation_alias="emp_code")
    last_name_kana: Text = Key(None, validation_alias="last_name_yomi")
    first_name_kana: Text = Key(None, validation_alias="first_name_yomi")
    birth_date: Day = Key(None, validation_alias="birth_at")
    hired_on: Day = Key(None, validation_alias="entered_at")
    resigned_on: Day = Key(None, validation_alias="resigned_at")
    department: Post | None = Key(None, validation_alias=AliasPath("departments", 0))
    employment_type: Post | None = None
    establishment: Text = Key(None, validation_alias="biz_establishment_id")


class KinkakujiEmployee(Employee):
    """Somebody under 勤革時's names."""

    remote_id: str = Key(validation_alias="key")
    number: str = Key(validation_alias="code")
    last_name: Text = Key(None, validation_alias="lastName")
    first_name: Text = Key(None, validation_alias="firstName")
    last_name_kana: Text = Key(None, validation_alias="lastNamePhonetics")
    first_name_kana: Text = Key(None, validation_alias="firstNamePhonetics")
    birth_date: Day = Key(None, validation_alias="birthDate")
    hired_on: Day = Key(None, validation_alias="hiredDate")
    resigned_on: Day = Key(None, validation_alias="resignationDate")
    email: Text = Key(None, validation_alias=AliasPath("emailAddresses", 0))
    division: Text = Key(None, validation_alias="divisionCode")
    category: Text = Key(None, validation_alias="typeCode")


CREWS = TypeAdapter(list[SmartHREmployee])
WORKERS = TypeAdapter(list[KinkakujiEmployee])
Row = tuple[str | None, Mapping[str, Any], Mapping[str, Any]]
"""What is to be done, to whom, and the values before and after."""


class Side(Adapter):
    """One of the two systems."""

    employee = Employee
    top_level: ClassVar[list[str]] = ["employee"]

    def take(self, answers: Iterable[bytes], people: TypeAdapter[Any]) -> None:
        """Load and validate."""
        for answer in answers:
            for person in people.validate_json(answer):
                self.add(person)


def differ(documents: Documents) -> list[Row]:
    """Load, validate, compare, and read the differences."""
    target, source = Side("SmartHR"), Side("勤革時")
    target.take(documents.crews, CREWS)
    source.take(documents.employees, WORKERS)
    differences = target.diff_from(source, flags=DiffSyncFlags.SKIP_UNMATCHED_DST)
    return [(each.action, each.keys, each.get_attrs_diffs()) for each in differences.get_children()]


def found(rows: list[Row]) -> Mapping[str, int]:
    """Count what Renkei counts, too."""
    return {action: sum(row[0] == action for row in rows) for action in ("create", "update")}
