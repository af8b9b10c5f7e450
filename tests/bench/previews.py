"""What a preview takes of a large company: `python -m tests.bench.previews NAME`, as JSON."""

import json
import re
import sys
import time
from math import ceil
from pathlib import Path

from sync.paging import MAX_PER_PAGE
from tests.bench.systems import Setup
from tests.bench.whole import Whole, whole
from tests.journeys.deeds import ask_for

PEOPLE = 10_000
A_SECOND = 10
"""SmartHR's limit. 勤革時's does not matter: its people come in one call."""
FLOOR = ceil(PEOPLE / MAX_PER_PAGE) / A_SECOND
"""Seconds that the calls take which nobody could do without: every page."""
PATIENCE = 300.0
TEN_TIMES = 100_000
MEGABYTE = 1_000_000


def preview_10k() -> tuple[float, float]:
    """Give the seconds from the press to the list of everybody, every call 300 ms long, and the floor."""
    with whole(Setup(people=PEOPLE, differing=0.1)) as it:
        begun = time.perf_counter()
        _look_at_everybody(it, PEOPLE)
        return time.perf_counter() - begun, FLOOR


def preview_100k_memory() -> float:
    """Give the megabytes that the whole bot had at its highest, its libraries included (Linux only)."""
    with whole(Setup(people=TEN_TIMES, differing=0.1, latency=0.0)) as it:
        _look_at_everybody(it, TEN_TIMES)
        (bot,) = it.processes.workers().values()
        status = Path(f"/proc/{bot.pid}/status").read_text(encoding="ascii")
    (highest,) = re.findall(r"VmHWM:\s+(\d+) kB", status)
    return int(highest) * 1024 / MEGABYTE


def _look_at_everybody(it: Whole, people: int) -> None:
    hr = it.stage.hr
    ask_for(hr, "pull")
    hr.wait_for("選択中 0名", PATIENCE)
    if f"すべて ({people:,})" not in hr.text():
        raise ValueError("people are lost")


if __name__ == "__main__":
    measure = {"preview_10k": preview_10k, "preview_100k_memory": preview_100k_memory}[sys.argv[1]]
    sys.stdout.write(json.dumps(measure()) + "\n")
