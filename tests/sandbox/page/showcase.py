"""A small Bolt app whose views hold every kind of control, for the tests of the page."""

import time
from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from sandbox.slack.demo import DEMO_SIGNING_SECRET
from tests.sandbox.slack.block_builders import Json, actions, button, field, form, option, plain, section

OFFICES = ("本社", "大阪支店", "札幌工場")
CONFIRM = {
    "title": plain("再実行しますか"),
    "text": plain("もう一度取り込みます。"),
    "confirm": plain("再実行する"),
    "deny": plain("やめる"),
}


def everything() -> Json:
    return form(
        section("*状態*で絞り込む", block_id="intro"),
        actions(
            {
                "type": "static_select",
                "action_id": "status",
                "placeholder": plain("状態"),
                "options": [option("new", "新規登録"), option("diff", "差分あり")],
            },
            button("again", "再実行", confirm=CONFIRM),
            button("slow", "応答しないボタン"),
            block_id="tools",
        ),
        field("number", "社員番号", "plain_text_input"),
        field("memo", "メモ", "plain_text_input", {"multiline": True}, optional=True),
        field("date", "従業員情報取得基準日", "datepicker", {"initial_date": "2026-11-22"}),
        field("office", "所属事業所", "external_select", {"min_query_length": 0}),
        field("admins", "管理者", "multi_users_select", optional=True),
        field(
            "people", "従業員", "checkboxes", {"options": [option("1", "青木 葵"), option("2", "井上 樹")]}
        ),
        field(
            "way", "向き", "radio_buttons", {"options": [option("pull", "取り込む"), option("push", "送る")]}
        ),
    )


def showcase(client: WebClient) -> tuple[App, list[Json]]:
    """Return the app, and the list to which it adds what it hears."""
    app = App(client=client, signing_secret=DEMO_SIGNING_SECRET, token_verification_enabled=False)
    heard: list[Json] = []

    @app.command("/renkei")
    def open_it(ack: Ack, body: Json, client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=everything())

    @app.options("value")
    def offices(ack: Ack, payload: Json) -> None:
        ack(options=[option(name) for name in OFFICES if payload["value"] in name])

    @app.action("slow")
    def never(ack: Ack) -> None:
        """Answer too late: Slack waits 3 seconds."""
        time.sleep(3.2)
        ack()

    @app.action("again")
    @app.action("status")
    def hear(ack: Ack, action: Json) -> None:
        heard.append(action)
        ack()

    @app.view("cb")
    def submitted(ack: Any, view: Json) -> None:
        number = view["state"]["values"]["number"]["value"]["value"]
        heard.append(view["state"]["values"])
        if number == "9999":
            ack(response_action="errors", errors={"number": "社員番号 9999 は見つかりません"})
        else:
            ack()

    return app, heard
