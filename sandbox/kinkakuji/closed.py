"""The hours in which 勤革時's API is closed."""

from datetime import datetime, time

from sandbox.kinkakuji.errors import Complaint, Problem
from sandbox.kinkakuji.options import Options, Window


def is_closed(moment: datetime, options: Options) -> bool:
    """Say whether the API is closed at a moment in Asia/Tokyo."""
    return any(_within(moment.time(), window, options) for window in options.closed)


def _within(now: time, window: Window, options: Options) -> bool:
    if options.edge_minute_inclusive:
        return window.start <= now and now.replace(second=0, microsecond=0) <= window.end
    return window.start <= now < window.end


def closed_complaint(options: Options) -> Complaint:
    """Return the API's own words, which name the windows: `[08:30 ～ 10:00, 17:30 ～ 18:30]`."""
    windows = ", ".join(f"{start:%H:%M} ～ {end:%H:%M}" for start, end in options.closed)
    return Complaint(Problem.CLOSED, f"[{windows}]")
