"""How long nobody carries a run out whose process was killed: `python -m tests.bench.takeover`, in seconds.

Two workers on PostgreSQL, at the pace of production, heartbeats included.
"""

import sys
from functools import partial
from time import monotonic

from bot.keys import fernet
from bot.starter import Starter
from sandbox.remote.system import System
from tests import postgres
from tests.bench.imports import carriers, start, wait_for_results
from tests.bench.systems import Setup, Systems
from tests.bench.whole import Whole, whole
from tests.journeys.middle import wait_until

ROWS = 200
PATIENCE = 300.0
UNDER_WAY = 1.0
"""Seconds after its death in which calls may still arrive that a process has sent."""


def main() -> float:
    """Kill whoever carries an import out, and give the seconds until another one writes."""
    with (
        postgres.postgresql() as url,
        whole(Setup(people=ROWS, differing=1.0), "web", "worker", "worker", database_url=url) as it,
    ):
        chosen = start(it.stage, "pull")
        wait_until(partial(writes, it.systems), "the first write", PATIENCE)
        died = kill_the_carrier(it)
        wait_until(partial(writes, it.systems, died + UNDER_WAY), "a write of another one's", PATIENCE)
        seconds = writes(it.systems, died + UNDER_WAY)[0] - died
        wait_for_results(it, [chosen])
    return seconds


def kill_the_carrier(it: Whole) -> float:
    """Kill it, and give the moment of its death."""
    starter = Starter(it.stage.settings.database_url, fernet(it.stage.settings))
    (name,) = carriers(starter)
    starter.close()
    process = it.processes.workers()[name]
    process.kill()
    process.wait()
    return monotonic()


def writes(there: Systems, since: float = 0.0) -> list[float]:
    """Give when writes arrived from a moment on, by the clock that all processes of a machine share."""
    calls = (call for call in there.calls(System.SMARTHR) if call["method"] != "GET")
    return [call["monotonic"] for call in calls if call["monotonic"] > since]


if __name__ == "__main__":
    sys.stdout.write(f"{main()}\n")
