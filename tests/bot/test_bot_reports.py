"""A run's messages: there once, whatever Slack refuses and whoever dies; the run waits for none of it."""

from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http.client import IncompleteRead
from typing import Any

import pytest
import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web import SlackResponse

from bot.jobs.reports import Results
from bot.posting import A_MOMENT, PATIENCE, NotNow, Posted, post
from bot.reports import Reports
from bot.slack_clients import TIMEOUT
from storage.reporting import CLAIMED_FOR
from storage.run_records import RunHead, RunState
from storage.store import Store
from sync.outcome import Reason
from sync.service import skip_open
from tests.bot.listeners.desk import Json, NotedSlack, desk
from tests.storage.builders import ANNA, SCOPE, TERMS, Watch, started

MESSAGE: Json = {"text": "できました", "blocks": []}
MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Refusal:
    """How Slack says no: its word, the status, and how long to wait."""

    code: str
    status: int = 200
    retry_after: int | None = None

    def raised(self, client: WebClient) -> SlackApiError:
        headers = {} if self.retry_after is None else {"Retry-After": str(self.retry_after)}
        response = SlackResponse(
            client=client,
            http_verb="POST",
            api_url="chat.postMessage",
            req_args={},
            data={"ok": False, "error": self.code},
            headers=headers,
            status_code=self.status,
        )
        return SlackApiError("refused", response)  # type: ignore[no-untyped-call] # slack_sdk leaves it untyped


class MoodySlack(NotedSlack):
    """Answers each post of a message with the next of its moods, then takes everything."""

    def __init__(self, *moods: Refusal | Exception) -> None:
        super().__init__()
        self.moods = list(moods)
        self.edits: list[Refusal | Exception] = []
        """Its moods when a message is to be edited."""
        self.meanwhile: Callable[[], object] | None = None
        """What happens while the next edit is on its way."""

    def api_call(self, api_method: str, **more: Any) -> Any:
        if api_method == "chat.update" and self.meanwhile is not None:
            happens, self.meanwhile = self.meanwhile, None
            happens()
        answer = super().api_call(api_method, **more)
        if api_method == "chat.update" and self.edits:
            mood = self.edits.pop(0)
            raise mood.raised(self) if isinstance(mood, Refusal) else mood
        if api_method != "chat.postMessage":
            return answer
        if self.moods:
            mood = self.moods.pop(0)
            raise mood.raised(self) if isinstance(mood, Refusal) else mood
        return {"ok": True, "channel": "C1", "ts": f"{len(self.calls)}.0"}

    @property
    def places(self) -> list[str]:
        """Where something was to be posted, in order."""
        return [str(given["channel"]) for method, given in self.calls if method == "chat.postMessage"]


class AtOnce(Executor):
    """Does what it is given before it says that it has taken it."""

    def submit(self, fn: Any, /, *args: Any, **kwargs: Any) -> Future[Any]:
        done: Future[Any] = Future()
        done.set_result(fn(*args, **kwargs))
        return done


@dataclass
class Office:
    """A run, and whoever reports it to a Slack of moods."""

    store: Store
    watch: Watch
    slack: MoodySlack
    reports: Reports = field(init=False)

    def __post_init__(self) -> None:
        self.reports = self.process()

    def process(self) -> Reports:
        """Start another process that reports: it knows only what is kept."""
        return Reports(
            store=self.store,
            client_of=lambda _scope: self.slack,
            poster_of=lambda _scope: self.slack,
            slow=AtOnce(),
            clock=self.watch,
            spacing=3600.0,
        )

    def begun(self) -> RunHead:
        return started(self.store)

    def ended(self) -> RunHead:
        run = started(self.store)
        self.store.runs.set_state(run.id, RunState.FINISHED, moment=self.watch())
        return self.store.runs.get(run.id)

    def deliver(self) -> None:
        Results(self.store, self.reports).deliver()

    def kept(self, run: RunHead) -> tuple[bool, bool]:
        """Tell whether the message and the result are known to be there."""
        kept = self.store.runs.get(run.id)
        return kept.message_ts is not None, kept.result_ts is not None


@contextmanager
def office(*moods: Refusal | Exception) -> Iterator[Office]:
    with desk() as at:
        yield Office(at.store, at.watch, MoodySlack(*moods))


def posted_to(slack: MoodySlack, *places: str, takes: float = 0.0) -> tuple[Posted | NotNow, list[float]]:
    """Post, each call of which takes so many seconds; give what became of it and how long was waited."""
    waited: list[float] = []
    return post(
        slack, places, MESSAGE, waited.append, lambda: sum(waited) + takes * len(slack.places)
    ), waited


