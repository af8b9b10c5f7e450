"""What the admin channel reads of a run: one message, edited while it goes on, and one with the result."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.texts import Texts
from bot.views.blocks import Json
from bot.views.run import FAILURES_SHOWN, progress_message, result_message
from storage.records import RunHead, Scope
from storage.store import Store
from sync.calendar import Clock
from sync.outcome import OutcomeKind

_log = structlog.get_logger(__name__)

TROUBLED = frozenset(OutcomeKind) - {OutcomeKind.SUCCEEDED}
"""The outcomes that somebody has to look at."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reports:
    """Speaks as the app, outside any listener. What Slack refuses is logged and never fails the run."""

    store: Store
    client_of: Callable[[Scope], WebClient]
    slow: Executor
    clock: Clock
    spacing: float
    """Seconds between two edits of a message."""
    _edited: dict[str, float] = field(default_factory=dict, init=False, repr=False)
    _editing: dict[str, threading.Lock] = field(default_factory=dict, init=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False, repr=False)

    def post_progress(self, run: RunHead) -> None:
        """Post a run's one message, unless it is there already."""
        if run.message_ts is None:
            posted = self._post(run, progress_message(self._texts(run), run, self.clock()))
            if posted is not None:
                self.store.runs.save_message(run.id, posted["channel"], posted["ts"])

    def update_progress(self, run_id: str, *, at_once: bool = False) -> None:
        """Have a run's message edited, not more often than `spacing`, without holding up the run."""
        now = time.monotonic()
        with self._lock:
            if not at_once and now - self._edited.get(run_id, -self.spacing) < self.spacing:
                return
            self._edited[run_id] = now
        self.slow.submit(self._edit, run_id)

    def report_result(self, run: RunHead) -> bool:
        """Bring a run's message to its end, and post the result where an edit would go unnoticed.

        False when Slack took the result nowhere.
        """
        self._edit(run.id)
        troubled = self.store.runs.outcomes(run.id, TROUBLED, 0, FAILURES_SHOWN)
        more = sum(run.counts.get(kind, 0) for kind in TROUBLED) - len(troubled)
        posted = self._post(run, result_message(self._texts(run), run, troubled, more))
        if posted is None:
            return False
        self.store.runs.save_result(run.id, posted["ts"])
        with self._lock:
            self._edited.pop(run.id, None)
            self._editing.pop(run.id, None)
        return True

    def _texts(self, run: RunHead) -> Texts:
        return Texts(self.store.integrations.load(run.scope).language)

    def _edit(self, run_id: str) -> None:
        with self._lock:
            mine = self._editing.setdefault(run_id, threading.Lock())
        with mine:  # one after another: a late edit must not paint over the last one
            self._edit_now(run_id)

    def _edit_now(self, run_id: str) -> None:
        run = self.store.runs.get(run_id)
        if run.channel is None or run.message_ts is None:
            return
        message = progress_message(self._texts(run), run, self.clock())
        try:
            self.client_of(run.scope).chat_update(channel=run.channel, ts=run.message_ts, **message)
        except (SlackApiError, OSError) as error:
            _log.warning("progress_not_shown", run=run_id, error=type(error).__name__)

    def _post(self, run: RunHead, message: Json) -> Json | None:
        """Post to the admin channel or, where that does not work, to whoever started the run."""
        client = self.client_of(run.scope)
        for place in (self.store.integrations.load(run.scope).admin_channel, run.user_id):
            if place is None:
                continue
            try:
                answer = client.chat_postMessage(channel=place, **message)
            except (SlackApiError, OSError) as error:
                _log.warning("message_not_posted", run=run.id, error=type(error).__name__)
            else:
                return {"channel": answer["channel"], "ts": answer["ts"]}
        return None
