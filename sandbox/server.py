"""All stand-ins behind one address on localhost: what the demo shows and the tests talk to."""

import socket
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any, Self

from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from sandbox import kinkakuji, smarthr
from sandbox.calls import Calls
from sandbox.clock import DemoClock
from sandbox.company import Company, demo_company
from sandbox.control import control_blueprint
from sandbox.faults import Faults
from sandbox.page.routes import page_blueprint
from sandbox.page.world import World
from sandbox.remote.web import JsonFlask
from sandbox.slack.demo import demo_slack
from sandbox.slack.server import Slack

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

HOST = "127.0.0.1"


class PortTakenError(Exception):
    """Another program listens on the port."""


class _Handler(WSGIRequestHandler):
    """HTTP/1.1 that keeps connections, as the real services do."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    """Headers and body are written apart; together with delayed acks each answer would take 40 ms more."""

    def log(self, type: str, message: str, *args: Any) -> None:  # noqa: A002, ANN401 - werkzeug's signature
        """Say nothing: the page shows the calls."""


class _Server(ThreadedWSGIServer):
    """A threaded server that can end the connections that its clients keep open."""

    def __init__(self, listener: socket.socket, app: Any) -> None:  # noqa: ANN401 - any WSGI application
        self.open: set[Any] = set()
        host, port = listener.getsockname()
        super().__init__(host, port, app, handler=_Handler, fd=listener.fileno())

    def process_request(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - socketserver's types
        self.open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:  # noqa: ANN401 - socketserver's types
        self.open.discard(request)
        super().shutdown_request(request)

    def hang_up(self) -> None:
        """End every open connection."""
        for connection in list(self.open):
            with suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)


class Sandbox:
    """SmartHR, 勤革時 and Slack, the controls and the page, on one port of localhost.

    `port` 0 takes a free one. Use it as a context manager, or call `start` and `stop`.
    """

    def __init__(  # noqa: PLR0913 - each part can be given by a test
        self,
        port: int = 0,
        *,
        clock: DemoClock | None = None,
        company: Company | None = None,
        slack: Slack | None = None,
        smarthr_limits: smarthr.Limits | None = None,
        smarthr_options: smarthr.Options | None = None,
        kinkakuji_limits: kinkakuji.Limits | None = None,
        kinkakuji_options: kinkakuji.Options | None = None,
        is_ready: Callable[[], bool] = lambda: True,
    ) -> None:
        self.clock = clock or DemoClock()
        self.faults = Faults()
        self.calls = Calls()
        company = company or demo_company(self.clock.now().date())
        parts = (self.clock, company, self.faults, self.calls)
        self.smarthr = smarthr.SmartHR(*parts, limits=smarthr_limits, options=smarthr_options)
        self.kinkakuji = kinkakuji.Kinkakuji(*parts, limits=kinkakuji_limits, options=kinkakuji_options)
        self.slack = slack or demo_slack(self.clock)
        self.world = World(
            self.clock,
            self.faults,
            self.calls,
            self.smarthr,
            self.kinkakuji,
            self.slack,
            closed=(kinkakuji_options or kinkakuji.Options()).closed,
            is_ready=is_ready,
        )
        # The server works on a copy of the socket.
        with _listen(port) as listener:
            self._server = _Server(listener, self._wsgi())
        self.url = f"http://{HOST}:{self._server.port}"
        self.slack.base_url = f"{self.url}/slack"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True)

    @property
    def port(self) -> int:
        """The port that the server listens on."""
        return self._server.port

    def start(self) -> Self:
        """Begin to answer."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Stop answering and end the open connections."""
        self.slack.stop()
        self._server.shutdown()
        self._server.hang_up()
        self._server.server_close()
        self._thread.join()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def _wsgi(self) -> DispatcherMiddleware:
        app = JsonFlask("sandbox.server")
        app.register_blueprint(page_blueprint(self.world))
        app.register_blueprint(
            control_blueprint(self.clock, self.faults, self.calls, self.smarthr, self.kinkakuji)
        )
        mounts: dict[str, WSGIApplication] = {
            "/smarthr": self.smarthr.wsgi,
            "/kinkakuji": self.kinkakuji.wsgi,
            "/slack": self.slack.wsgi,
        }
        return DispatcherMiddleware(app, mounts)


def _listen(port: int) -> socket.socket:
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((HOST, port))
    except OSError as error:
        listener.close()
        raise PortTakenError(f"Port {port} on {HOST} is already in use.") from error
    listener.listen(128)
    return listener
