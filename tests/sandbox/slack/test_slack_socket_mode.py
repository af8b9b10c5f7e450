"""A real Bolt app over Socket Mode against the stand-in."""

from typing import Any

from sandbox.slack.screen import Screen
from tests.sandbox.slack.block_builders import form, text_input
from tests.sandbox.slack.running import bolt_app, connected, running_slack

Json = dict[str, Any]


def test_a_command_opens_a_modal_and_a_form_answers_in_the_channel() -> None:
    with running_slack() as slack:
        app = bolt_app(slack)

        @app.command("/renkei")
        def start(ack: Any, body: Json, client: Any) -> None:
            ack()
            client.views_open(trigger_id=body["trigger_id"], view=form(text_input("number")))

        @app.view("cb")
        def done(ack: Any, view: Json, client: Any) -> None:
            ack()
            number = view["state"]["values"]["number"]["value"]["value"]
            client.chat_postMessage(channel="C0JINJI", text=f"{number} を取り込みました")

        with connected(slack, app) as person:
            screen = Screen(person)
            assert person.command("/renkei pull").error is None
            screen.wait_for("社員番号")
            screen.fill("社員番号", "0012")
            delivery = screen.submit()
            assert delivery is not None
            assert delivery.ack_ms is not None
            assert delivery.ack_ms < 1000
            assert screen.modal() is None
            screen.wait_for_message("0012 を取り込みました", "C0JINJI")
