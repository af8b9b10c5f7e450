"""A person as each system's JSON has them, and what each is sent. `sync.parsing` makes people of them.

Only the linked fields exist here: whatever else an answer holds is dropped unread. Every key can be missing,
null or "". These are dicts, not models: of a company there are many, and each is gone at once.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Required

from pydantic import BaseModel, ConfigDict, OnErrorOmit, Strict, with_config
from pydantic import Field as Key
from typing_extensions import TypedDict

from sync.fields import Field, Value
from sync.model import Choice, Employee

_LENIENT = ConfigDict(extra="ignore", coerce_numbers_to_str=True, hide_input_in_errors=True)

Id = Annotated[str, Key(min_length=1)]
Text = str | None
Word = OnErrorOmit[Annotated[str | None, Strict()]]
"""A day or one of a few words: what is none is unknown, and never costs the other people of the list."""


@with_config(_LENIENT)
class Named(TypedDict, total=False):
    """A master's entry inside a person: SmartHR's 部署 or 雇用形態."""

    id: Text
    code: Text
    name: Text
    full_name: Text


@with_config(_LENIENT)
class Crew(TypedDict, total=False):
    """SmartHR's 従業員, under the wire's own names."""

    id: Required[Id]
    emp_code: Text
    last_name: Text
    first_name: Text
    last_name_yomi: Text
    first_name_yomi: Text
    business_last_name: Text
    business_first_name: Text
    business_last_name_yomi: Text
    business_first_name_yomi: Text
    gender: Word
    birth_at: Word
    entered_at: Word
    resigned_at: Word
    emp_status: Word
    email: Text
    departments: OnErrorOmit[list[OnErrorOmit[Named]]]
    """SmartHR sends null for 部署2 and 部署3."""
    employment_type: OnErrorOmit[Named]
    biz_establishment_id: Text


@with_config(_LENIENT)
class Worker(TypedDict, total=False):
    """勤革時's 従業員. A key is there if 勤革時 sent it: it leaves out what is empty or not asked for."""

    key: Required[Id]
    code: Text
    lastName: Text
    firstName: Text
    lastNamePhonetics: Text
    firstNamePhonetics: Text
    gender: Word
    birthDate: Word
    hiredDate: Word
    resignationDate: Word
    emailAddresses: object
    divisionCode: Text
    divisionName: Text
    typeCode: Text
    typeName: Text


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

    model_config = ConfigDict(**_LENIENT, frozen=True)

    id: str = ""
    code: Text = None
    name: str = ""

    @property
    def remote_id(self) -> str:
        """What tells it from every other of SmartHR's."""
        return self.id

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
