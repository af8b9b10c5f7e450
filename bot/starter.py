"""Hands work to the engine, and looks after what it notes on it."""

from collections.abc import Container
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from cryptography.fernet import MultiFernet
from dbos import DBOSClient, EnqueueOptions, WorkflowStatus

from bot.engine import NAME, QUEUES, VERSION, Serializer
from storage.run_records import RunHead

BROKEN_OFF = frozenset({"ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"})
"""DBOS's words for a workflow that has ended without its work being done."""
FINISHED = ["SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
KEPT = {
    "tick": timedelta(days=1),
    "prepare_plan": timedelta(days=30),
    "test_integration": timedelta(days=30),
    "carry_out": timedelta(days=30),
}
"""How long the engine's own notes on finished work are kept; DBOS never deletes any."""
MOST_FORGOTTEN = 1000
"""Of a kind, at a time."""


@dataclass(frozen=True, slots=True)
class Work:
    """A piece of work that some process has taken, by the engine's notes."""

    workflow_id: str
    queue: str
    executor_id: str
    taken: datetime
    """By the database's clock; in SQLite to the second."""


class Starter:
    """Hands work to the engine, from any process. Repeating a call is harmless: the id names the work."""

    def __init__(self, database_url: str, fernet: MultiFernet) -> None:
        self._client = DBOSClient(
            system_database_url=database_url, serializer=Serializer(fernet), application_name=NAME
        )

    def prepare_plan(self, plan_id: str) -> None:
        """Fetch, compare and show a plan that has begun."""
        self._begin(_options("prepare_plan", plan_id), plan_id)

    def test_integration(self, draft_id: str) -> None:
        """Test what was typed into 連携設定, and keep it when it works."""
        self._begin(_options("test_integration", draft_id), draft_id)

    def carry_out(self, run: RunHead) -> None:
        """Carry an unfinished run out, or carry on with one that was taken up again.

        Work that the engine takes for done has not done it, as long as our tables say so.
        """
        name = f"{run.id}.{run.leg}" if run.leg else run.id
        self._begin(_options("carry_out", name), run.id, over=FINISHED)

    def tick(self, due: datetime) -> None:
        """Do what is due at that moment; whichever processes say so, it is done once.

        One that still waits stands for later ones: a night without a worker leaves one tick, not hundreds.
        Not one of another version of the workflows: no worker of today would ever take it.
        """
        if not self._listed(name="tick", status="ENQUEUED", app_version=VERSION, limit=1):
            moment = due.astimezone(UTC).isoformat()
            self._client.enqueue(_options("tick", moment), moment)

    def last_tick(self) -> datetime | None:
        """Tell when what is due by the clock was last done; None when no note of it is left."""
        done = self._listed(name="tick", status="SUCCESS", sort_desc=True, limit=1)
        moments = [each.completed_at or each.updated_at or 0 for each in done]
        return datetime.fromtimestamp(moments[0] / 1000, UTC) if moments else None

    def under_way(self) -> list[Work]:
        """Give the work that some process has taken."""
        return [_to_work(each) for each in self._listed(status="PENDING")]

    def waiting(self) -> int:
        """Tell how much work no process has taken yet."""
        return len(self._listed(status="ENQUEUED"))

    def put_back(self, workflow_ids: list[str], queue: str) -> None:
        """Let any process take work again: always on its queue, or the engine would put it on its own."""
        self._client.resume_workflows(workflow_ids, queue_name=queue)

    def forget_finished(self, now: datetime) -> int:
        """Delete the engine's notes on work that has ended long ago, and tell on how much."""
        forgotten = 0
        for name, age in KEPT.items():
            past = (now - age).isoformat()
            ended = self._listed(name=name, status=FINISHED, completed_before=past, limit=MOST_FORGOTTEN)
            if ended:
                self._client.delete_workflows([each.workflow_id for each in ended])
            forgotten += len(ended)
        return forgotten

    def _listed(self, **which: Any) -> list[WorkflowStatus]:  # noqa: ANN401 - DBOS's own filters
        return self._client.list_workflows(**which, load_input=False, load_output=False)

    def _begin(self, options: EnqueueOptions, argument: str, over: Container[str] = BROKEN_OFF) -> None:
        """Enqueue, unless it is there; what has broken off is begun anew: our ledger knows what is done."""
        workflow_id = options["workflow_id"]
        for attempt in count(1):
            known = self._client.list_workflows(workflow_ids=[workflow_id])
            if not known or known[0].status not in over:
                self._client.enqueue({**options, "workflow_id": workflow_id}, argument)
                return
            workflow_id = f"{options['workflow_id']}-{attempt}"

    def close(self) -> None:
        """Let go of the database."""
        self._client.destroy()


def _options(workflow: str, name: str) -> EnqueueOptions:
    return {
        "workflow_name": workflow,
        "queue_name": QUEUES[workflow],
        "workflow_id": f"{workflow}-{name}",
        "app_version": VERSION,
    }


def _to_work(status: WorkflowStatus) -> Work:
    return Work(
        workflow_id=status.workflow_id,
        queue=status.queue_name or QUEUES[status.name],
        executor_id=status.executor_id or "",
        taken=datetime.fromtimestamp((status.dequeued_at or status.updated_at or 0) / 1000, UTC),
    )