@pytest.mark.parametrize("code", ["is_archived", "channel_not_found", "not_in_channel", "restricted_action"])
def test_a_place_that_takes_nothing_is_passed_over(code: str) -> None:
    slack = MoodySlack(Refusal(code))
    posted, waited = posted_to(slack, "C1", "U1")
    assert isinstance(posted, Posted)
    assert (slack.places, waited) == (["C1", "U1"], [])


@pytest.mark.parametrize(
    "mood",
    [Refusal("internal_error"), Refusal("not json", 503), ConnectionResetError(), TimeoutError()],
)
def test_where_slack_itself_is_away_no_other_place_is_tried_and_nothing_repeated(
    mood: Refusal | Exception,
) -> None:
    slack = MoodySlack(mood)
    assert posted_to(slack, "C1", "U1") == (NotNow(), [])
    assert slack.places == ["C1"]


def test_a_moment_that_slack_asks_for_is_waited_out_and_a_long_time_is_not() -> None:
    slack = MoodySlack(Refusal("ratelimited", 429, 1), Refusal("ratelimited", 429, 2))
    posted, waited = posted_to(slack, "C1")
    assert isinstance(posted, Posted)
    assert waited == [1, 2]
    slack = MoodySlack(*[Refusal("ratelimited", 429, 15)] * 2)
    assert posted_to(slack, "C1", "U1") == (NotNow(15), [15])


def test_one_try_has_ended_before_anybody_else_may_begin_another() -> None:
    slack = MoodySlack(*[Refusal("ratelimited", 429, 1)] * 100)
    assert posted_to(slack, "C1", "U1", takes=6.0) == (NotNow(1), [1, 1])
    slack = MoodySlack(Refusal("not_in_channel"))
    assert posted_to(slack, "C1", "U1", takes=PATIENCE) == (NotNow(), [])
    assert CLAIMED_FOR.total_seconds() > PATIENCE + 3 * TIMEOUT


def test_slack_is_never_asked_again_without_a_pause() -> None:
    slack = MoodySlack(*[Refusal("ratelimited", 429, 0)] * 100)
    posted, waited = posted_to(slack, "C1")
    assert posted == NotNow(A_MOMENT)
    assert set(waited) == {A_MOMENT}
    assert len(slack.places) <= PATIENCE / A_MOMENT


def test_what_is_posted_goes_out_by_a_client_that_repeats_nothing_and_an_edit_by_a_patient_one() -> None:
    with office() as at:
        edits = MoodySlack()
        reports = replace(at.reports, client_of=lambda _scope: edits)
        run = at.begun()
        reports.post_progress(run)
        reports.post_progress(run)
        assert (at.slack.methods, edits.methods) == (["chat.postMessage"], ["chat.update"])


def test_a_run_has_one_message_that_is_posted_and_then_edited() -> None:
    with office() as at:
        run = at.begun()
        at.reports.post_progress(run)
        at.reports.post_progress(run)
        at.reports.update_progress(run.id, at_once=True)
        assert at.slack.methods == ["chat.postMessage", "chat.update", "chat.update"]


def test_a_late_edit_of_a_process_whose_run_was_taken_over_does_not_stay() -> None:
    with office() as at:
        run = at.begun()
        at.reports.post_progress(run)
        taken_over = at.process()

        def another_one_ends_it() -> None:
            at.store.runs.set_state(run.id, RunState.FINISHED, moment=at.watch())
            taken_over.report_result(at.store.runs.get(run.id))

        at.slack.meanwhile = another_one_ends_it
        at.reports.update_progress(run.id, at_once=True)
        edits = [given["text"] for method, given in at.slack.calls if method == "chat.update"]
        ended = "📋 勤革時からSmartHRへの取り込みは完了しました。"
        assert edits == [ended, "⏳ 勤革時からSmartHRに取り込む 0%", ended]


def test_edits_keep_their_distance() -> None:
    with office() as at:
        run = at.begun()
        for _ in range(3):
            at.reports.update_progress(run.id)
        assert at.slack.methods == ["chat.postMessage"]


@pytest.mark.parametrize(
    "mood", [Refusal("edit_window_closed"), IncompleteRead(b""), SlackRequestError("no JSON"), TimeoutError()]
)
def test_an_edit_that_fails_keeps_nothing_from_being_posted(mood: Refusal | Exception) -> None:
    with office() as at:
        run = at.ended()
        at.reports.post_progress(run)
        at.slack.edits = [mood]
        assert at.reports.report_result(run)
        assert at.slack.methods == ["chat.postMessage", "chat.update", "chat.postMessage"]


