"""The bot as the demo runs it: a process of its own that knows the stand-ins only by their addresses."""

import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from sandbox.environment import inherited
from sandbox.server import HOST, Sandbox
from sandbox.slack.demo import DEMO_APP_TOKEN, DEMO_BOT_TOKEN, HR_ADMIN

STARTS_WITHIN = 60.0
"""Seconds in which the bot must have connected; the first start makes its database."""
STOPS_WITHIN = 15.0
"""Seconds that the bot gets to finish what it does before it is killed."""


class BotDidNotStartError(Exception):
    """The bot ended, or did not connect in time."""


class BotProcess:
    """Starts and stops `python -m bot run` against a sandbox; its data live in `folder`."""

    def __init__(self, sandbox: Sandbox, folder: Path, clock_file: Path) -> None:
        self._sandbox = sandbox
        self._folder = folder
        self._clock_file = clock_file
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start the bot and wait for its Socket Mode connection; raise BotDidNotStartError without one."""
        command = [sys.executable, "-m", "bot", "run"]
        # A session of its own: Ctrl-C reaches the demo alone, which then stops the bot first.
        self._process = subprocess.Popen(  # noqa: S603 - our own constant command
            command, env=self._environment(), start_new_session=True
        )
        self._wait_for_connection(self._process)

    def stop(self) -> None:
        """Let the bot finish and end; kill it when it takes too long."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(STOPS_WITHIN)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        # The next bot's connection must not be mistaken for one that this bot left behind.
        self._sandbox.slack.socket_mode.drop()

    def crash(self) -> None:
        """End the bot without a word, as a power cut does, and start it anew."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
        self._sandbox.slack.socket_mode.drop()
        self.start()

    def exit_code(self) -> int | None:
        """Give how the bot ended, negative when a signal killed it; None while it runs or was not started."""
        return self._process.poll() if self._process is not None else None

    def forget(self) -> None:
        """Delete everything that the bot remembers; it must not run."""
        shutil.rmtree(self._folder)
        self._folder.mkdir()

    def _wait_for_connection(self, process: subprocess.Popen[bytes]) -> None:
        slack = self._sandbox.slack
        deadline = time.monotonic() + STARTS_WITHIN
        version = slack.workspace.version
        while not slack.connections:
            if process.poll() is not None:
                raise BotDidNotStartError(f"The bot ended with exit code {process.returncode}; see above.")
            if time.monotonic() > deadline:
                raise BotDidNotStartError(f"The bot did not connect within {STARTS_WITHIN:.0f} seconds.")
            version = slack.workspace.wait_for_change(version, timeout=0.5)

    def _environment(self) -> dict[str, str]:
        url = self._sandbox.url
        return inherited() | {
            "DATABASE_URL": f"sqlite:///{self._folder / 'renkei.db'}",
            "SLACK_BOT_TOKEN": DEMO_BOT_TOKEN,
            "SLACK_APP_TOKEN": DEMO_APP_TOKEN,
            "SLACK_API_URL": f"{url}/slack/api/",
            "RENKEI_SMARTHR_URL": f"{url}/smarthr/{{subdomain}}/api/v1",
            "RENKEI_KINKAKUJI_URL": f"{url}/kinkakuji/v1.0",
            "RENKEI_ADMINS": HR_ADMIN,
            "RENKEI_DEMO_CLOCK": str(self._clock_file),
            "PORT": str(_free_port()),
        }


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as server:
        port: int = server.getsockname()[1]
        return port
