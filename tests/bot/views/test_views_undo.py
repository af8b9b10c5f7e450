"""取り消し: what takes a run back is called so wherever it is shown, and says what it leaves."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.ids import Action
from bot.texts import Texts
from bot.views.begun import run_resumed_view, run_started_view
from bot.views.confirm import Confirm, confirm_view
from bot.views.export_lines import columns, export_lines
from bot.views.history import history_view, run_view
from bot.views.later import Later
from bot.views.person import person_view
from bot.views.pick import pick_view
from bot.views.run import progress_message, result_message
from storage.run_records import RunState
from sync.diff import BlockReason, Status
from sync.fields import Field
from sync.outcome import Outcome, OutcomeKind, Reason
from tests.bot.views.undo_cases import left, put_back, undo_head, undo_person, undo_run
from tests.bot.views.view_builders import NOON, every_part, head, outcome_row, rows, run, screen, shown

Json = dict[str, Any]
JA = Texts("ja")
DEED = "取り消し（元の取り込み：2026/11/22 09:00）"


def pressable(view: Json) -> set[str]:
    return {part["action_id"] for part in every_part(view) if "action_id" in part}


def everywhere() -> Iterator[tuple[str, Json]]:
    confirm = Confirm(counts={Status.UPDATE: 1}, first=rows(put_back()), choice="f" * 64)
    ended = undo_run(RunState.FINISHED, finished_at=NOON)
    yield "the list", pick_view(JA, screen(put_back(), head=undo_head()))
    yield "the person", person_view(JA, undo_person(put_back()))
    yield "the progress", progress_message(JA, undo_run(), NOON + timedelta(minutes=2))
    yield "the result", result_message(JA, ended, [], 0)
    yield "the history", history_view(JA, [ended], 1, 1)
    yield "the confirmation", confirm_view(JA, undo_head(), confirm)
    yield "the run", run_view(JA, ended, [], 1, 1, checks=())


@pytest.mark.parametrize("case", list(everywhere()), ids=lambda case: case[0])
def test_it_is_called_an_undo_with_the_moment_of_the_original(case: tuple[str, Json]) -> None:
    said = shown(case[1]).replace("\n", "")
    assert DEED in said or "元の取り込み：2026/11/22 09:00" in said
    assert "従業員情報取得基準日" not in said
    assert "基準日 " not in said


def test_the_list_says_what_can_be_undone_and_what_can_not() -> None:
    said = shown(pick_view(JA, screen(put_back(), left(BlockReason.CREATED), head=undo_head())))
    assert "書き込む前の値に戻します" in said
    assert "新規登録と、そのときの所属・雇用区分、送信済みのメールは取り消せません。" in said
    assert "取り込みで書き込んだ値ではなくなっているため、元に戻しません：入社日" in said
    assert "勤革時では空に戻せません：性別、生年月日" in said
    assert "新規登録は取り消せません。" in said
    assert "⛔ 取り消せません" in said
    assert "取り込め" not in said
    assert "元に戻せる46名すべてを選択" in said


def test_an_undo_lists_nobody_as_new_or_respelled() -> None:
    said = shown(pick_view(JA, screen(put_back(), head=undo_head())))
    assert "🟠 差分あり (20)" in said
    assert not [label for label in ("🟢", "🟡", "表記ゆれのみ") if label in said]


def test_ticking_somebody_says_that_they_are_put_back() -> None:
    assert "🟠 差分あり：2項目を元に戻す" in shown(pick_view(JA, screen(put_back(), head=undo_head())))


def test_a_list_of_differences_says_nothing_of_it() -> None:
    said = shown(pick_view(JA, screen(head=head())))
    assert "取り消" not in said


def test_an_undo_has_no_terms_of_its_own() -> None:
    assert Action.OPEN_OPTIONS in pressable(pick_view(JA, screen(head=head())))
    assert Action.OPEN_OPTIONS not in pressable(pick_view(JA, screen(put_back(), head=undo_head())))


def test_whoever_was_edited_in_every_field_is_named_with_the_fields() -> None:
    row = left(BlockReason.EDITED_SINCE, edited=(Field.EMAIL,))
    assert "元に戻しません：メールアドレス" in shown(pick_view(JA, screen(row, head=undo_head())))


def test_what_a_later_import_has_written_is_named() -> None:
    row = left(BlockReason.EDITED_SINCE, rewritten=(Field.EMAIL,))
    said = shown(pick_view(JA, screen(row, head=undo_head())))
    assert "この後の取り込みでも書き込まれているため、元に戻しません：メールアドレス" in said


def test_the_list_says_that_another_import_is_under_way() -> None:
    busy = "への取り込みがほかに実行されています。"
    assert busy in shown(pick_view(JA, screen(put_back(), head=undo_head(), is_busy=True)))
    assert busy not in shown(pick_view(JA, screen(put_back(), head=undo_head())))


def test_a_run_says_when_it_was_taken_back_and_of_how_many() -> None:
    undos = [
        undo_run(RunState.FINISHED, counts={OutcomeKind.SUCCEEDED: 150}, finished_at=NOON),
        undo_run(RunState.STOPPED, counts={OutcomeKind.SKIPPED: 50}, finished_at=NOON),
        undo_run(RunState.RUNNING, created_at=NOON + timedelta(hours=1)),
    ]
    said = shown(run_view(JA, run(RunState.FINISHED), [], 1, 1, checks=(), undos=undos))
    assert "2026/11/22 12:00に取り消し済み（200名中150名）" in said
    assert said.count("取り消し済み") == 1
    assert "2026/11/22 13:00に始めた取り消しを実行しています" in said


def test_a_persons_window_shows_what_is_put_back_and_offers_nothing_about_the_source() -> None:
    view = person_view(JA, undo_person(put_back()))
    assert "姓：変更前 山田 → 変更後 旧姓" in shown(view).replace("\n", "")
    assert "取り込むと書き込みます" not in shown(view)
    assert Action.OPEN_SUPPRESSION not in pressable(view)


def test_whoever_is_no_longer_linked_can_be_linked_again_from_there() -> None:
    assert Action.OPEN_DECISION in pressable(person_view(JA, undo_person(left(BlockReason.IGNORED))))


@pytest.mark.parametrize("is_undoable", [True, False])
def test_a_run_offers_to_be_taken_back_only_when_it_can_be(*, is_undoable: bool) -> None:
    view = run_view(JA, run(RunState.FINISHED), [], 1, 1, checks=(), is_undoable=is_undoable)
    assert (Action.UNDO_RUN in pressable(view)) is is_undoable


@pytest.mark.parametrize(
    ("state", "written", "verdict"),
    [
        (RunState.FINISHED, 200, "✅ 200名を元に戻しました"),
        (RunState.FINISHED, 199, "⚠️ 1名を元に戻せませんでした"),
        (RunState.STOPPED, 50, "⛔ 取り消しを途中で中断しました"),
        (RunState.CANCELLED, 50, "🛑 取り消しを中止しました"),
    ],
)
def test_the_result_says_how_many_were_put_back(state: RunState, written: int, verdict: str) -> None:
    ended = undo_run(state, counts={OutcomeKind.SUCCEEDED: written}, reason="unavailable:kinkakuji")
    assert verdict in result_message(JA, ended, [], 0)["text"]


def test_in_a_file_the_value_after_is_the_one_from_before_the_import() -> None:
    undo = undo_head()
    assert "取り込み前の値（変更後）" in columns(JA, undo).cells
    assert "連携元の値（変更後）" in columns(JA, head()).cells
    back, _, gone = export_lines(JA, undo, rows(put_back(), left(BlockReason.CREATED)))
    assert (back.old, back.new, back.is_written) == ("山田", "旧姓", True)
    assert "元に戻しません：入社日" in back.remarks
    assert gone.status == "取り消せません"


def test_whoever_presses_reads_that_an_undo_has_begun_or_will() -> None:
    later = Later(now=NOON, opens_at=NOON + timedelta(hours=1))
    assert "200名の取り消しを開始しました。" in shown(run_started_view(JA, undo_run()))
    assert "200名の取り消しを予約しました。" in shown(run_started_view(JA, undo_run(), later))
    assert "残り150名の取り消しを再開します。" in shown(run_resumed_view(JA, undo_run()))
    for view in (run_started_view(JA, undo_run()), run_resumed_view(JA, undo_run())):
        assert "取り消しは続きます" in shown(view)
    for one in (undo_run(), run()):
        assert "続きます" not in shown(run_started_view(JA, one, later))


def test_the_confirmation_tells_the_originals_direction_as_the_originals() -> None:
    confirm = Confirm(counts={Status.UPDATE: 1}, first=rows(put_back()), choice="f" * 64)
    assert "元の取り込みの方向：" in shown(confirm_view(JA, undo_head(), confirm)).replace("\n", "")


def test_of_somebody_whom_an_edit_kept_from_being_put_back_nobody_is_told_to_import_again() -> None:
    moved = Outcome(OutcomeKind.HELD, Reason.TARGET_MOVED, (Field.LAST_NAME,))
    undo = undo_run(RunState.FINISHED, counts={OutcomeKind.HELD: 1})
    message = shown(result_message(JA, undo, [outcome_row(moved)], 0))
    detail = shown(run_view(JA, undo, [outcome_row(moved)], 1, 1, checks=()))
    for said in (message, detail):
        assert "元に戻さず、そのままにしました（姓）" in said
        assert "取り込んで" not in said
