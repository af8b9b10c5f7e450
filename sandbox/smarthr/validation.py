"""What SmartHR refuses in the body of a write. Every failing field is named in one answer."""

import re
from collections.abc import Callable, Iterator
from datetime import date

from sandbox.remote.system import JsonObject
from sandbox.smarthr.crew_fields import CREW_FIELDS, CrewField
from sandbox.smarthr.errors import FieldProblem
from sandbox.smarthr.masters import Masters

NOT_BLANKABLE = frozenset(
    {"last_name", "first_name", "last_name_yomi", "first_name_yomi", "gender", "birth_at", "address"}
)
"""Fields of a crew that can't be emptied once filled (Swagger, PATCH /v1/crews/{id})."""

KANA = re.compile(r"[ァ-ヺー・ヽヾ\u3000]+")
"""Full-width katakana. The exact rule is not published; a full-width space is let through."""

ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

LONGEST_OCCUPATION = 30


def is_blank(value: object) -> bool:
    """Say whether a value empties a field."""
    return value is None or value == ""


def accepted(body: JsonObject) -> JsonObject:
    """Return the writable fields of a body; SmartHR ignores whatever else is sent."""
    return {name: value for name, value in body.items() if name in CREW_FIELDS and CREW_FIELDS[name].writable}


def field_problems(values: JsonObject, current: JsonObject, masters: Masters) -> list[FieldProblem]:
    """Return what is wrong with the values, given the record that they would change ({} for a new one)."""
    return [*_blanks(values, current), *_forms(values), *_references(values, masters)]


def _blanks(values: JsonObject, current: JsonObject) -> Iterator[FieldProblem]:
    for name in values.keys() & NOT_BLANKABLE:
        if is_blank(values[name]) and not is_blank(current.get(name)):
            yield FieldProblem(name, f"{CREW_FIELDS[name].label}を入力してください。")


def _forms(values: JsonObject) -> Iterator[FieldProblem]:
    for name, value in values.items():
        field = CREW_FIELDS[name]
        if not is_blank(value) and (complaint := _complaint(field, value)):
            yield FieldProblem(name, f"{field.label}{complaint}")


def _complaint(field: CrewField, value: object) -> str | None:
    if not KINDS.get(field.kind, _anything)(value):
        return "は正しい形式で入力してください。"
    if field.choices and value not in field.choices:
        return "は一覧にありません。"
    if field.name.endswith("_name_yomi") and not KANA.fullmatch(str(value)):
        return "は全角カタカナで入力してください。"
    if field.name == "occupation" and len(str(value)) > LONGEST_OCCUPATION:
        return "は30文字以内で入力してください。"
    return None


def _is_date(value: object) -> bool:
    if not isinstance(value, str) or not ISO_DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


def _anything(_value: object) -> bool:
    return True


KINDS: dict[str, Callable[[object], bool]] = {
    "string": lambda value: isinstance(value, str),
    "int": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "bool": lambda value: isinstance(value, bool),
    "date": _is_date,
    "list of string": lambda value: isinstance(value, list) and all(isinstance(each, str) for each in value),
    "list of BankAccount": lambda value: isinstance(value, list),
}


def _references(values: JsonObject, masters: Masters) -> Iterator[FieldProblem]:
    known: dict[str, Callable[[object], object]] = {
        "biz_establishment_id": masters.has_establishment,
        "employment_type_id": masters.employment_type,
        "emp_type": masters.preset,
    }
    for name, exists in known.items():
        if not is_blank(values.get(name)) and not exists(values[name]):
            yield FieldProblem(name, f"{CREW_FIELDS[name].label}が存在しません。")
    departments = values.get("department_ids")
    if isinstance(departments, list) and not all(masters.has_department(each) for each in departments):
        yield FieldProblem("department_ids", "部署が存在しません。")
