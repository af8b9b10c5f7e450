"""順番: one run at a time into a tenant, whoever starts it and from wherever; the others wait."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, time, timedelta

from sandbox.remote.system import System
from sandbox.slack.demo import HR_ADMIN
from storage.records import Scope
from storage.run_records import RunHead, RunState
from storage.store import Store
from sync.model import Direction
from tests.journeys.deeds import ask_for, choose, look_at
from tests.journeys.middle import (
    place,
    press_run,
    result_after,
    wait_for_report,
    wait_until,
    writes,
)
from tests.journeys.others import second_administrator, somebody_else
from tests.journeys.stage import PATIENCE, Stage, renkei
from tests.journeys.test_journeys_hours import calls_within
from tests.storage.builders import CHOICES, plan_for

ELSEWHERE = Scope("", "T0ELSEWHERE")


def test_the_second_run_is_told_who_goes_first_and_begins_when_that_one_is_over() -> None:
    with renkei() as stage:
        second = second_administrator(stage)
        look_at(stage, "pull")
        choose(stage.hr, "0016", "0017", "0018", "0019")
        stage.hr.submit()
        ask_for(second, "pull")
        second.wait_for("選択中 0名", PATIENCE)
        choose(second, "0022", "0023")
        second.submit()
        second.wait_for("連携内容の確認")
        stage.sandbox.faults.set(System.SMARTHR, slow=0.5)
        before = press_run(stage)
        wait_until(lambda: writes(stage, System.SMARTHR), "the first write")

        second.submit()
        second.wait_for("さんが「勤革時からSmartHRに取り込む」を実行しています")
        second.submit()
        second.wait_for("2名の取り込みを予約しました")
        wait_for_report(stage, "順番を待っています。")
        assert len(writes(stage, System.SMARTHR)) < 4
        stage.sandbox.faults.clear()
        stage.hr.wait_for(lambda _: len(stage.reports()) >= before + 4, PATIENCE)
        said = "\n".join(stage.reports())
        assert "4名の取り込みが完了しました" in said
        assert "2名の取り込みが完了しました" in said
        assert in_order(stage, 4, "0022", "0023")


def in_order(stage: Stage, first: int, *last: str) -> bool:
    """Tell whether these people were written last, after so many others."""
    ids = {stage.sandbox.smarthr.crew(number)["id"] for number in last}
    paths = [call.path for call in writes(stage, System.SMARTHR)]
    assert len(paths) == first + len(last)
    return all(any(each in path for each in ids) for path in paths[first:])


def test_a_run_of_another_workspace_into_the_same_tenant_is_waited_for_too() -> None:
    with renkei() as stage, run_elsewhere(stage) as cancel:
        look_at(stage, "pull")
        choose(stage.hr, "0016")
        stage.hr.submit()
        stage.hr.wait_for("連携内容の確認")
        stage.hr.submit()
        stage.hr.wait_for("別のワークスペースから、同じSmartHRへの取り込みが実行されています。")
        assert "さんが" not in stage.hr.text()
        before = len(stage.reports())
        stage.hr.submit()
        stage.hr.wait_for("1名の取り込みを予約しました")
        wait_for_report(stage, "順番を待っています。")
        assert not writes(stage, System.SMARTHR)
        cancel()
        assert "1名の取り込みが完了しました" in result_after(stage, before)


@contextmanager
def run_elsewhere(stage: Stage) -> Iterator[Callable[[], object]]:
    """Have another workspace with the same systems run an import that waits; give how to end it."""
    with somebody_else(stage) as (store, scope):
        theirs = replace(store.integrations.load(scope), scope=ELSEWHERE, revision=0, admin_channel=None)
        store.integrations.save(theirs)
        now = stage.sandbox.clock.now()
        run = started_elsewhere(store, now.date())
        later = now + timedelta(hours=1)
        store.runs.set_state(
            run.id, RunState.WAITING, reason="unavailable:smarthr", wakes_at=later, moment=now
        )
        yield lambda: store.runs.cancel(ELSEWHERE, run.id, HR_ADMIN)


def started_elsewhere(store: Store, day: date) -> RunHead:
    """Start a run of one person."""
    head = store.plans.begin(ELSEWHERE, HR_ADMIN, Direction.PULL, day, "V", press="p")
    store.plans.save(head.id, plan_for("9001"), CHOICES, terms="t")
    store.plans.tick(head.id, add=[0])
    choice = store.plans.chosen_fingerprint(head.id)
    return store.runs.start(ELSEWHERE, head.id, HR_ADMIN, choice=choice, terms="t")


def test_started_in_closed_hours_it_begins_by_itself_at_the_opening() -> None:
    with renkei(at=time(7, 50)) as stage:
        look_at(stage, "push")
        choose(stage.hr, "0016", "0201")
        stage.hr.submit()
        place(stage, "push")
        stage.hr.wait_for("連携内容の確認")
        stage.sandbox.clock.jump_to(time(8, 30))
        before = len(stage.reports())
        stage.hr.submit()
        stage.hr.wait_for("勤革時は10:00までメンテナンス時間帯です")
        stage.hr.submit()
        stage.hr.wait_for("2名の取り込みを予約しました")
        wait_for_report(stage, "10:00に自動で開始します")
        stage.sandbox.clock.jump_to(time(10, 0))
        assert "2名の取り込みが完了しました" in result_after(stage, before)
        assert calls_within(stage, time(8), time(10)) == 0
