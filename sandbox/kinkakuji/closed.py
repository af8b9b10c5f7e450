"""The hours in which 勤革時's API is closed."""

from datetime import datetime, time

from sandbox.kinkakuji.errors import Complaint, Problem
from sandbox.kinkakuji.options import Options, Window


def is_closed(moment: datetime, options: Options) -> bool:
    """Say whether the API is closed at a moment in Asia/Tokyo."""
    return any(_within(moment.time(), window, options) for window in options.closed)


def _within(now: time, window: Window, options: Options) -> bool:
    minute = now.replace(second=0, microsecond=0)
    before_end = minute <= window.end if options.edge_minute_inclusive else now < window.end
    if window.end <= window.start:  # until midnight, or over it
        return window.start <= now or before_end
    return window.start <= now and before_end


def closed_complaint(options: Options) -> Complaint:
    """Return the API's own words, which name the windows: `[08:30 ～ 10:00, 17:30 ～ 18:30]`."""
    windows = ", ".join(f"{start:%H:%M} ～ {end:%H:%M}" for start, end in options.closed)
    return Complaint(Problem.CLOSED, f"[{windows}]")
