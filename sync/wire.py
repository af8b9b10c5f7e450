"""A person as each system's JSON has them, and the way to `Employee` and back.

Only the linked fields exist here: whatever else an answer holds is dropped unread.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict
from pydantic import Field as Key

from sync.fields import Field, Value
from sync.model import Choice, Employee, Gender, Post, PostKind, Standing

_STRICTLY_OURS = ConfigDict(
    extra="ignore", frozen=True, populate_by_name=True, coerce_numbers_to_str=True, hide_input_in_errors=True
)


def _filled(value: Any) -> Any:  # noqa: ANN401 - whatever a remote sends
    return None if value == "" else value


def _day(value: object) -> date | None:
    """Read a date; what is none (0000-00-00) is unknown, and never costs the other people of the list."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _known_gender(value: object) -> Gender | None:
    return Gender(value) if isinstance(value, str) and value in set(Gender) else None


def _known_standing(value: object) -> Standing:
    return Standing(value) if isinstance(value, str) and value in set(Standing) else Standing.UNKNOWN


def _addresses(value: object) -> tuple[str, ...]:
    """Read a list of addresses; one client has seen objects in it instead of texts."""
    if not isinstance(value, Sequence) or isinstance(value, str):
        return ()
    return tuple(address for each in value for address in _address(each))


def _address(value: object) -> Iterable[str]:
    texts = value.values() if isinstance(value, Mapping) else (value,)
    return [text for text in texts if isinstance(text, str) and "@" in text][:1]


Text = Annotated[str | None, BeforeValidator(_filled)]
Day = Annotated[date | None, BeforeValidator(_day)]
_post = lru_cache(maxsize=10_000)(Post)
"""A company has few posts and many people: those of one post share it."""


class Named(BaseModel):
    """A master's entry inside a person: SmartHR's 部署 or 雇用形態."""

    model_config = _STRICTLY_OURS

    id: Text = None
    code: Text = None
    name: Text = None
    full_name: Text = None

    def to_post(self, kind: PostKind) -> Post:
        """Give it as a place to stand; its own code where the company has given one."""
        return _post(kind, self.code or self.id or "", self.full_name or self.name or "")


def _slots(value: object) -> object:
    """Leave out what is none, as everywhere: SmartHR sends null for 部署2 and 部署3."""
    return [each for each in value if isinstance(each, Mapping)] if isinstance(value, list) else ()


def _slot(value: object) -> object:
    return value if isinstance(value, Mapping) else None


class Crew(BaseModel):
    """SmartHR's 従業員, under the wire's own names."""

    model_config = _STRICTLY_OURS

    id: str = Key(min_length=1)
    emp_code: Text = None
    last_name: Text = None
    first_name: Text = None
    last_name_yomi: Text = None
    first_name_yomi: Text = None
    business_last_name: Text = None
    business_first_name: Text = None
    business_last_name_yomi: Text = None
    business_first_name_yomi: Text = None
    gender: Annotated[Gender | None, BeforeValidator(_known_gender)] = None
    birth_at: Day = None
    entered_at: Day = None
    resigned_at: Day = None
    emp_status: Annotated[Standing, BeforeValidator(_known_standing)] = Standing.UNKNOWN
    email: Text = None
    departments: Annotated[tuple[Named, ...], BeforeValidator(_slots)] = ()
    employment_type: Annotated[Named | None, BeforeValidator(_slot)] = None
    biz_establishment_id: Text = None

    def to_employee(
        self, *, prefer_business_name: bool = False, establishments: Mapping[str, str] | None = None
    ) -> Employee:
        """Give the person; a business name brings its own kana, never those of the legal name.

        `establishments` names the 事業所 by id: a person has the id only.
        """
        last = (self.last_name, self.last_name_yomi)
        first = (self.first_name, self.first_name_yomi)
        business_last = prefer_business_name and self.business_last_name is not None
        business_first = prefer_business_name and self.business_first_name is not None
        if business_last:
            last = (self.business_last_name, self.business_last_name_yomi)
        if business_first:
            first = (self.business_first_name, self.business_first_name_yomi)
        return Employee(
            remote_id=self.id,
            number=self.emp_code,
            last_name=last[0],
            first_name=first[0],
            last_name_kana=last[1],
            first_name_kana=first[1],
            gender=self.gender,
            birth_date=self.birth_at,
            hired_on=self.entered_at,
            resigned_on=self.resigned_at,
            email=self.email,
            standing=self.emp_status,
            posts=tuple(self._posts(establishments or {})),
            last_name_is_business=business_last,
            first_name_is_business=business_first,
        )

    def _posts(self, establishments: Mapping[str, str]) -> Iterator[Post]:
        if self.departments:
            yield self.departments[0].to_post(PostKind.DEPARTMENT)
        if self.employment_type is not None:
            yield self.employment_type.to_post(PostKind.EMPLOYMENT_TYPE)
        if self.biz_establishment_id is not None:
            yield _post(
                PostKind.ESTABLISHMENT,
                self.biz_establishment_id,
                establishments.get(self.biz_establishment_id, ""),
            )


