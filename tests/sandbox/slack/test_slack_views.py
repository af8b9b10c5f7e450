"""Modals and the Home tab: triggers, stacks, hashes, and what stays in the inputs."""

import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from sandbox.slack import triggers
from sandbox.slack.demo import HR_ADMIN, SECOND_ADMIN
from sandbox.slack.person import Person
from sandbox.slack.server import Slack
from tests.sandbox.slack.block_builders import (
    Json,
    actions,
    button,
    field,
    form,
    home,
    modal,
    option,
    section,
    text_input,
)
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


def trigger(slack: Slack, user: str = HR_ADMIN) -> str:
    return slack.workspace.triggers.issue(user)


def opened(slack: Slack, view: Json) -> Json:
    shown: Json = web_client(slack).views_open(trigger_id=trigger(slack), view=view)["view"]
    return shown


def values(slack: Slack, view: Json) -> Json:
    held: Json = slack.workspace.view_json(view["id"])["state"]["values"]
    return held


def test_a_trigger_works_once_and_not_for_long(
    served: Slack, client: WebClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = modal(section())
    used = trigger(served)
    client.views_open(trigger_id=used, view=view)
    assert refusal(lambda: client.views_open(trigger_id=used, view=view)) == "exchanged_trigger_id"
    assert refusal(lambda: client.views_open(trigger_id="1.2", view=view)) == "invalid_trigger_id"
    monkeypatch.setattr(triggers, "LIFE", 0.05)
    late = trigger(served)
    time.sleep(0.06)
    assert refusal(lambda: client.views_open(trigger_id=late, view=view)) == "expired_trigger_id"


def test_a_stack_holds_three_views(served: Slack, client: WebClient) -> None:
    root = opened(served, modal(section()))
    second = client.views_push(trigger_id=trigger(served), view=modal(section()))["view"]
    third = client.views_push(trigger_id=trigger(served), view=modal(section()))["view"]
    assert (third["root_view_id"], third["previous_view_id"]) == (root["id"], second["id"])
    fourth = refusal(lambda: client.views_push(trigger_id=trigger(served), view=modal(section())))
    assert fourth == "push_limit_reached"


def test_an_update_with_an_old_hash_loses(served: Slack, client: WebClient) -> None:
    view = opened(served, modal(section("1")))
    newer = client.views_update(view_id=view["id"], hash=view["hash"], view=modal(section("2")))["view"]
    stale = refusal(
        lambda: client.views_update(view_id=view["id"], hash=view["hash"], view=modal(section("3")))
    )
    assert stale == "hash_conflict"
    assert newer["hash"] != view["hash"]
    assert client.views_update(view_id=view["id"], view=modal(section("4")))["ok"]


def test_a_closed_view_is_not_found(served: Slack, client: WebClient) -> None:
    view = opened(served, modal(section()))
    assert Person(served.workspace, HR_ADMIN).close(view["id"]) is None
    assert refusal(lambda: client.views_update(view_id=view["id"], view=modal(section()))) == "not_found"


def test_a_view_can_be_found_by_its_external_id(served: Slack, client: WebClient) -> None:
    view = opened(served, modal(section(), external_id="run-1"))
    updated = client.views_update(external_id="run-1", view=modal(section("2"), external_id="run-1"))["view"]
    assert updated["id"] == view["id"]
    taken = refusal(
        lambda: client.views_open(trigger_id=trigger(served), view=modal(section(), external_id="run-1"))
    )
    assert taken == "duplicate_external_id"


def test_a_bad_view_is_refused_with_its_place_and_costs_no_trigger(served: Slack, client: WebClient) -> None:
    unused = trigger(served)
    with pytest.raises(SlackApiError) as caught:
        client.views_open(trigger_id=unused, view=modal(text_input("a")))
    assert caught.value.response["error"] == "invalid_arguments"
    assert "[json-pointer:/view/submit]" in caught.value.response["response_metadata"]["messages"][0]
    assert client.views_open(trigger_id=unused, view=modal(section()))["ok"]
    heavy = modal(*[section("あ" * 2900) for _ in range(40)])
    assert refusal(lambda: client.views_open(trigger_id=trigger(served), view=heavy)) == "view_too_large"


def test_inputs_begin_with_their_initial_values(served: Slack) -> None:
    picked = {"options": [option("1"), option("2")], "initial_options": [option("2")]}
    view = opened(
        served,
        form(
            text_input("number", element={"initial_value": "0012"}),
            text_input("note"),
            field("people", "対象", "checkboxes", picked),
            field("day", "基準日", "datepicker", {"initial_date": "2026-11-22"}),
            field("admins", "管理者", "multi_users_select"),
        ),
    )
    held = {block: state["value"] for block, state in values(served, view).items()}
    assert held["number"] == {"type": "plain_text_input", "value": "0012"}
    assert held["note"]["value"] is None
    assert held["people"]["selected_options"] == [option("2")]
    assert held["day"]["selected_date"] == "2026-11-22"
    assert held["admins"]["selected_users"] == []


def test_an_update_keeps_what_was_entered_but_in_a_new_block(served: Slack, client: WebClient) -> None:
    person = Person(served.workspace, HR_ADMIN)
    view = opened(served, form(text_input("q:1", element={"initial_value": "古い"})))
    person.change(view["id"], "q:1", "value", "入力")
    again = form(text_input("q:1", element={"initial_value": "新しい"}))
    client.views_update(view_id=view["id"], view=again)
    assert values(served, view)["q:1"]["value"]["value"] == "入力"
    client.views_update(view_id=view["id"], view=form(text_input("q:2", element={"initial_value": "新しい"})))
    assert values(served, view) == {"q:2": {"value": {"type": "plain_text_input", "value": "新しい"}}}


def test_an_empty_required_input_never_reaches_the_app(served: Slack) -> None:
    person = Person(served.workspace, HR_ADMIN)
    view = opened(served, form(text_input("number")))
    before = len(served.workspace.deliveries)
    assert person.submit(view["id"]) is None
    assert list(person.snapshot()["modals"][-1]["errors"]) == ["number"]
    assert len(served.workspace.deliveries) == before


def test_an_option_that_is_not_offered_cannot_be_chosen(served: Slack) -> None:
    person = Person(served.workspace, HR_ADMIN)
    view = opened(served, form(field("office", "所属事業所", "static_select", {"options": [option("1")]})))
    with pytest.raises(LookupError):
        person.change(view["id"], "office", "value", "2")


def test_nobody_acts_on_somebody_elses_screen(served: Slack) -> None:
    view = opened(served, modal(actions(button("go"))))
    with pytest.raises(LookupError):
        Person(served.workspace, SECOND_ADMIN).press("go", view_id=view["id"])


def test_a_home_tab_is_published_for_one_person(served: Slack, client: WebClient) -> None:
    first = client.views_publish(user_id=HR_ADMIN, view=home(section("連携履歴")))["view"]
    client.views_publish(user_id=HR_ADMIN, view=home(section("連携履歴 2件")), hash=first["hash"])
    assert served.workspace.snapshot(HR_ADMIN)["home"]["id"] == first["id"]
    assert served.workspace.snapshot(SECOND_ADMIN)["home"] is None
    stale = refusal(lambda: client.views_publish(user_id=HR_ADMIN, view=home(section()), hash=first["hash"]))
    assert stale == "hash_conflict"
