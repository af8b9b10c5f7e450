"""What came of one payload that Slack sent to the app."""

from dataclasses import asdict, dataclass
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Delivery:
    """One payload sent to the app, and how it was acknowledged.

    `ack_ms` is the time until the acknowledgement on the monotonic clock, in milliseconds, or None
    when none came within Slack's 3 seconds. `error` is what the person sees then.
    """

    kind: str
    """The payload's type: slash_commands, shortcut, block_actions, view_submission, view_closed, …"""
    envelope_id: str
    ack_ms: float | None
    response: Json
    """The body of the acknowledgement; empty when it had none."""
    error: str | None = None
    """operation_timeout, dispatch_failed or trouble_connecting; None when all went well."""

    def to_json(self) -> Json:
        """Return the delivery as a JSON-ready dict, for the page."""
        return asdict(self)
