"""The bot's processes under a supervisor: whichever ends is started anew at once."""

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from bot.schema import migrate_all
from bot.settings import Settings
from bot.tempo import Tempo
from tests.journeys.middle import STEP, wait_until
from tests.journeys.processes import ROOT, STARTS_WITHIN, environment

ENDS_TOO_OFTEN = 200


@dataclass(slots=True)
class _Slot:
    """A place for one process after another."""

    command: str
    process: subprocess.Popen[bytes]
    is_killed: bool = False


@dataclass(slots=True)
class Fleet:
    """Keeps up one process for each command (`run`, `web`, `worker`); their log goes into one file."""

    log: Path
    commands: tuple[str, ...]
    kills: int = 0
    """How many processes were killed."""
    freezes: int = 0
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

    def freeze(self, seconds: float, *commands: str, place: int = 0) -> None:
        """Have a process stand still, as a machine does whose lid is closed, and go on later."""
        with self._lock:
            process = self._slot(commands, place).process
            if process.poll() is None:
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
                    code = slot.process.poll()
                    if code is not None and len(self.ended) < ENDS_TOO_OFTEN:
                        self.ended += [] if slot.is_killed else [code]
                        slot.process, slot.is_killed = self._start(slot.command), False

    def _is_ready(self) -> bool:
        try:
            with urlopen(f"http://127.0.0.1:{self._given['PORT']}/readyz", timeout=5) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            return False
