"""The demo: the stand-ins, the page, and the bot as a process of its own, kept between two starts."""

import threading
import time
from datetime import datetime, timedelta
from datetime import time as time_of_day
from pathlib import Path
from typing import Self

from sandbox.bot_process import BotProcess
from sandbox.clock import DemoClock
from sandbox.company import Company, demo_company
from sandbox.first_use import connect_if_needed
from sandbox.kinkakuji import Options, Window
from sandbox.server import Sandbox

CLOSED = (Window(time_of_day(8, 0), time_of_day(10, 0)), Window(time_of_day(17, 30), time_of_day(18, 30)))
"""勤革時's closed hours by its help page."""
NEAR = timedelta(minutes=1)
"""So close before closed hours a visitor would meet them at once."""
BEGINS_AT = time_of_day(14, 0)
SAVE_EVERY = 5.0
"""Seconds between two looks at whether there is something to save."""


class Demo:
    """Everything that `make demo` starts; what it remembers is in `folder`."""

    def __init__(self, port: int, folder: Path) -> None:
        bot_folder = folder / "bot"
        bot_folder.mkdir(parents=True, exist_ok=True)
        self._company_file = folder / "company.json"
        self._slack_file = folder / "slack.json"
        clock_file = folder / "clock"
        self.clock = DemoClock(clock_file)
        leave_closed_hours(self.clock)
        self._company = self._load_company()
        self.sandbox = Sandbox(
            port,
            clock=self.clock,
            company=self._company,
            kinkakuji_options=Options(closed=CLOSED),
            is_ready=lambda: self._is_ready,
        )
        self.sandbox.slack.load(self._slack_file)
        self.sandbox.world.replay_first_use = self.replay_first_use
        self.sandbox.world.crash = self.crash
        self.bot = BotProcess(self.sandbox, bot_folder, clock_file)
        self._is_ready = False
        self._saved = (0, 0, 0)
        self._bot_lock = threading.Lock()

    def __enter__(self) -> Self:
        self.sandbox.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_ready = False
        # First, so that it can still tell Slack how its work ended.
        self.bot.stop()
        self.save()
        self.sandbox.stop()

    def bring_up(self) -> None:
        """Start the bot and see that it is connected with both systems; then the page shows itself."""
        self.bot.start()
        connect_if_needed(self.sandbox.slack.workspace)
        self._is_ready = True

    def run(self) -> None:
        """Save what changes, and start a bot anew that was killed, as a supervisor does.

        Return when the bot ends by itself, which it should not.
        """
        while True:
            time.sleep(SAVE_EVERY)
            self.save_changes()
            with self._bot_lock:
                code = self.bot.exit_code()
                if code is not None and code >= 0:
                    return
                if code is not None:
                    self.bot.crash()

    def crash(self) -> None:
        """Kill the bot in the middle of whatever it does, and start it anew."""
        with self._bot_lock:
            self.bot.crash()

    def replay_first_use(self) -> None:
        """Start the bot anew with nothing set up; the two systems' records stay."""
        with self._bot_lock:
            self.bot.stop()
            self.bot.forget()
            self.bot.start()

    def save_changes(self) -> None:
        """Save, if anything has changed since the last time."""
        if self._versions() != self._saved:
            self.save()
            self._saved = self._versions()

    def save(self) -> None:
        """Write both systems' people and Slack's messages to files."""
        sandbox = self.sandbox
        sandbox.slack.save(self._slack_file)
        people = self._company.with_records(
            crews=sandbox.smarthr.stored(), employees=sandbox.kinkakuji.stored()
        )
        people.save(self._company_file)

    def _versions(self) -> tuple[int, int, int]:
        sandbox = self.sandbox
        return sandbox.smarthr.version, sandbox.kinkakuji.version, sandbox.slack.workspace.version

    def _load_company(self) -> Company:
        if self._company_file.exists():
            return Company.load(self._company_file)
        return demo_company(self.clock.now().date())


def leave_closed_hours(clock: DemoClock) -> None:
    """Move a clock that stands in closed hours, or just before them, to 14:00 of its day."""
    now = clock.now()
    if any(_within(now, window) for window in CLOSED):
        clock.set(datetime.combine(now.date(), BEGINS_AT, now.tzinfo))


def _within(now: datetime, window: Window) -> bool:
    start = datetime.combine(now.date(), window.start, now.tzinfo)
    end = datetime.combine(now.date(), window.end, now.tzinfo)
    return start - NEAR <= now < end
