"""The workspace of `make demo`: three people, an admin channel and the app."""

from sandbox.clock import Clock
from sandbox.slack.app_settings import AppSettings, Command, Shortcut
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

SCOPES = "commands chat:write files:write users:read im:write channels:read groups:read im:read"
RENKEI = AppSettings(
    app_token=DEMO_APP_TOKEN,
    signing_secret=DEMO_SIGNING_SECRET,
    commands=(Command("/renkei", "従業員情報の連携を始める", "[pull|push|history|settings|help]"),),
    shortcuts=(Shortcut("renkei", "従業員情報を取り込む", "SmartHRと勤革時の従業員情報を連携します"),),
    scopes=frozenset(SCOPES.split()),
    events=frozenset({"app_home_opened"}),
)


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
