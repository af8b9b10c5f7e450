"""Three thousand people: every screen stays within Slack's limits, and no press waits."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

from bot.tempo import Tempo
from sandbox.company.generated import generated_company
from sandbox.remote.system import System
from tests.journeys.deeds import look_at, narrow, run_it
from tests.journeys.middle import place, writes
from tests.journeys.stage import ACK_WITHIN, PATIENCE, TEMPO, Stage, renkei

PEOPLE = 3000
SCALE = 5.0
"""How many times faster than in real life: slow enough that one late call does not look like haste."""
PACE = replace(
    TEMPO,
    smarthr_spacing=Tempo().smarthr_spacing / SCALE,
    kinkakuji_spacing=Tempo().kinkakuji_spacing / SCALE,
)
TODAY = date(2026, 4, 1)


def press(stage: Stage, beginning: str) -> None:
    """Press the button whose text begins like this."""
    stage.hr.press(next(text for text in stage.hr.texts() if text.startswith(beginning)))


def find(stage: Stage, text: str) -> None:
    stage.hr.fill("検索", text)


def clear(stage: Stage) -> None:
    stage.hr.press("選択を解除")
    stage.hr.wait_for("選択中 0名")


def test_three_thousand_people_are_searched_chosen_and_imported() -> None:
    company = generated_company(PEOPLE, today=TODAY)
    with renkei(company=company, tempo=PACE, scale=SCALE) as stage:
        look_at(stage, "pull")
        stage.hr.wait_for("新規登録 150")
        press(stage, "最後")
        stage.hr.wait_for("143/143ページ")
        find(stage, "00007")
        stage.hr.wait_for("該当 1名")
        find(stage, "")
        stage.hr.wait_for("該当 2,850名")
        press(stage, "取り込める450名すべてを選択")
        stage.hr.wait_for("選択中 450名")
        clear(stage)
        twenty_slow_presses(stage)
        clear(stage)

        narrow(stage.hr, "🟢 新規登録")
        stage.hr.wait_for("該当 150名")
        for page in (1, 2, 3):
            press(stage, "このページを選択")
            stage.hr.wait_for(f"選択中 {page * 20}名")
            press(stage, f"{page}/8")
            stage.hr.wait_for(f"{page + 1}/8ページ")
        stage.hr.submit()
        place(stage, "pull")
        assert "60名の取り込みが完了しました" in run_it(stage)
        assert len(writes(stage, System.SMARTHR)) == 60
        calls = stage.sandbox.calls
        assert not [call for call in calls.calls() if call.status == 429]
        assert calls.max_in_sliding(System.KINKAKUJI, 300 / SCALE) <= 500
        assert calls.max_per_second(System.SMARTHR, SCALE) <= 10
        assert not [call for call in stage.sandbox.slack.calls if call.error]


def twenty_slow_presses(stage: Stage) -> None:
    """Let twenty presses meet a Slack that takes four seconds; none of them, nor the next, waits for it."""
    faults = stage.sandbox.slack.workspace.faults
    faults.slow("views.update", 4.0)
    with ThreadPoolExecutor(20) as twenty:
        pressed = [twenty.submit(stage.hr.press, "このページを選択") for _ in range(20)]
    assert all((each.result().ack_ms or ACK_WITHIN) < ACK_WITHIN for each in pressed)
    delivery = stage.hr.press("社員番号を貼り付け")
    assert (delivery.ack_ms or ACK_WITHIN) < ACK_WITHIN
    stage.hr.wait_for("改行・空白・コンマ")
    stage.hr.close()
    stage.hr.wait_for("選択中 20名", PATIENCE)
    faults.slow("views.update", 0)
