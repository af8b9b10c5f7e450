"""Durable background work on DBOS: what has begun is carried on after a crash.

Only ids travel as arguments; our own ledger is the truth. The application version is pinned, so that a
deployment strands no run; it changes only when a workflow's order of steps does.
"""

import json
from dataclasses import dataclass
from itertools import count
from typing import Any, Protocol

import structlog
from cryptography.fernet import MultiFernet
from dbos import DBOS, DBOSClient, DBOSConfig, EnqueueOptions, StepOptions
from dbos import Serializer as DBOSSerializer

from storage.records import RunHead

_log = structlog.get_logger(__name__)

NAME = "renkei"
VERSION = "1"
PREVIEWS = "previews"
RUNS = "runs"
POLLING_SECONDS = 0.2
"""How long an enqueued preview waits at the most before a worker takes it."""
BROKEN_OFF = frozenset({"ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"})
"""DBOS's words for a workflow that has ended without its work being done."""
TRIES = 6
TRY_AGAIN_AFTER = 2.0
"""Seconds before a step's second try; each wait is twice the one before, about a minute in all."""
PREVIEWS_AT_ONCE = 4
RUNS_AT_ONCE = 8


class Jobs(Protocol):
    """The work itself."""

    def prepare_plan(self, plan_id: str) -> None:
        """Fetch, compare, keep and show a plan."""

    def test_integration(self, draft_id: str) -> None:
        """Test a draft of 連携設定 and keep it when it works."""

    def announce(self, run_id: str) -> None:
        """Post a run's message."""

    def advance(self, run_id: str, *, recheck: bool) -> float | None:
        """Carry out the next chunk; give the seconds to wait before the next one, None at the end.

        `recheck` says that the source is to be read again first: at the start and after every pause.
        """

    def conclude(self, run_id: str) -> None:
        """Close a run and report it."""

    def abandon(self, run_id: str) -> None:
        """Close a run that can't be carried on for a reason that nobody foresaw, and report it."""


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


class Starter:
    """Hands work to the engine, from any process. Repeating a call is harmless: the id names the work."""

    def __init__(self, database_url: str, fernet: MultiFernet) -> None:
        self._client = DBOSClient(
            system_database_url=database_url, serializer=Serializer(fernet), application_name=NAME
        )

    def prepare_plan(self, plan_id: str) -> None:
        """Fetch, compare and show a plan that has begun."""
        self._begin(_options("prepare_plan", PREVIEWS, plan_id), plan_id)

    def test_integration(self, draft_id: str) -> None:
        """Test what was typed into 連携設定, and keep it when it works."""
        self._begin(_options("test_integration", PREVIEWS, draft_id), draft_id)

    def carry_out(self, run: RunHead) -> None:
        """Carry a run out; a workspace's runs into one target go one after another."""
        line = f"{run.scope.enterprise_id}/{run.scope.team_id}/{run.direction.target}"
        self._begin({**_options("carry_out", RUNS, run.id), "queue_partition_key": line}, run.id)

    def _begin(self, options: EnqueueOptions, argument: str) -> None:
        """Enqueue, unless it is there; what has broken off is begun anew: our ledger knows what is done."""
        workflow_id = options["workflow_id"]
        for attempt in count(1):
            known = self._client.list_workflows(workflow_ids=[workflow_id])
            if not known or known[0].status not in BROKEN_OFF:
                self._client.enqueue({**options, "workflow_id": workflow_id}, argument)
                return
            workflow_id = f"{options['workflow_id']}-{attempt}"

    def close(self) -> None:
        """Let go of the database."""
        self._client.destroy()


@dataclass(frozen=True, slots=True)
class Engine:
    """The part of a process that carries work out."""

    def stop(self) -> None:
        """Take no more work. What is under way is carried on after the next start."""
        DBOS.destroy(destroy_registry=True)


def launch(database_url: str, fernet: MultiFernet, jobs: Jobs, executor_id: str) -> Engine:
    """Make this process carry work out, beginning with what it left behind.

    `executor_id` names the process, the same at every start and never shared by two at a time.
    """
    config: DBOSConfig = {
        "name": NAME,
        "system_database_url": database_url,
        "application_version": VERSION,
        "executor_id": executor_id,
        "serializer": Serializer(fernet),
        "console_log_level": "WARNING",
        "use_listen_notify": False,  # it serves messages between workflows, which there are none of
    }
    DBOS(config=config)
    _register(jobs)
    DBOS.launch()
    DBOS.register_queue(PREVIEWS, worker_concurrency=PREVIEWS_AT_ONCE, polling_interval_sec=POLLING_SECONDS)
    DBOS.register_queue(
        RUNS, partition_concurrency=1, worker_concurrency=RUNS_AT_ONCE, polling_interval_sec=POLLING_SECONDS
    )
    return Engine()


def _register(jobs: Jobs) -> None:
    """Name the workflows. A step that the process died in is carried out again; one that ended never is."""

    @DBOS.workflow(name="prepare_plan")
    def prepare_plan(plan_id: str) -> None:
        DBOS.run_step(_patiently("prepare"), jobs.prepare_plan, plan_id)

    @DBOS.workflow(name="test_integration")
    def test_integration(draft_id: str) -> None:
        DBOS.run_step(_patiently("test"), jobs.test_integration, draft_id)

    @DBOS.workflow(name="carry_out")
    def carry_out(run_id: str) -> None:
        try:
            DBOS.run_step(_patiently("announce"), jobs.announce, run_id)
            pause = DBOS.run_step(_patiently("advance"), jobs.advance, run_id, recheck=True)
            while pause is not None:
                if pause:
                    DBOS.sleep(pause)
                pause = DBOS.run_step(_patiently("advance"), jobs.advance, run_id, recheck=pause > 0)
            DBOS.run_step(_patiently("conclude"), jobs.conclude, run_id)
        except Exception as error:  # noqa: BLE001 - a run never ends without a word
            _log.error("run_abandoned", run=run_id, exc_info=error)
            DBOS.run_step(_patiently("abandon"), jobs.abandon, run_id)


def _patiently(name: str) -> StepOptions:
    """Name a step that is tried again when the database, say, is away for a moment."""
    return {
        "name": name,
        "retries_allowed": True,
        "max_attempts": TRIES,
        "interval_seconds": TRY_AGAIN_AFTER,
    }


def _options(workflow: str, queue: str, workflow_id: str) -> EnqueueOptions:
    return {
        "workflow_name": workflow,
        "queue_name": queue,
        "workflow_id": f"{workflow}-{workflow_id}",
        "app_version": VERSION,
    }
