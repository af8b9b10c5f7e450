"""How payloads reach a real Bolt app, over both transports, and what its acknowledgements do."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

import pytest
from slack_bolt import App

from sandbox.slack.delivery import Delivery
from sandbox.slack.demo import ADMIN_CHANNEL
from sandbox.slack.person import Person
from sandbox.slack.screen import Screen
from sandbox.slack.server import Slack
from tests.sandbox.slack.block_builders import (
    Json,
    actions,
    button,
    field,
    form,
    home,
    modal,
    plain,
    section,
    text_input,
)
from tests.sandbox.slack.running import bolt_app, connected, over_http, running_slack, web_client

Bot = tuple[Slack, App, Person]


@contextmanager
def over_socket_mode() -> Iterator[Bot]:
    with running_slack() as slack:
        app = bolt_app(slack)
        with connected(slack, app) as person:
            yield slack, app, person


@pytest.fixture(params=[over_socket_mode, over_http], ids=["socket mode", "http"])
def bot(request: pytest.FixtureRequest) -> Iterator[Bot]:
    with request.param() as parts:
        yield parts


@pytest.fixture
def socket_bot() -> Iterator[Bot]:
    with over_socket_mode() as parts:
        yield parts


def opened(slack: Slack, person: Person, view: Json) -> str:
    trigger_id = slack.workspace.triggers.issue(person.user_id)
    return str(web_client(slack).views_open(trigger_id=trigger_id, view=view)["view"]["id"])


def good(delivery: Delivery | None) -> Delivery:
    assert delivery is not None
    assert delivery.error is None, delivery
    assert delivery.ack_ms is not None
    assert delivery.ack_ms < 1000
    return delivery


def test_a_command_is_answered_to_its_author(bot: Bot) -> None:
    _, app, person = bot
    app.command("/renkei")(lambda ack, command: ack(f"使い方: {command['text']}"))
    good(person.command("/renkei help", ADMIN_CHANNEL))
    message = person.snapshot()["channels"][1]["messages"][-1]
    assert (message["text"], message["ephemeral"]) == ("使い方: help", True)


def test_a_form_shows_the_errors_of_the_app(bot: Bot) -> None:
    slack, app, person = bot
    errors = {"number": "見つかりません"}
    app.view("cb")(lambda ack: ack(response_action="errors", errors=errors))
    opened(slack, person, form(text_input("number", element={"initial_value": "9999"})))
    screen = Screen(person)
    good(screen.submit())
    assert screen.errors() == {"社員番号": "見つかりません"}
    screen.fill("社員番号", "0012")
    assert screen.errors() == {}


def test_errors_for_what_is_no_input_leave_the_person_in_trouble(bot: Bot) -> None:
    slack, app, person = bot
    app.view("cb")(lambda ack: ack(response_action="errors", errors={"nothing": "?"}))
    view_id = opened(slack, person, form(section(block_id="nothing")))
    delivery = person.submit(view_id)
    assert delivery is not None
    assert delivery.error == "trouble_connecting"
    assert Screen(person).modal() is not None


def test_a_form_turns_into_another_view_and_then_away(bot: Bot) -> None:
    slack, app, person = bot
    steps: Iterator[Json] = iter(
        [
            {"response_action": "update", "view": form(section("確認"))},
            {"response_action": "push", "view": form(section("詳細"))},
            {"response_action": "clear"},
        ]
    )
    app.view("cb")(lambda ack: ack(**next(steps)))
    opened(slack, person, form(section("選択")))
    screen = Screen(person)
    for seen in ("確認", "詳細"):
        good(screen.submit())
        assert seen in screen.texts()
    assert len(person.snapshot()["modals"]) == 2
    good(screen.submit())
    assert person.snapshot()["modals"] == []


def test_an_external_select_takes_what_the_app_offers(bot: Bot) -> None:
    slack, app, person = bot
    offices = {"本社": "10", "本社工場": "11", "大阪支店": "20"}

    def offer(ack: Any, payload: Json) -> None:
        hits = [name for name in offices if payload["value"] in name]
        ack(options=[{"text": plain(name), "value": offices[name]} for name in hits])

    app.options("value")(offer)
    view_id = opened(slack, person, form(field("office", "所属事業所", "external_select")))
    assert len(good(person.suggest(view_id, "office", "value", "本社")).response["options"]) == 2
    screen = Screen(person)
    screen.choose("所属事業所", "本社工場")
    assert screen.value("所属事業所") == {"text": plain("本社工場"), "value": "11"}


def test_a_button_in_a_message_can_be_answered_at_its_response_url(bot: Bot) -> None:
    slack, app, person = bot
    app.action("retry")(lambda ack, respond: (ack(), respond(text="再実行しました", replace_original=True)))
    blocks = [actions(button("retry", "直したので再実行"))]
    web_client(slack).chat_postMessage(channel=ADMIN_CHANNEL, text="失敗 1件", blocks=blocks)
    screen = Screen(person)
    good(screen.press("直したので再実行", ADMIN_CHANNEL))
    screen.wait_for_message("再実行しました", ADMIN_CHANNEL)
    assert len(screen.messages(ADMIN_CHANNEL)) == 1


def test_the_app_hears_of_a_closed_view_if_it_asked(bot: Bot) -> None:
    slack, app, person = bot
    heard: list[bool] = []

    @app.view_closed("cb")
    def hear(ack: Any, body: Json) -> None:
        heard.append(body["is_cleared"])
        ack()

    opened(slack, person, modal(section(), notify_on_close=True, clear_on_close=True))
    delivery = good(Screen(person).close())
    assert (delivery.kind, heard) == ("view_closed", [True])


def test_opening_home_lets_the_app_publish_it(bot: Bot) -> None:
    _, app, person = bot

    @app.event("app_home_opened")
    def show(event: Json, client: Any) -> None:
        client.views_publish(user_id=event["user"], view=home(section("最近の連携")))

    assert good(person.open_home()).kind == "app_home_opened"
    Screen(person).wait_for("最近の連携")


def test_what_nobody_handles_is_never_acknowledged(bot: Bot) -> None:
    _, _, person = bot
    delivery = person.shortcut("renkei")
    assert (delivery.kind, delivery.ack_ms) == ("shortcut", None)
    assert delivery.error in {"operation_timeout", "dispatch_failed"}


def test_a_late_acknowledgement_counts_for_nothing(socket_bot: Bot) -> None:
    _, app, person = socket_bot
    release = threading.Event()
    app.shortcut("renkei")(lambda ack: (release.wait(10), ack()))
    delivery = person.shortcut("renkei")
    release.set()
    assert (delivery.ack_ms, delivery.error) == (None, "operation_timeout")


def test_a_payload_can_arrive_twice(bot: Bot) -> None:
    slack, app, person = bot
    triggers: list[str] = []

    @app.shortcut("renkei")
    def start(ack: Any, shortcut: Json) -> None:
        triggers.append(shortcut["trigger_id"])
        ack()

    slack.workspace.faults.double_next()
    good(person.shortcut("renkei"))
    assert len(triggers) == 2
    assert triggers[0] == triggers[1]
    assert len(slack.workspace.deliveries) == 2


def test_a_wrong_signature_is_not_listened_to() -> None:
    with over_http() as (slack, app, person):
        app.shortcut("renkei")(lambda ack: ack())
        good(person.shortcut("renkei"))
        slack.workspace.courier.transport._secret = "wrong"  # type: ignore[attr-defined] # noqa: SLF001 - a forger's
        assert person.shortcut("renkei").error == "dispatch_failed"


def test_an_acknowledgement_may_be_large(bot: Bot) -> None:
    slack, app, person = bot
    # Bolt's built-in client breaks above 65,535 bytes (bolt-python#327); Slack takes views of up to 250 KB.
    large = form(*[section("あ" * 2900) for _ in range(14)])
    app.view("cb")(lambda ack: ack(response_action="update", view=large))
    good(person.submit(opened(slack, person, form(section()))))


def test_an_event_that_fails_is_repeated() -> None:
    with running_slack("http://127.0.0.1:9/nobody") as slack:
        Person(slack.workspace, "U0HRADMIN1").open_home()
        assert [each.error for each in slack.workspace.deliveries] == ["dispatch_failed"] * 2


def test_twenty_people_at_once_get_their_acknowledgements(socket_bot: Bot) -> None:
    slack, app, person = socket_bot
    app.action("go")(lambda ack: ack())
    view_id = opened(slack, person, modal(actions(button("go"))))
    with ThreadPoolExecutor(20) as people:
        list(people.map(lambda _: person.press("go", view_id=view_id), range(20)))
    assert len([good(each) for each in slack.workspace.deliveries]) == 20


def test_the_app_comes_back_after_its_connection_was_refreshed(socket_bot: Bot) -> None:
    slack, app, person = socket_bot
    app.shortcut("renkei")(lambda ack: ack())
    slack.socket_mode.refresh()
    # Now and then websocket-client sits in select() for 10 s before it lets go of the old connection.
    Screen(person).wait_for(lambda _: slack.connections == 1, timeout=15)
    good(person.shortcut("renkei"))
