"""Texts are folded to compare and to search, and to write only where kana needs its one form."""
# ruff: noqa: RUF001 - letters that look alike are the matter here

import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from sync.fields import COMPARED, KANA, Field
from sync.text import (
    Likeness,
    Repertoire,
    compare,
    number_key,
    same,
    search_key,
    to_katakana,
    unstorable,
)
from sync.variants import fold_variants

NAMES = [Field.LAST_NAME, Field.FIRST_NAME, *sorted(KANA)]
DATES_AND_GENDER = [Field.BIRTH_DATE, Field.HIRED_ON, Field.RESIGNED_ON, Field.GENDER]
COMPATIBILITY = "\ufa12\ufa19\ufa1e\ufa22\ufa44\uf9dc\U0002f80f"
JAPANESE = "髙橋﨑邉齋𠮷かきゔカキヴヵヶーｶﾞﾊﾟｰ－―—‐−─〜～ＡａA1１Ⅱ㈱ "
MARKS = "\u3000\u200b\u3099\u309b\u309c\U000e0100\u00e9e\u0301"
texts = st.one_of(st.text(), st.text(st.sampled_from(JAPANESE + MARKS + COMPATIBILITY)))
plain_texts = texts.filter(lambda text: not any(_is_compatibility_ideograph(letter) for letter in text))
normal_forms = st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"])


def _is_compatibility_ideograph(letter: str) -> bool:
    return "\uf900" <= letter <= "\ufaff" or "\U0002f800" <= letter <= "\U0002fa1f"


@pytest.mark.parametrize("field", Field)
def test_a_text_equals_itself_and_empty_equals_only_empty(field: Field) -> None:
    assert compare(field, "山田", "山田") is Likeness.EQUAL
    assert compare(field, None, None) is Likeness.EQUAL
    assert compare(field, "山田", None) is Likeness.DIFFERENT
    assert compare(field, None, "") is Likeness.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ｱﾝﾅ", "アンナ"),
        ("ﾊﾞﾊﾟｳﾞ", "バパヴ"),
        ("か\u3099", "が"),
        ("か\u309b", "が"),
        ("は\u309c", "ぱ"),
        ("山田\u3000太郎", "山田太郎"),
        ("山田 太郎", "山田\u00a0太郎"),
        ("山\u200b田\ufeff", "山田"),
        ("Ａｎｎａ", "Anna"),
        ("Rene\u0301", "Ren\u00e9"),
        ("二〜三", "二～三"),
        ("ジョンⅡ", "ジョンII"),
    ],
)
def test_another_way_of_typing_a_name_is_cosmetic(one: str, other: str) -> None:
    assert compare(Field.LAST_NAME, one, other) is Likeness.COSMETIC


@pytest.mark.parametrize("dash", "－―—‐‑‒–−─ーｰ-")
@pytest.mark.parametrize("field", NAMES)
def test_which_dash_stands_in_a_name_is_cosmetic(field: Field, dash: str) -> None:
    assert compare(field, f"メ{dash}ラ", "メーラ") in {Likeness.EQUAL, Likeness.COSMETIC}
    assert compare(field, f"メ{dash}ラ", "メラ") is Likeness.DIFFERENT


def test_the_kind_of_kana_is_cosmetic_only_where_a_reading_is_written() -> None:
    assert compare(Field.FIRST_NAME_KANA, "さくら", "ｻｸﾗ") is Likeness.COSMETIC
    assert compare(Field.FIRST_NAME_KANA, "わ\u3099", "ヷ") is Likeness.COSMETIC
    assert compare(Field.FIRST_NAME, "さくら", "サクラ") is Likeness.DIFFERENT
    assert compare(Field.FIRST_NAME_KANA, "キョウコ", "キヨウコ") is Likeness.DIFFERENT


def test_case_is_cosmetic_in_an_e_mail_and_a_number_but_not_in_a_name() -> None:
    assert compare(Field.EMAIL, "Anna@Example.JP", "ａｎｎａ＠example.jp") is Likeness.COSMETIC
    assert compare(Field.NUMBER, "a‐１２", "A-12") is Likeness.COSMETIC
    assert compare(Field.LAST_NAME, "DE GROOT", "de Groot") is Likeness.DIFFERENT


@pytest.mark.parametrize("field", DATES_AND_GENDER)
def test_dates_and_gender_are_equal_or_different(field: Field) -> None:
    assert compare(field, "2020-04-01", "２０２０－０４－０１") is Likeness.DIFFERENT


