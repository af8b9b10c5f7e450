"""People for the tests: one by hand, or any."""

from dataclasses import replace
from datetime import date, timedelta
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

EDITS: st.SearchStrategy[dict[str, Any]] = st.fixed_dictionaries(
    {},
    optional={
        "last_name": st.sampled_from(["青木", "青　木", "髙橋", "高橋", "𠮷田"]),
        "first_name": st.sampled_from(["葵", "碧", "ｱｵｲ"]),
        "last_name_kana": KANA,
        "first_name_kana": KANA,
        "gender": st.none() | st.sampled_from(Gender),
        "hired_on": DAYS,
        "resigned_on": st.none() | st.dates(date(2026, 4, 1), date(2026, 4, 3)),
        "email": st.none() | st.sampled_from(["a@example.jp", "A@example.jp", "b@example.jp"]),
    },
)
"""What somebody may have changed in a record, without making it another human being's."""


def a_member(number: int, side: str, **values: Any) -> Employee:
    """Somebody of a company: nobody else was born on their day."""
    born = date(1980, 1, 1) + timedelta(days=number)
    return a_person(str(number), remote_id=f"{side}-{number}", **{"birth_date": born, **values})


@st.composite
def companies(draw: st.DrawFn) -> tuple[list[Employee], list[Employee]]:
    """Give a company as both systems have it: alike but for some edits, and some people on one side only."""
    sides: tuple[list[Employee], list[Employee]] = ([], [])
    for number in range(draw(st.integers(1, 5))):
        common = draw(EDITS)
        for people, side in zip(sides, "st", strict=True):
            if draw(st.integers(0, 4)):
                people.append(a_member(number, side, **{**common, **draw(EDITS)}))
    return sides


POLICY = st.builds(FieldPolicy, mode=st.sampled_from(Mode), never_blank=st.booleans())
POLICIES: st.SearchStrategy[Policies] = st.fixed_dictionaries(dict.fromkeys(COMPARED, POLICY))
SPELLINGS = st.frozensets(st.sampled_from([Likeness.COSMETIC, Likeness.VARIANT]))
TERMS = st.builds(Terms, policies=POLICIES, spellings=SPELLINGS, repertoire=st.sampled_from(Repertoire))
SYSTEMS = st.sampled_from(System)
