"""Ticking: what is chosen is what the person sees ticked."""

from tests.journeys.deeds import look_at
from tests.journeys.stage import renkei


def test_ticks_are_kept_over_pages_a_closed_list_and_a_hasty_press() -> None:
    with renkei() as stage:
        hr = stage.hr
        look_at(stage, "pull")
        hr.tick("0016")
        hr.tick("0017")
        hr.untick("0016")
        hr.press(_next(hr.texts()))
        hr.wait_for("選択中 1名 ・ 2/")
        hr.press("◀ 前へ")
        hr.wait_for("選択中 1名 ・ 1/")

        hr.untick("0017")
        before = hr.modal()
        hr.press("このページを選択")
        assert before is not None
        hr.wait_for("選択中 15名")
        hr.person.submit(before["id"])
        hr.wait_for("新規登録時の所属")


def _next(texts: list[str]) -> str:
    return next(text for text in texts if "次へ" in text)
