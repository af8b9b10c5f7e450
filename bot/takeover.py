"""Carries on what dead processes have begun: DBOS does so only with its paid control plane."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
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


@dataclass(frozen=True, slots=True)
class Takeover:
    """Looks again and again: a single look, cut off by a restart of the database, would strand work."""

    queues: Queues
    workers: Workers
    dead_after: timedelta
    beat: Callable[[], object]
    """Says that this process lives: after the machine has slept, it would take itself for dead."""

    def look(self) -> None:
        """Put work back whose process lives no more; one process at a time looks."""
        self.beat()
        with self.workers.alone() as is_alone:
            if is_alone:
                self._put_back()

    def _put_back(self) -> None:
        under_way = self.queues.under_way()
        # Asked for after the work: whoever has taken some lived by then.
        alive = {each.executor_id: each for each in self.workers.list() if each.seen_ago <= self.dead_after}
        stranded: defaultdict[str, list[str]] = defaultdict(list)
        for work in under_way:
            if self._is_stranded(work, alive):
                stranded[work.queue].append(work.workflow_id)
        for queue, workflow_ids in stranded.items():
            _log.warning("taken_over", queue=queue, work=len(workflow_ids))
            self.queues.put_back(workflow_ids, queue)

    def _is_stranded(self, work: Work, alive: Mapping[str, WorkerHead]) -> bool:
        worker = alive.get(work.executor_id)
        if worker is None:
            return True
        # Left behind by an earlier process of that name: the engine itself sees to it at a start, but once.
        return worker.age > self.dead_after and work.taken < worker.started.replace(microsecond=0)
