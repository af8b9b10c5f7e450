"""The one reader of the time. Everything else is given a moment, or one of these clocks."""

from datetime import datetime, timedelta
from pathlib import Path

from sync.calendar import TOKYO, Clock


def system_clock() -> datetime:
    """Give this moment, aware, in Asia/Tokyo."""
    return datetime.now(TOKYO)  # noqa: TID251 - this is the clock


def demo_clock(offset_file: Path) -> Clock:
    """Give a clock that runs ahead of real time by the seconds written in a file.

    The file is read at every look, so that whoever writes it moves this clock too. No file means real time.
    """

    def now() -> datetime:
        return system_clock() + timedelta(seconds=_offset(offset_file))

    return now


def _offset(offset_file: Path) -> float:
    try:
        return float(offset_file.read_text(encoding="ascii"))
    except FileNotFoundError:
        return 0.0
