"""The workspace of `make demo`: three people, an admin channel and the app."""

from pathlib import Path

import yaml

from sandbox.clock import Clock
from sandbox.slack.app_settings import AppSettings
from sandbox.slack.directory import Channel, User
from sandbox.slack.server import Slack

DEMO_BOT_TOKEN = "xoxb-demo-renkei"
DEMO_APP_TOKEN = "xapp-demo-renkei"
DEMO_SIGNING_SECRET = "demo-signing-secret"
HR_ADMIN = "U0HRADMIN1"
SECOND_ADMIN = "U0HRADMIN2"
EMPLOYEE = "U0EMPLOYEE"
ADMIN_CHANNEL = "C0JINJI"
GENERAL_CHANNEL = "C0GENERAL"

RENKEI = AppSettings.from_manifest(
    yaml.safe_load((Path(__file__).parents[2] / "app_manifest.yml").read_text(encoding="utf-8")),
    app_token=DEMO_APP_TOKEN,
    signing_secret=DEMO_SIGNING_SECRET,
)
"""The app as its own manifest registers it with Slack."""


def demo_slack(clock: Clock, app: AppSettings = RENKEI) -> Slack:
    """Build the demo's Slack; pass an app of your own to take commands and scopes from a manifest."""
    slack = Slack(clock, app)
    slack.install(DEMO_BOT_TOKEN)
    workspace = slack.workspace
    people = [
        User(HR_ADMIN, "aoki", "青木 美咲", is_admin=True),
        User(SECOND_ADMIN, "kurosawa", "黒沢 拓海"),
        User(EMPLOYEE, "shiraishi", "白石 陽菜"),
    ]
    workspace.add_users(*people)
    workspace.add_channel(Channel(GENERAL_CHANNEL, "全社"), [user.id for user in people])
    workspace.add_channel(Channel(ADMIN_CHANNEL, "人事労務", "private"), [HR_ADMIN, SECOND_ADMIN])
    workspace.invite_bot(ADMIN_CHANNEL)
    for user in people:
        workspace.dm(user.id)
    return slack
