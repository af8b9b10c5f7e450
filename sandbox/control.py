"""The stand-ins' own controls over HTTP: switches, the clock, edits by a third party, the call log."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime, time
from http import HTTPStatus

from flask import Blueprint, Response, jsonify, request

from sandbox.calls import Call, Calls
from sandbox.clock import DemoClock
from sandbox.faults import Faults
from sandbox.kinkakuji import Kinkakuji
from sandbox.remote.system import JsonObject, System
from sandbox.smarthr import SmartHR


def control_blueprint(
    clock: DemoClock, faults: Faults, calls: Calls, smarthr: SmartHR, kinkakuji: Kinkakuji
) -> Blueprint:
    """Return the blueprint that serves `/control/...`."""
    blueprint = Blueprint("control", __name__, url_prefix="/control")
    blueprint.register_error_handler(ValueError, _refuse)
    blueprint.register_error_handler(LookupError, _refuse)
    blueprint.register_error_handler(TypeError, _refuse)
    _fault_routes(blueprint, faults)
    _clock_routes(blueprint, clock)
    _record_routes(blueprint, smarthr, kinkakuji)

    @blueprint.get("/calls")
    def show_calls() -> Response:
        system = System(request.args["system"]) if "system" in request.args else None
        since = request.args.get("since", 0, type=int)
        return jsonify([_call_json(call) for call in calls.calls(system, since=since)])

    return blueprint


def _fault_routes(blueprint: Blueprint, faults: Faults) -> None:
    @blueprint.get("/faults")
    def show_faults() -> Response:
        return jsonify(faults.as_json())

    @blueprint.post("/faults")
    def set_faults() -> Response:
        """Take `{"smarthr": {"down": true}, "kinkakuji": {…}}`; what is not named stays."""
        for system, changes in _body().items():
            faults.set(System(system), **changes)
        return jsonify(faults.as_json())

    @blueprint.delete("/faults")
    def clear_faults() -> Response:
        faults.clear()
        return jsonify(faults.as_json())


def _clock_routes(blueprint: Blueprint, clock: DemoClock) -> None:
    jumps: dict[str, Callable[[str], None]] = {
        "moment": lambda value: clock.set(datetime.fromisoformat(value)),
        "time": lambda value: clock.jump_to(time.fromisoformat(value)),
        "next_day": lambda _value: clock.next_day(),
        "real": lambda _value: clock.back_to_real(),
    }

    @blueprint.get("/clock")
    def show_clock() -> Response:
        return jsonify(now=clock.now().isoformat(), offset=clock.offset)

    @blueprint.post("/clock")
    def move_clock() -> Response:
        """Take one of `moment` (ISO 8601), `time` (the next 07:59, say), `next_day: true`, `real: true`."""
        for name, value in _body().items():
            jumps[name](value)
        return show_clock()


def _record_routes(blueprint: Blueprint, smarthr: SmartHR, kinkakuji: Kinkakuji) -> None:
    stand_ins: dict[System, SmartHR | Kinkakuji] = {System.SMARTHR: smarthr, System.KINKAKUJI: kinkakuji}

    @blueprint.get("/records")
    def show_records() -> Response:
        return jsonify({system.value: stand_in.records() for system, stand_in in stand_ins.items()})

    @blueprint.post("/people/<system>/<number>")
    def edit_person(system: str, number: str) -> tuple[str, HTTPStatus]:
        """Change the fields (wire names) of the body as a third party would, unchecked."""
        stand_ins[System(system)].edit(number, **_body())
        return "", HTTPStatus.NO_CONTENT


def _body() -> JsonObject:
    body = request.get_json()
    if not isinstance(body, dict):
        raise TypeError("Send a JSON object.")
    return body


def _call_json(call: Call) -> JsonObject:
    return {**asdict(call), "moment": call.moment.isoformat()}


def _refuse(error: Exception) -> tuple[Response, HTTPStatus]:
    return jsonify(error=str(error)), HTTPStatus.BAD_REQUEST
