"""What a row of a run costs Renkei itself: `python -m tests.bench.rows` gives milliseconds.

The target is in memory and answers at once; pace, ledger, seals and the history of each person are real, on
SQLite, which flushes every transaction to the disk.
"""

import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from storage.database import migrate
from storage.pace import Rhythm, TokenPace
from storage.store import Store
from sync.fields import Field, Value
from sync.model import Employee, System
from sync.remote import Sending, unnoticed
from sync.run import carry_out_chunk
from tests.storage.builders import KEYS, Watch, person, plan_between, started
from tests.sync.fakes import FakeSystem

ROWS = 1_000
WRITERS = 8


@dataclass
class InMemory(FakeSystem):
    """A system that is called as fast as its pace lets it, which is at once."""

    pace: TokenPace | None = None

    def update(
        self, existing: Employee, values: Mapping[Field, Value], sending: Sending = unnoticed
    ) -> Employee:
        assert self.pace is not None
        self.pace.wait()
        return super().update(existing, values, sending)


def row_overhead() -> float:
    """Give the milliseconds between the ends of two rows."""
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{Path(folder) / 'renkei.db'}"
        migrate(url)
        store = Store.open(url, KEYS, Watch())
        desired = [person(f"{number:05}") for number in range(ROWS)]
        existing = [replace(each, email=f"old-{each.number}@example.com") for each in desired]
        ledger = store.runs.ledger(started(store, plan_between(desired, existing), "測定のため").id)
        there = {each.remote_id: each for each in existing}
        target = InMemory(people=there, pace=store.pace(System.SMARTHR, "made up", Rhythm(0.0, an_hour=ROWS)))
        begun = time.perf_counter()
        while carry_out_chunk(ledger, target, Watch(), writers=WRITERS):
            pass
        seconds = time.perf_counter() - begun
        store.close()
    if len(target.writes) != ROWS:
        raise ValueError(f"{len(target.writes)} rows were written")
    return seconds / ROWS * 1000


if __name__ == "__main__":
    sys.stdout.write(f"{row_overhead()}\n")
