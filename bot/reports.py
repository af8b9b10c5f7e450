"""What the admin channel reads of a run: one message, edited while it goes on, and one with the result.

Everything is read from the ledger when it is shown, so a message is right whoever shows it, after a crash
too. Slack is spoken to apart from the run: what it refuses or keeps waiting holds nothing up.

One thing remains: between Slack's taking a post and the note of its ts, one statement later, a process can
die, and a post's answer can get lost. Slack offers nothing to find such a message by. After a minute it is
posted again: a message may then stand there twice, and is never missing.
"""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field

import structlog
from slack_sdk import WebClient

from bot.posting import AWAY, NotNow, Posted, post, was_deleted
from bot.texts import Texts
from bot.views.blocks import Json
from bot.views.run import FAILURES_SHOWN, progress_message, result_message
from storage.records import Scope
from storage.run_records import ENDED, RunHead, RunState
from storage.store import Store
from sync.calendar import Clock
from sync.outcome import OutcomeKind

_log = structlog.get_logger(__name__)

TROUBLED = frozenset(OutcomeKind) - {OutcomeKind.SUCCEEDED}
"""The outcomes that somebody has to look at."""


@dataclass(slots=True)
class _Stage:
    """One run's messages, in this process."""

    turn: threading.Lock = field(default_factory=threading.Lock)
    """One after another: a late edit must not paint over the last one."""
    is_next: bool = False
    """Whether somebody waits for their turn already, and will show what there is by then."""
    shown_at: float = float("-inf")


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """Speaks as the app, outside any listener. What Slack refuses is logged and never fails the run."""

    store: Store
    client_of: Callable[[Scope], WebClient]
    """Edits patiently: an edit that arrives twice does no harm."""
    poster_of: Callable[[Scope], WebClient]
    """Posts, and repeats nothing by itself."""
    slow: Executor
    clock: Clock
    spacing: float
    """Seconds between two edits of a message."""
    _stages: dict[str, _Stage] = field(default_factory=dict, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def post_progress(self, run: RunHead) -> None:
        """Have a run's one message posted, or brought up to date where it is there already."""
        self.update_progress(run.id, at_once=True)

    def update_progress(self, run_id: str, *, at_once: bool = False) -> None:
        """Have a run's message brought up to date, not more often than `spacing`, without holding up the run.

        A message that Slack has not taken so far is posted then.
        """
        now = time.monotonic()
        with self._lock:
            stage = self._stages.setdefault(run_id, _Stage())
            if stage.is_next or (not at_once and now - stage.shown_at < self.spacing):
                return
            stage.is_next, stage.shown_at = True, now
        self.slow.submit(self._show, run_id, stage).add_done_callback(_log_escaped)

    def report_result(self, run: RunHead) -> bool:
        """Bring a run's message to its end, and post the result where an edit would go unnoticed.

        False when it was not posted by this: Slack did not take it, or somebody else is at it. It is tried
        again by the clock (`bot.jobs.reports`). Never raises.
        """
        try:
            with self._stage(run.id).turn:
                self._show_now(run.id)
                leg = self.store.reporting.claim_result(run.id)
                is_posted = leg is not None and self._post_result(run.id, leg)
        except Exception as error:  # noqa: BLE001 - the run is over whatever comes of its messages
            _log.error("result_not_posted", run=run.id, exc_info=error)
            return False
        finally:
            self._leave(run.id)
        return is_posted

    def _stage(self, run_id: str) -> _Stage:
        with self._lock:
            return self._stages.setdefault(run_id, _Stage())

    def _show(self, run_id: str, stage: _Stage) -> None:
        with stage.turn:
            with self._lock:
                stage.is_next = False
            if self._show_now(run_id).state in ENDED:
                self._leave(run_id)

    def _leave(self, run_id: str) -> None:
        with self._lock:
            self._stages.pop(run_id, None)

    def _show_now(self, run_id: str) -> RunHead:
        """Show a run as it is; once more when another process has brought it to its end meanwhile.

        What is shown here may have painted over what that process showed.
        """
        shown = self._show_once(run_id)
        has_ended = shown.state not in ENDED and self.store.runs.get(run_id).state in ENDED
        return self._show_once(run_id) if has_ended else shown

    def _show_once(self, run_id: str) -> RunHead:
        run = self.store.runs.get(run_id)
        ahead = self.store.runs.ahead_of(run_id) if run.state is RunState.QUEUED else None
        message = progress_message(self._texts(run), run, self.clock(), ahead)
        if not self._edit(run, message) and self.store.reporting.claim_message(run_id):
            posted = self._post(run, message)
            if posted is not None:
                self.store.runs.save_message(run_id, posted.channel, posted.ts, leg=run.leg)
        return run

    def _edit(self, run: RunHead, message: Json) -> bool:
        """Bring a run's message up to date where Slack lets us; False when there is none, or no more."""
        if run.channel is None or run.message_ts is None:
            return False
        try:
            self.client_of(run.scope).chat_update(channel=run.channel, ts=run.message_ts, **message)
        except AWAY as error:
            _log.warning("progress_not_shown", run=run.id, error=type(error).__name__)
            if was_deleted(error):
                self.store.reporting.forget_message(run.id, run.message_ts)
                return False
        return True

    def _post_result(self, run_id: str, leg: int) -> bool:
        run = self.store.runs.get(run_id)
        if run.leg != leg:  # it was taken up again meanwhile, and has no result yet
            return False
        troubled = self.store.runs.outcomes(run_id, TROUBLED, 0, FAILURES_SHOWN)
        more = sum(run.counts.get(kind, 0) for kind in TROUBLED) - len(troubled)
        posted = self._post(run, result_message(self._texts(run), run, troubled, more))
        if posted is None:
            return False
        self.store.runs.save_result(run_id, posted.channel, posted.ts, leg=leg)
        return True

    def _texts(self, run: RunHead) -> Texts:
        return Texts(self.store.integrations.load(run.scope).language)

    def _post(self, run: RunHead, message: Json) -> Posted | None:
        """Post to the admin channel or, where that does not work, to whoever started the run.

        The claim is kept where Slack takes it nowhere: that is the pause before the next try.
        """
        channel = self.store.integrations.load(run.scope).admin_channel
        places = [place for place in (channel, run.user_id) if place is not None]
        posted = post(self.poster_of(run.scope), places, message)
        if isinstance(posted, NotNow):
            if posted.retry_after is not None:
                self.store.reporting.put_off(run.id, posted.retry_after)
            return None
        return posted


def _log_escaped(done: Future[None]) -> None:
    """Name in the log what no refusal of Slack's explains: an executor says nothing by itself."""
    error = done.exception()
    if error is not None:
        _log.error("progress_not_shown", exc_info=error)
