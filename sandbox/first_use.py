"""The first use of Renkei, done by hand: the HR administrator fills in 連携設定."""

from sandbox.company import DEMO_KINKAKUJI_TOKEN, DEMO_SMARTHR_TOKEN, DEMO_SUBDOMAIN
from sandbox.slack.demo import ADMIN_CHANNEL, HR_ADMIN, SECOND_ADMIN
from sandbox.slack.person import Person
from sandbox.slack.screen import Screen
from sandbox.slack.workspace import Workspace

FORM_WITHIN = 15.0
"""Seconds until the form is there; a bot that has just started is slow."""
TEST_WITHIN = 60.0
"""Seconds that the test of both connections may take, in the bot's own words."""


def connect_if_needed(workspace: Workspace) -> None:
    """Connect the app with both systems, unless it is; raise NotSeenError when its form looks otherwise."""
    screen = Screen(Person(workspace, HR_ADMIN))
    screen.person.command("/renkei settings")
    screen.wait_for("サブドメイン", FORM_WITHIN)
    if "未設定" in screen.text():
        _fill_in(screen)
        screen.submit()
        screen.wait_for("連携設定を保存しました", TEST_WITHIN)
    screen.close()


def _fill_in(screen: Screen) -> None:
    workspace = screen.person.workspace
    screen.fill("サブドメイン", DEMO_SUBDOMAIN)
    screen.fill("SmartHRのアクセストークン", DEMO_SMARTHR_TOKEN)
    screen.fill("勤革時のアクセストークン", DEMO_KINKAKUJI_TOKEN)
    screen.choose("管理チャンネル", workspace.channels[ADMIN_CHANNEL].name)
    screen.choose("管理者", *(workspace.users[each].real_name for each in (HR_ADMIN, SECOND_ADMIN)))
