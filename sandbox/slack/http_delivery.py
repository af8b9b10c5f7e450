"""Signed HTTP: each payload is a POST to the app's request URL.

docs.slack.dev/authentication/verifying-requests-from-slack
"""

import hashlib
import hmac
import json
import time
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode, urlsplit

from sandbox.slack.delivery import ACK_LIMIT, Envelope, Json, NotAcknowledgedError

Headers = dict[str, str]


class SignedHttp:
    """Delivers to `request_url` with a v0 signature made from the app's signing secret."""

    def __init__(self, request_url: str, signing_secret: str) -> None:
        self._url = urlsplit(request_url)
        self._secret = signing_secret

    def send(self, envelope: Envelope) -> Json:
        """Send an envelope; see Transport."""
        body, content_type = encode(envelope)
        headers = {"Content-Type": content_type, "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)"}
        if envelope.retry_attempt:
            headers["X-Slack-Retry-Num"] = str(envelope.retry_attempt)
            headers["X-Slack-Retry-Reason"] = envelope.retry_reason
        status, answer = self._post(body, headers | self._signature(body))
        if status != 200:  # noqa: PLR2004 - HTTP's OK
            raise NotAcknowledgedError("dispatch_failed")
        return decode(answer)

    def _post(self, body: bytes, headers: Headers) -> tuple[int, bytes]:
        started = time.monotonic()
        connection = HTTPConnection(self._url.hostname or "", self._url.port, timeout=ACK_LIMIT)
        try:
            connection.request("POST", self._url.path, body, headers)
            response = connection.getresponse()
            answer = response.read()
        except TimeoutError:
            raise NotAcknowledgedError("operation_timeout") from None
        except (OSError, HTTPException):
            raise NotAcknowledgedError("dispatch_failed") from None
        finally:
            connection.close()
        if time.monotonic() - started > ACK_LIMIT:
            raise NotAcknowledgedError("operation_timeout")
        return response.status, answer

    def _signature(self, body: bytes) -> Headers:
        # The receiver compares with real time, so the demo's clock would make every request look forged.
        timestamp = str(int(time.time()))  # noqa: TID251 - see above
        base = b"v0:" + timestamp.encode() + b":" + body
        digest = hmac.new(self._secret.encode(), base, hashlib.sha256).hexdigest()
        return {"X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


def encode(envelope: Envelope) -> tuple[bytes, str]:
    """Return the body and its content type: form for commands and interactivity, JSON for events."""
    form = "application/x-www-form-urlencoded"
    if envelope.kind == "events_api":
        return json.dumps(envelope.payload).encode(), "application/json"
    if envelope.kind == "slash_commands":
        return urlencode(envelope.payload).encode(), form
    return urlencode({"payload": json.dumps(envelope.payload)}).encode(), form


def decode(answer: bytes) -> Json:
    """Return an acknowledgement's body: JSON, or the plain text that a command may answer with."""
    if not answer.strip():
        return {}
    try:
        body = json.loads(answer)
    except ValueError:
        return {"text": answer.decode(errors="replace")}
    return body if isinstance(body, dict) else {"text": str(body)}
