"""Whether this process lives (`/healthz`), can do its work (`/readyz`), what it has counted (`/metrics`)."""

from collections.abc import Callable, Mapping

import structlog
from flask import Flask, Response, jsonify
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from bot.metrics import REGISTRY

Probe = Callable[[], bool]
"""Tells whether one thing works, within a second or so; an exception means that it does not."""

_log = structlog.get_logger(__name__)


def add_health(server: Flask, probes: Mapping[str, Probe], registry: CollectorRegistry = REGISTRY) -> None:
    """Add the three addresses. They tell names of parts and counts, nothing of a workspace or a person."""

    @server.get("/healthz")
    def healthz() -> Response:
        return jsonify(status="ok")

    @server.get("/readyz")
    def readyz() -> tuple[Response, int]:
        found = {name: _holds(name, probe) for name, probe in probes.items()}
        words = {name: "ok" if works else "down" for name, works in found.items()}
        return jsonify(words), 200 if all(found.values()) else 503

    @server.get("/metrics")
    def metrics() -> Response:
        return Response(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


def succeeds(ping: Callable[[], None]) -> Probe:
    """Make a probe of a call that raises when something is wrong."""

    def probe() -> bool:
        ping()
        return True

    return probe


def _holds(name: str, probe: Probe) -> bool:
    try:
        return probe()
    except Exception as error:  # noqa: BLE001 - whatever it is, the part does not work; the log names the kind
        _log.warning("not_ready", part=name, exc_info=error)
        return False
