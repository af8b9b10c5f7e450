"""The same journey over either transport, on either database, in one process or in two."""

import re
from http.cookies import SimpleCookie
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request, urlopen

import pytest

from sandbox.slack.demo import HR_ADMIN
from sandbox.slack.directory import Team, User
from sandbox.slack.person import Person
from sandbox.slack.screen import Screen
from sandbox.slack.workspace import Workspace
from tests.journeys.deeds import choose, look_at, run_it
from tests.journeys.middle import place
from tests.journeys.processes import Processes
from tests.journeys.stage import Stage, connect, renkei

SECOND_ADMIN = "U0KAMOME1"


def carry_one_import(stage: Stage) -> None:
    look_at(stage, "pull")
    choose(stage.hr, "00123", "0016")
    stage.hr.submit()
    place(stage, "pull")
    assert "2名の取り込みが完了しました" in run_it(stage)
    assert stage.sandbox.smarthr.crew("00123")["last_name"] == "小松"
    assert stage.sandbox.smarthr.crew("0016")["entered_at"] == "2019-04-08"


def test_a_whole_import_over_signed_http() -> None:
    with renkei(over_http=True) as stage:
        carry_one_import(stage)
        assert not stage.sandbox.slack.connections


@pytest.mark.postgres
def test_a_whole_import_on_postgresql(empty_postgresql: str) -> None:
    with renkei(database_url=empty_postgresql) as stage:
        carry_one_import(stage)


@pytest.mark.postgres
def test_web_and_worker_carry_an_import_together(empty_postgresql: str, tmp_path: Path) -> None:
    both = Processes(tmp_path / "log", "worker", "web")
    with renkei(over_http=True, database_url=empty_postgresql, bot=both, scale=1) as stage:
        carry_one_import(stage)


def test_a_second_workspace_installs_renkei_and_is_served_with_a_token_of_its_own(tmp_path: Path) -> None:
    oauth = {
        "SLACK_BOT_TOKEN": "",
        "SLACK_CLIENT_ID": "1234.5678",
        "SLACK_CLIENT_SECRET": "client-secret",
        "RENKEI_WORKSPACES": "*",
        "RENKEI_ADMINS": "",
    }
    bot = Processes(tmp_path / "log", more=oauth)
    with renkei(over_http=True, connected=False, bot=bot) as stage:
        second = add_workspace(stage)
        install(stage, stage.sandbox.slack.workspace, HR_ADMIN)
        install(stage, second, SECOND_ADMIN)
        connect(stage.hr)

        screen = Screen(Person(second, SECOND_ADMIN))
        screen.person.command("/renkei settings")
        screen.wait_for("管理チャンネル")
        assert "設定済み" not in screen.text(), "it knows nothing of the first workspace's settings"
        screen.close()
        look_at(stage, "pull")
        assert "xoxb-" not in bot.said()


def add_workspace(stage: Stage) -> Workspace:
    """Let another company's workspace exist beside the demo's."""
    slack = stage.sandbox.slack
    first = slack.workspace
    team = Team("T0KAMOME", "かもめ商会", "kamome")
    second = Workspace(team, slack.app, first.clock, first.courier.transport, slack)
    slack.workspaces[team.id] = second
    second.add_users(User(SECOND_ADMIN, "hayashi", "林 渚"))
    return second


def install(stage: Stage, workspace: Workspace, user_id: str) -> None:
    """Follow /slack/install to Slack, allow it there, and come back."""
    home = f"http://127.0.0.1:{stage.settings.port}"
    with urlopen(f"{home}/slack/install") as page:  # noqa: S310 - loopback
        cookies: SimpleCookie = SimpleCookie(page.headers["Set-Cookie"])
        found = re.search(r'href="([^"]*authorize[^"]+)"', page.read().decode())
    assert found
    state = parse_qs(urlsplit(found[1].replace("&amp;", "&")).query)["state"][0]
    code = stage.sandbox.slack.grants.code(workspace, user_id)
    back = f"{home}/slack/oauth_redirect?{urlencode({'code': code, 'state': state})}"
    cookie = "; ".join(f"{name}={morsel.value}" for name, morsel in cookies.items())
    with urlopen(Request(back, headers={"Cookie": cookie})) as answer:  # noqa: S310 - loopback
        assert answer.status == 200
