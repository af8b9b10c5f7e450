"""The lists that a crew refers to: establishments, departments, employment types, job titles."""

from uuid import NAMESPACE_URL, uuid5

from sandbox.company.model import Company
from sandbox.remote.system import JsonObject

FOUNDED = "2021-09-24T17:00:00.000Z"
"""When the masters of every made-up company were entered."""


class Masters:
    """The masters of one tenant, as they are sent."""

    def __init__(self, company: Company) -> None:
        self._stored_departments = {each["id"]: each for each in company.departments}
        self.establishments = [_establishment(each, company.name) for each in company.establishments]
        self.employment_types = [_stamped(each) for each in company.employment_types]
        self.departments = [
            _stamped(
                {
                    **self.department(each["id"]),
                    "children": [self.department(child["id"]) for child in self._children(each["id"])],
                }
            )
            for each in company.departments
        ]

    def close_establishment(self, name: str) -> None:
        """Remove a 事業所, as an administrator may between a preview and a run."""
        self.establishments = [each for each in self.establishments if each["name"] != name]

    def has_establishment(self, establishment_id: object) -> bool:
        """Say whether there is such a 事業所."""
        return any(each["id"] == establishment_id for each in self.establishments)

    def has_department(self, department_id: object) -> bool:
        """Say whether there is such a 部署."""
        return department_id in self._stored_departments

    def employment_type(self, type_id: object) -> JsonObject | None:
        """Return a 雇用形態 as a crew carries it."""
        keys = ("id", "name", "preset_type", "code")
        found = (each for each in self.employment_types if each["id"] == type_id)
        return next(({key: each.get(key) for key in keys} for each in found), None)

    def preset(self, preset_type: object) -> str | None:
        """Return the id of the 雇用形態 with this preset."""
        found = (each["id"] for each in self.employment_types if each.get("preset_type") == preset_type)
        return next(found, None)

    def department(self, department_id: str) -> JsonObject:
        """Return a 部署 with its parents, as a crew carries it."""
        stored = self._stored_departments[department_id]
        parent_id = stored.get("parent_id")
        parent = self.department(parent_id) if parent_id else None
        return {
            "id": department_id,
            "name": stored["name"],
            "full_name": f"{parent['full_name']}/{stored['name']}" if parent else stored["name"],
            "position": list(self._stored_departments).index(department_id),
            "code": stored.get("code"),
            "parent": parent,
        }

    def _children(self, department_id: str) -> list[JsonObject]:
        return [each for each in self._stored_departments.values() if each.get("parent_id") == department_id]


def job_title(name: str) -> JsonObject:
    """Return the 役職 of this name. SmartHR creates a job title for any name; here it always existed."""
    title_id = str(uuid5(NAMESPACE_URL, f"job-title:{name}"))
    return {"id": title_id, "name": name, "rank": 1, "code": None, "created_at": FOUNDED}


def _establishment(stored: JsonObject, company: str) -> JsonObject:
    label = f"{company} {stored['name']}"
    return _stamped(
        {
            "hel_ins_type": "kyokai_kenpo",
            "hel_ins_name": "",
            "soc_ins_name": label,
            "lab_ins_name": label,
            **stored,
        }
    )


def _stamped(values: JsonObject) -> JsonObject:
    return {**values, "created_at": FOUNDED, "updated_at": FOUNDED}
