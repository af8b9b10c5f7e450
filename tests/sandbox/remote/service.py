"""Both stand-ins on a real socket, and the people with whom the tests fill them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from threading import Thread
from typing import Any

import httpx
from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import WSGIRequestHandler, make_server

from sandbox.calls import Calls
from sandbox.clock import TOKYO, Clock, DemoClock, FrozenClock
from sandbox.company import DEMO_KINKAKUJI_TOKEN, DEMO_SMARTHR_TOKEN, Company, masters
from sandbox.control import control_blueprint
from sandbox.faults import Faults
from sandbox.kinkakuji import Kinkakuji
from sandbox.kinkakuji import Limits as KinkakujiLimits
from sandbox.kinkakuji import Options as KinkakujiOptions
from sandbox.remote.system import JsonObject
from sandbox.smarthr import Limits as SmartHRLimits
from sandbox.smarthr import Options as SmartHROptions
from sandbox.smarthr import SmartHR

NOON = datetime(2026, 4, 1, 12, 0, tzinfo=TOKYO)
AMPLE = SmartHRLimits(per_second=100_000, per_hour=1_000_000)


class Quiet(WSGIRequestHandler):
    """Speaks HTTP/1.1 and keeps the test's output clean."""

    protocol_version = "HTTP/1.1"

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002 - werkzeug's name
        """Say nothing."""


def a_company(*, crews: list[JsonObject] | None = None, employees: list[JsonObject] | None = None) -> Company:
    return Company(
        name="株式会社テスト",
        crews=crews or [],
        employees=employees or [],
        establishments=masters.establishments(),
        departments=masters.departments(),
        employment_types=masters.employment_types(),
        divisions=masters.divisions(),
        working_types=masters.working_types(),
        employee_groups=masters.EMPLOYEE_GROUPS,
    )


def a_crew(number: str | None = "0001", **values: Any) -> JsonObject:
    serial = values.pop("serial", number)
    return {
        "id": masters.stable_id(f"test {serial}"),
        "emp_code": number,
        "emp_status": "employed",
        "last_name": "青木",
        "first_name": "葵",
        "created_at": "2026-01-01T00:00:00.000Z",
        "updated_at": "2026-01-01T00:00:00.000Z",
        **values,
    }


def an_employee(code: str = "0001", **values: Any) -> JsonObject:
    placement = {"since": "0001-01-01", "divisionCode": "1100", "typeCode": "1"}
    return {
        "key": code.encode().hex().rjust(64, "0"),
        "code": code,
        "lastName": "青木",
        "firstName": "葵",
        "gender": "female",
        "placements": [placement],
        **values,
    }


@dataclass
class Service:
    """Both stand-ins and two clients with the demo's tokens."""

    clock: Clock
    faults: Faults
    calls: Calls
    smarthr: SmartHR
    kinkakuji: Kinkakuji
    url: str
    hr: httpx.Client
    """SmartHR's `/api/v1`."""
    kot: httpx.Client
    """勤革時's `/v1.0`."""
    control: httpx.Client


@dataclass(frozen=True)
class Setup:
    """What the service is started with."""

    clock: Clock = field(default_factory=lambda: FrozenClock(NOON))
    company: Company = field(default_factory=a_company)
    hr_limits: SmartHRLimits = AMPLE
    hr_options: SmartHROptions = field(default_factory=SmartHROptions)
    kot_limits: KinkakujiLimits = field(default_factory=KinkakujiLimits)
    kot_options: KinkakujiOptions = field(default_factory=KinkakujiOptions)


@contextmanager
def service(**setup: Any) -> Iterator[Service]:
    """Serve both stand-ins on a free port, mounted as in the demo."""
    made = replace(Setup(), **setup)
    faults, calls = Faults(), Calls()
    smarthr = SmartHR(made.clock, made.company, faults, calls, limits=made.hr_limits, options=made.hr_options)
    kinkakuji = Kinkakuji(
        made.clock, made.company, faults, calls, limits=made.kot_limits, options=made.kot_options
    )
    root = Flask("root")
    if isinstance(made.clock, DemoClock):
        root.register_blueprint(control_blueprint(made.clock, faults, calls, smarthr, kinkakuji))
    mounted = DispatcherMiddleware(root, {"/smarthr": smarthr.wsgi, "/kinkakuji": kinkakuji.wsgi})
    with serving(mounted) as url, clients(url) as (hr, kot, control):
        yield Service(made.clock, faults, calls, smarthr, kinkakuji, url, hr, kot, control)


@contextmanager
def serving(app: Any) -> Iterator[str]:
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def clients(url: str) -> Iterator[tuple[httpx.Client, httpx.Client, httpx.Client]]:
    hr_auth = {"Authorization": f"Bearer {DEMO_SMARTHR_TOKEN}"}
    kot_auth = {"Authorization": f"Bearer {DEMO_KINKAKUJI_TOKEN}"}
    with (
        httpx.Client(base_url=f"{url}/smarthr/tsubame/api/v1", headers=hr_auth) as hr,
        httpx.Client(base_url=f"{url}/kinkakuji/v1.0", headers=kot_auth) as kot,
        httpx.Client(base_url=f"{url}/control") as control,
    ):
        yield hr, kot, control
