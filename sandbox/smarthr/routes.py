"""The paths of SmartHR's API."""

from flask import Blueprint, Request, Response, g, jsonify, request

from sandbox.faults import Faults, Switches
from sandbox.remote.system import JsonObject, System
from sandbox.smarthr.crews import Crews
from sandbox.smarthr.errors import FieldProblem, Problem, SmartHRError
from sandbox.smarthr.masters import Masters
from sandbox.smarthr.options import Options
from sandbox.smarthr.paging import Page


def crew_routes(crews: Crews, faults: Faults, options: Options) -> Blueprint:
    """Return `/crews`."""
    blueprint = Blueprint("crews", __name__, url_prefix="/<subdomain>/api/v1/crews")
    blueprint.url_value_preprocessor(_leave_subdomain)
    _reading(blueprint, crews, faults, options)
    _writing(blueprint, crews)
    return blueprint


def _reading(blueprint: Blueprint, crews: Crews, faults: Faults, options: Options) -> None:
    def seen(stored: JsonObject) -> JsonObject:
        fields = [name for name in request.args.get("fields", "").split(",") if name]
        return crews.renderer.seen_by(g.rights, stored, fields)

    @blueprint.get("")
    def index() -> Response:
        switches = faults.of(System.SMARTHR)
        found = [] if switches.empty_list else crews.find(request.args)
        page = Page.asked(request.args, options)
        response = jsonify([seen(stored) for stored in page.of(found, switches)])
        total = page.total(len(found), switches)
        response.headers.update(page.headers(total, request.base_url, request.args, options))
        return response

    @blueprint.get("/<crew_id>")
    def show(crew_id: str) -> Response:
        return jsonify(seen(crews.get(crew_id)))


def _writing(blueprint: Blueprint, crews: Crews) -> None:
    def seen(stored: JsonObject) -> JsonObject:
        # `fields` exists on GET only: a write's answer carries everything, asked for or not.
        return crews.renderer.seen_by(g.rights, stored)

    @blueprint.post("")
    def create() -> tuple[Response, int, dict[str, str]]:
        crew = crews.create(_body(request), g.rights)
        return jsonify(seen(crew)), 201, {"Location": f"{request.base_url}/{crew['id']}"}

    @blueprint.route("/<crew_id>", methods=["PATCH", "PUT"])
    def change(crew_id: str) -> Response:
        return jsonify(seen(crews.change(crew_id, _body(request), g.rights)))


def master_routes(masters: Masters, options: Options) -> Blueprint:
    """Return the lists `/biz_establishments`, `/departments` and `/employment_types`."""
    blueprint = Blueprint("masters", __name__, url_prefix="/<subdomain>/api/v1")
    lists = {
        "biz_establishments": lambda: masters.establishments,
        "departments": lambda: masters.departments,
        "employment_types": lambda: masters.employment_types,
    }

    @blueprint.get("/<any(biz_establishments, departments, employment_types):resource>")
    def index(resource: str) -> Response:
        code = request.args.get("code") if resource == "departments" else None
        found = [each for each in lists[resource]() if code is None or each["code"] == code]
        page = Page.asked(request.args, options)
        response = jsonify(page.of(found, Switches()))
        response.headers.update(page.headers(len(found), request.base_url, request.args, options))
        return response

    blueprint.url_value_preprocessor(_leave_subdomain)
    return blueprint


def _leave_subdomain(_endpoint: str | None, values: JsonObject | None) -> None:
    """Take the tenant out of the views' arguments; it was checked before."""
    (values or {}).pop("subdomain", None)


def _body(asked: Request) -> JsonObject:
    body = asked.get_json(silent=True)
    if not isinstance(body, dict):
        raise SmartHRError(
            Problem.bad_request, [FieldProblem(None, "JSONのオブジェクトを送信してください。")]
        )
    return body
