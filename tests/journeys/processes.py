"""The bot as an operator runs it: processes of their own, which can be killed."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from pydantic import SecretStr

from bot.schema import migrate_all
from bot.settings import Settings
from bot.tempo import Tempo
from tests.journeys.middle import wait_until

ROOT = Path(__file__).parents[2]
STARTS_WITHIN = 60.0
"""Seconds; a start takes about two."""


class Processes:
    """Runs some of `python -m bot run`, `web` and `worker`; their log goes into one file.

    `more` are variables beside or instead of those that the stage gives; `module` is what is run instead of
    `bot`, such as `tests.journeys.quick`.
    """

    def __init__(
        self, log: Path, *commands: str, more: dict[str, str] | None = None, module: str = "bot"
    ) -> None:
        self._log = log
        self._commands = commands or ("run",)
        self._more = more or {}
        self._module = module
        self._given: dict[str, str] = {}
        self._running: list[subprocess.Popen[bytes]] = []

    @contextmanager
    def __call__(self, settings: Settings, _tempo: Tempo) -> Iterator[None]:
        """Run them until the block ends, at the pace of the module."""
        self._given = environment(settings) | {"RENKEI_LOG": "json"} | self._more
        try:
            migrate_all(settings)
            self.start()
            yield
        finally:
            self.kill()

    def start(self) -> None:
        """Start every process, and return when the first one is ready."""
        for command in self._commands:
            self.add(command)
        wait_until(self._is_ready, "the bot's readiness", STARTS_WITHIN)

    def add(self, command: str) -> subprocess.Popen[bytes]:
        """Start one more process."""
        with self._log.open("ab") as log:
            process = subprocess.Popen(  # noqa: S603 - our own
                [sys.executable, "-m", self._module, command], env=self._given, cwd=ROOT, stderr=log
            )
        self._running.append(process)
        return process

    def workers(self) -> dict[str, subprocess.Popen[bytes]]:
        """Give the processes that live and carry work out, by the names that they say they have."""
        lines = [json.loads(line) for line in self.said().splitlines() if '"arrived"' in line]
        names = {line["pid"]: line["executor_id"] for line in lines}
        living = [process for process in self._running if process.poll() is None]
        return {names[process.pid]: process for process in living if process.pid in names}

    def stop(self, command: str) -> int:
        """Tell the first process of a command to stop, and give the code that it ends with."""
        process = next(each for each in self._running if each.args[-1] == command)  # type: ignore[index] # a list
        self._running.remove(process)
        process.send_signal(signal.SIGTERM)
        return process.wait(timeout=20)

    def kill(self) -> None:
        """End every process at once, as a power cut would."""
        while self._running:
            process = self._running.pop()
            process.kill()
            process.wait()

    def said(self) -> str:
        """Give everything that was logged."""
        return self._log.read_text(encoding="utf-8")

    def _is_ready(self) -> bool:
        assert all(process.poll() is None for process in self._running), self.said()
        try:
            with urlopen(f"http://127.0.0.1:{self._given['PORT']}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False


def environment(settings: Settings) -> dict[str, str]:
    """Give the variables that make these settings."""
    given = {
        str(field.validation_alias): getattr(settings, name) for name, field in Settings.model_fields.items()
    }
    return {"PATH": os.defpath} | {name: _text(value) for name, value in given.items() if value}


def _text(value: object) -> str:
    if isinstance(value, SecretStr):
        return value.get_secret_value()
    return ",".join(sorted(value)) if isinstance(value, frozenset) else str(value)
