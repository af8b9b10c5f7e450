"""The stand-ins' own controls over HTTP: switches, the clock, edits by a third party, the call log."""

from flask import Blueprint

from sandbox.calls import Calls
from sandbox.clock import DemoClock
from sandbox.faults import Faults
from sandbox.kinkakuji import Kinkakuji
from sandbox.smarthr import SmartHR


def control_blueprint(
    clock: DemoClock, faults: Faults, calls: Calls, smarthr: SmartHR, kinkakuji: Kinkakuji
) -> Blueprint:
    """Return the blueprint that serves `/control/...`."""
    del clock, faults, calls, smarthr, kinkakuji
    return Blueprint("control", __name__, url_prefix="/control")
