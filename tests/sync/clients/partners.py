"""The two clients as the tests start them: towards the stand-ins, without waiting."""

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import Flask, Response, request

from sandbox.company import DEMO_KINKAKUJI_TOKEN, DEMO_SMARTHR_TOKEN
from sandbox.company.masters import establishment_id
from sync.calendar import TOKYO
from sync.clients import kinkakuji_client, smarthr_client
from sync.http import Retries
from sync.kinkakuji import Kinkakuji
from sync.model import Choice, Placement
from sync.smarthr import SmartHR
from sync.timeouts import Timeouts
from tests.sandbox.remote.service import Service, serving

NOON = datetime(2026, 4, 1, 12, 0, tzinfo=TOKYO)
AT_ONCE = Retries(first_wait=0.0, longest_wait=0.0, jitter=0.0, after_too_many=0.0)
PLACED = Placement(establishment=Choice(establishment_id("本社"), "本社"))
IMPATIENT = Timeouts(connect=1.0, read=0.3)


@dataclass
class NoPace:
    """Lets every call start at once and remembers what was asked of it."""

    on_wait: Callable[[int], object] = lambda _count: None
    """Told the number of each call before it starts."""
    waits: int = 0
    pauses: list[float] = field(default_factory=list)

    def wait(self) -> None:
        self.waits += 1
        self.on_wait(self.waits)

    def back_off(self, seconds: float) -> None:
        self.pauses.append(seconds)


def smarthr(service: Service, **options: Any) -> SmartHR:
    made = {
        "token": DEMO_SMARTHR_TOKEN,
        "subdomain": "tsubame",
        "pace": NoPace(),
        "retries": AT_ONCE,
        **options,
    }
    return smarthr_client(f"{service.url}/smarthr/{{subdomain}}/api/v1", **made)


def kinkakuji(service: Service, **options: Any) -> Kinkakuji:
    made = {
        "token": DEMO_KINKAKUJI_TOKEN,
        "pace": NoPace(),
        "gate": lambda: None,
        "clock": service.clock.now,
        "retries": AT_ONCE,
        **options,
    }
    return kinkakuji_client(f"{service.url}/kinkakuji/v1.0", **made)


@dataclass
class Script:
    """A server that says what it was told to say, again and again from the last line on."""

    url: str
    lines: list[Response]
    asked: list[Any] = field(default_factory=list)
    """The requests' method, path and body."""


def line(body: Any, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    content = body if isinstance(body, str) else json.dumps(body)
    kind = "text/html" if isinstance(body, str) else "application/json"
    return Response(content, status, dict(headers or {}), mimetype=kind)


@contextmanager
def a_script(*lines: Response) -> Iterator[Script]:
    app = Flask("script")
    script = Script("", list(lines))

    @app.route("/", defaults={"path": ""}, methods=["GET", "POST", "PATCH", "PUT"])
    @app.route("/<path:path>", methods=["GET", "POST", "PATCH", "PUT"])
    def say(path: str) -> Response:
        script.asked.append((request.method, path, request.get_json(silent=True)))
        return script.lines.pop(0) if len(script.lines) > 1 else script.lines[0]

    with serving(app) as url:
        script.url = url
        yield script


def scripted_smarthr(script: Script, **options: Any) -> SmartHR:
    made = {"token": "a-token", "subdomain": "tsubame", "pace": NoPace(), "retries": AT_ONCE, **options}
    return smarthr_client(f"{script.url}/{{subdomain}}", **made)


def scripted_kinkakuji(script: Script, **options: Any) -> Kinkakuji:
    made = {"pace": NoPace(), "gate": lambda: None, "clock": lambda: NOON, "retries": AT_ONCE, **options}
    return kinkakuji_client(script.url, "a-token", **made)
