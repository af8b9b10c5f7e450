"""SmartHR and 勤革時 as processes of their own, so that what they cost is not taken for Renkei's.

`python -m tests.bench.systems SETUP` says its address in one line and answers until its input ends.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import httpx

from bot.settings import Settings
from sandbox import kinkakuji, smarthr
from sandbox.clock import DemoClock
from sandbox.company.generated import Shares, generated_company
from sandbox.remote.system import System
from sandbox.server import Sandbox

LATENCY = 0.3
"""Seconds that each call is on its way."""


@dataclass(frozen=True, kw_only=True)
class Setup:
    """What the two systems hold, and how they answer."""

    people: int
    """How many there are in both systems together; every one of them is in both."""
    differing: float = 0.0
    """Which part of them is to be updated."""
    latency: float = LATENCY
    smarthr_scale: float = 1.0
    """How many times faster than in real life its limits' seconds and hours pass."""
    kinkakuji_scale: float = 1.0
    clock: str = ""
    """The file with the seconds that the bot's clock runs ahead."""


@dataclass(frozen=True)
class Systems:
    """Both systems at one address."""

    url: str

    def calls(self, system: System, *, since: int = 0) -> list[dict[str, Any]]:
        """Give the calls that have ended, the oldest first."""
        asked = httpx.get(f"{self.url}/control/calls?system={system}&since={since}", timeout=60)
        calls: list[dict[str, Any]] = asked.json()
        return sorted(calls, key=lambda call: call["monotonic"])

    def reached_by(self, settings: Settings) -> Settings:
        """Give the settings of a bot that calls them."""
        urls = {
            "smarthr_url": self.url + "/smarthr/{subdomain}/api/v1",
            "kinkakuji_url": f"{self.url}/kinkakuji/v1.0",
        }
        return settings.model_copy(update=urls)


@contextmanager
def systems(setup: Setup) -> Iterator[Systems]:
    """Let them answer until the block ends."""
    command = [sys.executable, "-m", "tests.bench.systems", json.dumps(asdict(setup))]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)  # noqa: S603 - our own
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        yield Systems(process.stdout.readline().strip())
    finally:
        process.stdin.close()
        process.wait()


def main(setup: Setup) -> None:
    """Answer until nobody listens any more."""
    clock = DemoClock(Path(setup.clock) if setup.clock else None)
    shares = Shares(only_smarthr=0.0, only_kinkakuji=0.0, differing=setup.differing)
    sandbox = Sandbox(
        clock=clock,
        company=generated_company(setup.people, today=clock.now().date(), shares=shares),
        smarthr_limits=smarthr.Limits(scale=setup.smarthr_scale),
        kinkakuji_limits=kinkakuji.Limits(scale=setup.kinkakuji_scale),
        kinkakuji_options=kinkakuji.Options(closed=()),
    )
    for system in System:
        sandbox.faults.set(system, slow=setup.latency)
    with sandbox:
        sys.stdout.write(f"{sandbox.url}\n")
        sys.stdout.flush()
        sys.stdin.read()


if __name__ == "__main__":
    main(Setup(**json.loads(sys.argv[1])))
