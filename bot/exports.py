"""A plan as a file that Excel leaves as it is: xlsx, and CSV for everything else.

Both hold people: they go to a DM, never to a channel, and nothing of them is written to a disk here.
"""

import csv
import io
import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC
from itertools import chain

import xlsxwriter

from bot.texts import Texts
from bot.views.export_lines import Line, columns, export_lines
from bot.views.undo import deed_label
from storage.plan_records import PlanHead
from sync.plan import PlanRow

LITERAL_MOST = 255 // 2
FORMULA_MOST = 8_192 // 2
"""Characters in a text within a formula, and in a formula (Microsoft: Excel's own limits).

Excel counts a letter like 𠮷 twice; half of its limits are never too many.
"""
WIDTHS = (24, 12, 20, 16, 30, 30, 12, 14, 60)
_OLD, _NEW = 4, 5
_INERT = {
    "in_memory": True,  # XlsxWriter's constant memory would leave people in temporary files
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}


def plan_xlsx(t: Texts, head: PlanHead, rows: Iterable[PlanRow]) -> bytes:
    """Give the plan as an Excel workbook: every cell is a text, so 00123 stays and =1+1 does nothing."""
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, _INERT) as book:
        book.set_properties({"title": deed_label(t, head), "created": head.created_at.astimezone(UTC)})
        _Sheet(book, t("Differences")).fill(columns(t, head), export_lines(t, head, rows))
    return file.getvalue()


class _Sheet:
    """The one sheet of the workbook."""

    def __init__(self, book: xlsxwriter.Workbook, name: str) -> None:
        text = {"num_format": "@", "valign": "top"}
        self._sheet = book.add_worksheet(name)
        self._head = book.add_format({**text, "bold": True, "bottom": 1, "bg_color": "#E8E8E8"})
        self._plain = book.add_format(text)
        self._old = book.add_format({**text, "font_strikeout": True})
        self._new = book.add_format({**text, "bold": True, "bg_color": "#FFE8B3"})

    def fill(self, head: Line, lines: Iterable[Line]) -> None:
        """Write the head, which stays in sight, and the lines, which can be filtered."""
        for column, width in enumerate(WIDTHS):
            self._sheet.set_column(column, column, width, self._plain)
        self._write(0, head, [self._head] * len(WIDTHS))
        last = 0
        for last, line in enumerate(lines, start=1):
            self._write(last, line, self._formats(line))
        self._sheet.freeze_panes(1, 0)
        self._sheet.autofilter(0, 0, last, len(WIDTHS) - 1)

    def _formats(self, line: Line) -> list[object]:
        """Mark what changes: the old value struck through, the new one bold and coloured."""
        formats: list[object] = [self._plain] * len(WIDTHS)
        if line.is_written:
            formats[_OLD], formats[_NEW] = self._old, self._new
        return formats

    def _write(self, row: int, line: Line, formats: list[object]) -> None:
        for column, (text, form) in enumerate(zip(line.cells, formats, strict=True)):
            self._sheet.write_string(row, column, _encodable(text), form)


def plan_csv(t: Texts, head: PlanHead, rows: Iterable[PlanRow]) -> bytes:
    """Give the plan as CSV that Excel opens by a double click: UTF-8 with a BOM, CRLF, cells in quotes."""
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    for line in chain([columns(t, head)], export_lines(t, head, rows)):
        writer.writerow([csv_cell(text) for text in line.cells])
    return _encodable(file.getvalue()).encode("utf-8-sig")


def csv_cell(text: str) -> str:
    """Write a cell so that Excel shows exactly this text and computes nothing.

    Whatever Excel might take for a number, a day, a truth value or a formula becomes a formula that is only
    the text: ="00123". A leading apostrophe would be shown: Excel hides one only where it was typed. A long
    text is joined from pieces. What no formula can hold starts with an apostrophe: inert, if not exact.
    """
    if not _may_change(text):
        return text
    pieces = [text[start : start + LITERAL_MOST] for start in range(0, len(text), LITERAL_MOST)]
    formula = "=" + "&".join('"' + piece.replace('"', '""') + '"' for piece in pieces)
    return formula if len(formula) <= FORMULA_MOST else f"'{text}"


_STARTERS = frozenset("=+-@")
_TRUTH = frozenset({"true", "false"})
_MAIL = re.compile(r"[A-Za-z][\w.+-]*@[\w.-]+", re.ASCII)


def _may_change(text: str) -> bool:
    """Tell whether Excel may show another text: digits and what is not seen itself are never trusted.

    A letter without a shape (a BOM, a zero-width space, a turn of direction) may be passed over on the way
    in, and = be the first one then. In any width: Excel in Japanese computes ＝１＋１, too. A mail address
    is none of what Excel knows.
    """
    if _MAIL.fullmatch(text):
        return False
    folded = unicodedata.normalize("NFKC", text).strip()
    if folded[:1] in _STARTERS or folded.casefold() in _TRUTH:
        return True
    return any(letter.isdigit() for letter in folded) or any(map(_is_unseen, text))


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) in {"Cc", "Cf"}


def _encodable(text: str) -> str:
    """Replace what is no character (half a surrogate pair): no file can hold it."""
    return text.encode("utf-8", "replace").decode("utf-8")
