"""What can be done to employees: list, get by code, create, change by key. The stand-in has no delete."""

from collections.abc import Mapping
from datetime import date

from sandbox.clock import Clock
from sandbox.faults import Faults, Switches
from sandbox.kinkakuji.errors import Complaint, KinkakujiError, Problem
from sandbox.kinkakuji.masters import Masters
from sandbox.kinkakuji.options import Options
from sandbox.kinkakuji.render import additional_fields, lean, rendered
from sandbox.kinkakuji.repertoire import storable
from sandbox.kinkakuji.store import EmployeeStore, placed
from sandbox.kinkakuji.validation import OPTIONAL, WRITABLE, complaints, is_empty, parsed_date
from sandbox.remote.system import JsonObject, System

YEARS_BACK = 3
YEARS_AHEAD = 1


class Employees:
    """The employees of one company, with 勤革時's rules."""

    def __init__(
        self, store: EmployeeStore, masters: Masters, clock: Clock, faults: Faults, options: Options
    ) -> None:
        self._store = store
        self._masters = masters
        self._clock = clock
        self._faults = faults
        self._options = options
        self.mails: list[str] = []
        """Addresses to which a verification mail went, because a write registered them."""

    def find(self, args: Mapping[str, str]) -> list[JsonObject]:
        """Return the employees of a day. Somebody hired later appears, as in the real system."""
        day = self._day(args)
        division = args.get("division")
        found = [
            self._shown(employee, day, args)
            for employee in self._store.everyone()
            if _listed(employee, day, args) and division in {None, placed(employee, day)["divisionCode"]}
        ]
        return _left(found, self._faults.of(System.KINKAKUJI))

    def get(self, code: str, args: Mapping[str, str]) -> JsonObject:
        """Return the employee with this code on a day."""
        day = self._day(args)
        found = [employee for employee in self._store.coded(code) if _listed(employee, day, args)]
        if not found:
            raise KinkakujiError(Complaint(Problem.NO_SUCH_EMPLOYEE))
        return self._shown(found[0], day, args)

    def create(self, body: JsonObject) -> JsonObject:
        """Create an employee and return the lean or the full body."""
        with self._store.lock:
            values = self._checked(body, None)
            employee = self._store.add(values)
        self._mail(values)
        return lean(employee, body) if self._options.lean_post else self._whole(employee)

    def change(self, key: str, body: JsonObject, update_date: str | None) -> JsonObject:
        """Change what the body names; an empty value clears. Return the whole employee."""
        effective = parsed_date(update_date) if update_date else self._today()
        with self._store.lock:
            current = self._store.get(key)
            if current is None:
                raise KinkakujiError(Complaint(Problem.NO_SUCH_EMPLOYEE))
            values = self._checked(body, current)
            employee = self._store.change(key, values, effective)
        self._mail(values)
        return self._whole(employee)

    def _checked(self, body: JsonObject, current: JsonObject | None) -> JsonObject:
        values = {name: value for name, value in body.items() if name in WRITABLE}
        found = complaints(values, self._masters, creating=current is None)
        found += self._doubled_code(values, current) + self._rejected(values, current or {})
        if found:
            raise KinkakujiError(*found)
        switches = self._faults.of(System.KINKAKUJI)
        return {
            name: None if is_empty(value) else storable(value, switches.repertoire)
            for name, value in values.items()
            if name not in switches.drop_fields
        }

    def _doubled_code(self, values: JsonObject, current: JsonObject | None) -> list[Complaint]:
        if self._options.allow_duplicate_codes:
            return []
        others = self._store.coded(values["code"]) if isinstance(values.get("code"), str) else []
        mine = current and current["key"]
        return [Complaint(Problem.DOUBLED_CODE)] if any(each["key"] != mine for each in others) else []

    def _rejected(self, values: JsonObject, current: JsonObject) -> list[Complaint]:
        if values.get("code", current.get("code")) not in self._faults.of(System.KINKAKUJI).reject_numbers:
            return []
        person = {**current, **values}
        who = f"{person.get('lastName')} {person.get('firstName')}（生年月日 {person.get('birthDate')}）"
        return [Complaint(Problem.INVALID, f"{who}は登録できません")]

    def _mail(self, values: JsonObject) -> None:
        self.mails.extend(values.get("emailAddresses") or [])

    def _whole(self, employee: JsonObject) -> JsonObject:
        return rendered(employee, self._today(), self._masters, self._options, OPTIONAL)

    def _shown(self, employee: JsonObject, day: date, args: Mapping[str, str]) -> JsonObject:
        return rendered(employee, day, self._masters, self._options, additional_fields(args))

    def _today(self) -> date:
        return self._clock.now().date()

    def _day(self, args: Mapping[str, str]) -> date:
        today = self._today()
        day = parsed_date(args["date"]) if "date" in args else today
        if not _years_from(today, -YEARS_BACK) <= day <= _years_from(today, YEARS_AHEAD):
            raise KinkakujiError(Complaint(Problem.DATE_OUT_OF_RANGE))
        return day


def _listed(employee: JsonObject, day: date, args: Mapping[str, str]) -> bool:
    resigned = employee.get("resignationDate")
    return args.get("includeResigner") == "true" or not resigned or resigned >= day.isoformat()


def _left(found: list[JsonObject], switches: Switches) -> list[JsonObject]:
    """Return what the faults leave of a list."""
    return [] if switches.empty_list else found[: max(len(found) - switches.missing_people, 0)]


def _years_from(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        # 29 February has no anniversary in a common year.
        return day.replace(year=day.year + years, day=28)
