"""The bot as a process of its own, as an operator runs it, against a Slack on this machine."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from slack_sdk.signature import SignatureVerifier

from sandbox.server import Sandbox
from sandbox.slack.demo import DEMO_APP_TOKEN, DEMO_BOT_TOKEN, DEMO_SIGNING_SECRET

ROOT = Path(__file__).parents[3]
WITHOUT_WORK = """
from bot.__main__ import main
from bot.process import Process

def work(self):
    raise RuntimeError("no work today")

Process.work = work
main(["run"])
"""
BOOT_ERROR = 3
"""gunicorn's code for it."""
PATIENCE = 60.0
"""Seconds for a start on a busy machine; a start takes about two."""


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox() as running:
        yield running


def environment(folder: Path, sandbox: Sandbox, **more: str) -> dict[str, str]:
    return {
        "PATH": os.defpath,
        "DATABASE_URL": f"sqlite:///{folder}/renkei.db",
        "SLACK_BOT_TOKEN": DEMO_BOT_TOKEN,
        "SLACK_API_URL": f"{sandbox.url}/slack/api/",
        "PORT": str(free_port()),
        **more,
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "bot", *words]


@contextmanager
def running(given: dict[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command("run"), env=given, cwd=ROOT, stderr=subprocess.DEVNULL)  # noqa: S603 - our own
    try:
        wait_until(lambda: process.poll() is not None or get(given, "/readyz")[0] == 200)
        yield process
    finally:
        process.kill()
        process.wait()


def second_start(given: dict[str, str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own
        command("run"), env=given, cwd=ROOT, capture_output=True, text=True, check=False
    )


def wait_until(holds: Callable[[], bool]) -> None:
    deadline = time.monotonic() + PATIENCE
    while not holds():
        assert time.monotonic() < deadline, "it never came up"
        time.sleep(0.1)


def get(given: dict[str, str], path: str) -> tuple[int, str]:
    return send(Request(f"http://127.0.0.1:{given['PORT']}{path}"))


def send(request: Request) -> tuple[int, str]:
    try:
        with urlopen(request, timeout=5) as answer:  # noqa: S310 - loopback
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, error.read().decode()
    except (URLError, OSError):
        return 0, ""


def seconds_to_stop(process: subprocess.Popen[bytes], number: signal.Signals) -> float:
    begun = time.monotonic()
    process.send_signal(number)
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=20)
    return time.monotonic() - begun


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_socket_mode_comes_up_guards_its_file_and_stops_when_told(
    tmp_path: Path, sandbox: Sandbox, number: signal.Signals
) -> None:
    given = environment(tmp_path, sandbox, SLACK_APP_TOKEN=DEMO_APP_TOKEN)
    with running(given) as process:
        assert json.loads(get(given, "/readyz")[1]) == {"database": "ok", "engine": "ok", "slack": "ok"}
        second = second_start(given)
        assert (second.returncode, second.stderr.count("\n")) == (1, 1)
        assert second.stderr.startswith("Renkei runs already")
        assert seconds_to_stop(process, number) < 10
        assert process.returncode == 0


def test_over_http_slacks_signature_opens_and_nothing_else(tmp_path: Path, sandbox: Sandbox) -> None:
    given = environment(tmp_path, sandbox, SLACK_SIGNING_SECRET=DEMO_SIGNING_SECRET)
    with running(given) as process:
        assert send(url_verification(given, DEMO_SIGNING_SECRET)) == (200, '{"challenge": "c"}')
        assert send(url_verification(given, "somebody else's"))[0] == 401
        assert get(given, "/slack/install")[0] == 404
        assert seconds_to_stop(process, signal.SIGTERM) < 10
        assert process.returncode == 0


def test_installing_is_refused_before_slack_is_asked_when_no_workspace_is_allowed(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    given = environment(
        tmp_path,
        sandbox,
        SLACK_BOT_TOKEN="",
        SLACK_CLIENT_ID="1.2",
        SLACK_CLIENT_SECRET="made-up",
        SLACK_SIGNING_SECRET=DEMO_SIGNING_SECRET,
    )
    with running(given):
        status, page = get(given, "/slack/install")
        assert status == 403
        assert "RENKEI_WORKSPACES" in page


def test_over_http_what_can_not_start_is_not_started_again_without_end(
    tmp_path: Path, sandbox: Sandbox
) -> None:
    given = environment(tmp_path, sandbox, SLACK_SIGNING_SECRET=DEMO_SIGNING_SECRET)
    ended = subprocess.run(  # noqa: S603 - our own
        [sys.executable, "-c", WITHOUT_WORK],
        env=given,
        cwd=ROOT,
        stderr=subprocess.PIPE,
        check=False,
        timeout=PATIENCE,
    )
    assert ended.returncode == BOOT_ERROR
    assert ended.stderr.count(b"Exception in worker process") == 1


def url_verification(given: dict[str, str], secret: str) -> Request:
    body = json.dumps({"type": "url_verification", "challenge": "c", "token": "t"})
    moment = str(int(time.time()))  # noqa: TID251 - Slack signs the real time
    signature = SignatureVerifier(secret).generate_signature(timestamp=moment, body=body)
    headers = {
        "Content-Type": "application/json",
        "X-Slack-Request-Timestamp": moment,
        "X-Slack-Signature": signature or "",
    }
    address = f"http://127.0.0.1:{given['PORT']}/slack/events"
    return Request(address, body.encode(), headers)
