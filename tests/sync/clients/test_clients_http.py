"""What holds for every call: limits are heeded, secrets stay in, waiting has an end."""

import logging
import traceback
from collections.abc import Callable
from datetime import date
from threading import Lock
from time import monotonic, sleep
from typing import Any

import pytest

from sandbox.company import DEMO_SMARTHR_TOKEN, generated_company
from sandbox.kinkakuji import Limits as KinkakujiLimits
from sandbox.remote.system import System
from sandbox.smarthr import Limits as SmartHRLimits
from sync.errors import (
    CredentialProblem,
    CredentialsRejected,
    OutcomeUnknown,
    RemoteRejected,
    RemoteUnavailable,
    TooManyRequests,
)
from sync.fields import Field
from sync.http import Retries
from tests.sandbox.remote.service import NOON, a_company, a_crew, service
from tests.sync.clients.partners import (
    AT_ONCE,
    IMPATIENT,
    PLACED,
    NoPace,
    a_script,
    kinkakuji,
    line,
    scripted_smarthr,
    smarthr,
)

NOBODY = line([], headers={"x-total-count": "0"})
NUMBER = "A0012"
SECRET = {Field.LAST_NAME: "秘密", Field.EMAIL: "himitsu@example.jp"}
SECRETS = ("秘密", "himitsu", NUMBER, DEMO_SMARTHR_TOKEN, "本人確認")


