"""The Web API as slack_sdk sees it: what is answered, what is refused and with which word."""

from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_handlers import RateLimitErrorRetryHandler

from sandbox.slack.app_settings import AppSettings
from sandbox.slack.demo import ADMIN_CHANNEL, DEMO_APP_TOKEN, EMPLOYEE, GENERAL_CHANNEL, HR_ADMIN
from sandbox.slack.directory import Channel
from sandbox.slack.grants import Grant
from sandbox.slack.person import Person
from sandbox.slack.server import Slack
from tests.sandbox.slack.block_builders import actions, button, section
from tests.sandbox.slack.running import running_slack, web_client


@pytest.fixture(scope="module")
def served() -> Iterator[Slack]:
    with running_slack() as slack:
        yield slack


@pytest.fixture
def client(served: Slack) -> WebClient:
    return web_client(served)


def refusal(call: Callable[[], Any]) -> str:
    with pytest.raises(SlackApiError) as caught:
        call()
    return str(caught.value.response["error"])


def test_a_token_says_who_it_is_and_what_it_may_do(client: WebClient) -> None:
    answer = client.auth_test()
    assert (answer["team"], answer["user_id"]) == ("つばめ製作所", "U0RENKEI")
    assert "chat:write" in answer.headers["x-oauth-scopes"]


def test_calls_without_a_good_token_are_refused(served: Slack) -> None:
    assert refusal(lambda: web_client(served, "").auth_test()) == "not_authed"
    assert refusal(lambda: web_client(served, "xoxb-wrong").auth_test()) == "invalid_auth"
    assert refusal(lambda: web_client(served, DEMO_APP_TOKEN).auth_test()) == "not_allowed_token_type"
    assert refusal(lambda: web_client(served).apps_connections_open(app_token="xapp-no")) == "invalid_auth"


def test_a_missing_scope_is_named(served: Slack) -> None:
    served.grants.add("xoxb-poor", Grant("bot", served.workspace, frozenset({"commands"})))
    with pytest.raises(SlackApiError) as caught:
        web_client(served, "xoxb-poor").chat_postMessage(channel=ADMIN_CHANNEL, text="x")
    assert caught.value.response["error"] == "missing_scope"
    assert caught.value.response["needed"] == "chat:write"


def test_a_message_is_posted_changed_and_deleted(served: Slack, client: WebClient) -> None:
    ts = client.chat_postMessage(channel=ADMIN_CHANNEL, text="開始", blocks=[section("開始")])["ts"]
    client.chat_update(channel=ADMIN_CHANNEL, ts=ts, text="半分", blocks=[section("半分")])
    message = served.workspace.messages.find(ADMIN_CHANNEL, ts)
    assert (message.text, message.edited_ts) == ("半分", None)
    client.chat_update(channel=ADMIN_CHANNEL, ts=ts, text="完了")
    assert message.blocks == []
    assert message.edited_ts is not None
    client.chat_delete(channel=ADMIN_CHANNEL, ts=ts)
    assert refusal(lambda: client.chat_update(channel=ADMIN_CHANNEL, ts=ts, text="x")) == "message_not_found"


def test_where_the_bot_is_not_it_cannot_post(served: Slack, client: WebClient) -> None:
    served.workspace.add_channel(Channel("C0SECRET", "役員", "private"), [HR_ADMIN])
    served.workspace.add_channel(Channel("C0OLD", "旧", is_archived=True))
    served.workspace.invite_bot("C0OLD")
    assert refusal(lambda: client.chat_postMessage(channel=GENERAL_CHANNEL, text="x")) == "not_in_channel"
    assert refusal(lambda: client.chat_postMessage(channel="C0SECRET", text="x")) == "channel_not_found"
    assert refusal(lambda: client.chat_postMessage(channel="C0NONE", text="x")) == "channel_not_found"
    assert refusal(lambda: client.chat_postMessage(channel="C0OLD", text="x")) == "is_archived"


def test_a_refused_message_names_the_place(client: WebClient) -> None:
    with pytest.raises(SlackApiError) as caught:
        client.chat_postMessage(channel=ADMIN_CHANNEL, text="x", blocks=[section("")])
    assert caught.value.response["error"] == "invalid_blocks"
    (message,) = caught.value.response["response_metadata"]["messages"]
    assert message.endswith("[json-pointer:/blocks/0/text/text]")


@pytest.mark.parametrize(
    ("message", "error"),
    [
        ({}, "no_text"),
        ({"text": "あ" * 40_001}, "msg_too_long"),
        ({"text": "x", "blocks": [section("あ" * 2900) for _ in range(5)]}, "msg_blocks_too_long"),
    ],
)
def test_a_message_is_refused_by_its_own_word(client: WebClient, message: Any, error: str) -> None:
    body = {"channel": ADMIN_CHANNEL} | message
    assert refusal(lambda: client.api_call("chat.postMessage", json=body)) == error


def test_an_ephemeral_message_is_for_one_person_and_stays_as_it_is(served: Slack, client: WebClient) -> None:
    ts = client.chat_postEphemeral(channel=ADMIN_CHANNEL, user=HR_ADMIN, text="あなただけに")["message_ts"]
    seen = [message.ts for message in served.workspace.messages.seen_by(HR_ADMIN, ADMIN_CHANNEL)]
    assert ts in seen
    assert ts not in [each.ts for each in served.workspace.messages.seen_by("U0HRADMIN2", ADMIN_CHANNEL)]
    assert refusal(lambda: client.chat_update(channel=ADMIN_CHANNEL, ts=ts, text="x")) == "message_not_found"
    stranger = refusal(lambda: client.chat_postEphemeral(channel=ADMIN_CHANNEL, user=EMPLOYEE, text="x"))
    assert stranger == "user_not_in_channel"


