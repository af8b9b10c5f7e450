"""Events of the Events API that this stand-in sends."""

from sandbox.slack import payloads
from sandbox.slack.delivery import Delivery, Envelope, Json
from sandbox.slack.workspace import Workspace


def send_event(workspace: Workspace, inner: Json) -> Delivery | None:
    """Send an event ({"type": "app_uninstalled", …}); None when the app hasn't subscribed to its type."""
    if inner["type"] not in workspace.app.events:
        return None
    envelope = Envelope(workspace.ids.new("E"), "events_api", payloads.event(workspace, inner))
    return workspace.courier.deliver(envelope)
