"""SmartHR as a web application."""

from http import HTTPStatus
from typing import Any

from flask import Flask, Response, g, jsonify, request
from werkzeug.exceptions import HTTPException, NotFound

from sandbox.calls import Calls
from sandbox.clock import Clock
from sandbox.company.model import Company
from sandbox.faults import Faults
from sandbox.remote.gate import Gate
from sandbox.remote.system import JsonObject, System
from sandbox.remote.web import JsonFlask
from sandbox.smarthr.access import Access
from sandbox.smarthr.crews import Crews
from sandbox.smarthr.errors import Problem, SmartHRError, error_response
from sandbox.smarthr.masters import Masters
from sandbox.smarthr.options import Limits, Options
from sandbox.smarthr.panel import panel_row
from sandbox.smarthr.routes import crew_routes, master_routes
from sandbox.smarthr.store import CrewStore

API_ROOT_SEGMENTS = 3
"""`{subdomain}/api/v1` comes before the name of the resource."""


class SmartHR:
    """One tenant of SmartHR under `/{subdomain}/api/v1`."""

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
        self._store = CrewStore(clock, company.crews)
        self.masters = Masters(company)
        """What its people refer to."""
        self._crews = Crews(self._store, self.masters, faults, options)
        app = JsonFlask("sandbox.smarthr")
        app.register_blueprint(crew_routes(self._crews, faults, options))
        app.register_blueprint(master_routes(self.masters, options))
        _guard(app, company.subdomain, Access(faults, limits or Limits(), options))
        _answer_errors(app)
        self.wsgi = Gate(app, System.SMARTHR, clock, faults, calls)
        """The WSGI application to mount."""

    @property
    def version(self) -> int:
        """A number that grows with every change of a record."""
        return self._store.version

    def records(self) -> list[JsonObject]:
        """Return every person by number, in a few readable columns, for the side panel."""
        rows = [panel_row(self._crews.renderer.crew(crew), self.masters) for crew in self._store.everyone()]
        return sorted(rows, key=lambda row: (row["number"] is None, row["number"] or "", row["id"]))

    def stored(self) -> list[JsonObject]:
        """Return every person as `Company.crews` holds them."""
        return self._store.everyone()

    def crew(self, number: str) -> JsonObject:
        """Return the one person with this number, as sent; raise LookupError for none or several."""
        return self._crews.renderer.crew(self._one(number))

    def edit(self, number: str, **changes: Any) -> None:  # noqa: ANN401 - any JSON value
        """Change a person as a third party would, unchecked; raise LookupError for none or several."""
        self._store.change(self._one(number)["id"], changes)

    def held(self, key: str) -> JsonObject:
        """Return the person with this id as stored; raise LookupError for nobody."""
        crew = self._store.get(key)
        if crew is None:
            raise LookupError(f"Nobody has the id {key}.")
        return crew

    def overwrite(self, key: str, values: JsonObject) -> None:
        """Change the person with this id as a third party would, unchecked; raise LookupError for nobody."""
        self._store.change(self.held(key)["id"], values)

    def enter(self, crew: JsonObject) -> None:
        """Enter a person as a third party would, unchecked, as `Company.crews` holds them."""
        self._store.enter(crew)

    def close_establishment(self, name: str) -> None:
        """Remove a 事業所, as an administrator may between a preview and a run."""
        self.masters.close_establishment(name)

    def wait_for_late_writes(self) -> None:
        """Return once every write that commits late has been carried out."""
        self.wsgi.wait_for_late_writes()

    def _one(self, number: str) -> JsonObject:
        found = self._store.numbered(number)
        if len(found) != 1:
            raise LookupError(f"{len(found)} people have the number {number}.")
        return found[0]


def _guard(app: Flask, subdomain: str, access: Access) -> None:
    @app.before_request
    def check() -> Response | None:
        segments = request.path.strip("/").split("/")
        if segments[0] != subdomain:
            return _no_such_host()
        resource = segments[API_ROOT_SEGMENTS] if len(segments) > API_ROOT_SEGMENTS else ""
        g.rights = access.check(request, resource)
        if request.routing_exception:
            raise SmartHRError(Problem.not_found)
        return None

    app.after_request(access.add_headers)


def _answer_errors(app: Flask) -> None:
    app.register_error_handler(SmartHRError, error_response)

    @app.errorhandler(HTTPException)
    def other(error: HTTPException) -> Response:
        if isinstance(error, NotFound):
            return error_response(SmartHRError(Problem.not_found))
        response = jsonify(code=1, type="bad_request", message=error.name, errors=None)
        response.status_code = error.code or HTTPStatus.BAD_REQUEST
        return response


def _no_such_host() -> Response:
    html = "<!doctype html><title>404</title><h1>お探しのページは見つかりませんでした</h1>"
    return Response(html, HTTPStatus.NOT_FOUND, mimetype="text/html")