class Spaced:
    """A pace as the real one: calls start at least so many seconds apart."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._lock = Lock()
        self._next = monotonic()

    def wait(self) -> None:
        with self._lock:
            start = max(self._next, monotonic())
            self._next = start + self._seconds
        sleep(max(start - monotonic(), 0.0))

    def back_off(self, seconds: float) -> None:
        with self._lock:
            self._next = max(self._next, monotonic() + seconds)


def too_many(**headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return line({"code": 6, "type": "too_many_requests", "message": "x", "errors": None}, 429, named)


@pytest.mark.parametrize(
    ("answer", "pause"),
    [
        (too_many(x_rate_limit_remaining="4000", x_rate_limit_reset="900"), 5.0),
        (too_many(x_rate_limit_remaining="0", x_rate_limit_reset="30"), 30.0),
        (too_many(x_intensive_rate_limit_remaining="0", x_intensive_rate_limit_reset="1"), 1.0),
        (too_many(x_rate_limit_remaining_second="0", x_rate_limit_reset_second="0.5"), 0.5),
        (too_many(Retry_After="7"), 7.0),
        (too_many(Retry_After="Wed, 21 Oct 2026 07:28:00 GMT"), 5.0),
    ],
)
def test_too_many_requests_makes_everybody_pause_and_then_asks_again(answer: Any, pause: float) -> None:
    pace = NoPace()
    retries = Retries(first_wait=0.0, longest_wait=0.0, jitter=0.0)
    with a_script(answer, NOBODY) as script:
        assert scripted_smarthr(script, pace=pace, retries=retries).fetch_everyone() == []
    assert (pace.pauses, pace.waits) == ([pause], 2)


def test_a_limit_that_is_used_up_is_heeded_before_it_is_exceeded() -> None:
    pace = NoPace()
    used_up = line(
        [], headers={"x-total-count": "0", "X-Rate-Limit-Remaining": "0", "X-Rate-Limit-Reset": "12"}
    )
    with a_script(used_up) as script:
        scripted_smarthr(script, pace=pace).fetch_everyone()
    assert pace.pauses == [12.0]


def test_a_second_whose_calls_are_used_up_keeps_nobody_waiting_who_calls_evenly_spaced() -> None:
    pace = NoPace()
    left = {"X-Intensive-Rate-Limit-Remaining": "0", "X-Intensive-Rate-Limit-Reset": "1"}
    with a_script(line([], headers={"x-total-count": "0", **left})) as script:
        scripted_smarthr(script, pace=pace).fetch_everyone()
    assert pace.pauses == []


def test_a_long_pause_is_the_runs_to_sit_out_and_not_a_reads() -> None:
    answer = too_many(x_rate_limit_remaining="0", x_rate_limit_reset="3000")
    with a_script(answer) as script, pytest.raises(TooManyRequests) as refused:
        scripted_smarthr(script).fetch_everyone()
    assert refused.value.retry_after == 3000.0
    assert len(script.asked) == 1


def test_a_read_that_is_answered_too_late_is_asked_again() -> None:
    with service() as there:
        there.faults.set(System.SMARTHR, slow=1.0)
        pace = NoPace(on_wait=lambda count: there.faults.clear() if count > 1 else None)
        assert smarthr(there, pace=pace, timeouts=IMPATIENT).fetch_everyone() == []
    assert pace.waits == 2


@pytest.mark.parametrize("answer", [line("<html>login</html>"), line({"not": "a list"}), line("", 504)])
def test_a_read_without_a_readable_answer_is_unavailable(answer: Any) -> None:
    with a_script(answer) as script, pytest.raises(RemoteUnavailable):
        scripted_smarthr(script).fetch_everyone()
    assert len(script.asked) == AT_ONCE.attempts


def test_what_cant_help_is_not_asked_again() -> None:
    with service() as there:
        there.faults.set(System.SMARTHR, unauthorized=True)
        with pytest.raises(CredentialsRejected):
            smarthr(there).fetch_everyone()
        assert len(there.calls.calls()) == 1


def test_a_redirect_is_not_followed_with_the_token() -> None:
    with a_script(line([])) as elsewhere:
        answer = line("moved", 302, {"Location": elsewhere.url})
        with a_script(answer) as script, pytest.raises(CredentialsRejected) as refused:
            scripted_smarthr(script).fetch_everyone()
        assert elsewhere.asked == []
    assert refused.value.problem is CredentialProblem.ADDRESS


def test_a_wrong_subdomain_is_a_wrong_address() -> None:
    with service() as there, pytest.raises(CredentialsRejected) as refused:
        smarthr(there, subdomain="no-such-company").check()
    assert refused.value.problem is CredentialProblem.ADDRESS


def test_a_list_that_does_not_exist_is_a_wrong_address_too() -> None:
    not_found = line({"code": 4, "type": "not_found", "message": "x", "errors": None}, 404)
    with a_script(not_found) as script, pytest.raises(CredentialsRejected) as refused:
        scripted_smarthr(script).fetch_everyone()
    assert refused.value.problem is CredentialProblem.ADDRESS


@pytest.mark.parametrize("subdomain", ["", "evil.example/", "tsubame\n", "TSUBAME", "つばめ", "a@b"])
def test_what_is_no_subdomain_is_never_called(subdomain: str) -> None:
    with service() as there:
        with pytest.raises(CredentialsRejected) as refused:
            smarthr(there, subdomain=subdomain)
        assert there.calls.calls() == []
    assert refused.value.problem is CredentialProblem.ADDRESS


@pytest.mark.parametrize("token", ["", "two words", "line\nbreak", "ｔｏｋｅｎ", "トークン"])  # noqa: RUF001 - typed by hand
def test_what_cant_be_a_token_is_never_sent(token: str) -> None:
    with service() as there, pytest.raises(CredentialsRejected) as refused:
        smarthr(there, token=token)
    assert refused.value.problem is CredentialProblem.TOKEN
    assert not token or token not in str(refused.value)


def _update(client: Any) -> None:
    (person,) = client.fetch_everyone()
    client.update(person, SECRET)


@pytest.mark.parametrize(
    ("fault", "failing", "expected"),
    [
        ({"reject_numbers": {NUMBER}}, _update, RemoteRejected),
        ({"lose_answer_after_commit": 1}, _update, OutcomeUnknown),
        ({"down": True}, lambda client: client.fetch_live([], [NUMBER]), RemoteUnavailable),
        ({"html_502": True}, lambda client: client.create(NUMBER, SECRET, PLACED), OutcomeUnknown),
        ({"unauthorized": True}, lambda client: client.fetch_live([], [NUMBER]), CredentialsRejected),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_no_error_and_no_log_names_a_person_or_the_token(
    fault: dict[str, Any],
    failing: Callable[[Any], None],
    expected: type[Exception],
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    with caplog.at_level(logging.DEBUG), service(company=a_company(crews=[a_crew(NUMBER)])) as there:
        client = smarthr(there)
        client.fetch_live([], [NUMBER])
        there.faults.set(System.SMARTHR, **fault)
        with pytest.raises(expected) as failed:
            failing(client)
    shown = [
        str(failed.value),
        repr(failed.value),
        "".join(traceback.format_exception(failed.value)),
        caplog.text,
        *capfd.readouterr(),
    ]
    assert not [secret for secret in SECRETS if secret in "\n".join(shown)]


def test_an_unreadable_person_is_not_quoted() -> None:
    garbled = {"id": {"himitsu": 1}, "last_name": "秘密"}
    answer = line([garbled], headers={"x-total-count": "1"})
    with a_script(answer) as script, pytest.raises(RemoteUnavailable) as failed:
        scripted_smarthr(script).fetch_everyone()
    text = "".join(traceback.format_exception(failed.value))
    assert "himitsu" not in text
    assert "秘密" not in text


def test_a_day_that_is_none_is_unknown_and_costs_nobody_else() -> None:
    people = [{"id": "c1", "birth_at": "0000-00-00"}, {"id": "c2", "birth_at": "1990-01-01"}]
    with a_script(line(people, headers={"x-total-count": "2"})) as script:
        found = {each.remote_id: each.birth_date for each in scripted_smarthr(script).fetch_everyone()}
    assert found == {"c1": None, "c2": date(1990, 1, 1)}


SCALE = 20.0
"""How many times faster than in real life both the stand-ins' limits and the paces run."""


def test_each_of_many_calls_side_by_side_waits_for_its_turn() -> None:
    company = generated_company(30, today=NOON.date())
    turns: list[int] = []
    with service(company=company, hr_limits=SmartHRLimits(scale=1000.0)) as there:
        numbers = [crew["emp_code"] for crew in there.smarthr.stored()]
        found = smarthr(there, pace=NoPace(on_wait=turns.append)).fetch_live([], numbers)
        assert len(found) == len(numbers)
        assert len(turns) == len(there.calls.calls())
        assert {call.status for call in there.calls.calls()} == {200}


def test_kinkakuji_is_never_asked_more_than_five_hundred_times_in_five_minutes() -> None:
    limits = KinkakujiLimits(scale=300.0)
    with service(kot_limits=limits) as there:
        client = kinkakuji(there, pace=Spaced(300 / 480 / limits.scale))
        for _ in range(limits.calls + 50):
            client.fetch_everyone()
        assert there.calls.max_in_sliding(System.KINKAKUJI, limits.seconds / limits.scale) <= limits.calls
        assert {call.status for call in there.calls.calls()} == {200}
