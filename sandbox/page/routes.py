"""The page's own addresses: itself, its state, the stream of changes, and what people do."""

from collections.abc import Callable, Iterator
from http import HTTPStatus
from pathlib import Path

from flask import Blueprint, Response, abort, jsonify, request, send_from_directory
from pydantic import ValidationError

from sandbox.page.deeds import parse_deed
from sandbox.page.edits import Edit, Undo
from sandbox.page.state import page_state, stamp
from sandbox.page.world import World
from sandbox.slack.errors import SlackError
from sandbox.slack.person import Person

STATIC = Path(__file__).parent / "static"
LOOK_EVERY = 0.5
"""Seconds between two looks at what changes without Slack: calls, records, switches, the clock."""
HEARTBEAT_AFTER = 20
"""Looks without a change after which the stream says that it is alive; so a closed page is noticed."""


def page_blueprint(world: World) -> Blueprint:
    """Return the page as a blueprint for the server's root."""
    page = Blueprint("page", __name__, static_folder=str(STATIC), static_url_path="/page/static")

    @page.get("/")
    def index() -> tuple[Response, HTTPStatus]:
        if world.is_ready():
            return _fresh("index.html"), HTTPStatus.OK
        return _fresh("starting.html"), HTTPStatus.SERVICE_UNAVAILABLE

    @page.get("/page/state")
    def state() -> Response:
        user_id = request.args.get("user") or _first_person(world)
        if user_id not in world.slack.workspace.users:
            abort(HTTPStatus.NOT_FOUND)
        return jsonify(page_state(world, user_id))

    @page.get("/page/events")
    def events() -> Response:
        return Response(_changes(world), mimetype="text/event-stream", headers={"Cache-Control": "no-store"})

    page.add_url_rule("/page/first-use", "first_use", lambda: _have(world.replay_first_use), methods=["POST"])
    page.add_url_rule("/page/crash", "crash", lambda: _have(world.crash), methods=["POST"])
    _edit_routes(page, world)
    page.add_url_rule("/page/act", view_func=lambda: _act(world), endpoint="act", methods=["POST"])
    return page


def _edit_routes(page: Blueprint, world: World) -> None:
    page.register_error_handler(ValidationError, _refuse)
    page.register_error_handler(LookupError, _refuse)

    @page.post("/page/edits")
    def edit() -> tuple[str, HTTPStatus]:
        world.edits.make(Edit.model_validate(request.get_json()))
        return "", HTTPStatus.NO_CONTENT

    @page.post("/page/edits/undo")
    def undo() -> tuple[str, HTTPStatus]:
        world.edits.undo(Undo.model_validate(request.get_json()))
        return "", HTTPStatus.NO_CONTENT


def _have(done: Callable[[], None] | None) -> tuple[str, HTTPStatus]:
    """Have something done that only a demo around the stand-ins offers."""
    if done is None:
        abort(HTTPStatus.NOT_FOUND)
    done()
    return "", HTTPStatus.NO_CONTENT


def _refuse(error: Exception) -> tuple[Response, HTTPStatus]:
    return jsonify(error=str(error)), HTTPStatus.BAD_REQUEST


def _act(world: World) -> tuple[Response, HTTPStatus]:
    try:
        deed = parse_deed(request.get_json())
        delivery = deed.do(Person(world.slack.workspace, deed.user))
    except ValidationError as error:
        return jsonify(error=str(error)), HTTPStatus.BAD_REQUEST
    except (SlackError, LookupError) as error:
        # The view was closed or the button vanished between the drawing and the press.
        return jsonify(error=str(error)), HTTPStatus.CONFLICT
    return jsonify(delivery.to_json() if delivery else None), HTTPStatus.OK


def _first_person(world: World) -> str:
    users = world.slack.workspace.users.values()
    return next(user.id for user in users if not user.is_bot)


def _fresh(name: str) -> Response:
    response = send_from_directory(STATIC, name)
    response.headers["Cache-Control"] = "no-store"
    return response


def _changes(world: World) -> Iterator[str]:
    known = ""
    quiet = 0
    version = -1
    while True:
        now = stamp(world)
        quiet = 0 if now != known else quiet + 1
        if now != known:
            known = now
            yield "data: changed\n\n"
        elif quiet % HEARTBEAT_AFTER == 0:
            yield ": still here\n\n"
        version = world.slack.workspace.wait_for_change(version, LOOK_EVERY)
