"""How fast Renkei goes: parameters, so that the tests scale them together with the stand-ins."""

from dataclasses import dataclass
from datetime import timedelta

from sync.unanswered import SETTLE_AFTER


@dataclass(frozen=True, slots=True, kw_only=True)
class Tempo:
    """Seconds, unless said otherwise."""

    smarthr_spacing: float = 0.104
    """Between two calls with one token: SmartHR allows 10 a second (developer.smarthr.jp)."""
    smarthr_hourly: int = 5000
    """Calls an hour that SmartHR allows one token (developer.smarthr.jp)."""
    kinkakuji_spacing: float = 0.62
    """The same for 勤革時: 500 calls in 5 minutes (developer.kingoftime.jp) are one in 0.6 s."""
    kinkakuji_widened: float = 1.0
    """The same for an hour after it refused a call as one too many: its guide asks for about a second."""
    progress: float = 3.0
    """Between two edits of a message: Slack takes about 50 a minute (docs.slack.dev, rate limits, tier 3)."""
    nap: float = 15.0
    """Between two looks at the clock while 勤革時 is closed: a run goes on this soon after it opens."""
    away_pause: float = 30.0
    """Before a system that is away is asked again, unless it names a time itself."""
    away_longest: float = 300.0
    """The longest of these pauses, each of which is as long as all before it together."""
    away_limit: timedelta = timedelta(hours=24)
    """How long a system may be away before the rest is given up; it can be taken up again."""
    settle_after: timedelta = SETTLE_AFTER
    """How long a write without an answer may still arrive."""
    writers: int = 8
    """Calls under way at once: SmartHR's 10 a second are reached with answers of up to 0.8 s."""
    tick: float = 60.0
    """Between two looks at what waits for the clock."""
    beat: float = 5.0
    """Between two heartbeats of a process that carries work out."""
    dead_after: timedelta = timedelta(seconds=45)
    """How long one may not have been seen before others carry its work on."""
    reap: float = 10.0
    """Between two looks for work to take over: with the two above, it goes on within 90 s."""
