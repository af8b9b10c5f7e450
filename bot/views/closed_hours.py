"""メンテナンス時間帯 as text: 「08:00-10:00, 17:30-18:30」."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import time

from sync.calendar import ClosedHours

_BETWEEN = re.compile(r"[,、\n]+")
_STRETCH = re.compile(r"(\d{1,2}):(\d{2})\s*[-~〜–]\s*(\d{1,2}):(\d{2})")


def closed_hours_text(hours: Sequence[ClosedHours]) -> str:
    """Write closed hours as they are typed."""
    return ", ".join(f"{each.start:%H:%M}-{each.end:%H:%M}" for each in hours)


def parse_closed_hours(text: str) -> tuple[ClosedHours, ...] | None:
    """Read closed hours, in any width; None when a stretch can't be read or ends before it starts."""
    parts = [part.strip() for part in _BETWEEN.split(unicodedata.normalize("NFKC", text))]
    try:
        return tuple(_parse_stretch(part) for part in parts if part)
    except ValueError:
        return None


def _parse_stretch(text: str) -> ClosedHours:
    found = _STRETCH.fullmatch(text)
    if found is None:
        raise ValueError("not two times of day")
    start_hour, start_minute, end_hour, end_minute = map(int, found.groups())
    return ClosedHours(time(start_hour, start_minute), time(end_hour, end_minute))
