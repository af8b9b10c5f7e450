"""勤革時 as a web application."""

from typing import Any

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from sandbox.calls import Calls
from sandbox.clock import Clock
from sandbox.company.model import Company
from sandbox.faults import Faults
from sandbox.kinkakuji.access import Access
from sandbox.kinkakuji.employees import Employees
from sandbox.kinkakuji.errors import (
    Complaint,
    KinkakujiError,
    Problem,
    TooManyRequests,
    error_response,
    too_many_response,
)
from sandbox.kinkakuji.masters import Masters
from sandbox.kinkakuji.options import Limits, Options
from sandbox.kinkakuji.panel import panel_row
from sandbox.kinkakuji.routes import employee_routes, other_routes
from sandbox.kinkakuji.store import EmployeeStore, placed
from sandbox.remote.gate import Gate
from sandbox.remote.system import JsonObject, System
from sandbox.remote.web import JsonFlask


class Kinkakuji:
    """One company in 勤革時 under `/v1.0`."""

    def __init__(  # noqa: PLR0913 - what a stand-in consists of
        self,
        clock: Clock,
        company: Company,
        faults: Faults,
        calls: Calls,
        *,
        limits: Limits | None = None,
        options: Options | None = None,
    ) -> None:
        options = options or Options()
        self._clock = clock
        self._store = EmployeeStore(company.employees)
        self.masters = Masters(company)
        """What its people refer to."""
        self._employees = Employees(self._store, self.masters, clock, faults, options)
        access = Access(clock, faults, limits or Limits(), options)
        app = JsonFlask("sandbox.kinkakuji")
        app.register_blueprint(employee_routes(self._employees))
        app.register_blueprint(other_routes(self.masters, access, options))
        app.before_request(lambda: access.check(request))
        _answer_errors(app, options)
        self.wsgi = Gate(app, System.KINKAKUJI, clock, faults, calls)
        """The WSGI application to mount."""

    @property
    def version(self) -> int:
        """A number that grows with every change of a record."""
        return self._store.version

    @property
    def mails(self) -> list[str]:
        """Addresses to which 勤革時 would have sent a verification mail, oldest first."""
        return list(self._employees.mails)

    def records(self) -> list[JsonObject]:
        """Return every person by code, in a few readable columns, for the side panel."""
        today = self._clock.now().date()
        rows = [panel_row(employee, today, self.masters) for employee in self._store.everyone()]
        return sorted(rows, key=lambda row: (row["number"] or "", row["key"]))

    def stored(self) -> list[JsonObject]:
        """Return every person as `Company.employees` holds them."""
        return self._store.everyone()

    def employee(self, code: str) -> JsonObject:
        """Return the one person with this code as stored; raise LookupError for none or several."""
        found = self._store.coded(code)
        if len(found) != 1:
            raise LookupError(f"{len(found)} people have the code {code}.")
        return found[0]

    def edit(self, code: str, **changes: Any) -> None:  # noqa: ANN401 - any JSON value
        """Change a person as a third party would, unchecked; raise LookupError for none or several."""
        self._store.change(self.employee(code)["key"], changes, self._clock.now().date())

    def held(self, key: str) -> JsonObject:
        """Return the person with this key as stored, with today's placement; raise LookupError for nobody."""
        employee = self._store.get(key)
        if employee is None:
            raise LookupError(f"Nobody has the key {key}.")
        return {**employee, **placed(employee, self._clock.now().date())}

    def overwrite(self, key: str, values: JsonObject) -> None:
        """Change the person with this key as a third party would, unchecked; raise LookupError for nobody."""
        self._store.change(self.held(key)["key"], values, self._clock.now().date())

    def enter(self, employee: JsonObject) -> None:
        """Enter a person as a third party would, unchecked, as `Company.employees` holds them."""
        self._store.enter(employee)

    def close_division(self, code: str) -> None:
        """Remove a 所属, as an administrator may between a preview and a run."""
        self.masters.close_division(code)

    def wait_for_late_writes(self) -> None:
        """Return once every write that commits late has been carried out."""
        self.wsgi.wait_for_late_writes()


def _answer_errors(app: Flask, options: Options) -> None:
    @app.errorhandler(KinkakujiError)
    def refused(error: KinkakujiError) -> Response:
        return error_response(error, options)

    @app.errorhandler(TooManyRequests)
    def too_many(_error: TooManyRequests) -> Response:
        return too_many_response(options)

    @app.errorhandler(HTTPException)
    def other(error: HTTPException) -> Response:
        response = error_response(KinkakujiError(Complaint(Problem.NO_SUCH_PATH)), options)
        response.status_code = error.code or response.status_code
        return response
