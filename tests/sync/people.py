"""People for the tests: one by hand, or any."""

from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import strategies as st

from sync.diff import Change
from sync.fields import COMPARED, Field, FieldPolicy, Mode, Policies, Value
from sync.model import Employee, Gender, Standing, System
from sync.terms import Terms
from sync.text import Likeness, Repertoire

DATES = {Field.BIRTH_DATE, Field.HIRED_ON, Field.RESIGNED_ON}


def a_person(number: str | None = "0012", **values: Any) -> Employee:
    named = {"remote_id": f"id-{number}", "last_name": "青木", "first_name": "葵", "gender": Gender.FEMALE}
    return Employee(**{**named, "number": number, **values})


def going_by(**policies: FieldPolicy) -> Terms:
    """Overwrite everything but what is said otherwise."""
    chosen = {Field(name): policy for name, policy in policies.items()}
    return Terms(policies={**dict.fromkeys(COMPARED, FieldPolicy()), **chosen})


def with_changes(person: Employee, changes: tuple[Change, ...]) -> Employee:
    """Give the person as a target would have them after these were written."""
    return replace(person, **{change.field.value: value_of(change.field, change.new) for change in changes})


def value_of(field: Field, value: Value) -> Any:
    """Read a value back from how both APIs write it."""
    if value is None:
        return None
    if field in DATES:
        return date.fromisoformat(value)
    return Gender(value) if field is Field.GENDER else value


NAMES = st.none() | st.text("髙高橋𠮷吉田　 ABｱア", min_size=1, max_size=3)
KANA = st.none() | st.text("タたﾀﾞ゛か\u3099ｶﾞヴゔｰー・ a", min_size=1, max_size=4)
DAYS = st.none() | st.dates(date(2026, 3, 30), date(2026, 4, 3))
NUMBERS = st.none() | st.sampled_from(["", " ", "1", "01", "１", "1 ", "a1", "A1", "Ａ１", "b2", "c3"])  # noqa: RUF001 - width matters

PEOPLE = st.builds(
    Employee,
    remote_id=st.uuids().map(str),
    number=NUMBERS,
    last_name=NAMES,
    first_name=NAMES,
    last_name_kana=KANA,
    first_name_kana=KANA,
    gender=st.none() | st.sampled_from(Gender),
    birth_date=DAYS,
    hired_on=DAYS,
    resigned_on=DAYS,
    email=st.none() | st.sampled_from(["a@example.jp", "A@example.jp"]),
    standing=st.sampled_from(Standing),
)

POLICY = st.builds(FieldPolicy, mode=st.sampled_from(Mode), never_blank=st.booleans())
POLICIES: st.SearchStrategy[Policies] = st.fixed_dictionaries(dict.fromkeys(COMPARED, POLICY))
SPELLINGS = st.frozensets(st.sampled_from([Likeness.COSMETIC, Likeness.VARIANT]))
TERMS = st.builds(Terms, policies=POLICIES, spellings=SPELLINGS, repertoire=st.sampled_from(Repertoire))
SYSTEMS = st.sampled_from(System)
