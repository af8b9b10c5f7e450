"""One person: explained by /renkei who, decided in the list, and left as they are in single fields."""

import json
from datetime import time

from sandbox.remote.system import System
from sandbox.slack.screen import Screen
from tests.journeys.deeds import choose, look_at, narrow, run_it
from tests.journeys.records import changed_fields, snapshot
from tests.journeys.stage import PATIENCE, Stage, renkei

REASON = "本人と上長に確認したため"


def test_who_explains_both_directions_field_by_field_and_writes_nothing() -> None:
    with renkei() as stage:
        before = snapshot(stage.sandbox.kinkakuji)
        hr = explain(stage, "0017")
        seen = hr.text()
        assert "SmartHRから勤革時に取り込む" in seen
        assert "勤革時からSmartHRに取り込む" in seen
        assert "社員番号が一致" in seen
        assert "違い ・ 上書き ・ ✏️ 取り込むと書き込みます" in seen
        assert "対象外 ・ 連携の対象外のため書き込みません" in seen or "（同じ ・ 対象外）" in seen
        assert "この社員番号には、取り込みや判断の履歴がまだありません。" in seen
        assert [call for call in stage.sandbox.calls.calls(System.KINKAKUJI) if call.is_write] == []
        assert snapshot(stage.sandbox.kinkakuji) == before

        hr.fill("社員番号", "17")
        hr.submit()
        hr.wait_for("社員番号 17 の従業員は、SmartHRにも勤革時にもいません。", PATIENCE)
        assert "0017 の間違いではありませんか" in hr.text()
        hr.fill("社員番号", "００４２")  # noqa: RUF001 - full-width digits are meant
        hr.submit()
        hr.wait_for("社員番号が表記違いで一致", PATIENCE)


def test_who_without_a_number_asks_for_it_and_in_closed_hours_says_when_to_come_back() -> None:
    with renkei() as stage:
        stage.sandbox.clock.jump_to(time(17, 45))
        hr = stage.hr
        hr.person.command("/renkei who")
        hr.wait_for("従業員の確認")
        hr.fill("社員番号", "0071")
        hr.submit()
        hr.wait_for("18:30までメンテナンス時間帯です", PATIENCE)
        assert hr.value("社員番号") == "0071"
        stage.sandbox.clock.jump_to(time(18, 40))
        hr.submit()
        hr.wait_for("入れ替わっている", PATIENCE)


def test_swapped_numbers_are_blocked_until_somebody_says_whose_record_is_whose() -> None:
    with renkei() as stage:
        hr = stage.hr
        look_at(stage, "push")
        for number in ("0071", "0072"):
            decide(hr, number, "社員番号が異なる記録のほうが、この人本人")
        narrow(hr, "⛔")
        assert "0071" not in hr.text()
        hr.close()
        seen = explain(stage, "0071").text()
        assert "管理者が同一人物と確認済み" in seen
        assert f"同一人物と確認\n{REASON}" in seen


def test_whoever_is_not_to_be_linked_is_blocked_until_they_are_linked_again() -> None:
    with renkei() as stage:
        hr = stage.hr
        look_at(stage, "push")
        decide(hr, "0071", "この人は連携しない")
        take_back(hr, "0071")
        open_person(hr, "0071")
        assert "連携しないと判断" in hr.text()
        assert "判断を取り消した" in hr.text()
        assert "同一人物かどうかを判断する" in hr.text()


def test_a_wrong_confirmation_can_be_taken_back() -> None:
    with renkei() as stage:
        hr = stage.hr
        look_at(stage, "push")
        decide(hr, "0071", "社員番号が同じ記録は、この人と同一人物")
        open_person(hr, "0071")
        assert "🟠 差分あり" in hr.text()
        hr.close()
        take_back(hr, "0071")
        open_person(hr, "0071")
        assert "⛔ 取り込めません" in hr.text()
        assert "入れ替わっている" in hr.text()
        assert "判断を取り消した" in hr.text()


def test_whoever_seems_to_have_an_old_record_is_registered_as_new_once_somebody_says_so() -> None:
    with renkei() as stage:
        hr = stage.hr
        look_at(stage, "push")
        decide(hr, "0303", "連携先に新しく登録する")
        open_person(hr, "0303")
        assert "🟢 新規登録" in hr.text()
        assert "連携先に新しく登録すると判断" in hr.text()
        assert "同一人物かどうかを判断する" not in hr.text()


def test_a_field_that_stays_as_it_is_is_not_written_until_that_is_taken_back() -> None:
    with renkei() as stage:
        hr = stage.hr
        before = snapshot(stage.sandbox.kinkakuji)
        look_at(stage, "push")
        open_person(hr, "0024")
        hr.press("今後も変更しない項目を選ぶ")
        hr.wait_for("期限")
        hr.tick("生年月日")
        hr.fill("理由", REASON)
        submit_and_see_the_new_list(hr)
        choose(hr, "0024")
        hr.submit()
        assert "1名の取り込みが完了しました" in run_it(stage)
        assert changed_fields(before, snapshot(stage.sandbox.kinkakuji)) == {"0024": {"firstNamePhonetics"}}

        hr = explain(stage, "0024")
        assert "この人のこの項目は変更しない設定のため書き込みません" in hr.text()
        assert "今後も変更しない項目に設定：生年月日" in hr.text()
        hr.press("「変更しない」を解除：生年月日")
        hr.wait_for(lambda seen: "違い ・ 上書き ・ ✏️ 取り込むと書き込みます" in seen.text(), PATIENCE)
        hr.press("今後も変更しない項目を選ぶ")
        hr.wait_for("期限")
        hr.tick("生年月日")
        hr.tick("1年")
        hr.fill("理由", REASON)
        hr.submit()
        hr.wait_for("この人のこの項目は変更しない設定のため書き込みません", PATIENCE)


def explain(stage: Stage, number: str) -> Screen:
    """Type /renkei who, and wait for what is said."""
    stage.hr.person.command(f"/renkei who {number}")
    stage.hr.wait_for("直近5件の履歴", PATIENCE)
    return stage.hr


def open_person(hr: Screen, number: str) -> None:
    """Search for a person in the list and open their window."""
    hr.fill("検索", number)
    hr.wait_for("該当 1名")
    hr.press("詳細・判断")
    hr.wait_for("直近5件の履歴")


def decide(hr: Screen, number: str, verdict: str) -> None:
    """Decide who somebody is, and wait for the new list."""
    open_person(hr, number)
    hr.press("同一人物かどうかを判断する")
    hr.wait_for("理由")
    hr.tick(verdict)
    hr.fill("理由", REASON)
    submit_and_see_the_new_list(hr)


def take_back(hr: Screen, number: str) -> None:
    """Take back what was decided, and wait for the new list."""
    open_person(hr, number)
    hr.press("判断を取り消す")
    hr.wait_for("理由")
    hr.fill("理由", REASON)
    submit_and_see_the_new_list(hr)


def submit_and_see_the_new_list(hr: Screen) -> None:
    """Submit, and wait until another plan is shown in the list's window."""
    before = plan_shown(hr)
    hr.submit()
    hr.wait_for(lambda seen: plan_shown(seen) not in {None, before}, PATIENCE)


def plan_shown(hr: Screen) -> str | None:
    """Give the id of the plan that the window in front is about."""
    view = hr.modal()
    plan: str | None = json.loads((view or {}).get("private_metadata") or "{}").get("plan")
    return plan
