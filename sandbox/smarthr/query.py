"""Which crews a list request asks for, and in which order."""

from collections.abc import Callable, Mapping
from datetime import date
from operator import itemgetter
from typing import Any, TypeAlias

from sandbox.remote.system import JsonObject
from sandbox.smarthr.errors import FieldProblem, Problem, SmartHRError

Test: TypeAlias = Callable[[JsonObject], bool]

DATE_FILTERS = ("entered_at_from", "entered_at_to", "resigned_at_from", "resigned_at_to")


def matching(crews: list[JsonObject], args: Mapping[str, str]) -> list[JsonObject]:
    """Return the crews (as they are sent) that pass every filter. Unknown parameters are ignored."""
    tests = [FILTERS[name](value, args) for name, value in args.items() if name in FILTERS and value]
    return [crew for crew in crews if all(test(crew) for test in tests)]


def in_order(crews: list[JsonObject], sort: str) -> list[JsonObject]:
    """Sort by comma-separated keys, `-` for descending; nulls come last. Unknown keys are ignored."""
    ordered = crews
    for key in reversed([key for key in sort.split(",") if key]):
        name = key.removeprefix("-")
        known = [crew for crew in ordered if isinstance(crew.get(name), str)]
        unknown = [crew for crew in ordered if not isinstance(crew.get(name), str)]
        ordered = sorted(known, key=itemgetter(name), reverse=key.startswith("-")) + unknown
    return ordered


def _one_of(name: str) -> Callable[[str, Mapping[str, str]], Test]:
    def make(value: str, _args: Mapping[str, str]) -> Test:
        wanted = set(value.split(","))
        return lambda crew: crew.get(name) in wanted

    return make


def _equals(name: str) -> Callable[[str, Mapping[str, str]], Test]:
    return lambda value, _args: lambda crew: crew.get(name) == value


def _inside(name: str) -> Callable[[str, Mapping[str, str]], Test]:
    """Match a list of objects, or one object, by their ids."""

    def make(value: str, _args: Mapping[str, str]) -> Test:
        wanted = set(value.split(","))
        return lambda crew: any(each["id"] in wanted for each in _objects(crew.get(name)))

    return make


def _objects(value: Any) -> list[JsonObject]:  # noqa: ANN401 - a list with null slots, an object or null
    objects = value if isinstance(value, list) else [value]
    return [each for each in objects if each]


def _since(name: str) -> Callable[[str, Mapping[str, str]], Test]:
    return lambda value, _args: lambda crew: (crew.get(name) or "") >= _day(name, value)


def _until(name: str) -> Callable[[str, Mapping[str, str]], Test]:
    def make(value: str, _args: Mapping[str, str]) -> Test:
        day = _day(name, value)
        return lambda crew: bool(crew.get(name)) and crew[name] <= day

    return make


def _day(name: str, value: str) -> str:
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError as error:
        problem = FieldProblem(name, "日付は正しい形式で入力してください。")
        raise SmartHRError(Problem.bad_request, [problem]) from error


def _free_text(value: str, args: Mapping[str, str]) -> Test:
    first = "preferred_" if args.get("prefer_business_name") == "true" else ""
    names = (f"{first}last_name", f"{first}first_name", "business_last_name", "business_first_name")

    def test(crew: JsonObject) -> bool:
        texts = ["".join(crew.get(name) or "" for name in names[:2]), *(crew.get(name) for name in names)]
        masters = _objects(crew.get("departments")) + _objects(crew.get("positions"))
        return any(value in text for text in [*texts, *(each["name"] for each in masters)] if text)

    return test


FILTERS: Mapping[str, Callable[[str, Mapping[str, str]], Test]] = {
    "id": _one_of("id"),
    "emp_code": _equals("emp_code"),
    "emp_type": _equals("emp_type"),
    "emp_status": _equals("emp_status"),
    "gender": _equals("gender"),
    "user_id": _one_of("user_id"),
    "employment_type_id": _inside("employment_type"),
    "department_id": _inside("departments"),
    "position_id": _inside("positions"),
    "entered_at_from": _since("entered_at"),
    "entered_at_to": _until("entered_at"),
    "resigned_at_from": _since("resigned_at"),
    "resigned_at_to": _until("resigned_at"),
    "q": _free_text,
}
"""The list parameters of the Swagger document; they narrow together (AND)."""