def test_a_person_can_be_written_to_directly(client: WebClient) -> None:
    dm = client.conversations_open(users=HR_ADMIN)["channel"]
    assert client.chat_postMessage(channel=HR_ADMIN, text="結果です")["channel"] == dm["id"]
    assert dm["is_im"]


def test_people_are_listed_page_by_page_with_their_language(client: WebClient) -> None:
    assert client.users_info(user=HR_ADMIN, include_locale=True)["user"]["locale"] == "ja-JP"
    assert "locale" not in client.users_info(user=HR_ADMIN)["user"]
    pages = [page["members"] for page in client.users_list(limit=3)]
    assert [len(page) for page in pages] == [3, 1]
    assert refusal(lambda: client.users_info(user="U0NOBODY")) == "user_not_found"


def test_channels_show_what_the_bot_may_see(client: WebClient) -> None:
    info = client.conversations_info(channel=ADMIN_CHANNEL)["channel"]
    assert (info["is_private"], info["is_member"], info["is_ext_shared"]) == (True, True, False)
    listed = client.conversations_list(types="public_channel,private_channel")["channels"]
    assert "C0SECRET" not in [channel["id"] for channel in listed]
    assert HR_ADMIN in client.conversations_members(channel=ADMIN_CHANNEL)["members"]


def test_too_many_calls_are_answered_with_429_and_the_client_comes_back(served: Slack) -> None:
    client = web_client(served)
    client.retry_handlers.append(RateLimitErrorRetryHandler(max_retry_count=1))
    served.workspace.faults.rate_limit_next("chat.postMessage", retry_after=0)
    assert client.chat_postMessage(channel=ADMIN_CHANNEL, text="x")["ok"]
    assert [call.error for call in served.calls[-2:]] == ["ratelimited", None]


def test_a_call_is_refused_on_demand(served: Slack, client: WebClient) -> None:
    served.workspace.faults.refuse_next("chat.postMessage", "internal_error")
    assert refusal(lambda: client.chat_postMessage(channel=ADMIN_CHANNEL, text="x")) == "internal_error"


def test_calls_are_refused_until_that_ends(served: Slack, client: WebClient) -> None:
    served.workspace.faults.refuse("chat.postMessage", "fatal_error")
    for _ in range(2):
        assert refusal(lambda: client.chat_postMessage(channel=ADMIN_CHANNEL, text="x")) == "fatal_error"
    served.workspace.faults.refuse("chat.postMessage", None)
    assert client.chat_postMessage(channel=ADMIN_CHANNEL, text="x")["ok"]


def test_a_code_from_the_oauth_page_becomes_a_token_once(served: Slack, client: WebClient) -> None:
    target = {"redirect_uri": "https://renkei.example.com/slack/oauth_redirect", "state": "s1"}
    browser = served.wsgi.test_client()
    assert "つばめ製作所" in browser.get("/oauth/v2/authorize", query_string=target).text
    form = target | {"team": served.workspace.team.id, "user": HR_ADMIN}
    address = urlsplit(browser.post("/oauth/v2/authorize", data=form).location)
    query = parse_qs(address.query)
    assert query["state"] == ["s1"]
    (code,) = query["code"]
    app = served.app
    answer = client.oauth_v2_access(client_id=app.client_id, client_secret=app.client_secret, code=code)
    assert web_client(served, answer["access_token"]).auth_test()["team_id"] == served.workspace.team.id
    again = refusal(
        lambda: client.oauth_v2_access(client_id=app.client_id, client_secret=app.client_secret, code=code)
    )
    assert again == "invalid_code"


def test_blocks_without_ids_are_given_some(client: WebClient) -> None:
    answer = client.chat_postMessage(channel=ADMIN_CHANNEL, text="x", blocks=[actions(button("go"))])
    assert answer["message"]["blocks"][0]["block_id"]


def test_an_app_can_be_read_from_its_manifest() -> None:
    manifest = {
        "display_information": {"name": "Renkei"},
        "features": {
            "slash_commands": [{"command": "/renkei", "description": "連携"}],
            "shortcuts": [
                {"type": "global", "callback_id": "pick", "name": "取り込む", "description": "連携"}
            ],
        },
        "oauth_config": {"scopes": {"bot": ["commands", "chat:write"]}},
        "settings": {"event_subscriptions": {"bot_events": ["app_home_opened"]}},
    }
    app = AppSettings.from_manifest(manifest, app_token="xapp-1")
    assert (app.commands[0].command, app.shortcuts[0].callback_id) == ("/renkei", "pick")
    assert sorted(app.scopes) == ["chat:write", "commands"]
    assert list(app.events) == ["app_home_opened"]
    assert app.app_token == "xapp-1"


def test_nobody_sees_a_private_channel_from_outside(served: Slack) -> None:
    seen = Person(served.workspace, EMPLOYEE).snapshot()["channels"]
    assert ADMIN_CHANNEL not in [channel["id"] for channel in seen]
