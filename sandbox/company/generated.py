"""A company of any size, the same for the same seed."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice
from random import Random

from sandbox.company import masters
from sandbox.company.model import Company
from sandbox.company.names import GIVEN_NAMES, SURNAMES
from sandbox.company.person import Person, crew_json, employee_json
from sandbox.company.spellings import respelled

TYPICAL_TERMS = ("正社員",) * 7 + ("契約社員", "パート・アルバイト", "嘱託社員")


@dataclass(frozen=True, kw_only=True)
class Shares:
    """Which part of the people is how; the rest is equal in both systems."""

    only_smarthr: float = 0.05
    only_kinkakuji: float = 0.05
    differing: float = 0.1
    respelled: float = 0.0
    """The same in both systems, but entered otherwise in 勤革時: half-width kana, a space, 髙 for 高."""


def generated_company(n: int, seed: int = 1, *, today: date, shares: Shares | None = None) -> Company:
    """Return `n` people with numbers 00001, 00002 …; the shares are met exactly, rounded down."""
    shares = shares or Shares()
    random = Random(seed)
    people = [_person(index, random, today) for index in range(1, n + 1)]
    order = random.sample(range(n), n)
    chosen = iter(order)
    only_smarthr, only_kinkakuji, differing, others = (
        set(islice(chosen, int(n * part)))
        for part in (shares.only_smarthr, shares.only_kinkakuji, shares.differing, shares.respelled)
    )
    changed = [_differing(each, random) if index in differing else each for index, each in enumerate(people)]
    known = [respelled(each, random) if index in others else each for index, each in enumerate(changed)]
    return Company(
        name="株式会社はやぶさ工業",
        crews=[crew_json(each) for index, each in enumerate(people) if index not in only_kinkakuji],
        establishments=masters.establishments(),
        departments=masters.departments(),
        employment_types=masters.employment_types(),
        employees=[employee_json(each) for index, each in enumerate(known) if index not in only_smarthr],
        divisions=masters.divisions(),
        working_types=masters.working_types(),
        employee_groups=masters.EMPLOYEE_GROUPS,
    )


def _person(index: int, random: Random, today: date) -> Person:
    last, last_kana = random.choice(SURNAMES)
    first, first_kana, gender = random.choice(GIVEN_NAMES)
    age = timedelta(days=random.randrange(22 * 365, 60 * 365))
    service = timedelta(days=random.randrange(30, 20 * 365))
    return Person(
        serial=f"generated {index}",
        number=f"{index:05d}",
        last=last,
        first=first,
        last_kana=last_kana,
        first_kana=first_kana,
        gender=gender,
        birth=(today - age).isoformat(),
        hired=(today - service).isoformat(),
        resigned="",
        email=f"p{index:05d}@hayabusa.example",
        unit=random.choice(list(masters.UNITS)),
        type=random.choice(TYPICAL_TERMS),
    )


def _differing(person: Person, random: Random) -> Person:
    return random.choice(DIFFERENCES)(person)


def _day_later(day: str) -> str:
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


DIFFERENCES: tuple[Callable[[Person], Person], ...] = (
    lambda person: replace(person, hired=_day_later(person.hired)),
    lambda person: replace(person, birth=_day_later(person.birth)),
    lambda person: replace(person, email=f"old-{person.email}"),
    lambda person: replace(person, last="旧姓", last_kana="キュウセイ"),
    lambda person: replace(person, gender="male" if person.gender == "female" else "female"),
    lambda person: replace(person, first_kana=f"{person.first_kana}コ", hired=_day_later(person.hired)),
)
"""What happens to a person whom the systems know differently."""
