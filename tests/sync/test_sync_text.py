"""Texts are folded to compare and to search, and to write only where kana needs its one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sync.fields import Field
from sync.text import number_key, same, search_key, to_katakana


@pytest.mark.parametrize(
    ("written", "katakana"),
    [
        ("ﾀｶﾊｼ", "タカハシ"),
        ("ﾊﾞﾊﾟｳﾞ", "バパヴ"),
        ("たかはし", "タカハシ"),
        ("か\u3099", "ガ"),
        ("カ\u3099", "ガ"),
        ("ｰ", "ー"),
        ("アン　ナ", "アン　ナ"),
    ],
)
def test_kana_becomes_full_width_katakana(written: str, katakana: str) -> None:
    assert to_katakana(written) == katakana


@given(st.text())
def test_katakana_stays_as_it_is(text: str) -> None:
    assert to_katakana(to_katakana(text)) == to_katakana(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [("０１２", "012"), ("a1", "A1"), ("Ａ１", "a1"), (" 12　", "12"), ("1 2", "12")],  # noqa: RUF001 - width matters
)
def test_a_number_is_recognised_in_another_spelling(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


@pytest.mark.parametrize(("one", "other"), [("0012", "12"), ("12", "1-2"), ("O1", "01")])
def test_numbers_that_only_look_alike_are_two_people(one: str, other: str) -> None:
    assert number_key(one) != number_key(other)


@pytest.mark.parametrize(
    ("one", "other"), [("髙橋", "高橋"), ("\ufa19", "\u795e"), ("山田 ", "山田"), ("葛", "葛\U000e0100")]
)
def test_names_are_the_same_only_to_the_letter(one: str, other: str) -> None:
    assert not same(Field.LAST_NAME, one, other)


def test_kana_is_the_same_in_any_kana() -> None:
    assert same(Field.LAST_NAME_KANA, "ﾀｶﾊｼ", "たかはし")
    assert not same(Field.LAST_NAME_KANA, "タカハシ", None)


def test_a_search_ignores_width_spaces_case_and_kind_of_kana() -> None:
    assert search_key("ｶﾌﾞｷ") in search_key("山田　かぶき", "A12")
    assert search_key("a１2") in search_key("山田", None, "A12")
