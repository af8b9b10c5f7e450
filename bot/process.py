"""One running process of the bot: its parts started in order, and stopped in reverse."""

import threading
from collections.abc import Callable
from contextlib import ExitStack

import structlog
from slack_bolt import App
from slack_bolt.adapter.socket_mode.websocket_client import SocketModeHandler

from bot.app import create_app
from bot.compose import Parts, make_jobs, make_services, make_takeover, open_parts
from bot.dispatches import Dispatches
from bot.engine import launch
from bot.health import Probe, succeeds
from bot.heart import Heart
from bot.keys import fernet
from bot.lifeline import Lifeline
from bot.settings import Settings
from bot.starter import Starter
from bot.tempo import Tempo
from bot.timer import Timer
from bot.wall_clock import raise_if_off
from storage.errors import ClocksApart
from storage.slots import take_slot

ENVELOPES_AT_ONCE = 32
"""As many as there are listeners (`bot.app`), so that none waits for a thread to be acknowledged on."""
LAST_WORDS_SECONDS = 3.0
"""How long work that is not durable, such as opening a modal, is waited for at the end."""
ANSWERS_SECONDS = 5.0
"""How long the answers of calls that runs have under way are waited for."""
GOODBYE_SECONDS = 2.0
"""How long the websocket's closing is waited for."""

_log = structlog.get_logger(__name__)


class Process:
    """Starts what it is told to; `stop` undoes all of it, whatever was reached."""

    def __init__(
        self, settings: Settings, tempo: Tempo | None = None, lifeline: Lifeline | None = None
    ) -> None:
        self._settings = settings
        self._tempo = tempo or Tempo()
        self.lifeline = lifeline or Lifeline()
        self._undo = ExitStack()
        self._parts = self._open()
        self._starter = self._open_starter()
        self._timer = self._open_timer()
        self.probes: dict[str, Probe] = {"database": succeeds(self._parts.store.ping)}

    def work(self) -> None:
        """Carry out previews and runs, beginning with what was left behind or others have left."""
        dispatches = Dispatches()
        heart = self._begin_to_beat(dispatches)
        jobs = make_jobs(self._parts, self._starter, self.lifeline)
        settings = self._settings
        stop = launch(settings.database_url, fernet(settings), jobs, heart.executor_id, dispatches)
        self._undo.callback(stop)
        self._undo.callback(self.lifeline.wait_for_work, ANSWERS_SECONDS)
        self.probes["engine"] = lambda: not self.lifeline.stopping.is_set()

    def listen(self) -> App:
        """Make the app that Slack talks to and, in Socket Mode, connect it. Raises SlackApiError."""
        app = create_app(make_services(self._parts, self._starter), self._settings)
        if self._settings.slack_app_token:
            self._connect(app, self._settings.slack_app_token.get_secret_value())
        return app

    def stop(self) -> None:
        """Stop taking things on, then let go. Runs under way are carried on elsewhere or after a start."""
        _log.info("stopping")
        self.lifeline.stopping.set()
        self._undo.close()
        _log.info("stopped")

    def _open(self) -> Parts:
        parts = open_parts(self._settings, self._tempo)
        self._undo.callback(parts.store.close)
        parts.store.prove_keys()  # better here, in a sentence, than at somebody's first press
        raise_if_off(parts.store)
        self._undo.callback(_within(LAST_WORDS_SECONDS, parts.slow.shutdown))
        return parts

    def _open_starter(self) -> Starter:
        starter = Starter(self._settings.database_url, fernet(self._settings))
        self._undo.callback(starter.close)
        return starter

    def _open_timer(self) -> Timer:
        """Start the clock; every process tells the engine what is due, and the engine does it once."""
        timer = Timer()
        timer.every(self._tempo.tick, "tick", self._starter.tick)
        timer.every(self._tempo.beat, "clock", lambda _due: self._end_if_clock_is_off())
        timer.start()
        self._undo.callback(timer.stop)
        return timer

    def _end_if_clock_is_off(self) -> None:
        try:
            raise_if_off(self._parts.store)
        except ClocksApart as error:
            _log.error("clocks_apart", exc_info=error)
            self.lifeline.let_go()

    def _begin_to_beat(self, dispatches: Dispatches) -> Heart:
        heart = Heart(take_slot(self._settings.database_url), self._parts.store.workers, self.lifeline)
        takeover = make_takeover(self._parts, self._starter, heart, dispatches)
        self._undo.callback(takeover.look)  # after leaving: others take what was begun here at once
        self._undo.callback(heart.leave)
        heart.arrive()
        self._timer.every(self._tempo.beat, "heartbeat", lambda _due: heart.beat())
        self._timer.every(self._tempo.reap, "takeover", lambda _due: takeover.look())
        return heart

    def _connect(self, app: App, app_token: str) -> None:
        # The adapter of websocket-client: the SDK's built-in one breaks on acknowledgements over 64 KB
        # (bolt-python#327), and an external select's options can be as long.
        handler = SocketModeHandler(app, app_token, concurrency=ENVELOPES_AT_ONCE)
        # Closing takes as long as Slack takes to say goodbye and the client's monitor to wake from its nap.
        self._undo.callback(_within(GOODBYE_SECONDS, handler.close))
        handler.connect()  # type: ignore[no-untyped-call] # as Bolt ships it
        self.probes["slack"] = handler.client.is_connected


def _within(seconds: float, call: Callable[[], None]) -> Callable[[], None]:
    def wait() -> None:
        thread = threading.Thread(target=call, daemon=True)
        thread.start()
        thread.join(seconds)

    return wait
