"""Who may call: the token, its resources, its address, and how often."""

import math
from dataclasses import dataclass
from time import monotonic

from flask import Request, Response, g

from sandbox.faults import Faults
from sandbox.remote.gate import WRITES, token_of
from sandbox.remote.limits import Allowance, FixedWindow
from sandbox.remote.system import System
from sandbox.smarthr.errors import Problem, SmartHRError
from sandbox.smarthr.options import RESOURCES, Limits, Options, Rights


@dataclass(frozen=True)
class _Counted:
    hour: Allowance
    second: Allowance


class Access:
    """The checks before every request, and the headers after it."""

    def __init__(self, faults: Faults, limits: Limits, options: Options) -> None:
        self._faults = faults
        self._options = options
        self._hours = FixedWindow(limits.per_hour, 3600 / limits.scale)
        self._seconds = FixedWindow(limits.per_second, 1 / limits.scale)

    def check(self, request: Request, resource: str) -> Rights:
        """Return the token's rights, or raise what SmartHR answers instead."""
        switches = self._faults.of(System.SMARTHR)
        if switches.down:
            raise SmartHRError(Problem.service_maintenance)
        token = token_of(request.headers.get("Authorization", ""))
        rights = self._options.tokens.get(token or "")
        if token is None or rights is None or switches.unauthorized:
            raise SmartHRError(Problem.unauthorized_token)
        if switches.ip_not_permitted:
            raise SmartHRError(Problem.ip_not_permitted)
        self._count(token)
        granted = rights.write if request.method in WRITES else rights.read
        if resource in RESOURCES - granted:
            raise SmartHRError(Problem.forbidden)
        return rights

    def _count(self, token: str) -> None:
        now = monotonic()
        g.counted = _Counted(self._hours.take(token, now), self._seconds.take(token, now))
        exceeded = g.counted.hour.exceeded or g.counted.second.exceeded
        if self._faults.take(System.SMARTHR, "too_many") or exceeded:
            raise SmartHRError(Problem.too_many_requests)

    def add_headers(self, response: Response) -> Response:
        """Add both families of rate headers; `reset` is a duration in seconds."""
        counted: _Counted | None = g.get("counted")
        if counted:
            response.headers.update(_headers("x-rate-limit", counted.hour))
            response.headers.update(_headers("x-intensive-rate-limit", counted.second))
        return response


def _headers(family: str, allowance: Allowance) -> dict[str, str]:
    return {
        f"{family}-limit": str(allowance.limit),
        f"{family}-remaining": str(allowance.remaining),
        f"{family}-reset": str(math.ceil(allowance.reset)),
    }
