"""The catalogs: complete, exact, and never in each other's way."""

import ast
import re
import string
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

import bot
from bot.texts import LOCALES, Texts, language_of

BOT = Path(bot.__file__).parent


def ja_catalog() -> dict[str, Message]:
    with (LOCALES / "ja" / "LC_MESSAGES" / "renkei.po").open("rb") as source:
        catalog = read_po(source, locale="ja", abort_invalid=True)
    return {_first(message.id): message for message in catalog if message.id}


def _first(text: Any) -> str:
    return text if isinstance(text, str) else str(text[0])


def used_in_bot() -> set[str]:
    """Babel's extractor does not look into f-strings on Python 3.11; the syntax tree does."""
    return {
        text for path in BOT.rglob("*.py") for text in _messages(ast.parse(path.read_text(encoding="utf-8")))
    }


def _messages(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _translates(node.func):
            assert node.args
            assert isinstance(node.args[0], ast.Constant | ast.Attribute | ast.Subscript | ast.IfExp)
            if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str):
                yield node.args[0].value


def _translates(function: ast.expr) -> bool:
    match function:
        case ast.Name(id="t" | "mark") | ast.Attribute(attr="plural"):
            return True
        case ast.Call(func=ast.Name(id="Texts") | ast.Attribute(attr="texts" | "_texts")):
            return True
        case _:
            return False


def placeholders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_everything_that_renkei_says_is_said_in_japanese() -> None:
    assert used_in_bot() - ja_catalog().keys() == set()


def test_the_japanese_catalog_holds_nothing_that_is_no_longer_said() -> None:
    assert ja_catalog().keys() - used_in_bot() == set()


def test_every_translation_has_a_text_and_fills_only_what_its_message_gives() -> None:
    for source, message in ja_catalog().items():
        text = _first(message.string)
        assert text, source
        assert placeholders(text) <= placeholders(source), source


def test_a_translation_drops_a_figure_only_where_the_japanese_sentence_names_the_system() -> None:
    dropped = {
        source: placeholders(source) - placeholders(_first(message.string))
        for source, message in ja_catalog().items()
    }
    assert {name for names in dropped.values() for name in names} <= {"system", "target", "source"}


def test_a_message_is_said_in_the_readers_language() -> None:
    assert Texts("ja")("As-of date") == "従業員情報取得基準日"
    assert Texts("en")("As-of date") == "As-of date"


@pytest.mark.parametrize(("n", "said"), [(1, "1 person"), (2, "2 people"), (1234, "1,234 people")])
def test_english_counts_people_as_english_does(n: int, said: str) -> None:
    assert Texts("en").plural("{n} person", "{n} people", n) == said


def test_japanese_has_one_form_for_any_number() -> None:
    t = Texts("ja")
    assert [t.plural("{n} person", "{n} people", n) for n in (1, 1234)] == ["1名", "1,234名"]


def test_two_languages_are_used_side_by_side() -> None:
    japanese, english = Texts("ja"), Texts("en")
    assert [japanese("Close"), english("Close"), japanese("Close")] == ["閉じる", "Close", "閉じる"]


@pytest.mark.parametrize(
    ("locale", "language"), [("ja-JP", "ja"), ("en-US", "en"), ("en-GB", "en"), ("fr-FR", "ja"), (None, "ja")]
)
def test_slacks_locale_picks_the_language_and_japanese_is_the_last_resort(
    locale: str | None, language: str
) -> None:
    assert language_of(locale) == language


def test_a_language_that_renkei_does_not_speak_is_answered_in_japanese() -> None:
    assert Texts("fr")("Close") == "閉じる"


def test_every_sign_that_renkei_shows_is_drawn_by_the_demos_page() -> None:
    """The page draws them itself: not every machine has an emoji font."""
    said = "".join(path.read_text(encoding="utf-8") for path in (*BOT.rglob("*.py"), *BOT.rglob("*.po")))
    drawn = (BOT.parent / "sandbox/page/static/js/glyphs.js").read_text(encoding="utf-8")
    signs = set(re.findall("[\u2300-\u23ff\u2600-\u27bf\u2b00-\u2bff\U0001f300-\U0001faff]", said))
    assert "\U0001f6d1" in signs
    assert {sign for sign in signs if f'"{sign}"' not in drawn} == set()
