"""Two texts that look the same are told apart on the screen."""

import pytest

from bot.texts import Texts
from bot.views.spelling import spelling_text, written_out
from sync.diff import Change
from sync.fields import Field
from sync.text import Likeness, compare

JA = Texts("ja")


@pytest.mark.parametrize(
    ("field", "old", "new", "kind"),
    [
        (Field.LAST_NAME_KANA, "ﾔﾏﾀﾞ", "ヤマダ", "全角・半角"),
        (Field.LAST_NAME, "山田", "山\u3000田", "空白"),
        (Field.LAST_NAME, "山\u200b田", "山田", "空白"),
        (Field.FIRST_NAME_KANA, "たろう", "タロウ", "ひらがな・カタカナ"),
        (Field.FIRST_NAME, "リー", "リ―", "長音・ハイフン"),
        (Field.EMAIL, "Taro@example.com", "taro@example.com", "大文字・小文字"),
        (Field.FIRST_NAME, "か\u3099", "が", "濁点などの組み合わせ方"),
        (Field.FIRST_NAME, "Ⅱ", "II", "大文字・小文字"),
    ],
)
def test_another_spelling_is_named_by_what_differs(field: Field, old: str, new: str, kind: str) -> None:
    assert compare(field, old, new) is Likeness.COSMETIC
    assert kind in spelling_text(JA, Change(field, old, new, Likeness.COSMETIC))


def test_several_kinds_are_all_named_and_a_kind_that_is_the_same_is_not() -> None:
    change = Change(Field.LAST_NAME_KANA, "ﾔﾏ ﾀﾞー", "ヤマダー", Likeness.COSMETIC)
    assert spelling_text(JA, change) == "表記ゆれ：空白、全角・半角"


def test_a_variant_letter_is_called_one_and_a_real_difference_nothing() -> None:
    assert spelling_text(JA, Change(Field.LAST_NAME, "高", "髙", Likeness.VARIANT)) == "異体字"
    assert spelling_text(JA, Change(Field.LAST_NAME, "高", "低")) == ""


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("山 田", "山␣田"),
        ("山\u3000田", "山[U+3000]田"),
        ("山\u200b田", "山[U+200B]田"),
        ("葛\U000e0100城", "葛[U+E0100]城"),
        ("か\u3099", "か[U+3099]"),
        ("神", "神"),
        ("\ufa19", "\ufa19[U+FA19]"),
        ("髙橋と宮﨑", "髙橋と宮﨑"),
    ],
)
def test_what_cannot_be_seen_is_written_out(text: str, shown: str) -> None:
    assert written_out(text) == shown