@pytest.mark.parametrize(
    "letters",
    [
        "髙高", "﨑崎嵜", "邉邊辺", "齋斎齊斉", "濵濱浜", "德徳", "栁柳", "曽曾", "𠮷吉", "冨富", "嶋島嶌",
        "瀨瀬", "凜凛", "槇槙", "龍竜", "澤沢", "廣広", "國国", "眞真", "榮栄", "惠恵", "舘館", "淵渕渊",
        "桒桑", "藪薮", "靏鶴", "檜桧", "彌弥", "祢禰", "﨔欅", "ヶケ", "ヵカ",
    ],
)  # fmt: skip
def test_another_form_of_a_letter_is_a_variant(letters: str) -> None:
    for letter in letters[1:]:
        assert compare(Field.LAST_NAME, f"{letters[0]}田", f"{letter} 田") is Likeness.VARIANT


def test_compatibility_ideographs_are_variants_although_normal_forms_join_them() -> None:
    blocks = [*range(0xF900, 0xFB00), *range(0x2F800, 0x2FA20)]
    joined = [letter for letter in map(chr, blocks) if unicodedata.normalize("NFC", letter) != letter]
    assert len(joined) > 1000
    for letter in joined:
        assert compare(Field.LAST_NAME, letter, unicodedata.normalize("NFC", letter)) is Likeness.VARIANT


def test_one_letter_stands_for_every_class_of_variants() -> None:
    for letter in map(chr, [*range(0x30A1, 0x30FB), *range(0x3400, 0xA000), *range(0x20000, 0x323B0)]):
        stands = fold_variants(letter)
        assert len(stands) == 1
        assert fold_variants(stands) == stands


@pytest.mark.parametrize("selector", ["\ufe00", "\ufe01", "\U000e0100", "\U000e01ef"])
def test_an_ideographic_variation_selector_is_a_variant(selector: str) -> None:
    assert compare(Field.LAST_NAME, f"葛{selector}城", "葛城") is Likeness.VARIANT


@pytest.mark.parametrize(
    "pair",
    [
        "葉叶", "伊尹", "坂阪", "太大", "堀濠", "川河", "郎朗", "子小", "裕祐", "浩皓", "界堺",
        "崎埼", "崎碕",
        "恵慧", "岩巌", "秋萩", "弘宏", "畑畠", "佐左", "藤籐", "奈那", "菜采", "千仟", "荻萩",
    ],
)  # fmt: skip
def test_letters_of_different_names_are_different(pair: str) -> None:
    assert compare(Field.LAST_NAME, pair[0], pair[1]) is Likeness.DIFFERENT


def test_a_variant_is_one_only_in_a_name() -> None:
    assert compare(Field.NUMBER, "髙1", "高1") is Likeness.DIFFERENT
    assert compare(Field.EMAIL, "髙@example.jp", "高@example.jp") is Likeness.DIFFERENT


@given(st.sampled_from(COMPARED), texts, texts)
def test_likeness_has_no_direction(field: Field, one: str, other: str) -> None:
    assert compare(field, one, other) is compare(field, other, one)
    assert compare(field, one, one) is Likeness.EQUAL


@given(st.sampled_from(NAMES), plain_texts, normal_forms)
@example(Field.LAST_NAME, "か\u309b", "NFKC")
def test_a_normal_form_is_never_more_than_cosmetic(field: Field, text: str, form: str) -> None:
    normal = unicodedata.normalize(form, text)  # type: ignore[arg-type]
    assert compare(field, text, normal) in {Likeness.EQUAL, Likeness.COSMETIC}


@given(st.sampled_from(NAMES), texts, texts, st.sampled_from(" \t\u00a0\u2003\u3000\u200b\u2060\ufeff"))
def test_a_space_is_never_more_than_cosmetic(field: Field, left: str, right: str, space: str) -> None:
    assume(not unicodedata.combining(right[:1] or "a"))
    assert compare(field, left + space + right, left + right) is Likeness.COSMETIC


@given(st.sampled_from(NAMES), texts)
def test_width_is_never_more_than_cosmetic(field: Field, text: str) -> None:
    full_width = "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)
    assert compare(field, text, full_width) in {Likeness.EQUAL, Likeness.COSMETIC}


