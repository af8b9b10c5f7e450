"""A stored record as the API sends it: every attribute, references resolved, rights applied."""

from collections.abc import Iterable
from datetime import datetime

from sandbox.clock import TOKYO
from sandbox.remote.system import JsonObject
from sandbox.smarthr.crew_fields import EMPTY_CREW
from sandbox.smarthr.masters import Masters, job_title
from sandbox.smarthr.options import Options, Rights

DEPARTMENT_SLOTS = 3
"""部署1 to 部署3, explicit since 2023-08-23; an empty one appears as null."""

PREFERRED = ("last_name", "first_name", "last_name_yomi", "first_name_yomi")


class CrewRenderer:
    """Turns stored crews into what a token with certain rights sees."""

    def __init__(self, masters: Masters, options: Options) -> None:
        self._masters = masters
        self._options = options
        self._rendered: dict[str, tuple[JsonObject, JsonObject]] = {}

    def crew(self, stored: JsonObject) -> JsonObject:
        """Return every attribute of a crew."""
        known, rendered = self._rendered.get(stored["id"], (None, {}))
        # A record is never changed in place, so the same object still looks the same.
        if known is not stored:
            rendered = self._render(stored)
            self._rendered[stored["id"]] = (stored, rendered)
        return rendered

    def seen_by(self, rights: Rights, stored: JsonObject, fields: Iterable[str] = ()) -> JsonObject:
        """Return what a token may see of a crew: all attributes, or only `fields`."""
        return _only(self._visible(self.crew(stored), rights), fields)

    def _render(self, stored: JsonObject) -> JsonObject:
        full = {name: value for name, value in {**EMPTY_CREW, **stored}.items() if name in EMPTY_CREW}
        return full | self._references(stored) | _preferred_names(stored) | self._stamps(stored)

    def _references(self, stored: JsonObject) -> JsonObject:
        departments = [self._masters.department(each) for each in stored.get("department_ids") or []]
        slots = DEPARTMENT_SLOTS - len(departments) if self._options.null_department_slots else 0
        titles = [job_title(name) for name in stored.get("positions") or []]
        employment_type = self._masters.employment_type(stored.get("employment_type_id"))
        return {
            "employment_type": employment_type,
            "emp_type": employment_type and employment_type["preset_type"],
            "departments": [*departments, *[None] * slots],
            "department": departments[0]["full_name"] if departments else None,
            "positions": titles,
            "position": titles[0]["name"] if titles else None,
        }

    def _stamps(self, stored: JsonObject) -> JsonObject:
        return {name: self._stamp(stored[name]) for name in ("created_at", "updated_at")}

    def _stamp(self, written: str) -> str:
        if self._options.timestamps == "Z":
            return written
        return datetime.fromisoformat(written).astimezone(TOKYO).isoformat(timespec="milliseconds")

    def _visible(self, crew: JsonObject, rights: Rights) -> JsonObject:
        if self._options.hidden_as == "absent":
            return {name: value for name, value in crew.items() if name not in rights.hidden_attributes}
        return {name: None if name in rights.hidden_attributes else value for name, value in crew.items()}


def _preferred_names(stored: JsonObject) -> JsonObject:
    return {f"preferred_{name}": stored.get(f"business_{name}") or stored.get(name) for name in PREFERRED}


def _only(crew: JsonObject, fields: Iterable[str]) -> JsonObject:
    wanted = set(fields)
    return {name: value for name, value in crew.items() if name in wanted} if wanted else crew
