"""A whole Renkei at the pace of production: the bot, both systems, and Slack in processes of their own."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from bot.settings import Settings
from bot.tempo import Tempo
from tests.bench.systems import Setup, Systems, systems
from tests.journeys.processes import Processes
from tests.journeys.stage import Stage, renkei


@dataclass(frozen=True)
class Whole:
    """Where something is measured. Slack is in this process."""

    stage: Stage
    systems: Systems
    processes: Processes


@contextmanager
def whole(
    setup: Setup,
    *commands: str,
    database_url: str | None = None,
    more: dict[str, str] | None = None,
) -> Iterator[Whole]:
    """Start `python -m bot` with these commands, else with `run`; `more` are variables beside the usual."""
    started: list[Systems] = []
    with tempfile.TemporaryDirectory() as folder:
        processes = Processes(Path(folder) / "log", *commands, more=more)

        @contextmanager
        def bot(settings: Settings, tempo: Tempo) -> Iterator[None]:
            with systems(replace(setup, clock=str(settings.demo_clock))) as there:
                started.append(there)
                with processes(there.reached_by(settings), tempo):
                    yield

        with renkei(bot=bot, database_url=database_url) as stage:
            yield Whole(stage, started[0], processes)
