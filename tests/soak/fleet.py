"""The bot's processes under a supervisor: whichever ends is started anew at once."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic
from urllib.error import URLError
from urllib.request import urlopen

from bot.schema import migrate_all
from bot.settings import Settings
from bot.tempo import Tempo
from tests.journeys.middle import wait_until
from tests.journeys.processes import ROOT, STARTS_WITHIN, environment
from tests.journeys.stage import STEP

ENDS_TOO_OFTEN = 200
ORDERLY = {0, -signal.SIGTERM}
"""The codes of somebody who was asked to end; the second one's, before it listens to signals at all."""


@dataclass(slots=True)
class _Slot:
    """A place for one process after another."""

    command: str
    process: subprocess.Popen[bytes]
    is_killed: bool = False
    stopped_at: float | None = None
    """When it was asked to end."""
    thaws_at: float = 0.0

    def ended_by_itself(self, code: int) -> bool:
        """Tell whether nobody has ended it, or it did not end as it was asked to."""
        return not self.is_killed and (self.stopped_at is None or code not in ORDERLY)


@dataclass(slots=True)
class Fleet:
    """Keeps up one process for each command (`run`, `web`, `worker`); their log goes into one file."""

    log: Path
    commands: tuple[str, ...]
    kills: int = 0
    """How many processes were killed."""
    freezes: int = 0
    stops: int = 0
    """How many were asked to end."""
    slowest_stop: float = 0.0
    """Seconds that the slowest of these took, or takes."""
    ended: list[int] = field(default_factory=list)
    """The exit codes of those that ended by themselves."""
    _slots: list[_Slot] = field(default_factory=list)
    _given: dict[str, str] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _over: threading.Event = field(default_factory=threading.Event)

    @contextmanager
    def __call__(self, settings: Settings, _tempo: Tempo) -> Iterator[None]:
        """Run them until the block ends; fits `tests.journeys.stage.Bot`."""
        self._given = environment(settings) | {"RENKEI_LOG": "json"}
        migrate_all(settings)
        supervisor = threading.Thread(target=self._supervise, daemon=True)
        try:
            self._slots = [_Slot(command, self._start(command)) for command in self.commands]
            supervisor.start()
            self.wait_until_ready()
            yield
        finally:
            self._over.set()
            supervisor.join()
            for slot in self._slots:
                slot.process.kill()
                slot.process.wait()

    def kill(self, *commands: str, place: int = 0) -> None:
        """End at once, as a power cut would, the process in one of the places for these commands."""
        with self._lock:
            slot = self._slot(commands, place)
            if slot.process.poll() is None:
                slot.is_killed = True
                slot.process.kill()
                self.kills += 1

    def stop(self, place: int) -> None:
        """Ask the process in one of the places to end, as a supervisor or a release does."""
        with self._lock:
            slot = self._slots[place]
            is_awake = monotonic() > slot.thaws_at
            if slot.process.poll() is None and slot.stopped_at is None and is_awake:
                slot.stopped_at = monotonic()
                slot.process.terminate()
                self.stops += 1

    def freeze(self, seconds: float, *commands: str, place: int = 0) -> None:
        """Have a process stand still, as a machine does whose lid is closed, and go on later."""
        with self._lock:
            slot = self._slot(commands, place)
            process = slot.process
            if process.poll() is None and slot.stopped_at is None:
                slot.thaws_at = monotonic() + seconds
                process.send_signal(signal.SIGSTOP)
                self.freezes += 1
        thaw = threading.Timer(seconds, process.send_signal, (signal.SIGCONT,))
        thaw.daemon = True
        thaw.start()

    def places(self, *commands: str) -> int:
        """Tell how many processes there are for these commands."""
        return sum(command in commands for command in self.commands)

    def wait_until_ready(self) -> None:
        """Return when Slack's presses are taken."""
        wait_until(self._is_ready, "the bot's readiness", STARTS_WITHIN)

    def _slot(self, commands: tuple[str, ...], place: int) -> _Slot:
        return [slot for slot in self._slots if slot.command in commands][place]

    def _start(self, command: str) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - our own
                [sys.executable, "-m", "tests.soak.bot", command], env=self._given, cwd=ROOT, stderr=log
            )

    def _supervise(self) -> None:
        while not self._over.wait(STEP):
            for slot in self._slots:
                with self._lock:
                    self._keep_up(slot)

    def _keep_up(self, slot: _Slot) -> None:
        if slot.stopped_at is not None and not slot.is_killed:
            self.slowest_stop = max(self.slowest_stop, monotonic() - slot.stopped_at)
        code = slot.process.poll()
        if code is not None and len(self.ended) < ENDS_TOO_OFTEN:
            self.ended += [code] if slot.ended_by_itself(code) else []
            slot.process, slot.is_killed = self._start(slot.command), False
            slot.stopped_at, slot.thaws_at = None, 0.0

    def _is_ready(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self._given['PORT']}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False
