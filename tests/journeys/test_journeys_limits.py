"""A list of unusual size: its numbers are shown, and it takes a reason, however it is split."""

from datetime import date

from sandbox.company import Company
from sandbox.company.generated import Shares, generated_company
from tests.journeys.deeds import (
    ask_for,
    choose,
    choose_all,
    give_reason,
    look_at,
    narrow,
    people_on,
    read_history,
    run_it,
)
from tests.journeys.others import second_administrator
from tests.journeys.stage import PATIENCE, renkei

PASSED = "更新20名は、1日の上限12名（SmartHRの登録者40名の30%、最低10名）を超えます。"
WHY = "組織変更に伴う一括修正のため"
QUESTION = "上限を超えて書き込む理由"


def company() -> Company:
    """Forty people in both systems, half of whom differ: twelve are the limit."""
    shares = Shares(only_smarthr=0, only_kinkakuji=0, differing=0.5)
    return generated_company(40, today=date(2026, 4, 1), shares=shares)


def test_more_updates_than_usual_take_a_reason_which_the_history_keeps() -> None:
    with renkei(company=company()) as stage:
        hr = stage.hr
        look_at(stage, "pull")
        choose_all(hr)
        assert PASSED in hr.text()
        hr.submit()
        hr.wait_for("連携内容の確認")
        assert PASSED in hr.text()
        assert hr.submit() is None
        assert hr.errors().keys() == {QUESTION}
        give_reason(hr, "　　　　　　")
        hr.submit()
        assert hr.errors().keys() == {QUESTION}
        give_reason(hr, WHY)
        assert "20名の取り込みが完了しました" in run_it(stage)
        assert WHY not in "\n".join(stage.reports())
        assert f"上限を超えた理由：{WHY}" in read_history(stage)


def test_a_list_that_is_split_counts_as_a_whole_until_the_next_day() -> None:
    with renkei(company=company()) as stage:
        hr, second = stage.hr, second_administrator(stage)
        look_at(stage, "pull")
        narrow(hr, "🟠")
        numbers = people_on(hr)
        choose(hr, *numbers[:12])
        assert "1日の上限" not in hr.text()
        hr.submit()
        ask_for(second, "pull")
        second.wait_for("選択中 0名", PATIENCE)
        choose(second, *numbers[12:])
        second.submit()
        second.wait_for("連携内容の確認")
        assert QUESTION not in second.text()

        assert "12名の取り込みが完了しました" in run_it(stage)
        second.submit()
        second.wait_for(QUESTION)
        assert f"{PASSED}本日の更新（実行中・取り消しを含む）12名を含みます。" in second.text()

        look_at(stage, "pull")
        choose_all(hr)
        assert f"{PASSED}本日の更新（実行中・取り消しを含む）12名を含みます。" in hr.text()
        hr.close()

        stage.sandbox.clock.next_day()
        look_at(stage, "pull")
        choose_all(hr)
        assert "1日の上限" not in hr.text()
        hr.submit()
        assert "8名の取り込みが完了しました" in run_it(stage)
