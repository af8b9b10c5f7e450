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
        self.division_names: dict[str, str] = {each["code"]: each["name"] for each in company.divisions}
        self.type_names: dict[str, str] = {each["code"]: each["name"] for each in company.working_types}
        self.company: JsonObject = {
            "key": sha256(company.name.encode()).hexdigest(),
            "code": company.subdomain,
            "name": company.name,
            "host": "s2.kingtime.jp",
            "businessYearStartDate": "04/01",
            "settings": {"timeDisplayFormat": "sexagesimal", "decimalTreatType": "round"},
        }

    def names(self, placement: JsonObject) -> JsonObject:
        """Return the names that go with a `divisionCode` and a `typeCode`."""
        return {
            "divisionName": self.division_names.get(placement["divisionCode"], ""),
            "typeName": self.type_names.get(placement["typeCode"], ""),
        }
