"""Whether this machine knows what time it is: what it does goes by its clock."""

from datetime import timedelta

from bot.clock import system_clock
from storage.errors import ClocksApart
from storage.store import Store
from sync.calendar import Clock

MOST_APART = timedelta(seconds=10)
"""How far the clock may be from the database's. In the 30 s before 勤革時 closes no call starts
(`sync.calendar.GUARD`), and a minute after a write without an answer another machine may send it again.
"""


def raise_if_off(store: Store, clock: Clock = system_clock) -> None:
    """Raise ClocksApart when nobody may rely on `clock`: the machine's own, never the demo's."""
    apart = store.off_by(clock)
    if apart > MOST_APART:
        raise ClocksApart(
            f"This machine's clock is {apart.total_seconds():.0f} s away from the database's: "
            "switch NTP on, on both."
        )
