"""What a log may hold: no token, nobody's data, no library's chatter."""

import json
import logging

import pytest
import structlog
from pydantic import BaseModel

from bot.logs import configure_logs
from sync.errors import RemoteUnavailable
from sync.model import System


class Person(BaseModel):
    number: int


def lines(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    return [json.loads(line) for line in capsys.readouterr().err.splitlines()]


@pytest.mark.parametrize(
    "token", ["xoxb-1-2-abc", "xoxp-9", "xapp-1-A-2", "xoxe.xoxb-1-q", "shr_abc_DEF1", "Bearer 0f0f.af-b"]
)
def test_tokens_are_blotted_out_whoever_logs_them(capsys: pytest.CaptureFixture[str], token: str) -> None:
    configure_logs("json")
    structlog.get_logger("bot").info("asked", header=f"Authorization: {token}")
    logging.getLogger("anything").warning("asked with %s", token)
    secret = token.removeprefix("Bearer ")
    said = capsys.readouterr().err
    assert said.count("[token]") == 2
    assert secret not in said


def test_an_exception_is_its_kinds_and_places_and_never_the_words_that_quote_a_person(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logs("json")
    try:
        Person.model_validate({"number": "山田太郎"})
    except ValueError as error:
        structlog.get_logger("bot").error("unforeseen", exc_info=error)
    (line,) = lines(capsys)
    assert line["error"] == "ValidationError"
    assert "test_operation_logs.py" in line["at"]
    assert "山田" not in json.dumps(line, ensure_ascii=False)


def test_our_own_exceptions_speak(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("json")
    structlog.get_logger("bot").error("away", exc_info=RemoteUnavailable(System.SMARTHR, "status 503"))
    (line,) = lines(capsys)
    assert line["error"] == "RemoteUnavailable(smarthr: status 503)"


@pytest.mark.parametrize("name", ["slack_bolt.App", "slack_sdk.web.base_client", "httpx", "dbos"])
def test_libraries_are_heard_from_warning_on_even_if_they_set_their_own_level(
    capsys: pytest.CaptureFixture[str], name: str
) -> None:
    configure_logs("json")
    library = logging.getLogger(name)
    before = library.level
    library.setLevel(logging.DEBUG)
    try:
        library.debug("body: 山田太郎")
        library.info("body: 山田太郎")
        library.warning("reconnecting")
    finally:
        library.setLevel(before)
    assert [line["event"] for line in lines(capsys)] == ["reconnecting"]


def test_a_terminal_gets_readable_lines(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logs("pretty")
    structlog.get_logger("bot").info("started", port=3000)
    assert "started" in capsys.readouterr().err
