"""How a payload travels to the app and what comes of it."""

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, Literal, Protocol

Json = dict[str, Any]
Kind = Literal["interactive", "slash_commands", "events_api"]

ACK_LIMIT = 3.0
"""Seconds that Slack waits; docs.slack.dev/interactivity/handling-user-interaction."""


@dataclass(frozen=True)
class Delivery:
    """One payload sent to the app, and how it was acknowledged.

    `ack_ms` is the time until the acknowledgement on the monotonic clock, in milliseconds, or None when
    none came within Slack's 3 seconds. `error` is what the person sees then.
    """

    kind: str
    """The payload's type, or the event's: slash_commands, shortcut, block_actions, view_submission …"""
    envelope_id: str
    ack_ms: float | None
    response: Json
    """The body of the acknowledgement; empty when it had none."""
    error: str | None = None
    """operation_timeout, dispatch_failed or trouble_connecting; None when all went well."""
    problems: tuple[str, ...] = ()
    """Why the acknowledgement was refused, in Slack's words."""

    def to_json(self) -> Json:
        """Return the delivery as a JSON-ready dict, for the page."""
        return asdict(self)


@dataclass(frozen=True)
class Envelope:
    """A payload under way."""

    id: str
    kind: Kind
    payload: Json
    retry_attempt: int = 0
    retry_reason: str = ""

    @property
    def takes_answer(self) -> bool:
        """Whether the acknowledgement may say something."""
        return self.kind == "slash_commands" or self.payload.get("type") in {
            "view_submission",
            "block_suggestion",
        }

    @property
    def name(self) -> str:
        """What a Delivery calls it."""
        if self.kind == "slash_commands":
            return self.kind
        return str(self.payload.get("event", self.payload)["type"])


class NotAcknowledgedError(Exception):
    """No valid acknowledgement came; the message is Slack's word for it."""


class Transport(Protocol):
    """A way to the app: Socket Mode or signed HTTP."""

    def send(self, envelope: Envelope) -> Json:
        """Send it, wait for the acknowledgement and return its body; NotAcknowledgedError when none comes."""
        ...


@dataclass
class Courier:
    """Sends envelopes by the app's transport and keeps a record of each.

    `retry_delays` are the seconds before each repetition of an unacknowledged event; the real Slack repeats
    at once, after a minute and after five (docs.slack.dev/apis/events-api). Nothing else is ever repeated.
    """

    transport: Transport
    take_double: Callable[[], bool]
    deliveries: list[Delivery]
    retry_delays: Sequence[float] = (0.0,)
    _stopped: threading.Event = field(default_factory=threading.Event)

    def deliver(self, envelope: Envelope) -> Delivery:
        """Send one envelope, twice if the faults say so, and return what came of the first."""
        twice = self.take_double()
        delivery = self._once(envelope)
        if twice:
            self._once(envelope)
        if envelope.kind == "events_api" and delivery.error:
            return self._repeat(envelope, delivery)
        return delivery

    def amend(self, delivery: Delivery, error: str, problems: Sequence[str]) -> Delivery:
        """Replace a delivery's record: its acknowledgement came, but Slack can't use it."""
        amended = replace(delivery, error=error, problems=tuple(problems))
        self.deliveries[self.deliveries.index(delivery)] = amended
        return amended

    def stop(self) -> None:
        """Give up on repetitions that are still waiting."""
        self._stopped.set()

    def _repeat(self, envelope: Envelope, delivery: Delivery) -> Delivery:
        for attempt, delay in enumerate(self.retry_delays, start=1):
            if not delivery.error or self._stopped.wait(delay):
                break
            reason = "timeout" if delivery.error == "operation_timeout" else "http_error"
            delivery = self._once(replace(envelope, retry_attempt=attempt, retry_reason=reason))
        return delivery

    def _once(self, envelope: Envelope) -> Delivery:
        started = time.monotonic()
        try:
            response = self.transport.send(envelope)
        except NotAcknowledgedError as refusal:
            delivery = Delivery(envelope.name, envelope.id, None, {}, str(refusal))
        else:
            elapsed = (time.monotonic() - started) * 1000
            delivery = Delivery(envelope.name, envelope.id, elapsed, response)
        self.deliveries.append(delivery)
        return delivery
