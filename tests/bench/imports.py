"""What share of the limits imports use: `python -m tests.bench.imports NAME`, as JSON.

1,000 people are updated, every call takes 300 ms, and nothing else waits. The share is of what a system
allows from the first write to the run's last call, the readings between them included.
"""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from functools import partial
from http import HTTPStatus
from typing import Any

from bot.engine import RUNS
from bot.keys import fernet
from bot.starter import Starter
from sandbox.remote.system import System
from sandbox.slack.screen import Screen
from tests import postgres
from tests.bench.crowd import with_lists
from tests.bench.systems import Setup, Systems
from tests.bench.whole import Whole, whole
from tests.journeys.deeds import choose_all, give_reason, look_at
from tests.journeys.middle import wait_until
from tests.journeys.stage import Stage

ROWS = 1_000
AT_ONCE = 400
"""Numbers that fit into one field of a form."""
PATIENCE = 400.0
WITH_SAME = 5 / 4
"""A sixth of the people differ only in what is not written to 勤革時."""
SCALE = 5.0
"""How many times faster than in real life 勤革時's limit is: 1,000 updates would take it ten minutes."""
QUICKLY = {"RENKEI_KINKAKUJI_SPACING": f"{0.62 / SCALE}"}
ALLOWED: Mapping[System, float] = {System.SMARTHR: 10.0, System.KINKAKUJI: 500 / 300 * SCALE}
"""Calls a second."""


@dataclass(frozen=True)
class Use:
    """What became of a limit. Both are shares of one."""

    used: float
    refused: float

    @classmethod
    def of(cls, calls: Sequence[Mapping[str, Any]], allowed: float) -> "Use":
        """Look at the calls of a run, the oldest first."""
        seconds = calls[-1]["monotonic"] - calls[0]["monotonic"]
        refused = sum(call["status"] == HTTPStatus.TOO_MANY_REQUESTS for call in calls)
        return cls((len(calls) - 1) / (seconds * allowed), refused / len(calls))


def into_smarthr() -> Use:
    """Import 1,000 people into SmartHR at its real limits."""
    with whole(everybody(ROWS)) as it, watched(it.systems, System.SMARTHR) as uses:
        wait_for_results(it, [start(it.stage, "pull")])
    return uses[0]


def into_kinkakuji() -> Use:
    """Import 1,000 people into 勤革時 at a limit that passes faster."""
    with (
        whole(everybody(ROWS * WITH_SAME), more=QUICKLY) as it,
        watched(it.systems, System.KINKAKUJI) as uses,
    ):
        wait_for_results(it, [start(it.stage, "push")])
    return uses[0]


def by_two_processes() -> Use:
    """Import into both systems at once by two workers on PostgreSQL, and give the smaller share.

    Each of the two carries one import out, and both make a list beside it with the same tokens.
    """
    with (
        postgres.postgresql() as url,
        whole(everybody(2 * ROWS), "web", "worker", "worker", database_url=url, more=QUICKLY) as it,
        watched(it.systems, *System) as uses,
    ):
        chosen = start_apart(it, ROWS)
        with_lists(it.stage, 1)
        wait_for_results(it, chosen)
    return Use(min(each.used for each in uses), max(each.refused for each in uses))


def start_both(stage: Stage, rows: int) -> list[int]:
    """Start an import into each system, of so many different people, and give how many it has."""
    return [start(stage, "pull", _numbers(1, rows)), start(stage, "push", _numbers(rows + 1, 2 * rows))]


def start_apart(it: Whole, rows: int) -> list[int]:
    """Do the same so that each is carried out by a process of its own, by the engine's own notes."""
    starter = Starter(it.stage.settings.database_url, fernet(it.stage.settings))
    first = start(it.stage, "pull", _numbers(1, rows))
    wait_until(lambda: len(carriers(starter)) == 1, "somebody who carries the first import out")
    second = _choose(it.stage, "push", _numbers(rows + 1, 2 * rows))
    (name,) = carriers(starter)
    with standing_still(it.processes.workers()[name]):
        _press(it.stage)
        wait_until(lambda: len(carriers(starter)) == len(System), "another one who carries out the second")
    starter.close()
    return [first, second]


def carriers(starter: Starter) -> set[str]:
    """Give the names of the processes that carry an import out."""
    return {work.executor_id for work in starter.under_way() if work.queue == RUNS}


@contextmanager
def standing_still(process: subprocess.Popen[bytes]) -> Iterator[None]:
    """Have a process take nothing until the end of the block, which has to come soon."""
    process.send_signal(signal.SIGSTOP)
    yield
    process.send_signal(signal.SIGCONT)


@contextmanager
def watched(there: Systems, *several: System) -> Iterator[list[Use]]:
    """Give, at the end of the block, what was used of each limit from the run's first write on."""
    uses: list[Use] = []
    before = {system: len(there.calls(system)) for system in several}
    yield uses
    for system in several:
        calls = there.calls(system)[before[system] :]
        first = next(index for index, call in enumerate(calls) if call["method"] != "GET")
        uses.append(Use.of(calls[first:], ALLOWED[system]))


def everybody(people: float) -> Setup:
    """Let the systems know so many people, each of them differently."""
    return Setup(people=int(people), differing=1.0, kinkakuji_scale=SCALE)


def _numbers(first: int, last: int) -> list[str]:
    return [f"{number:05}" for number in range(first, last + 1)]


def start(stage: Stage, way: str, numbers: Sequence[str] = ()) -> int:
    chosen = _choose(stage, way, numbers)
    _press(stage)
    return chosen


def _choose(stage: Stage, way: str, numbers: Sequence[str]) -> int:
    """Go as far as the last look."""
    hr = stage.hr
    look_at(stage, way)
    if not numbers:
        choose_all(hr)
    for first in range(0, len(numbers), AT_ONCE):
        before = _chosen(hr)
        hr.press("社員番号を貼り付け")
        hr.wait_for("改行・空白・コンマ")
        hr.fill("社員番号", "\n".join(numbers[first : first + AT_ONCE]))
        hr.submit()
        hr.wait_for(partial(_is_other_than, before))
    chosen = _chosen(hr) or 0
    hr.submit()
    give_reason(hr, "一斉の更新のため")
    return chosen


def _press(stage: Stage) -> None:
    stage.hr.submit()
    stage.hr.wait_for("取り込みを開始しました")
    stage.hr.close()


def _chosen(screen: Screen) -> int | None:
    found = re.search(r"選択中 ([\d,]+)名", screen.text())
    return int(found[1].replace(",", "")) if found else None


def _is_other_than(before: int | None, screen: Screen) -> bool:
    return _chosen(screen) not in {before, None}


def wait_for_results(it: Whole, chosen: Sequence[int]) -> None:
    """Wait until everybody who was chosen has been written: nobody failed, nobody is unknown."""
    done = [f"✅ {people:,}名の取り込みが完了しました" for people in chosen]
    it.stage.hr.wait_for(lambda _: all(_is_said(it.stage, each) for each in done), PATIENCE)


def _is_said(stage: Stage, text: str) -> bool:
    return any(text in report for report in stage.reports())


if __name__ == "__main__":
    measure = {
        "import_smarthr_1k": into_smarthr,
        "import_kinkakuji_1k": into_kinkakuji,
        "import_two_processes": by_two_processes,
    }[sys.argv[1]]
    sys.stdout.write(json.dumps(asdict(measure())) + "\n")
