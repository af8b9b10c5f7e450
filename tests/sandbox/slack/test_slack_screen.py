"""Acting by what one sees."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sandbox.clock import DemoClock
from sandbox.slack.delivery import Envelope
from sandbox.slack.demo import ADMIN_CHANNEL, HR_ADMIN, SECOND_ADMIN, demo_slack
from sandbox.slack.directory import User
from sandbox.slack.person import Person
from sandbox.slack.reading import lines_of
from sandbox.slack.screen import NotSeenError, Screen
from sandbox.slack.workspace import Workspace
from tests.sandbox.slack.block_builders import (
    Json,
    actions,
    button,
    field,
    form,
    modal,
    option,
    plain,
    section,
    text_input,
)


class Deaf:
    """A way to an app that says yes to everything and does nothing."""

    def __init__(self) -> None:
        self.sent: list[Envelope] = []

    def send(self, envelope: Envelope) -> Json:
        self.sent.append(envelope)
        return {}


@pytest.fixture
def workspace() -> Workspace:
    return demo_slack(DemoClock()).workspace


@pytest.fixture
def deaf(workspace: Workspace) -> Deaf:
    workspace.courier.transport = app = Deaf()
    return app


def show(workspace: Workspace, view: Json) -> Screen:
    with workspace.change():
        workspace.views.open(HR_ADMIN, view)
    return Screen(Person(workspace, HR_ADMIN))


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def test_texts_are_read_in_order_and_without_markup() -> None:
    old = {"type": "text", "text": "山田", "style": {"strike": True}}
    new = {"type": "text", "text": "山本", "style": {"bold": True}}
    blocks = [
        {"type": "header", "text": plain("差分一覧")},
        rich({"type": "emoji", "name": "large_orange_circle"}, {"type": "text", "text": " 姓 "}, old, new),
        section("A&amp;B &lt;本社&gt;", fields=[plain("3名")], accessory=button(text="次へ")),
    ]
    assert lines_of(blocks) == ["差分一覧", ":large_orange_circle: 姓 山田山本", "A&B <本社>", "3名", "次へ"]


def test_a_form_is_filled_by_its_labels(workspace: Workspace, deaf: Deaf) -> None:
    people = {"options": [option("1", "青木 0001"), option("2", "加藤 0002")]}
    offices = {"options": [option("10", "本社"), option("20", "大阪支店")]}
    screen = show(
        workspace,
        form(
            text_input("number", "社員番号"),
            field("office", "所属事業所", "static_select", offices),
            field("people", "対象者", "checkboxes", people),
            field("admins", "管理者", "multi_users_select"),
            field("channel", "通知先", "conversations_select"),
            field("day", "基準日", "datepicker"),
        ),
    )
    screen.fill("社員番号", "0012")
    screen.fill("基準日", "2026-11-22")
    screen.choose("所属事業所", "大阪支店")
    screen.choose("管理者", "青木 美咲", "黒沢 拓海")
    screen.choose("通知先", "人事労務")
    screen.tick("青木")
    screen.tick("加藤")
    screen.untick("青木")
    screen.submit()
    values = {
        block: held["value"] for block, held in deaf.sent[-1].payload["view"]["state"]["values"].items()
    }
    assert values["number"]["value"] == "0012"
    assert values["day"]["selected_date"] == "2026-11-22"
    assert values["office"]["selected_option"]["value"] == "20"
    assert values["admins"]["selected_users"] == [HR_ADMIN, SECOND_ADMIN]
    assert values["channel"]["selected_conversation"] == ADMIN_CHANNEL
    assert [each["value"] for each in values["people"]["selected_options"]] == ["2"]


def test_only_some_changes_reach_the_app(workspace: Workspace, deaf: Deaf) -> None:
    menu = {"type": "static_select", "action_id": "status", "options": [option("new", "新規登録")]}
    screen = show(
        workspace,
        form(
            text_input("quiet", "メモ"),
            text_input("search", "検索", dispatch_action=True),
            actions(menu | {"placeholder": plain("状態")}),
        ),
    )
    assert screen.fill("メモ", "x") is None
    assert screen.fill("検索", "青木") is not None
    assert screen.choose("状態", "新規登録") is not None
    typed, chosen = (envelope.payload["actions"][0] for envelope in deaf.sent)
    assert (typed["type"], typed["value"]) == ("plain_text_input", "青木")
    assert chosen["selected_option"]["value"] == "new"


def test_a_button_tells_which_it_was(workspace: Workspace, deaf: Deaf) -> None:
    screen = show(workspace, modal(actions(button("pick", "このページ20名", value="page-2"))))
    screen.press("このページ20名")
    (action,) = deaf.sent[0].payload["actions"]
    assert (action["action_id"], action["value"]) == ("pick", "page-2")


def test_what_is_not_there_is_not_found_and_one_reads_what_is(workspace: Workspace) -> None:
    screen = show(workspace, modal(section("読み込み中")))
    with pytest.raises(NotSeenError, match="読み込み中"):
        screen.press("次へ")
    with pytest.raises(NotSeenError, match="did not appear"):
        screen.wait_for("完了", timeout=0.01)


def test_one_waits_for_what_comes_later(workspace: Workspace) -> None:
    screen = show(workspace, modal(section("読み込み中")))
    with ThreadPoolExecutor(1) as later:
        later.submit(workspace.say, ADMIN_CHANNEL, {"text": "完了"})
        screen.wait_for_message("完了", ADMIN_CHANNEL)


def test_a_workspace_is_kept_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "slack.json"
    before = demo_slack(DemoClock())
    before.load(path)
    before.workspace.add_users(User("U0NEW", "mori", "森 蓮"))
    kept = before.workspace.say(ADMIN_CHANNEL, {"text": "完了", "blocks": [section("3名")]})
    before.workspace.say(ADMIN_CHANNEL, {"text": "あなただけに"}, only_for=HR_ADMIN)
    before.save(path)
    after = demo_slack(DemoClock())
    after.load(path)
    assert Screen(Person(after.workspace, HR_ADMIN)).messages(ADMIN_CHANNEL) == ["3名"]
    assert "U0NEW" in after.workspace.users
    assert after.workspace.say(ADMIN_CHANNEL, {"text": "次"}).ts > kept.ts
