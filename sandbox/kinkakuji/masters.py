"""所属, 雇用区分, 従業員グループ and the company itself: read-only over the API, and flat."""

from hashlib import sha256

from sandbox.company.model import Company
from sandbox.remote.system import JsonObject


class Masters:
    """The masters of one company, as they are sent."""

    def __init__(self, company: Company) -> None:
        self.divisions = company.divisions
        self.working_types = company.working_types
        self.employee_groups = company.employee_groups
        self.company: JsonObject = {
            "key": sha256(company.name.encode()).hexdigest(),
            "code": company.subdomain,
            "name": company.name,
            "host": "s2.kingtime.jp",
            "businessYearStartDate": "04/01",
            "settings": {"timeDisplayFormat": "sexagesimal", "decimalTreatType": "round"},
        }

    def has_division(self, code: object) -> bool:
        """Say whether there is such a 所属."""
        return any(each["code"] == code for each in self.divisions)

    def has_working_type(self, code: object) -> bool:
        """Say whether there is such a 雇用区分."""
        return any(each["code"] == code for each in self.working_types)

    def close_division(self, code: str) -> None:
        """Remove the 所属 with this code, as an administrator may between a preview and a run."""
        self.divisions = [each for each in self.divisions if each["code"] != code]

    def names(self, placement: JsonObject) -> JsonObject:
        """Return the names that go with a `divisionCode` and a `typeCode`."""
        return {
            "divisionName": _name(self.divisions, placement["divisionCode"]),
            "typeName": _name(self.working_types, placement["typeCode"]),
        }


def _name(masters: list[JsonObject], code: str) -> str:
    return next((str(each["name"]) for each in masters if each["code"] == code), "")
