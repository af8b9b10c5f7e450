"""メンテナンス時間帯 as text: 「08:00-10:00, 22:00-24:00」, over midnight 「22:00-02:00」."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import time, timedelta

from sync.calendar import ClosedHours, raise_if_never_open

LONGEST = timedelta(hours=12)
"""What lasts longer was typed the wrong way round: 10:00-08:00 for 08:00-10:00."""
_MIDNIGHT = (24, 0)
"""How the end of a day is written."""
_BETWEEN = re.compile(r"[,、\n]+")
_STRETCH = re.compile(r"(\d{1,2}):(\d{2})\s*[-~〜–]\s*(\d{1,2}):(\d{2})")


def closed_hours_text(hours: Sequence[ClosedHours]) -> str:
    """Write closed hours as they are typed."""
    return ", ".join(f"{each.start:%H:%M}-{_end_text(each.end)}" for each in hours)


def parse_closed_hours(text: str) -> tuple[ClosedHours, ...] | None:
    """Read closed hours, in any width; None when a stretch can't be meant or none of the day is left open."""
    parts = [part.strip() for part in _BETWEEN.split(unicodedata.normalize("NFKC", text))]
    try:
        hours = tuple(_parse_stretch(part) for part in parts if part)
        raise_if_never_open(hours)
    except ValueError:
        return None
    return hours


def _end_text(end: time) -> str:
    return "24:00" if end == time.min else f"{end:%H:%M}"


def _parse_stretch(text: str) -> ClosedHours:
    found = _STRETCH.fullmatch(text)
    if found is None:
        raise ValueError("not two times of day")
    start_hour, start_minute, end_hour, end_minute = map(int, found.groups())
    end = time.min if (end_hour, end_minute) == _MIDNIGHT else time(end_hour, end_minute)
    hours = ClosedHours(time(start_hour, start_minute), end)
    if hours.length > LONGEST:
        raise ValueError("the two times are the wrong way round")
    return hours
