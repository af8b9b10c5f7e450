"""Whom there is to write: before every run others enter people in the source, and change some."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice
from random import Random
from typing import Any

from sandbox.company import Company
from sandbox.company.generated import Shares, generated_company
from sandbox.remote.system import System
from sandbox.server import Sandbox

TODAY = date(2026, 4, 1)
EQUAL = Shares(only_smarthr=0.0, only_kinkakuji=0.0, differing=0.0)
SOURCE = {"pull": System.KINKAKUJI, "push": System.SMARTHR}
TARGET = {"pull": System.SMARTHR, "push": System.KINKAKUJI}
DATES = {System.SMARTHR: ("birth_at", "entered_at"), System.KINKAKUJI: ("birthDate", "hiredDate")}
FIELDS = {
    "last_name": "lastName",
    "first_name": "firstName",
    "last_name_yomi": "lastNamePhonetics",
    "first_name_yomi": "firstNamePhonetics",
    "gender": "gender",
    "birth_at": "birthDate",
    "entered_at": "hiredDate",
    "resigned_at": "resignationDate",
}
"""What is linked both ways, as each system calls it."""

Record = dict[str, Any]


@dataclass(slots=True)
class People:
    """A company that both systems know, and the newcomers to come."""

    known: Company
    random: Random
    _newcomers: Iterator[tuple[Record, Record]]

    @classmethod
    def made(cls, known: int, newcomers: int, seed: int) -> "People":
        """Make so many people, the same for the same seed."""
        everybody = generated_company(known + newcomers, seed, today=TODAY, shares=EQUAL)
        pairs = list(zip(everybody.crews, everybody.employees, strict=True))
        both = everybody.with_records(crews=everybody.crews[:known], employees=everybody.employees[:known])
        return cls(both, seeded(seed), iter(pairs[known:]))

    def prepare(self, sandbox: Sandbox, way: str, *, new: int, changed: int) -> None:
        """Give a run something to do: so many people to create, and so many to change."""
        source = SOURCE[way]
        for crew, employee in islice(self._newcomers, new):
            if source is System.SMARTHR:
                sandbox.smarthr.enter(crew)
            else:
                sandbox.kinkakuji.enter(employee)
        for crew in self.random.sample(self.known.crews, changed):
            self._change(sandbox, source, crew["emp_code"])

    def _change(self, sandbox: Sandbox, source: System, number: str) -> None:
        name = self.random.choice(DATES[source])
        holder = sandbox.smarthr if source is System.SMARTHR else sandbox.kinkakuji
        (record,) = by_number(holder.stored())[number]
        earlier = date.fromisoformat(record[name]) - timedelta(days=1)
        holder.edit(number, **{name: earlier.isoformat()})


def seeded(seed: int) -> Random:
    """Give a generator of chances."""
    return Random(seed)  # noqa: S311 - no secret comes of it


def by_number(records: list[Record]) -> dict[str, list[Record]]:
    """Sort what a stand-in holds by employee number; one that was created twice has two."""
    sorted_: dict[str, list[Record]] = {}
    for record in records:
        sorted_.setdefault(str(record.get("emp_code") or record.get("code")), []).append(record)
    return sorted_


def has_all(target: Record, source: Record) -> bool:
    """Tell whether the target holds what the source has of a person."""
    if "emp_code" in target:
        address = (source.get("emailAddresses") or [None])[0]
        return target.get("email") == address and _agree(target, source)
    return _agree(source, target)


def _agree(crew: Record, employee: Record) -> bool:
    return all((crew.get(hr) or None) == (employee.get(kot) or None) for hr, kot in FIELDS.items())
