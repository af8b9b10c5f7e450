"""Which views and messages the stand-in refuses, as Slack does."""

import copy
from typing import Any

import pytest

from sandbox.slack.blockkit import check_message, check_view
from tests.sandbox.slack.block_builders import (
    actions,
    button,
    field,
    form,
    home,
    modal,
    option,
    plain,
    section,
    text_input,
)

Json = dict[str, Any]


def pointers(problems: list[Any]) -> list[str]:
    return [problem.pointer for problem in problems]


def rich(*elements: Json) -> Json:
    return {"type": "rich_text", "elements": [{"type": "rich_text_section", "elements": list(elements)}]}


def test_a_plain_modal_a_home_and_a_message_are_taken() -> None:
    view = form(section(), {"type": "divider"}, text_input("number"), actions(button()))
    assert check_view(view) == []
    assert check_view(home(section(), actions(button()))) == []
    assert check_message({"text": "完了", "blocks": [section(), actions(button())]}) == []


def test_a_problem_names_its_place_and_reads_like_slacks() -> None:
    (problem,) = check_view(modal(section(), section("あ" * 3001)))
    assert str(problem) == "[ERROR] must be less than 3001 characters [json-pointer:/blocks/1/text/text]"


def table(*rows: list[Json]) -> Json:
    return {"type": "data_table", "caption": "結果", "rows": list(rows)}


def raw(text: str) -> Json:
    return {"type": "raw_text", "text": text}


CHECKBOX = {"type": "checkboxes", "action_id": "pick", "options": [option("1")]}

REFUSED_VIEWS = {
    "no title": ({"type": "modal", "blocks": []}, ""),
    "title of 25": (modal(section()) | {"title": plain("あ" * 25)}, "/title/text"),
    "input without submit": (modal(text_input("a")), "/submit"),
    "101 blocks": (modal(*[section() for _ in range(101)]), "/blocks"),
    "empty text": (modal(section("")), "/blocks/0/text/text"),
    "section without text": (modal({"type": "section"}), "/blocks/0"),
    "unknown block": (modal({"type": "sparkles"}), "/blocks/0"),
    "unknown key": (modal(section(colour="red")), "/blocks/0"),
    "mrkdwn header": (
        modal({"type": "header", "text": {"type": "mrkdwn", "text": "x"}}),
        "/blocks/0/text",
    ),
    "unknown element": (modal(actions({"type": "slider"})), "/blocks/0/elements/0"),
    "26 actions": (modal(actions(*[button(f"b{n}") for n in range(26)])), "/blocks/0/elements"),
    "twice the same block_id": (modal(section(block_id="a"), section(block_id="a")), "/blocks/1/block_id"),
    "twice the same action_id": (modal(actions(button("a"), button("a"))), "/blocks/0/elements/1/action_id"),
    "11 checkboxes": (
        modal(actions(CHECKBOX | {"options": [option(str(n)) for n in range(11)]})),
        "/blocks/0/elements/0/options",
    ),
    "option of 76": (
        modal(actions(CHECKBOX | {"options": [option("1", "あ" * 76)]})),
        "/blocks/0/elements/0/options/0/text/text",
    ),
    "initial option that isn't offered": (
        modal(actions(CHECKBOX | {"initial_options": [option("2")]})),
        "/blocks/0/elements/0",
    ),
    "select with neither options nor groups": (
        form(field("a", "所属", "static_select")),
        "/blocks/0/element",
    ),
    "101 options": (
        form(field("a", "所属", "static_select", {"options": [option(str(n)) for n in range(101)]})),
        "/blocks/0/element/options",
    ),
    "a text input among buttons": (
        modal(actions({"type": "plain_text_input"})),
        "/blocks/0/elements/0",
    ),
    "confirm without its deny button": (
        modal(actions(button(confirm={"title": plain("?"), "text": plain("?"), "confirm": plain("はい")}))),
        "/blocks/0/elements/0/confirm",
    ),
    "a bad date": (
        form(field("a", "基準日", "datepicker", {"initial_date": "2026/1/1"})),
        "/blocks/0/element/initial_date",
    ),
    "two with the focus": (
        form(
            text_input("a", element={"focus_on_load": True}),
            text_input("b", element={"focus_on_load": True}),
        ),
        "/blocks/1/element",
    ),
    "table in a modal": (modal(table([raw("a")], [raw("b")])), "/blocks/0"),
    "private_metadata of 3001": (modal(section(), private_metadata="x" * 3001), "/private_metadata"),
    "rich text with an unknown part": (modal(rich({"type": "blink"})), "/blocks/0/elements/0/elements/0"),
    "rich text with an empty text": (
        modal(rich({"type": "text", "text": ""})),
        "/blocks/0/elements/0/elements/0/text",
    ),
    "alert of 201": (
        modal({"type": "alert", "text": plain("あ" * 201), "level": "error"}),
        "/blocks/0/text/text",
    ),
    "alert on the home tab": (home({"type": "alert", "text": plain("注意")}), "/blocks/0"),
    "file input on the home tab": (home(field("a", "CSV", "file_input")), "/blocks/0/element"),
}


@pytest.mark.parametrize(("view", "pointer"), REFUSED_VIEWS.values(), ids=REFUSED_VIEWS)
def test_a_view_is_refused(view: Json, pointer: str) -> None:
    before = copy.deepcopy(view)
    assert pointer in pointers(check_view(view))
    assert view == before


REFUSED_MESSAGES = {
    "nothing to say": ({}, "/text"),
    "51 blocks": ({"blocks": [section() for _ in range(51)]}, "/blocks"),
    "alert": ({"blocks": [{"type": "alert", "text": plain("注意")}]}, "/blocks/0"),
    "two tables": (
        {"blocks": [table([raw("a")], [raw("b")]), table([raw("a")], [raw("b")])]},
        "/blocks/1",
    ),
    "crooked table": ({"blocks": [table([raw("a")], [raw("b"), raw("c")])]}, "/blocks/0/rows"),
    "bold header cell": (
        {"blocks": [table([rich({"type": "text", "text": "a"})], [raw("b")])]},
        "/blocks/0/rows/0",
    ),
    "metadata without a payload": ({"text": "x", "metadata": {"event_type": "run"}}, "/metadata"),
}


@pytest.mark.parametrize(("message", "pointer"), REFUSED_MESSAGES.values(), ids=REFUSED_MESSAGES)
def test_a_message_is_refused(message: Json, pointer: str) -> None:
    assert pointer in pointers(check_message(message))


def test_a_message_is_refused_for_its_total_length() -> None:
    blocks = [section("あ" * 2500) for _ in range(5)]
    assert [problem.code for problem in check_message({"blocks": blocks})] == ["msg_blocks_too_long"]


def test_a_view_is_refused_for_its_size_in_bytes() -> None:
    view = modal(*[section("あ" * 2900) for _ in range(15)])  # 131 KB of UTF-8, 261 KB of escapes
    assert [problem.code for problem in check_view(view)] == ["view_too_large"]


def test_a_data_table_is_taken_in_a_message() -> None:
    bold = rich({"type": "text", "text": "新", "style": {"bold": True}})
    assert check_message({"blocks": [table([raw("社員番号"), raw("氏名")], [raw("0012"), bold])]}) == []
