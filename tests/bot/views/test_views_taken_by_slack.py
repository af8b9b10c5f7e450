"""Slack would take every view and message, however little or much there is to show, in every language."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from bot.texts import LANGUAGES, Texts
from sandbox.slack.blockkit import check_message, check_view
from tests.bot.views.view_builders import every_part
from tests.bot.views.view_cases import channel_messages, messages, views

Json = dict[str, Any]
Case = Callable[[Texts], Json]


def named(cases: Callable[[], Iterable[tuple[str, Case]]]) -> pytest.MarkDecorator:
    found = list(cases())
    return pytest.mark.parametrize("case", [case for _, case in found], ids=[name for name, _ in found])


in_every_language = pytest.mark.parametrize("language", LANGUAGES)


@in_every_language
@named(views)
def test_slack_takes_the_view(case: Case, language: str) -> None:
    assert check_view(case(Texts(language))) == []


@in_every_language
@named(messages)
def test_slack_takes_the_message(case: Case, language: str) -> None:
    assert check_message(case(Texts(language))) == []


@named(lambda: [*views(), *messages()])
def test_nothing_a_person_typed_can_become_a_mention_a_link_or_an_emoji(case: Case) -> None:
    for part in every_part(case(Texts("ja"))):
        assert part.get("type") != "mrkdwn"
        if part.get("type") == "plain_text":
            assert part["emoji"] is False


@named(messages)
def test_a_notification_holds_no_text_of_a_person_because_slack_reads_it_as_mrkdwn(case: Case) -> None:
    assert "<" not in case(Texts("ja"))["text"]


@named(channel_messages)
def test_the_admin_channel_reads_no_name_and_no_word_of_the_remotes(case: Case) -> None:
    told = str(case(Texts("ja")))
    assert "太郎" not in told
    assert "山田" not in told


@named(views)
def test_a_view_remembers_only_ids_and_page_numbers(case: Case) -> None:
    view = case(Texts("ja"))
    assert view["private_metadata"].isascii()
    assert len(view["private_metadata"]) < 200
