"""How long a system asks to be left alone, read from an answer's headers. All in seconds."""

import re
from collections.abc import Mapping

LONGEST = 3600.0
"""Seconds. No limit of either system lasts longer; a greater number is an epoch or a slip."""
THIS_SECOND = 1.0
"""Seconds. A `reset` counts whole ones: no more than this, with a call that was accepted, says that the calls
of the second that is about to end are used up. Evenly spaced calls never need more of them."""
_REMAINING = re.compile(r"x-(?P<family>(?:intensive-)?rate-limit)-remaining(?P<suffix>-second)?")


def used_up_for(headers: Mapping[str, str]) -> float | None:
    """Tell for how long a limit is used up; None when there is something left of each.

    SmartHR counts in several families of headers, and `reset` is a duration in seconds
    (https://developer.smarthr.jp/api/about_api).
    """
    found = (_REMAINING.fullmatch(name.lower()) for name, left in headers.items() if left.strip() == "0")
    resets = (headers.get(f"x-{match['family']}-reset{match['suffix'] or ''}") for match in found if match)
    return max((pause for reset in resets if (pause := _seconds(reset)) is not None), default=None)


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Read Retry-After. Neither system documents it; a proxy in front may send it."""
    return _seconds(headers.get("retry-after"))


def _seconds(text: str | None) -> float | None:
    return min(float(text), LONGEST) if text and re.fullmatch(r"\d+(\.\d+)?", text) else None
