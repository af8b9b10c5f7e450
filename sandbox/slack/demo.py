"""The workspace of `make demo`: three people, an admin channel and the app."""

from sandbox.slack.server import Slack

DEMO_BOT_TOKEN = "xoxb-demo-renkei"
DEMO_APP_TOKEN = "xapp-demo-renkei"
DEMO_SIGNING_SECRET = "demo-signing-secret"
HR_ADMIN = "U0HRADMIN1"
SECOND_ADMIN = "U0HRADMIN2"
EMPLOYEE = "U0EMPLOYEE"
ADMIN_CHANNEL = "C0JINJI"
GENERAL_CHANNEL = "C0GENERAL"


def demo_slack() -> Slack:
    """Build the demo's Slack (a clock is injected: `demo_slack(clock)` once sandbox/clock.py stands)."""
    raise NotImplementedError