def test_a_message_that_an_administrator_has_deleted_is_posted_anew_and_edited_from_then_on() -> None:
    with office() as at:
        run = at.begun()
        at.reports.post_progress(run)
        at.slack.edits = [Refusal("message_not_found")]
        for _ in range(2):
            at.reports.update_progress(run.id, at_once=True)
        assert at.slack.methods == ["chat.postMessage", "chat.update"] * 2
        first, second = (str(each["ts"]) for method, each in at.slack.calls if method == "chat.update")
        assert first != second == at.store.runs.get(run.id).message_ts


def test_of_a_run_that_has_ended_nothing_is_remembered_not_even_when_it_was_shown_last() -> None:
    with office() as at:
        run = at.ended()
        at.reports.report_result(run)
        before = len(at.slack.calls)
        for _ in range(2):
            at.reports.update_progress(run.id)
        assert at.slack.methods[before:] == ["chat.update"] * 2


def test_after_a_crash_the_message_is_brought_up_to_date_and_there_is_no_second_one() -> None:
    with office() as at:
        run = at.begun()
        at.reports.post_progress(run)
        at.process().update_progress(run.id)
        assert at.slack.methods == ["chat.postMessage", "chat.update"]


def test_a_message_that_slack_did_not_take_is_posted_at_a_later_update() -> None:
    with office(Refusal("internal_error")) as at:
        run = at.begun()
        at.reports.post_progress(run)
        at.reports.update_progress(run.id, at_once=True)
        assert at.slack.places == [ANNA]  # not asked again within the minute
        at.watch.advance(MINUTE)
        at.reports.update_progress(run.id, at_once=True)
        assert at.kept(run) == (True, False)
        assert len(at.slack.places) == 2


def test_whoever_died_while_posting_is_waited_for_a_minute() -> None:
    with office() as at:
        run = at.ended()
        assert at.store.reporting.claim_message(run.id)
        assert not at.reports.report_result(run)
        assert at.slack.methods == []
        at.watch.advance(MINUTE)
        at.deliver()
        assert at.slack.methods == ["chat.postMessage"] * 2
        assert at.kept(run) == (True, True)


def test_a_result_comes_after_the_message_and_once() -> None:
    with office() as at:
        run = at.ended()
        assert at.reports.report_result(run)
        assert not at.reports.report_result(run)
        at.deliver()
        assert at.slack.places == [ANNA, ANNA]
        assert "直したので再実行" in str(at.slack.calls[1])


def test_a_run_that_is_taken_up_again_while_its_result_is_posted_gets_one_at_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with office() as at:
        run = started(at.store)
        skip_open(at.store.runs.ledger(run.id), Reason.CANCELLED)
        at.store.runs.set_state(run.id, RunState.CANCELLED, moment=at.watch())
        claim_result = at.store.reporting.claim_result

        def claim_and_stand_still(run_id: str) -> int | None:
            claimed = claim_result(run_id)
            monkeypatch.undo()
            at.store.runs.resume(SCOPE, run_id, ANNA, terms=TERMS)
            return claimed

        monkeypatch.setattr(at.store.reporting, "claim_result", claim_and_stand_still)
        assert not at.reports.report_result(at.store.runs.get(run.id))
        at.store.runs.set_state(run.id, RunState.FINISHED, moment=at.watch())
        at.watch.advance(2 * MINUTE)
        at.deliver()
        assert at.kept(run) == (True, True)


def test_a_result_that_slack_does_not_take_is_tried_by_the_clock_until_it_does() -> None:
    with office(*[Refusal("internal_error")] * 5) as at:
        run = at.ended()
        assert not at.reports.report_result(run)
        tried = []
        for minute in range(1, 20):
            at.watch.advance(MINUTE)
            before = len(at.slack.places)
            at.deliver()
            at.deliver()
            if len(at.slack.places) > before:
                tried.append(minute)
        assert at.kept(run) == (True, True)
        assert tried == [1, 2, 4, 8, 16]


def test_slack_says_when_the_result_may_come() -> None:
    with office(Refusal("ratelimited", 429, 300)) as at:
        run = at.ended()
        assert not at.reports.report_result(run)
        for _ in range(4):
            at.watch.advance(MINUTE)
            at.deliver()
        assert len(at.slack.places) == 1
        for _ in range(4):
            at.watch.advance(MINUTE)
            at.deliver()
        assert at.kept(run) == (True, True)


def test_whatever_goes_wrong_with_its_result_the_run_is_over() -> None:
    with office(ValueError("a defect of ours")) as at, structlog.testing.capture_logs() as logs:
        run = at.ended()
        assert not at.reports.report_result(run)
        assert [each["event"] for each in logs] == ["result_not_posted"]
        at.watch.advance(MINUTE)
        at.deliver()
        assert at.kept(run) == (True, True)
