"""What is set per company in 勤革時, or is not known about its API and must be tried both ways."""

from dataclasses import dataclass
from datetime import time
from typing import NamedTuple

from sandbox.company.model import DEMO_KINKAKUJI_TOKEN


class Window(NamedTuple):
    """A stretch of every day, Asia/Tokyo; one whose `end` is not after its `start` ends on the next day."""

    start: time
    end: time


KING_OF_TIME_CLOSED = (Window(time(8, 30), time(10, 0)), Window(time(17, 30), time(18, 30)))
"""The hours that the API's own message names."""


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How many requests 勤革時 takes: 500 in the last 5 minutes, by second-hand accounts of its document."""

    calls: int = 500
    seconds: float = 300.0
    scale: float = 1.0
    """How many times faster than in real life the limit's seconds pass."""


@dataclass(frozen=True, kw_only=True)
class Options:
    """Switches of the stand-in."""

    tokens: frozenset[str] = frozenset({DEMO_KINKAKUJI_TOKEN})
    closed: tuple[Window, ...] = KING_OF_TIME_CLOSED
    edge_minute_inclusive: bool = False
    """Whether the minute in which closed hours end still belongs to them."""
    allow_duplicate_codes: bool = False
    """The document calls the code unique; a stand-in that takes it twice shows whoever creates twice."""
    allowed_ips: frozenset[str] | None = None
    """Addresses that may call; None lets everybody."""
    lean_post: bool = True
    """POST echoes what was sent plus `key`, as the documented sample does; else the whole employee."""
    status_of_303: int = 429
    """HTTP status of "Too Many Requests"; no text says which."""
    code_as_string: bool = False
    """Send the codes of `errors` as strings."""
    with_groups: bool = True
    """Send `employeeGroups`, and have them in the company."""
    empty_emails_as_array: bool = False
    """Send `emailAddresses: []` for a person without one, instead of leaving it out."""
