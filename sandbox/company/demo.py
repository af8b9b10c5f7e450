"""株式会社つばめ製作所: the people of `people.csv`, who show every status and every trap.

The table has one row a person. `in` says which systems know them; `smarthr` and `kinkakuji` say what is
different there (`column=value|column=value`, `-` for empty). `+20` and `-7` are days from today. A backslash,
`u` and the code point stand for a character that an editor would hide or rewrite. `why` is for the reader.
"""

import csv
import re
from collections.abc import Iterator
from dataclasses import fields, replace
from datetime import date, timedelta
from pathlib import Path

from sandbox.company import masters
from sandbox.company.model import Company
from sandbox.company.person import Person, crew_json, employee_json

TABLE = Path(__file__).with_name("people.csv")
DOMAIN = "@tsubame.example"
ESCAPE = re.compile(r"\\u([0-9A-F]{4,5})")
DAYS = re.compile(r"[+-]\d+")
DATES = frozenset({"birth", "hired", "resigned"})


def demo_company(today: date) -> Company:
    """Return the demo's company; dates such as a future hire are counted from `today`."""
    rows = list(_rows())
    return Company(
        name="株式会社つばめ製作所",
        crews=[crew_json(_person(row, "smarthr", today)) for row in rows if row["in"] in {"both", "smarthr"}],
        establishments=masters.establishments(),
        departments=masters.departments(),
        employment_types=masters.employment_types(),
        employees=[
            employee_json(_person(row, "kinkakuji", today))
            for row in rows
            if row["in"] in {"both", "kinkakuji"}
        ],
        divisions=masters.divisions(),
        working_types=masters.working_types(),
        employee_groups=masters.EMPLOYEE_GROUPS,
    )


def _rows() -> Iterator[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        for serial, row in enumerate(csv.DictReader(table)):
            yield {**row, "serial": f"tsubame {serial}"}


def _person(row: dict[str, str], system: str, today: date) -> Person:
    columns = {field.name for field in fields(Person)}
    email = f"{row['email']}{DOMAIN}" if row["email"] else ""
    common = {name: value for name, value in row.items() if name in columns} | {"email": email}
    person = Person(**{name: _value(name, text, today) for name, text in common.items()})
    special = dict(pair.split("=", 1) for pair in row[system].split("|") if pair)
    return replace(person, **{name: _value(name, text, today) for name, text in special.items()})


def _value(column: str, text: str, today: date) -> str:
    if text == "-":
        return ""
    if column in DATES and DAYS.fullmatch(text):
        return (today + timedelta(days=int(text))).isoformat()
    return ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
