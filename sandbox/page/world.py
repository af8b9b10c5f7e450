"""Everything that the page shows and moves, in one place."""

from collections.abc import Callable
from dataclasses import dataclass, field

from sandbox.calls import Calls
from sandbox.clock import DemoClock
from sandbox.faults import Faults
from sandbox.kinkakuji import Kinkakuji
from sandbox.kinkakuji.options import Window
from sandbox.page.edits import Edits
from sandbox.remote.system import System
from sandbox.slack.server import Slack
from sandbox.smarthr import SmartHR


@dataclass
class World:
    """The stand-ins behind one server, and what the demo around them offers."""

    clock: DemoClock
    faults: Faults
    calls: Calls
    smarthr: SmartHR
    kinkakuji: Kinkakuji
    slack: Slack
    closed: tuple[Window, ...]
    """勤革時's closed hours."""
    is_ready: Callable[[], bool] = lambda: True
    """Whether everything is up; until then the page says that it is being prepared."""
    replay_first_use: Callable[[], None] | None = None
    """Starts the app anew with nothing set up; None where no demo stands around the stand-ins."""
    crash: Callable[[], None] | None = None
    """Kills the app and starts it anew; None likewise."""
    edits: Edits = field(init=False)
    """What was edited by hand on the page."""

    def __post_init__(self) -> None:
        self.edits = Edits(self.smarthr, self.kinkakuji)

    def is_closed(self) -> bool:
        """Say whether 勤革時 refuses calls now, by the clock or by a switch."""
        time = self.clock.now().time()
        by_clock = any(window.start <= time < window.end for window in self.closed)
        return by_clock or self.faults.of(System.KINKAKUJI).closed_now
