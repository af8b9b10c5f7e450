"""Which fields of a record can be edited on the page, and how what is typed becomes what a stand-in holds."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from sandbox.kinkakuji import Kinkakuji
from sandbox.page.records import WORDS
from sandbox.remote.system import JsonObject
from sandbox.smarthr import SmartHR

Choices = tuple[tuple[str, str], ...]
"""What can be chosen: the value that is held, and what is read."""

GENDERS = tuple((value, WORDS[value]) for value in ("male", "female"))
STATUSES = tuple((value, WORDS[value]) for value in ("employed", "absent", "retired"))


def _text_or_none(text: str) -> object:
    return text or None


@dataclass(frozen=True)
class Editor:
    """How one field is edited. `name` is the panel's name of the field, `wire` the stand-in's."""

    name: str
    wire: str
    kind: Literal["text", "date", "choice"] = "text"
    choices: Choices = ()
    parse: Callable[[str], object] = _text_or_none
    """What a stand-in holds for a text; "" is empty."""
    required: bool = False
    """Whether the system keeps nobody without it."""

    def to_json(self) -> JsonObject:
        """Return what the page needs to draw it."""
        return {"name": self.name, "kind": self.kind, "choices": self.choices, "required": self.required}


def smarthr_editors(smarthr: SmartHR) -> list[Editor]:
    """Return the editors of a person in SmartHR."""
    masters = smarthr.masters
    offices = _named(masters.establishments, "id")
    departments = _named(masters.departments, "id", "full_name")
    types = _named(masters.employment_types, "id")
    return [
        Editor("number", "emp_code"),
        *_all("text", ("last_name", "first_name", "last_name_yomi", "first_name_yomi", "email")),
        *_all("date", ("birth_at", "entered_at", "resigned_at")),
        Editor("gender", "gender", "choice", GENDERS),
        Editor("emp_status", "emp_status", "choice", STATUSES, required=True),
        Editor("establishment", "biz_establishment_id", "choice", offices, required=True),
        Editor("department", "department_ids", "choice", departments, parse=_one_or_none),
        Editor("employment_type", "employment_type_id", "choice", types),
    ]


def kinkakuji_editors(kinkakuji: Kinkakuji) -> list[Editor]:
    """Return the editors of a person in 勤革時."""
    masters = kinkakuji.masters
    divisions, types = _named(masters.divisions, "code"), _named(masters.working_types, "code")
    return [
        Editor("number", "code", required=True),
        *_all("text", ("lastName", "firstName"), required=True),
        *_all("text", ("lastNamePhonetics", "firstNamePhonetics")),
        *_all("date", ("birthDate", "hiredDate", "resignationDate")),
        Editor("emailAddresses", "emailAddresses", parse=_addresses),
        Editor("gender", "gender", "choice", GENDERS, required=True),
        Editor("divisionName", "divisionCode", "choice", divisions, required=True),
        Editor("typeName", "typeCode", "choice", types, required=True),
    ]


def _all(kind: Literal["text", "date"], names: Iterable[str], *, required: bool = False) -> list[Editor]:
    return [Editor(name, name, kind, required=required) for name in names]


def _named(masters: Iterable[Mapping[str, str]], key: str, name: str = "name") -> Choices:
    return tuple((each[key], each[name]) for each in masters)


def _one_or_none(text: str) -> list[str]:
    return [text] if text else []


def _addresses(text: str) -> list[str] | None:
    return [each for each in re.split(r"[、,\s]+", text) if each] or None
