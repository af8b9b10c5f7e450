"""Who may call: the token, its addresses, the closed hours, and how often."""

from time import monotonic

from flask import Request

from sandbox.clock import Clock
from sandbox.faults import Faults
from sandbox.kinkakuji.closed import closed_complaint, is_closed
from sandbox.kinkakuji.errors import Complaint, KinkakujiError, Problem, TooManyRequests
from sandbox.kinkakuji.options import Limits, Options
from sandbox.remote.gate import token_of
from sandbox.remote.limits import SlidingWindow
from sandbox.remote.system import System


class Access:
    """The checks before every request."""

    def __init__(self, clock: Clock, faults: Faults, limits: Limits, options: Options) -> None:
        self._clock = clock
        self._faults = faults
        self._options = options
        self._window = SlidingWindow(limits.calls, limits.seconds / limits.scale)

    def check(self, request: Request) -> None:
        """Raise what 勤革時 answers to a caller whom it does not let in."""
        switches = self._faults.of(System.KINKAKUJI)
        if switches.down:
            raise KinkakujiError(Complaint(Problem.RESOURCE_SERVER))
        if request.path.startswith("/v1.0/tokens/"):
            # Open in closed hours too; the token is in the path.
            return
        if switches.closed_now or is_closed(self._clock.now(), self._options):
            raise KinkakujiError(closed_complaint(self._options))
        token = token_of(request.headers.get("Authorization", "")) or ""
        if not self.is_available(token):
            raise KinkakujiError(Complaint(Problem.NOT_AUTHENTICATED))
        if switches.ip_not_permitted or not self._knows(request.remote_addr):
            raise KinkakujiError(Complaint(Problem.IP_NOT_PERMITTED))
        if self._faults.take(System.KINKAKUJI, "too_many") or not self._window.take(token, monotonic()):
            raise TooManyRequests

    def is_available(self, token: str) -> bool:
        """Say whether a token works."""
        return token in self._options.tokens and not self._faults.of(System.KINKAKUJI).unauthorized

    def _knows(self, address: str | None) -> bool:
        return self._options.allowed_ips is None or address in self._options.allowed_ips
