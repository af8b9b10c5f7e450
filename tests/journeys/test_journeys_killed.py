"""A process that is killed in the middle of a run, at the real pace of both systems."""

from pathlib import Path

from sandbox.calls import Call
from sandbox.company import DEMO_KINKAKUJI_TOKEN, DEMO_SMARTHR_TOKEN
from sandbox.remote.system import System
from sandbox.slack.demo import DEMO_APP_TOKEN, DEMO_BOT_TOKEN
from tests.journeys.deeds import choose_all, look_at
from tests.journeys.middle import place, press_run, result_after, wait_until, writes
from tests.journeys.processes import Processes
from tests.journeys.stage import Stage, renkei


def test_a_run_outlives_its_process_and_keeps_to_the_real_limits(tmp_path: Path) -> None:
    bot = Processes(tmp_path / "log")
    with renkei(bot=bot, scale=1) as stage:
        stage.sandbox.faults.set(System.SMARTHR, reject_numbers=["0018"])
        people = len(stage.sandbox.smarthr.stored())
        look_at(stage, "pull")
        choose_all(stage.hr)
        stage.hr.submit()
        place(stage, "pull")
        before = press_run(stage)
        wait_until(lambda: len(writes(stage, System.SMARTHR)) >= 6, "the sixth write")
        bot.kill()
        stage.sandbox.slack.socket_mode.drop()
        reached = len(writes(stage, System.SMARTHR))
        bot.start()
        report = result_after(stage, before)

        assert "✅ 成功 14 ・ ❌ 失敗 1" in report
        assert reached < 15
        assert len(writes(stage, System.SMARTHR)) == 15, "each person was written once"
        assert len(stage.sandbox.smarthr.stored()) == people + 4
        raise_if_too_fast(stage)
        raise_if_it_tells(bot.said(), stage)


def raise_if_too_fast(stage: Stage) -> None:
    calls = stage.sandbox.calls
    assert calls.max_per_second(System.SMARTHR) <= 10
    assert calls.max_in_sliding(System.KINKAKUJI) <= 500
    assert not [call for call in calls.calls() if call.status == 429]
    assert quickest(calls.calls(System.SMARTHR), 21) >= 20 * 0.1
    assert quickest(calls.calls(System.KINKAKUJI), 5) >= 4 * 0.6


def quickest(calls: list[Call], number: int) -> float:
    """Give the fewest seconds in which so many calls in a row arrived."""
    moments = sorted(call.monotonic for call in calls)
    assert len(moments) >= number
    return min(last - first for first, last in zip(moments, moments[number - 1 :], strict=False))


def raise_if_it_tells(log: str, stage: Stage) -> None:
    """Raise when the log holds a token, a name or an address."""
    assert "started" in log
    people = [*stage.sandbox.smarthr.stored(), *stage.sandbox.kinkakuji.stored()]
    names = {str(person.get(key) or "") for person in people for key in ("last_name", "lastName", "email")}
    secrets = {DEMO_BOT_TOKEN, DEMO_APP_TOKEN, DEMO_SMARTHR_TOKEN, DEMO_KINKAKUJI_TOKEN}
    assert not [each for each in secrets | names if len(each) > 1 and each in log]
