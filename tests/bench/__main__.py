"""How fast Renkei is: `make bench` prints a table and writes the figures to .bench/results.json.

A diff is measured against diffsync on the same data in the same run, every go in a fresh process, the two in
turns. Previews and imports are measured against what the systems' limits allow, a takeover at the pace of
production.
This process stays small: a child's highest memory is never below what its parent had.
"""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from tests.bench.figure import Figure, compared

RESULTS = Path(__file__).parents[2] / ".bench" / "results.json"
OURS, THEIRS = "tests.bench.renkei", "tests.bench.diffsync_user"
SIZES = {"2k": 2_000, "10k": 10_000, "100k": 100_000}
GOES = 3
FASTER = 5.0
LEANER = 2.0
GROWTH = 12.0
"""For ten times the people; ten would be linear to the letter."""
ELSEWISE = 0.2
PREVIEW = 1.2
"""Times the seconds that a preview's calls take at what SmartHR allows, and no more."""
USED = 0.93
REFUSED = 0.005
ROW = 26.0
"""Milliseconds: a quarter of what lies between two calls to SmartHR."""

TAKEOVER = 90.0
"""Seconds from the death of a process to another one's first write in its place."""


@dataclass(frozen=True)
class Best:
    """A contender's best of several goes."""

    seconds: float
    megabytes: float
    found: Mapping[str, int]


def main() -> None:
    """Measure everything, and fail when a goal is missed."""
    figures = []
    for figure in measured():
        figures.append(figure)
        sys.stdout.write(f"{figure}\n")
        sys.stdout.flush()
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps([each.as_json() for each in figures], indent=1) + "\n", encoding="utf-8")
    sys.exit(any(each.is_missed for each in figures))


def measured() -> Iterator[Figure]:
    """Measure one thing after another, the quickest first."""
    peer = f"diffsync {version('diffsync')}"
    contests = {}
    for size, people in SIZES.items():
        ours, theirs = contests[size] = contest(people)
        yield compared(f"diff_{size}", "s", (ours.seconds, theirs.seconds), peer=peer, times=FASTER)
    ours, theirs = contests["100k"]
    yield compared("diff_100k_memory", "MB", (ours.megabytes, theirs.megabytes), peer=peer, times=LEANER)
    yield Figure("diff_growth", ours.seconds / contests["10k"][0].seconds, "×", GROWTH)
    yield measured_by("tests.bench.rows", "row_overhead", "ms", ROW)
    yield measured_by("tests.bench.journeys", "ack_p99", "ms", 200.0)
    yield measured_by("tests.bench.journeys", "preview_3k", "s", 60.0)
    yield floor_of_preview()
    yield measured_by("tests.bench.previews", "preview_100k_memory", "MB", 400.0)
    for into in ("smarthr_1k", "kinkakuji_1k", "two_processes"):
        yield from limits_used(f"import_{into}")
    yield Figure("takeover", float(fresh("tests.bench.takeover")), "s", TAKEOVER)


def measured_by(module: str, name: str, unit: str, goal: float) -> Figure:
    """Have a module measure something in a process of its own."""
    return Figure(name, float(fresh(module, name)), unit, goal)


def floor_of_preview() -> Figure:
    """Hold a preview, the best of several, against what its calls take at the limit."""
    seconds, floor = min(json.loads(fresh("tests.bench.previews", "preview_10k")) for _ in range(GOES))
    return compared("preview_10k", "s", (seconds, floor), peer="the calls alone", times=1 / PREVIEW)


def limits_used(name: str) -> Iterator[Figure]:
    """Measure how much of the limits an import uses, and how much of that is refused."""
    use = json.loads(fresh("tests.bench.imports", name))
    yield Figure(name, use["used"], "share", USED, more_is_better=True)
    yield Figure(f"{name}_refused", use["refused"], "share", REFUSED)


def contest(people: int) -> tuple[Best, Best]:
    """Let both do the same job in turns."""
    with tempfile.TemporaryDirectory() as folder:
        fresh("tests.bench.documents", str(people), folder)
        goes = [(go(OURS, folder), go(THEIRS, folder)) for _ in range(GOES)]
    ours, theirs = (best(each) for each in zip(*goes, strict=True))
    raise_if_another_job(ours, theirs)
    return ours, theirs


def raise_if_another_job(ours: Best, theirs: Best) -> None:
    """Make sure that both found the same, but for kana that we convert and namesakes whom we ask about."""
    for each, count in theirs.found.items():
        if abs(ours.found[each] - count) > count * ELSEWISE:
            raise ValueError(f"{each}: {ours.found[each]} here, {count} there")


def go(contender: str, folder: str) -> Mapping[str, Any]:
    """Let a contender do the job once."""
    figures: Mapping[str, Any] = json.loads(fresh("tests.bench.contender", contender, folder))
    return figures


def best(goes: tuple[Mapping[str, Any], ...]) -> Best:
    """Take the least of each: whatever else the machine did, it only ever added."""
    seconds, megabytes = (min(go[each] for go in goes) for each in ("seconds", "megabytes"))
    return Best(seconds, megabytes, goes[0]["found"])


def fresh(module: str, *arguments: str) -> str:
    """Run a module in a process of its own and give the last line that it says."""
    command = [sys.executable, "-m", module, *arguments]
    said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout  # noqa: S603 - our own
    return said.splitlines()[-1] if said else ""


if __name__ == "__main__":
    main()
