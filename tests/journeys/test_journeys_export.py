"""The list as a file: in a direct message, never in a channel, and as Excel leaves it alone."""

import csv
import io

import openpyxl

from sandbox.slack.demo import ADMIN_CHANNEL, GENERAL_CHANNEL
from sandbox.slack.messages import File
from tests.journeys.deeds import look_at
from tests.journeys.stage import PATIENCE, Stage, renkei

FORMULA = '=HYPERLINK("https://example.com";"晴美")'


def test_a_list_is_sent_as_a_file_in_which_numbers_stay_and_formulas_are_inert() -> None:
    with renkei() as stage:
        stage.sandbox.kinkakuji.edit("0018", firstName=FORMULA)
        look_at(stage, "pull")
        everybody = 65
        assert f"該当 {everybody}名" in stage.hr.text()

        book = openpyxl.load_workbook(io.BytesIO(receive(stage, "xlsx").content))
        rows = list(book.worksheets[0].iter_rows())
        cells = [cell for row in rows for cell in row]
        assert {cell.data_type for cell in cells if cell.value is not None} == {"s"}
        assert "00123" in {row[1].value for row in rows}
        assert FORMULA in {cell.value for cell in cells}
        assert len({row[1].value for row in rows[1:]}) == everybody

        content = receive(stage, "csv").content
        assert content.startswith(b"\xef\xbb\xbf")
        lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
        assert '="00123"' in {line[1] for line in lines}
        assert not [cell for line in lines for cell in line if cell.startswith(("=HYPERLINK", "+", "@"))]
        assert content.count(b"\r\n") == len(lines) == len(rows)
        for channel in (ADMIN_CHANNEL, GENERAL_CHANNEL):
            assert stage.hr.files(channel) == []


def receive(stage: Stage, kind: str) -> File:
    """Choose a kind of file above the list, and take it out of the direct message."""
    view, before = stage.hr.modal(), len(stage.hr.files())
    assert view is not None
    (block,) = [each for each in view["blocks"] if each["block_id"].startswith("export:")]
    (menu,) = [each for each in block["elements"] if each["type"] == "static_select"]
    stage.hr.person.change(view["id"], block["block_id"], menu["action_id"], kind)
    stage.hr.wait_for("ダイレクトメッセージに送りました", PATIENCE)
    stage.hr.wait_for(lambda screen: len(screen.files()) == before + 1, PATIENCE)
    return stage.hr.files()[-1]
