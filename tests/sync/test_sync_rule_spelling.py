"""Typing alone is no difference: width, spaces and normal form of equal data give no real difference.

Compatibility ideographs (U+F900–FAFF) are letters of a name, not a way of typing, and left out here.
"""

import unicodedata
from dataclasses import replace
from datetime import date
from random import Random
from typing import Any, Literal

import jaconv
from hypothesis import given
from hypothesis import strategies as st

from sync.diff import Notice, Respelled, Status, Unchanged
from sync.model import Direction, Employee
from sync.plan import Basis, People, Plan, make_plan
from sync.terms import Terms
from sync.text import Repertoire, number_key
from tests.sync.fakes import NOON
from tests.sync.people import POLICIES, a_member, going_by

Form = Literal["NFC", "NFD", "NFKC", "NFKD"]
TEXTS = ("number", "last_name", "first_name", "last_name_kana", "first_name_kana", "email")
FORMS: tuple[Form, ...] = ("NFC", "NFD", "NFKC", "NFKD")
SPACES = " \u3000\u00a0"
NAMES = st.text("髙高橋辻吉𠮷アガパぁゔヶAa1-ー・～々", min_size=1, max_size=4)
WORDS = st.text("アガパヴぁゔー・a", min_size=1, max_size=4)
MEMBERS = st.builds(
    a_member,
    st.integers(0, 99),
    st.just("source"),
    last_name=NAMES,
    first_name=NAMES,
    last_name_kana=WORDS,
    first_name_kana=st.none() | WORDS,
    email=st.none() | st.sampled_from(["aoki-1@example.jp", "AOKI_2@example.jp"]),
    hired_on=st.none() | st.just(date(2020, 4, 1)),
)
COMPANIES = st.lists(MEMBERS, max_size=5, unique_by=lambda person: number_key(person.number or ""))


def retyped(text: str, random: Random) -> str:
    """Type the same in another width and normal form, with other spaces."""
    wide: str = jaconv.h2z(text, ascii=True, digit=True)
    narrow: str = jaconv.z2h(text, ascii=True, digit=True)
    text = unicodedata.normalize(random.choice(FORMS), random.choice([text, wide, narrow]))
    at = random.randrange(len(text) + 1)
    return "".join((text[:at], random.choice(["", *SPACES]), text[at:]))


def retyped_person(person: Employee, random: Random, side: str) -> Employee:
    texts = {name: getattr(person, name) for name in TEXTS}
    others: dict[str, Any] = {name: retyped(text, random) for name, text in texts.items() if text is not None}
    return replace(person, remote_id=person.remote_id.replace("source", side), **others)


def planned(direction: Direction, terms: Terms, source: list[Employee], target: list[Employee]) -> Plan:
    return make_plan(Basis(direction=direction, as_of=NOON.date(), terms=terms), People(source, target), NOON)


@given(
    st.sampled_from(Direction),
    st.builds(Terms, policies=POLICIES, repertoire=st.sampled_from(Repertoire)),
    COMPANIES,
    st.randoms(use_true_random=False),
)
def test_nobody_is_new_different_or_blocked_because_of_typing(
    direction: Direction, terms: Terms, source: list[Employee], random: Random
) -> None:
    target = [retyped_person(person, random, "target") for person in source]
    source = [retyped_person(person, random, "source") for person in source]
    rows = planned(direction, terms, source, target).rows
    assert len(rows) == len(source)
    for row in rows:
        assert row.difference.status in {Status.COSMETIC, Status.UNCHANGED}


@given(COMPANIES, st.randoms(use_true_random=False))
def test_a_number_typed_otherwise_is_told(source: list[Employee], random: Random) -> None:
    target = [retyped_person(person, random, "target") for person in source]
    for row in planned(Direction.PUSH, going_by(), source, target).rows:
        found = row.difference
        assert isinstance(found, Respelled | Unchanged)
        is_other = found.existing.number != found.desired.number
        assert (Notice.NUMBER_SPELLED_OTHERWISE in found.notices) == is_other
