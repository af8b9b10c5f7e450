"""Durable background work on DBOS: what has begun is carried on after a crash.

Only ids travel as arguments; our own ledger is the truth. The application version is pinned, so that a
deployment strands no run; it changes only when a workflow's order of steps does.
"""

import json
import re
from collections.abc import Callable
from functools import partial, wraps
from typing import Any, Protocol, TypeVar
from uuid import uuid4

import stamina
import structlog
from cryptography.fernet import MultiFernet
from dbos import DBOS, DBOSClient, DBOSConfig, StepOptions
from dbos import Serializer as DBOSSerializer

from bot.dispatches import Dispatches
from storage.database import is_database_away

T = TypeVar("T")
_log = structlog.get_logger(__name__)

NAME = "renkei"
VERSION = "1"
PREVIEWS = "previews"
RUNS = "runs"
CHORES = "chores"
QUEUES = {"prepare_plan": PREVIEWS, "test_integration": PREVIEWS, "carry_out": RUNS, "tick": CHORES}
"""Where each kind of work waits for a process."""
POLLING_SECONDS = 0.2
"""How long an enqueued preview waits at the most before a worker takes it."""
CHORES_POLLING_SECONDS = 0.5
TRIES = 6
TRY_AGAIN_AFTER = 2.0
"""Seconds before a step's second try; each wait is twice the one before, about a minute in all."""
PREVIEWS_AT_ONCE = 4
RUNS_AT_ONCE = 256
"""Many, for most of them wait: for their turn, or for 勤革時 to open. The next one would not begin.

Each costs a thread that sleeps, some 20 KB, and a look at the database every `Tempo.nap`. Those that write
take turns at the connections of the process, 45 to our tables and 20 to the engine's.
"""
LONGEST_PAUSE = 60.0
"""Seconds between two tries while the database is away."""
NAP_SECONDS = 0.1
"""How long a thread of the engine sleeps that has nothing to do here; a stop waits for it to wake."""


class Jobs(Protocol):
    """The work itself."""

    def prepare_plan(self, plan_id: str) -> None:
        """Fetch, compare, keep and show a plan."""

    def test_integration(self, draft_id: str) -> None:
        """Test a draft of 連携設定 and keep it when it works."""

    def tick(self) -> None:
        """Do what is due by the clock."""

    def hold(self, run_id: str, holder: str, leg: int) -> bool:
        """Take a run over from whoever carried it out before; False when it is in another leg by now."""

    def announce(self, run_id: str) -> None:
        """Post a run's message."""

    def advance(self, run_id: str, *, holder: str, recheck: bool) -> float | None:
        """Carry out the next chunk; give the seconds to wait before the next one, None at the end.

        `recheck` says that the source is to be read again first: at the start and after every pause.
        """

    def conclude(self, run_id: str, *, holder: str) -> None:
        """Close a run and report it."""

    def abandon(self, run_id: str, *, holder: str) -> float | None:
        """Close a run that can't be carried on for a reason that nobody foresaw, and report it.

        Give the seconds to wait before this is done again: a write may still arrive. None at the end.
        """


class Serializer(DBOSSerializer):
    """JSON under Fernet: DBOS's default is pickle, and whoever can write the database could run code."""

    def __init__(self, fernet: MultiFernet) -> None:
        self._fernet = fernet

    def serialize(self, data: Any) -> str:  # noqa: ANN401 - DBOS hands over whatever a step gave
        """Write ids, numbers and None; of an exception only its kind, for its text can hold anything."""
        plain = {"error": type(data).__name__} if isinstance(data, BaseException) else {"value": data}
        return self._fernet.encrypt(json.dumps(plain).encode()).decode()

    def deserialize(self, serialized_data: str) -> Any:  # noqa: ANN401 - the same
        """Read what `serialize` wrote."""
        plain = json.loads(self._fernet.decrypt(serialized_data.encode()))
        return RuntimeError(plain["error"]) if "error" in plain else plain["value"]

    def name(self) -> str:
        """Name the format in DBOS's tables."""
        return "renkei_json_fernet"


def launch(
    database_url: str, fernet: MultiFernet, jobs: Jobs, executor_id: str, dispatches: Dispatches
) -> Callable[[], None]:
    """Make this process carry work out, beginning with what it left behind.

    `executor_id` names the process, the same at every start and never shared by two at a time; `dispatches`
    are told what is under way. What is given stops it: no more work is taken, and what is under way is
    carried on elsewhere or after the next start.
    """
    config: DBOSConfig = {
        "name": NAME,
        "system_database_url": database_url,
        "application_version": VERSION,
        "executor_id": executor_id,
        "serializer": Serializer(fernet),
        "console_log_level": "WARNING",
        "use_listen_notify": False,  # it serves messages between workflows, which there are none of
        "notification_listener_polling_interval_sec": NAP_SECONDS,
    }
    _open_queues(database_url)
    DBOS(config=config)
    _register(jobs, dispatches)
    DBOS.launch()
    return partial(DBOS.destroy, destroy_registry=True)


