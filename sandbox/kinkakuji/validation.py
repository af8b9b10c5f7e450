"""What 勤革時 refuses in the body of a write. Lengths are not published, so none is checked."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from sandbox.kinkakuji.errors import Complaint, KinkakujiError, Problem
from sandbox.kinkakuji.masters import Masters
from sandbox.remote.system import JsonObject

REQUIRED = ("divisionCode", "gender", "typeCode", "code", "lastName", "firstName")
"""What POST requires, in the order of the document; PUT can't empty them."""

OPTIONAL = (
    "lastNamePhonetics",
    "firstNamePhonetics",
    "hiredDate",
    "birthDate",
    "resignationDate",
    "emailAddresses",
    "allDayRegardingWorkInMinute",
)

WRITABLE = frozenset({*REQUIRED, *OPTIONAL})
DATES = frozenset({"hiredDate", "birthDate", "resignationDate"})
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")
EMAIL = re.compile(r"[^@\s]+@[^@\s]+")
CODE = re.compile(r"[0-9A-Za-z]+")


def parsed_date(text: str) -> date:
    """Read `YYYY-MM-DD`; anything else is refused with code 2."""
    try:
        if ISO_DATE.fullmatch(text):
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise KinkakujiError(Complaint(Problem.BAD_DATE, text))


def is_empty(value: object) -> bool:
    """Say whether a value clears a property."""
    return value is None or value in ("", [])


def complaints(values: JsonObject, masters: Masters, *, creating: bool) -> list[Complaint]:
    """Return everything that is wrong with a body."""
    return [*_missing(values, creating=creating), *_invalid(values), *_unknown(values, masters)]


def _missing(values: JsonObject, *, creating: bool) -> Iterator[Complaint]:
    for name in REQUIRED:
        if is_empty(values.get(name)) and (creating or name in values):
            yield Complaint(Problem.MISSING, name)


def _invalid(values: JsonObject) -> Iterator[Complaint]:
    for name, value in values.items():
        if not is_empty(value) and not FORMS.get(name, _is_text)(value):
            yield Complaint(Problem.INVALID, name)


def _unknown(values: JsonObject, masters: Masters) -> Iterator[Complaint]:
    if not is_empty(values.get("divisionCode")) and not masters.has_division(values["divisionCode"]):
        yield Complaint(Problem.NO_SUCH_DIVISION, str(values["divisionCode"]))
    if not is_empty(values.get("typeCode")) and not masters.has_working_type(values["typeCode"]):
        yield Complaint(Problem.NO_SUCH_WORKING_TYPE, str(values["typeCode"]))


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_date(value: object) -> bool:
    try:
        return isinstance(value, str) and parsed_date(value) is not None
    except KinkakujiError:
        return False


def _are_emails(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(each, str) and EMAIL.fullmatch(each) for each in value)


def _is_minutes(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


FORMS: dict[str, Callable[[object], object]] = {
    "gender": lambda value: value in ("male", "female"),
    "code": lambda value: isinstance(value, str) and CODE.fullmatch(value),
    "emailAddresses": _are_emails,
    "allDayRegardingWorkInMinute": _is_minutes,
    **dict.fromkeys(DATES, _is_date),
}
