"""Every field of a crew: a table taken from SmartHR's own Swagger document (developer.smarthr.jp, 2026)."""

import csv
from dataclasses import dataclass
from pathlib import Path

from sandbox.remote.system import JsonObject

TABLE = Path(__file__).with_name("crew_fields.csv")


@dataclass(frozen=True)
class CrewField:
    """One attribute of a crew."""

    name: str
    kind: str
    """string, int, bool, date, date-time or the name of an object."""
    choices: frozenset[str]
    readable: bool
    writable: bool
    label: str


def _field(row: dict[str, str]) -> CrewField:
    choices = frozenset(filter(None, row["enum"].split("|")))
    access = row["access"]
    return CrewField(row["name"], row["type"], choices, "R" in access, "W" in access, row["label"])


def _load() -> dict[str, CrewField]:
    with TABLE.open(encoding="utf-8", newline="") as table:
        return {row["name"]: _field(row) for row in csv.DictReader(table)}


def _empty(field: CrewField) -> object:
    if field.kind == "bool":
        return False
    if field.name.startswith("business_") and field.kind == "string":
        # Observed: unlike everything else, an empty business name is "" and not null.
        return ""
    return [] if field.kind.startswith("list of") else None


CREW_FIELDS = _load()

EMPTY_CREW: JsonObject = {
    name: _empty(field)
    for name, field in CREW_FIELDS.items()
    if field.readable and name != "biz_establishment"  # sent only in place of the id, when embedded elsewhere
}
"""A crew about whom nothing is known, as it is sent."""