@given(texts)
@example("ヵ\u3099")
@example("\u2120")
def test_folding_twice_is_folding_once(text: str) -> None:
    assert number_key(number_key(text)) == number_key(text)
    assert fold_variants(fold_variants(text)) == fold_variants(text)
    assert to_katakana(to_katakana(text)) == to_katakana(text)


@pytest.mark.parametrize(
    ("written", "katakana"),
    [
        ("ﾀｶﾊｼ", "タカハシ"),
        ("ﾊﾞﾊﾟｳﾞ", "バパヴ"),
        ("たかはし", "タカハシ"),
        ("か\u3099", "ガ"),
        ("カ\u3099", "ガ"),
        ("か\u309b", "ガ"),
        ("ア\u3099", "ア\u309b"),
        ("ｰ", "ー"),
        ("アン　ナ", "アン　ナ"),
    ],
)
def test_kana_becomes_full_width_katakana(written: str, katakana: str) -> None:
    assert to_katakana(written) == katakana


@pytest.mark.parametrize(
    ("one", "other"),
    [("０１２", "012"), ("a1", "A1"), ("Ａ１", "a1"), (" 12　", "12"), ("1\u200b 2", "12"), ("1ー2", "1-2")],
)
def test_a_number_is_recognised_in_another_spelling(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


@pytest.mark.parametrize(("one", "other"), [("0012", "12"), ("12", "1-2"), ("O1", "01"), ("1e5", "100000")])
def test_numbers_that_only_look_alike_are_two_people(one: str, other: str) -> None:
    assert number_key(one) != number_key(other)
    assert compare(Field.NUMBER, one, other) is Likeness.DIFFERENT


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(1, 8))
def test_distinct_numbers_stay_different(one: int, other: int, zeros: int) -> None:
    assume(one != other)
    assert compare(Field.NUMBER, str(one), str(other)) is Likeness.DIFFERENT
    assert compare(Field.NUMBER, str(one), "0" * zeros + str(one)) is Likeness.DIFFERENT


@pytest.mark.parametrize(
    ("one", "other"), [("髙橋", "高橋"), ("\ufa19", "\u795e"), ("山田 ", "山田"), ("葛", "葛\U000e0100")]
)
def test_what_was_written_is_the_same_only_to_the_letter(one: str, other: str) -> None:
    assert not same(Field.LAST_NAME, one, other)


def test_written_kana_is_the_same_in_any_kana() -> None:
    assert same(Field.LAST_NAME_KANA, "ﾀｶﾊｼ", "たかはし")
    assert not same(Field.LAST_NAME_KANA, "タカハシ", None)


def test_a_search_ignores_width_spaces_case_and_kind_of_kana() -> None:
    assert search_key("ｶﾌﾞｷ") in search_key("山田　かぶき", "A12")
    assert search_key("a１2") in search_key("山田", None, "A12")


@pytest.mark.parametrize(
    ("wanted", "name"), [("高橋", "髙橋"), ("渡辺", "渡邊"), ("渡邉", "渡邊"), ("\ufa19", "神")]
)
def test_a_search_finds_a_name_in_another_letter(wanted: str, name: str) -> None:
    assert search_key(wanted) in search_key("A12", name, "花子")


@pytest.mark.parametrize(
    ("text", "unicode", "windows"),
    [
        ("髙﨑\ufa19 ﾀｶ Ⅱ㈱①～", None, None),
        ("𠮷田", None, "𠮷"),
        ("葛\U000e0100城", None, "葛\U000e0100"),
        ("山か\u3099", None, "か\u3099"),
        ("二〜三", None, "〜"),
        ("A¥", None, "¥"),
        ("山\n田", "\n", "\n"),
        ("山\x00", "\x00", "\x00"),
        ("山\ud842", "\ud842", "\ud842"),
        ("山\uffff", "\uffff", "\uffff"),
        ("\ufdd0", "\ufdd0", "\ufdd0"),
        ("", None, None),
    ],
)
def test_the_letter_that_a_system_cannot_hold_is_named(
    text: str, unicode: str | None, windows: str | None
) -> None:
    assert unstorable(text, Repertoire.UNICODE) == unicode
    assert unstorable(text, Repertoire.WINDOWS) == windows


@given(texts)
def test_what_a_system_can_hold_comes_back_from_it(text: str) -> None:
    if unstorable(text, Repertoire.WINDOWS) is None:
        assert text.encode("cp932").decode("cp932") == text
    if unstorable(text, Repertoire.UNICODE) is None:
        assert text.encode().decode() == text
