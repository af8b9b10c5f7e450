"""The paths of 勤革時's API."""

from flask import Blueprint, Response, jsonify, request

from sandbox.kinkakuji.access import Access
from sandbox.kinkakuji.employees import Employees
from sandbox.kinkakuji.errors import Complaint, KinkakujiError, Problem
from sandbox.kinkakuji.masters import Masters
from sandbox.kinkakuji.options import Options
from sandbox.remote.system import JsonObject


def employee_routes(employees: Employees) -> Blueprint:
    """Return `/employees`: the segment behind it is a code to read and a key to write."""
    blueprint = Blueprint("employees", __name__, url_prefix="/v1.0/employees")

    @blueprint.get("")
    def index() -> Response:
        return jsonify(employees.find(request.args))

    @blueprint.get("/<code>")
    def show(code: str) -> Response:
        return jsonify(employees.get(code, request.args))

    @blueprint.post("")
    def create() -> tuple[Response, int]:
        return jsonify(employees.create(_body())), 201

    @blueprint.put("/<key>")
    def change(key: str) -> Response:
        return jsonify(employees.change(key, _body(), request.args.get("updateDate")))

    return blueprint


def other_routes(masters: Masters, access: Access, options: Options) -> Blueprint:
    """Return the masters and the question whether a token works."""
    blueprint = Blueprint("others", __name__, url_prefix="/v1.0")

    @blueprint.get("/tokens/<token>/available")
    def available(token: str) -> Response:
        return jsonify(available=access.is_available(token))

    @blueprint.get("/company")
    def company() -> Response:
        return jsonify(masters.company)

    @blueprint.get("/divisions")
    def divisions() -> Response:
        return jsonify(masters.divisions)

    @blueprint.get("/working-types")
    def working_types() -> Response:
        return jsonify(masters.working_types)

    @blueprint.get("/employee-groups")
    def employee_groups() -> Response:
        if not options.with_groups:
            raise KinkakujiError(Complaint(Problem.NOT_AVAILABLE))
        return jsonify(masters.employee_groups)

    return blueprint


def _body() -> JsonObject:
    body = request.get_json(silent=True)
    if not isinstance(body, dict):
        raise KinkakujiError(Complaint(Problem.INVALID, "body"))
    return body
