"""One token in two processes: what the remote allows is allowed to both together."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path

import pytest

from storage.database import migrate
from tests.storage.pace_process import Share
from tests.storage.test_storage_pace import HOUR, fullest

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
"""Seconds for what takes a few."""
SHARES = {
    "10 a second": (Share(calls=200, spacing=0.104), 1, 10),
    "500 in 5 minutes": (Share(calls=300, spacing=0.62, speed=150), 300, 500),
    "5 an hour": (Share(calls=50, spacing=0.104, an_hour=5, speed=36_000), HOUR, 5),
}
"""What each of the two does, and in so many seconds there may be so many calls at the most."""


@pytest.mark.postgres
@pytest.mark.parametrize(("share", "seconds", "most"), SHARES.values(), ids=SHARES)
def test_two_processes_that_take_moments_of_a_token_at_the_same_time_share_its_spacing_and_limits(
    empty_postgresql: str, share: Share, seconds: int, most: int
) -> None:
    migrate(empty_postgresql)
    some, others = moments_of_two(empty_postgresql, share)
    assert max(some[0], others[0]) < min(some[-1], others[-1]), "they did so at the same time"
    moments = sorted(some + others)
    assert len(moments) == 2 * share.calls
    assert min(after - before for before, after in pairwise(moments)) >= round(share.spacing * 1000)
    assert fullest(moments, seconds * 1000) <= most


def moments_of_two(url: str, share: Share) -> list[list[int]]:
    """Give the moments that each of two processes was given, in milliseconds of the database's clock."""
    with ExitStack() as stack:
        processes = [stack.enter_context(ready(url, share)) for _ in range(2)]
        for process in processes:
            assert process.stdin is not None
            process.stdin.write("go\n")
            process.stdin.flush()
        return [json.loads(process.communicate(timeout=PATIENCE)[0]) for process in processes]


@contextmanager
def ready(url: str, share: Share) -> Iterator[subprocess.Popen[str]]:
    """Start a process that is connected and waits for the word to begin."""
    command = [sys.executable, "-m", "tests.storage.pace_process", url, json.dumps(asdict(share))]
    with subprocess.Popen(  # noqa: S603 - our own
        command,
        env={"PATH": os.defpath},
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout is not None
            assert process.stdout.readline() == "\n"
            yield process
        finally:
            process.kill()