def _open_queues(database_url: str) -> None:
    """Name the queues before the engine starts: one that it learns of later is not looked at for a second."""
    client = DBOSClient(system_database_url=database_url, application_name=NAME)
    client.register_queue(PREVIEWS, worker_concurrency=PREVIEWS_AT_ONCE, polling_interval_sec=POLLING_SECONDS)
    client.register_queue(RUNS, worker_concurrency=RUNS_AT_ONCE, polling_interval_sec=POLLING_SECONDS)
    # Not one in all: a dead process' tick would hold up everybody, and the processes would contend.
    client.register_queue(CHORES, worker_concurrency=1, polling_interval_sec=CHORES_POLLING_SECONDS)
    client.destroy()


def _register(jobs: Jobs, dispatches: Dispatches) -> None:
    """Name the workflows. A step that the process died in is carried out again; one that ended never is."""

    def workflow(carried_out: Callable[[str], None]) -> None:
        @wraps(carried_out)
        def noted(argument: str) -> None:
            with dispatches.noted(DBOS.workflow_id or ""):
                carried_out(argument)

        DBOS.workflow(name=carried_out.__name__)(noted)

    @workflow
    def prepare_plan(plan_id: str) -> None:
        DBOS.run_step(_patiently("prepare"), jobs.prepare_plan, plan_id)

    @workflow
    def test_integration(draft_id: str) -> None:
        DBOS.run_step(_patiently("test"), jobs.test_integration, draft_id)

    @workflow
    def tick(due: str) -> None:
        del due
        DBOS.run_step({"name": "tick"}, jobs.tick)

    @workflow
    def carry_out(run_id: str) -> None:
        _carry_out(jobs, run_id)


def _carry_out(jobs: Jobs, run_id: str) -> None:
    holder = uuid4().hex  # of this dispatch: after a takeover, whoever still goes on under another stops
    if not _hold_patiently(jobs, run_id, holder, leg_of(DBOS.workflow_id or "", run_id)):
        return  # it was taken up again since: another workflow carries that leg out, and ends it
    announce, conclude = partial(jobs.announce, run_id), partial(jobs.conclude, run_id, holder=holder)
    advance = partial(jobs.advance, run_id, holder=holder)
    try:
        _step("announce", announce)
        pause = _step("advance", partial(advance, recheck=True))
        while pause is not None:
            if pause:
                DBOS.sleep(pause)
            pause = _step("advance", partial(advance, recheck=pause > 0))
        _step("conclude", conclude)
    except Exception as error:
        if is_database_away(error):  # while the engine took notes; the run is begun anew, or put back
            raise
        # A step's failure is noted before it comes here, and the engine takes notes only from whom the
        # work still belongs to: of what was taken over, nothing comes here.
        _log.error("run_abandoned", run=run_id, exc_info=error)
        while (pause := _step("abandon", partial(jobs.abandon, run_id, holder=holder))) is not None:
            DBOS.sleep(pause)


def _step(name: str, work: Callable[[], T]) -> T:
    """Carry out a step of a run, as often as it takes while the database is away."""
    return DBOS.run_step(_patiently(name), _through_outages, work)


def _through_outages(work: Callable[[], T]) -> T:
    for attempt in stamina.retry_context(
        on=is_database_away,
        attempts=None,
        timeout=None,
        wait_initial=TRY_AGAIN_AFTER,
        wait_jitter=TRY_AGAIN_AFTER,
        wait_max=LONGEST_PAUSE,
    ):
        with attempt:
            return work()
    raise AssertionError("stamina's last attempt returns or raises")


def leg_of(workflow_id: str, run_id: str) -> int:
    """Read which leg of a run a workflow carries out (`bot.starter` names it), whichever attempt it is."""
    named = re.fullmatch(rf"carry_out-{re.escape(run_id)}(?:\.(\d+))?(?:-\d+)?", workflow_id)
    return int(named[1] or 0) if named else 0


def _hold_patiently(jobs: Jobs, run_id: str, holder: str, leg: int) -> bool:
    """Take a run over: no step, for a step that has ended is not carried out again at the next dispatch."""
    for attempt in stamina.retry_context(
        on=Exception,
        attempts=TRIES,
        timeout=None,
        wait_initial=TRY_AGAIN_AFTER,
        wait_jitter=TRY_AGAIN_AFTER,
        wait_max=60.0,
    ):
        with attempt:
            return jobs.hold(run_id, holder, leg)
    raise AssertionError("stamina's last attempt returns or raises")


def _patiently(name: str) -> StepOptions:
    """Name a step that is tried again when something fails for a moment."""
    return {
        "name": name,
        "retries_allowed": True,
        "max_attempts": TRIES,
        "interval_seconds": TRY_AGAIN_AFTER,
    }
