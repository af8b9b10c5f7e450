"""People and records of whom it is asked who is who."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sync.diff import BlockReason
from sync.identity import Identified, Link, Ties, identify
from sync.model import Direction, Employee
from tests.sync.people import a_person

Values = dict[str, Any]

BORN = date(1990, 2, 28)
LONG_AGO, LAST_YEAR, THIS_YEAR = date(2020, 4, 1), date(2025, 3, 31), date(2026, 4, 1)
AOI: Values = {"last_name": "青木", "first_name": "葵", "birth_date": BORN}
KEN: Values = {"last_name": "井上", "first_name": "健", "birth_date": date(1985, 5, 5)}
YUI: Values = {"last_name": "上田", "first_name": "結衣", "birth_date": date(1999, 9, 9)}


def one(number: str | None = "1", key: str = "", **values: Any) -> Employee:
    return a_person(number, **{"remote_id": key or f"hr-{number}", **AOI, "hired_on": LONG_AGO, **values})


def record(number: str | None = "1", key: str = "", **values: Any) -> Employee:
    return one(number, key or f"record-{number}", **values)


def identified(
    source: Sequence[Employee],
    target: Sequence[Employee],
    *links: Link,
    unlisted: Sequence[Employee] = (),
    ignored: frozenset[str] = frozenset(),
    apart: frozenset[str] = frozenset(),
) -> list[Identified]:
    return identify(source, [*source, *unlisted], target, Direction.PUSH, Ties(links, ignored, apart))


def doubt(source: Employee, target: Sequence[Employee], *links: Link, **more: Any) -> BlockReason | None:
    (found,) = identified([source], target, *links, **more)
    return found.doubt


def linked(person: Employee, existing: Employee, *, confirmed: bool = False) -> Link:
    return Link(person.remote_id, existing.remote_id, confirmed)
