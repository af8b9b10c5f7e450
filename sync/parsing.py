"""People from what the systems send: JSON → Employee."""

from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache
from typing import Annotated, TypeVar

from pydantic import GetCoreSchemaHandler, GetPydanticSchema, TypeAdapter
from pydantic_core import CoreSchema, core_schema

from sync.making import maker
from sync.model import Employee, Gender, Post, PostKind, Standing
from sync.wire import Crew, Named, Worker

Wire = TypeVar("Wire", Crew, Worker)
_UNNAMED: Mapping[str, str] = {}


def people(shape: type[Wire], parse: Callable[[Wire], Employee]) -> TypeAdapter[list[Employee]]:
    """Give a list of people to validate and parse in one go: each shape is gone once its person is there."""

    def parsed(_: object, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_after_validator_function(parse, handler(shape))

    return TypeAdapter(list[Annotated[Employee, GetPydanticSchema(parsed)]])


def parse_crew(
    crew: Crew, *, prefer_business_name: bool = False, establishments: Mapping[str, str] = _UNNAMED
) -> Employee:
    """Give the person; a business name brings its own kana, never those of the legal name.

    `establishments` names the 事業所 by id: a person has the id only.
    """
    last = crew.get("last_name"), crew.get("last_name_yomi")
    first = crew.get("first_name"), crew.get("first_name_yomi")
    business_last = prefer_business_name and bool(crew.get("business_last_name"))
    business_first = prefer_business_name and bool(crew.get("business_first_name"))
    if business_last:
        last = crew.get("business_last_name"), crew.get("business_last_name_yomi")
    if business_first:
        first = crew.get("business_first_name"), crew.get("business_first_name_yomi")
    return _employee(
        crew["id"],
        crew.get("emp_code") or None,
        last[0] or None,
        first[0] or None,
        last[1] or None,
        first[1] or None,
        _GENDERS.get(crew.get("gender")),
        _day(crew.get("birth_at")),
        _day(crew.get("entered_at")),
        _day(crew.get("resigned_at")),
        crew.get("email") or None,
        (),
        _STANDINGS.get(crew.get("emp_status"), Standing.UNKNOWN),
        _crew_posts(crew, establishments),
        business_last,
        business_first,
    )


def parse_worker(worker: Worker) -> Employee:
    """Give the person; their first address is the one that is linked."""
    addresses = _addresses(worker.get("emailAddresses"))
    return _employee(
        worker["key"],
        worker.get("code") or None,
        worker.get("lastName") or None,
        worker.get("firstName") or None,
        worker.get("lastNamePhonetics") or None,
        worker.get("firstNamePhonetics") or None,
        _GENDERS.get(worker.get("gender")),
        _day(worker.get("birthDate")),
        _day(worker.get("hiredDate")),
        _day(worker.get("resignationDate")),
        addresses[0] if addresses else None,
        addresses[1:],
        Standing.UNKNOWN,
        _worker_posts(worker),
        False,
        False,
    )


_employee = maker(Employee)
_GENDERS: Mapping[str | None, Gender] = {each.value: each for each in Gender}
_STANDINGS: Mapping[str | None, Standing] = {each.value: each for each in Standing}


@lru_cache(maxsize=50_000)
def _day(text: str | None) -> date | None:
    """Read a date; 0000-00-00 is none. People share their days: a lifetime has 30,000."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None


def _addresses(value: object) -> tuple[str, ...]:
    """Read a list of addresses; one client has seen objects in it instead of texts."""
    found = [_address(each) for each in value] if isinstance(value, list) else ()
    return tuple([address for address in found if address])


def _address(value: object) -> str | None:
    if isinstance(value, str):
        return value if "@" in value else None
    texts = value.values() if isinstance(value, dict) else ()
    return next((text for text in texts if isinstance(text, str) and "@" in text), None)


_CodeAndName = tuple[str, str]


def _shared(*kinds: PostKind) -> Callable[..., tuple[Post, ...]]:
    """Give a way to make posts. A company has few and many people: those who stand alike share them."""

    @lru_cache(maxsize=10_000)
    def posts(*entries: _CodeAndName | None) -> tuple[Post, ...]:
        return tuple(Post(kind, *entry) for kind, entry in zip(kinds, entries, strict=True) if entry)

    return posts


_in_smarthr = _shared(PostKind.DEPARTMENT, PostKind.EMPLOYMENT_TYPE, PostKind.ESTABLISHMENT)
_in_kinkakuji = _shared(PostKind.DIVISION, PostKind.CATEGORY)


def _crew_posts(crew: Crew, establishments: Mapping[str, str]) -> tuple[Post, ...]:
    departments, employment_type = crew.get("departments"), crew.get("employment_type")
    establishment = crew.get("biz_establishment_id")
    return _in_smarthr(
        _named(departments[0]) if departments else None,
        None if employment_type is None else _named(employment_type),
        (establishment, establishments.get(establishment, "")) if establishment else None,
    )


def _named(entry: Named) -> _CodeAndName:
    """Give the company's own code where it has given one, else the id."""
    return entry.get("code") or entry.get("id") or "", entry.get("full_name") or entry.get("name") or ""


def _worker_posts(worker: Worker) -> tuple[Post, ...]:
    division, category = worker.get("divisionCode"), worker.get("typeCode")
    return _in_kinkakuji(
        (division, worker.get("divisionName") or "") if division else None,
        (category, worker.get("typeName") or "") if category else None,
    )
