"""What Excel gets to see of a plan, read back from the bytes."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.utils.escape import unescape

from bot.exports import csv_cell, plan_csv, plan_xlsx
from bot.texts import Texts
from sync.diff import BlockReason, Change, Notice, Respelled, Status, Update
from sync.fields import Field
from sync.plan import PlanRow
from sync.text import Likeness
from tests.bot.views.view_builders import NOON, blocked, create, employee, head, rows, unchanged, update

JA = Texts("ja")
HEAD = [
    "状態",
    "社員番号",
    "氏名",
    "項目",
    "連携先の値（変更前）",
    "連携元の値（変更後）",
    "差分の種類",
    "取り込み",
    "備考",
]
ATTACKS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A:A)",
    "＝ア",
    " =A",
    "\u3000=A",
    "\t=A",
    "\r=A",
    *(unseen + start + "A" for unseen in "\ufeff\u200b\u202e\u00ad" for start in "=+-@"),
    '=HYPERLINK("http://x.example")',
]
TAKEN_FOR_SOMETHING_ELSE = [
    *("00123", "1E5", "12345678901234567890", "2026-04-01", "4/1", "1-2", "10:30", "5%", "(5)", "１２３"),
    *("3月4日", "令和5年1月1日", "R5.1.1", "Mar-1", ".5", "¥100", "TRUE", "false", "a\nb", '"1"'),
]
TEXTS = st.text(st.characters(codec="utf-8"), max_size=300)


def spelled() -> Respelled:
    person = employee("0016", last_name="髙橋")
    change = Change(Field.LAST_NAME, "高橋", "髙橋", Likeness.VARIANT)
    return Respelled(desired=person, existing=person, changes=(change,), status=Status.VARIANT)


def a_plan() -> tuple[PlanRow, ...]:
    folded = Change(Field.FIRST_NAME, "太 郎", "太郎", Likeness.COSMETIC)
    person = employee("00123")
    mixed = Update(
        desired=person,
        existing=person,
        changes=(Change(Field.EMAIL, None, "taro@example.jp"),),
        folded=(folded,),
        suppressed=(Field.GENDER,),
        notices=(Notice.LEAVING,),
    )
    return rows(mixed, spelled(), blocked(BlockReason.GENDER_MISSING), unchanged())


def read_csv(file: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(file.decode("utf-8-sig"), newline="")))


def read_xlsx(file: bytes) -> list[list[str]]:
    sheet = openpyxl.load_workbook(io.BytesIO(file)).active
    return [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]


def named(text: str) -> tuple[PlanRow, ...]:
    """Give a plan of one person whose e-mail becomes this text."""
    person = employee(text)
    change = Change(Field.EMAIL, text, text)
    return rows(Update(desired=person, existing=person, changes=(change,)))


def shown(cell: str) -> str:
    """Give what Excel shows of a CSV cell: a formula that is one text, or texts joined, shows the text."""
    if not cell.startswith("="):
        return cell
    assert re.fullmatch(r'="(?:[^"]|"")*"(?:&"(?:[^"]|"")*")*', cell, re.DOTALL)
    return "".join(_literals(cell))


def _literals(formula: str) -> Iterator[str]:
    for literal in re.findall(r'"((?:[^"]|"")*)"', formula):
        text = literal.replace('""', '"')
        assert len(text.encode("utf-16-le")) // 2 <= 255
        yield text


def test_both_files_have_a_line_for_each_person_and_field() -> None:
    lines = read_xlsx(plan_xlsx(JA, head(), a_plan()))
    assert lines[0] == HEAD
    assert [line[:8] for line in lines[1:]] == [
        ["差分あり", "00123", "山田 太郎", "メールアドレス", "", "taro@example.jp", "違い", "書き込む"],
        ["差分あり", "00123", "山田 太郎", "名", "太 郎", "太郎", "表記ゆれ", "書き込まない"],
        ["差分あり", "00123", "山田 太郎", "性別", "男性", "男性", "", "書き込まない"],
        ["差分あり（異体字のみ）", "0016", "髙橋 太郎", "姓", "高橋", "髙橋", "異体字", "書き込む"],
        ["取り込めません", "0015", "山田 太郎", "", "", "", "", ""],
        ["差分なし", "0014", "山田 太郎", "メールアドレス", "", "", "", "書き込まない"],
    ]
    told = [[shown(cell) for cell in line] for line in read_csv(plan_csv(JA, head(), a_plan()))]
    assert told == lines


def test_remarks_say_what_to_know_and_why_something_is_left_alone() -> None:
    remarks = [line[8] for line in read_xlsx(plan_xlsx(JA, head(), a_plan()))[1:]]
    assert remarks[0] == "退職日が登録されています。"
    assert remarks[2] == "この人のこの項目は変更しない設定になっています。退職日が登録されています。"
    assert remarks[4].startswith("勤革時への新規登録に必要な性別がSmartHRにありません。")
    assert remarks[5] == "連携元が空のため変更しません。"


def test_somebody_who_is_equal_in_everything_still_has_a_line() -> None:
    person = unchanged()
    equal = type(person)(desired=person.desired, existing=person.existing)
    assert read_csv(plan_csv(JA, head(), rows(equal)))[1] == ["差分なし", '="0014"', "山田 太郎", *[""] * 6]


def test_an_empty_plan_is_a_head() -> None:
    assert read_xlsx(plan_xlsx(JA, head(), ())) == [HEAD]
    assert read_csv(plan_csv(JA, head(), ())) == [HEAD]


def test_the_readers_language_is_spoken() -> None:
    assert read_csv(plan_csv(Texts("en"), head(), rows(create())))[1][0] == "New"


@given(TEXTS)
def test_a_workbook_holds_every_text_as_it_is(text: str) -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(plan_xlsx(JA, head(), named(text)))).active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert unescape(sheet["F2"].value or "") == text


@pytest.mark.parametrize("text", [*ATTACKS, *TAKEN_FOR_SOMETHING_ELSE, "https://x.example"])
def test_a_workbook_computes_nothing_and_links_nowhere(text: str) -> None:
    file = plan_xlsx(JA, head(), named(text))
    assert unescape(read_xlsx(file)[1][5]) == text
    parts = zipfile.ZipFile(io.BytesIO(file))
    sheet = parts.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet.lower()
    assert set(re.findall(r' t="(\w+)"', sheet)) == {"s"}


def test_a_workbook_keeps_its_head_in_sight_and_marks_what_changes() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(plan_xlsx(JA, head(), a_plan()))).active
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:I7"
    assert [sheet.cell(row, 5).font.strike for row in (2, 3)] == [True, None]
    assert [sheet.cell(row, 6).font.bold for row in (2, 3)] == [True, False]
    assert {cell.number_format for row in sheet.iter_rows() for cell in row} == {"@"}


def test_a_workbook_is_as_old_as_its_list() -> None:
    properties = openpyxl.load_workbook(io.BytesIO(plan_xlsx(JA, head(), a_plan()))).properties
    assert (properties.title, properties.created) == (
        "SmartHRから勤革時に取り込む",
        NOON.replace(tzinfo=None),
    )


def test_csv_is_what_excel_opens_by_a_double_click() -> None:
    file = plan_csv(JA, head(), a_plan())
    assert file.startswith(b"\xef\xbb\xbf")
    assert file.endswith(b"\r\n")
    assert file.count(b"\r\n") == file.count(b"\n")


@pytest.mark.parametrize("text", [*ATTACKS, *TAKEN_FOR_SOMETHING_ELSE])
def test_csv_guards_what_excel_would_change_or_compute(text: str) -> None:
    assert csv_cell(text).startswith('="')
    assert shown(csv_cell(text)) == text


@pytest.mark.parametrize("text", ["", "髙橋 𠮷子", "taro.1@example.jp", "O'Neil", "三郎", 'a"b', "New"])
def test_csv_leaves_other_texts_as_they_are(text: str) -> None:
    assert csv_cell(text) == text


@given(TEXTS)
def test_csv_shows_every_text_exactly(text: str) -> None:
    written = read_csv(plan_csv(JA, head(), named(text)))[1]
    assert [shown(cell) for cell in (written[1], written[4], written[5])] == [text] * 3


@pytest.mark.parametrize("text", ["9" * 300, "𠮷0" * 200, '"' * 256 + "1"])
def test_csv_joins_a_text_that_is_too_long_for_one_formula_text(text: str) -> None:
    assert shown(csv_cell(text)) == text


def test_a_text_that_no_formula_can_hold_is_at_least_inert() -> None:
    assert csv_cell("=" * 9_000) == "'" + "=" * 9_000


def test_half_a_surrogate_pair_spoils_no_file() -> None:
    assert read_csv(plan_csv(JA, head(), named("a\ud842")))[1][5] == "a?"
    assert read_xlsx(plan_xlsx(JA, head(), named("a\ud842")))[1][5] == "a?"


def test_a_text_of_any_length_fits_into_a_cell() -> None:
    assert read_xlsx(plan_xlsx(JA, head(), named("𠮷" * 40_000)))[1][5] == "𠮷" * (32_767 // 2)


def test_a_change_is_named_by_the_field_it_is_about() -> None:
    assert [line[3] for line in read_csv(plan_csv(JA, head(), rows(update(fields=3))))[1:]] == [
        "姓",
        "名",
        "姓（カナ）",
        "退職日",
    ]
