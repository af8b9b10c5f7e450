"""Lists that are not whole: refused with the numbers, or read again; nobody is new who is only missing."""

from datetime import date

import pytest

from sandbox.company import Company
from sandbox.company.generated import generated_company
from sandbox.remote.system import System
from sandbox.slack.screen import Screen
from tests.journeys.deeds import ask_for, count, look_at
from tests.journeys.middle import wait_until
from tests.journeys.stage import PATIENCE, Stage, renkei

PEOPLE = 250
"""Three pages of a SmartHR list."""
NEW = 12
"""Whom either system alone has."""
PAGE_FAULTS = (
    ({"page_shift": True}, "一覧の人数は239名ですが、受け取れたのは238名でした"),
    ({"repeated_page": 2}, "一覧の人数は238名ですが、受け取れたのは138名でした"),
    ({"lost_page": 2}, "一覧の人数は238名ですが、受け取れたのは138名でした"),
    ({"shrinking_total": True}, "一覧の人数は236名ですが、受け取れたのは238名でした"),
)
"""What goes wrong, and with which numbers it is told."""
PART_OF_A_LIST = "SmartHRから従業員の一覧を一部しか取得できませんでした。"
READ_AGAIN = "もう一度読み込む"


def company() -> Company:
    return generated_company(PEOPLE, today=date(2026, 4, 1))


def refused(stage: Stage, way: str, sentence: str) -> None:
    """Ask for the differences, and be told why there are none."""
    ask_for(stage.hr, way)
    stage.hr.wait_for(sentence, PATIENCE)
    assert "🟢" not in stage.hr.text()


def read_again(screen: Screen) -> None:
    screen.press(READ_AGAIN)
    screen.wait_for("選択中 0名", PATIENCE)


@pytest.mark.parametrize("way", ["pull", "push"])
def test_a_smarthr_list_that_moves_or_breaks_while_it_is_read_is_refused_until_it_is_whole(way: str) -> None:
    with renkei(company=company()) as stage:
        for fault, numbers in PAGE_FAULTS:
            stage.sandbox.faults.set(System.SMARTHR, **fault)
            refused(stage, way, PART_OF_A_LIST)
            assert numbers in stage.hr.text()
            stage.hr.close()
            stage.sandbox.faults.clear()
        stage.sandbox.faults.set(System.SMARTHR, error_on_page=2)
        refused(stage, way, "SmartHRに接続できないか、応答に時間がかかっています")

        stage.sandbox.faults.clear()
        read_again(stage.hr)
        assert count(stage.hr, "🟢 新規登録") == NEW


def test_a_list_that_moved_but_once_is_read_a_second_time_and_is_right() -> None:
    with renkei(company=company()) as stage:
        stage.sandbox.faults.set(System.SMARTHR, page_shift=True, slow=0.3)
        stage.sandbox.calls.clear()
        ask_for(stage.hr, "pull")
        wait_until(lambda: len(pages_read(stage)) >= 3, "the third page")
        stage.sandbox.faults.clear()
        stage.hr.wait_for("選択中 0名", PATIENCE)
        assert count(stage.hr, "🟢 新規登録") == NEW
        assert len(pages_read(stage)) == 6, "the whole list was read twice"


@pytest.mark.parametrize(("way", "listed", "blocked"), [("pull", 235, 0), ("push", 238, 3)])
def test_few_who_are_missing_in_kinkakuji_are_not_new_and_many_are_refused(
    way: str, listed: int, blocked: int
) -> None:
    with renkei(company=company()) as stage:
        look_at(stage, way)
        stage.hr.close()
        stage.sandbox.faults.set(System.KINKAKUJI, missing_people=3)
        look_at(stage, way)
        assert f"すべて ({listed})" in stage.hr.text()
        assert count(stage.hr, "🟢 新規登録") == NEW
        assert count(stage.hr, "⛔ 取り込めません") == blocked
        stage.hr.close()

        stage.sandbox.faults.set(System.KINKAKUJI, missing_people=12)
        refused(stage, way, "勤革時の一覧に、これまで登録されていた238名のうち12名が見当たりません。")
        stage.sandbox.faults.clear()
        read_again(stage.hr)
        assert count(stage.hr, "🟢 新規登録") == NEW
        assert count(stage.hr, "⛔ 取り込めません") == 0


def test_an_empty_list_is_refused_whichever_system_gives_it() -> None:
    with renkei(company=company()) as stage:
        look_at(stage, "pull")
        stage.hr.close()
        for system, name in ((System.SMARTHR, "SmartHR"), (System.KINKAKUJI, "勤革時")):
            stage.sandbox.faults.set(system, empty_list=True)
            for way in ("pull", "push"):
                refused(stage, way, f"{name}の一覧が空でした")
                assert "理由を入力して続ける" not in stage.hr.text()
                stage.hr.close()
            stage.sandbox.faults.clear()
        look_at(stage, "push")
        assert count(stage.hr, "🟢 新規登録") == NEW


def pages_read(stage: Stage) -> list[str]:
    """Give the pages of SmartHR's list that were asked for."""
    calls = stage.sandbox.calls.calls(System.SMARTHR)
    return [call.path for call in calls if "/crews" in call.path and "page=" in call.path]