CREW_KEYS: Mapping[Field, str] = {
    Field.NUMBER: "emp_code",
    Field.LAST_NAME: "last_name",
    Field.FIRST_NAME: "first_name",
    Field.LAST_NAME_KANA: "last_name_yomi",
    Field.FIRST_NAME_KANA: "first_name_yomi",
    Field.GENDER: "gender",
    Field.BIRTH_DATE: "birth_at",
    Field.HIRED_ON: "entered_at",
    Field.RESIGNED_ON: "resigned_at",
    Field.EMAIL: "email",
}


class Worker(BaseModel):
    """勤革時's 従業員."""

    model_config = _STRICTLY_OURS

    key: str = Key(min_length=1)
    code: Text = None
    last_name: Text = Key(None, alias="lastName")
    first_name: Text = Key(None, alias="firstName")
    last_name_phonetics: Text = Key(None, alias="lastNamePhonetics")
    first_name_phonetics: Text = Key(None, alias="firstNamePhonetics")
    gender: Annotated[Gender | None, BeforeValidator(_known_gender)] = None
    birth_date: Day = Key(None, alias="birthDate")
    hired_date: Day = Key(None, alias="hiredDate")
    resignation_date: Day = Key(None, alias="resignationDate")
    email_addresses: Annotated[tuple[str, ...], BeforeValidator(_addresses)] = Key((), alias="emailAddresses")
    division_code: Text = Key(None, alias="divisionCode")
    division_name: Text = Key(None, alias="divisionName")
    type_code: Text = Key(None, alias="typeCode")
    type_name: Text = Key(None, alias="typeName")

    def sent_keys(self) -> set[str]:
        """Give the wire's names of what the answer held: 勤革時 leaves out what is empty or not asked for."""
        return {type(self).model_fields[name].alias or name for name in self.model_fields_set}

    def to_employee(self) -> Employee:
        """Give the person; their first address is the one that is linked."""
        return Employee(
            remote_id=self.key,
            number=self.code,
            last_name=self.last_name,
            first_name=self.first_name,
            last_name_kana=self.last_name_phonetics,
            first_name_kana=self.first_name_phonetics,
            gender=self.gender,
            birth_date=self.birth_date,
            hired_on=self.hired_date,
            resigned_on=self.resignation_date,
            email=self.email_addresses[0] if self.email_addresses else None,
            other_emails=self.email_addresses[1:],
            posts=tuple(self._posts()),
        )

    def _posts(self) -> Iterator[Post]:
        if self.division_code is not None:
            yield _post(PostKind.DIVISION, self.division_code, self.division_name or "")
        if self.type_code is not None:
            yield _post(PostKind.CATEGORY, self.type_code, self.type_name or "")


WORKER_KEYS: Mapping[Field, str] = {
    Field.NUMBER: "code",
    Field.LAST_NAME: "lastName",
    Field.FIRST_NAME: "firstName",
    Field.LAST_NAME_KANA: "lastNamePhonetics",
    Field.FIRST_NAME_KANA: "firstNamePhonetics",
    Field.GENDER: "gender",
    Field.BIRTH_DATE: "birthDate",
    Field.HIRED_ON: "hiredDate",
    Field.RESIGNED_ON: "resignationDate",
    Field.EMAIL: "emailAddresses",
}


class Entry(BaseModel):
    """An entry of a master: SmartHR's 事業所 has an id, 勤革時's 所属 and 雇用区分 have a code."""

    model_config = _STRICTLY_OURS

    id: str = ""
    code: Text = None
    name: str = ""

    def by_id(self) -> Choice:
        """Give it as SmartHR names it in a write."""
        return Choice(self.id, self.name)

    def by_code(self) -> Choice:
        """Give it as 勤革時 names it in a write."""
        return Choice(self.code or "", self.name)


def to_crew(values: Mapping[Field, Value], existing: Employee | None = None) -> dict[str, str | None]:
    """Give what SmartHR is sent; null clears. A name is written where the one that was read stands."""
    keys = dict(CREW_KEYS)
    if existing is not None and existing.last_name_is_business:
        keys |= {Field.LAST_NAME: "business_last_name", Field.LAST_NAME_KANA: "business_last_name_yomi"}
    if existing is not None and existing.first_name_is_business:
        keys |= {Field.FIRST_NAME: "business_first_name", Field.FIRST_NAME_KANA: "business_first_name_yomi"}
    return {keys[field]: value for field, value in values.items()}


def to_worker(values: Mapping[Field, Value], other_emails: Sequence[str] = ()) -> dict[str, str | list[str]]:
    """Give what 勤革時 is sent; "" clears. The linked address comes first and the others stay."""
    body: dict[str, str | list[str]] = {WORKER_KEYS[field]: value or "" for field, value in values.items()}
    if Field.EMAIL in values:
        linked = values[Field.EMAIL]
        others = [address for address in other_emails if address != linked]
        body[WORKER_KEYS[Field.EMAIL]] = [linked, *others] if linked else others
    return body
