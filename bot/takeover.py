"""Carries on what dead processes have begun: DBOS does so only with its paid control plane."""

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.starter import Work
from storage.workers import WorkerHead, Workers

_log = structlog.get_logger(__name__)


class Queues(Protocol):
    """What of the engine a takeover needs."""

    def under_way(self) -> list[Work]:
        """Give the work that some process has taken."""

    def put_back(self, workflow_ids: list[str], queue: str) -> None:
        """Let any process take work again."""


@dataclass(slots=True)
class Takeover:
    """Looks again and again: a single look, cut off by a restart of the database, would strand work."""

    queues: Queues
    workers: Workers
    dead_after: timedelta
    executor_id: str
    """Of this process."""
    beat: Callable[[], object]
    """Says that this process lives: after the machine has slept, it would take itself for dead."""
    under_way: Callable[[], frozenset[str]]
    """Tells what this process really carries out; a thread can end by an error of the database, unnoticed."""
    _seen: datetime | None = field(default=None, init=False)
    _seen_since: datetime | None = field(default=None, init=False)
    """Since when looks have come without a gap, by the database's clock."""

    def look(self) -> None:
        """Put work back whose process lives no more; one process at a time looks."""
        self.beat()
        self._note_look()
        with self.workers.alone() as is_alone:
            if is_alone:
                self._put_back()

    def _note_look(self) -> None:
        """Note that the database answers: by its own clock, which goes on while this machine sleeps."""
        mine = [each for each in self.workers.list() if each.executor_id == self.executor_id]
        now = _now(mine[0]) if mine else None
        gap = self.dead_after / 2  # the others need the rest of it to beat again
        if now is None or self._seen is None or now - self._seen > gap:
            self._seen_since = now
        self._seen = now

    def _put_back(self) -> None:
        mine = self.under_way()  # asked for first: what has ended since is not under way in the notes either
        taken = self.queues.under_way()
        # Asked for after the work: whoever has taken some lived by then.
        workers = {each.executor_id: each for each in self.workers.list()}
        stranded: defaultdict[str, list[str]] = defaultdict(list)
        for work in taken:
            if self._is_stranded(work, workers.get(work.executor_id), mine):
                stranded[work.queue].append(work.workflow_id)
        for queue, workflow_ids in stranded.items():
            _log.warning("taken_over", queue=queue, work=len(workflow_ids))
            self.queues.put_back(workflow_ids, queue)

    def _is_stranded(self, work: Work, worker: WorkerHead | None, mine: frozenset[str]) -> bool:
        if worker is None:
            return True
        if worker.seen_ago > self.dead_after:
            return self._could_beat()
        if worker.age <= self.dead_after:  # the engine itself sees to what was left behind, once, at a start
            return False
        if work.taken < worker.started.replace(microsecond=0):  # by an earlier process of that name
            return True
        is_lost = work.executor_id == self.executor_id and work.workflow_id not in mine
        return is_lost and _now(worker) - work.taken > self.dead_after

    def _could_beat(self) -> bool:
        """Tell whether who lives had the time to say so; nobody could while the database was away."""
        if self._seen is None or self._seen_since is None:
            return False
        return self._seen - self._seen_since >= self.dead_after


def _now(worker: WorkerHead) -> datetime:
    return worker.started + worker.age
