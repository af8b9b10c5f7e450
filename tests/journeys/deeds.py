"""What people do again and again on their way through Renkei."""

from sandbox.slack.screen import Screen
from tests.journeys.stage import PATIENCE, Stage


def look_at(stage: Stage, way: str) -> None:
    """Have the differences shown: "pull" is 勤革時 → SmartHR, "push" the other way."""
    ask_for(stage.hr, way)
    stage.hr.wait_for("選択中 0名", PATIENCE)


def ask_for(screen: Screen, way: str) -> None:
    """Start with `/renkei pull` or `push`, today."""
    screen.person.command(f"/renkei {way}")
    screen.wait_for("従業員情報取得基準日")
    screen.submit()


def choose_all(screen: Screen) -> None:
    """Tick everybody who can be imported."""
    before = screen.modal()
    assert before is not None
    screen.press(next(text for text in screen.texts() if "すべてを選択" in text))
    screen.wait_for(lambda seen: (seen.modal() or {})["hash"] != before["hash"])
    assert "選択中 0名" not in screen.text()


def choose(screen: Screen, *numbers: str) -> None:
    """Tick exactly these people, by pasting their numbers."""
    screen.press("社員番号を貼り付け")
    screen.wait_for("改行・空白・コンマ")
    screen.fill("社員番号", "\n".join(numbers))
    screen.submit()
    screen.wait_for(f"選択中 {len(numbers)}名")


def run_it(stage: Stage) -> str:
    """Press the last button, wait for the end, and give the result that the admin channel reads."""
    before = len(stage.reports())
    stage.hr.wait_for("連携内容の確認")
    stage.hr.submit()
    stage.hr.wait_for("取り込みを開始しました")
    stage.hr.wait_for(lambda _: len(stage.reports()) >= before + 2, PATIENCE * 2)
    stage.hr.close()
    return stage.reports()[-1]


def narrow(screen: Screen, status: str) -> None:
    """Choose in the filter above the list, by how its entry begins."""
    view = screen.modal()
    assert view is not None
    menus = [block for block in view["blocks"] if block["block_id"].startswith("filter:")]
    (menu,) = [each for each in menus[0]["elements"] if each["type"] == "static_select"]
    (value,) = [each["value"] for each in menu["options"] if each["text"]["text"].startswith(status)]
    screen.person.change(view["id"], menus[0]["block_id"], menu["action_id"], value)
    screen.wait_for(lambda seen: (seen.modal() or {})["hash"] != view["hash"])


def turn_page(screen: Screen) -> None:
    """Go to the next page of the list."""
    button = next(text for text in screen.texts() if "次へ ▶" in text)
    screen.press(button)
    screen.wait_for(lambda seen: button not in seen.texts())


def people_on(screen: Screen) -> list[str]:
    """Give the numbers of the people on this page."""
    lines = [line.partition("\u3000") for text in screen.texts() for line in text.split("\n")]
    return [number for number, between, _ in lines if between and number.isalnum() and number[-1].isdigit()]


def count(screen: Screen, status: str) -> int:
    """Give how many people the list has of a status."""
    return int(screen.text().split(f"{status} ", 1)[1].split()[0].replace(",", ""))


def give_reason(screen: Screen, reason: str) -> None:
    """Say at the last look why a limit is passed."""
    screen.wait_for("連携内容の確認")
    screen.fill("上限を超えて書き込む理由", reason)


def read_history(stage: Stage) -> str:
    """Read the newest run in 連携履歴, person by person."""
    while stage.hr.modal():
        stage.hr.close()
    stage.hr.person.command("/renkei history")
    stage.hr.wait_for("連携履歴")
    stage.hr.press("詳しく見る")
    stage.hr.wait_for("終了日時")
    return stage.hr.text()


def put(screen: Screen, part: str, place: str) -> None:
    """Put all new people in one place: for everybody or, where there is but one post, for that one."""
    view = screen.modal()
    assert view is not None
    labels = [block["label"]["text"] for block in view["blocks"] if "label" in block]
    screen.choose(next(label for label in labels if label.endswith(f"→ {part}")), place)
