"""How fast Renkei goes: parameters, so that the tests scale them together with the stand-ins."""

from dataclasses import dataclass
from datetime import timedelta


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
    away_limit: timedelta = timedelta(minutes=30)
    """How long a system may be away before the people not reached are given up; they can be retried."""
    tick: float = 60.0
    """Between two looks at what waits for the clock."""
