from datetime import timedelta
from pathlib import Path

from bot.clock import demo_clock, system_clock


def test_the_clock_tells_japans_time_with_its_zone() -> None:
    assert system_clock().utcoffset() == timedelta(hours=9)


def test_the_demos_clock_follows_the_file_while_it_runs(tmp_path: Path) -> None:
    offset = tmp_path / "offset"
    now = demo_clock(offset)
    assert abs(now() - system_clock()) < timedelta(seconds=5)
    offset.write_text("86400.000")
    assert abs(now() - system_clock() - timedelta(days=1)) < timedelta(seconds=5)
