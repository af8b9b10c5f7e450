"""The people of one company, with the history of their 所属 and 雇用区分."""

from collections.abc import Iterable
from datetime import date
from secrets import token_hex
from threading import RLock

from sandbox.remote.system import JsonObject

DATED = ("divisionCode", "typeCode")
"""The only properties with a history; `updateDate` of a PUT applies to them alone."""

EVER = date.min.isoformat()


class EmployeeStore:
    """Thread-safe. A record is sparse JSON and never changed in place: a change makes a new one."""

    def __init__(self, employees: Iterable[JsonObject]) -> None:
        self.lock = RLock()
        """Hold it to check and write as one."""
        self.version = 0
        self._employees = {employee["key"]: employee for employee in employees}

    def everyone(self) -> list[JsonObject]:
        """Return every record in the order of creation."""
        with self.lock:
            return list(self._employees.values())

    def get(self, key: str) -> JsonObject | None:
        """Return one record by its immutable key."""
        with self.lock:
            return self._employees.get(key)

    def coded(self, code: str) -> list[JsonObject]:
        """Return the records with this 従業員コード."""
        return [employee for employee in self.everyone() if employee.get("code") == code]

    def add(self, values: JsonObject) -> JsonObject:
        """Create a record; its placement holds for every day."""
        placement = {"since": EVER, **{name: values[name] for name in DATED}}
        undated = {name: value for name, value in values.items() if name not in DATED}
        return self._put({**undated, "key": token_hex(32), "placements": [placement]})

    def change(self, key: str, values: JsonObject, effective: date) -> JsonObject:
        """Change some properties; the dated ones from `effective` on, the others for every day."""
        with self.lock:
            current = self._employees[key]
            undated = {name: value for name, value in values.items() if name not in DATED}
            moved = {name: values[name] for name in DATED if name in values}
            placements = _moved(current["placements"], moved, effective) if moved else current["placements"]
            return self._put({**current, **undated, "placements": placements})

    def enter(self, employee: JsonObject) -> None:
        """Keep a record as `Company.employees` holds them."""
        self._put(employee)

    def _put(self, employee: JsonObject) -> JsonObject:
        with self.lock:
            self._employees[employee["key"]] = employee
            self.version += 1
        return employee


def placed(employee: JsonObject, day: date) -> JsonObject:
    """Return the `divisionCode` and `typeCode` of a day; before the first entry, those of the first."""
    placements: list[JsonObject] = employee["placements"]
    past = [each for each in placements if each["since"] <= day.isoformat()]
    current = past[-1] if past else placements[0]
    return {name: current[name] for name in DATED}


def _moved(placements: list[JsonObject], moved: JsonObject, effective: date) -> list[JsonObject]:
    since = effective.isoformat()
    before = [each for each in placements if each["since"] < since]
    # A later entry that was already booked stays booked.
    after = [each for each in placements if each["since"] > since]
    current = [each for each in placements if each["since"] <= since] or placements[:1]
    return [*before, {**current[-1], **moved, "since": since}, *after]
