"""How two Japanese texts compare, and what a system can hold. Texts are folded to compare, never to write."""

import re
import unicodedata
from enum import StrEnum

import jaconv

from sync.fields import KANA, Field, Value
from sync.letters import Letters
from sync.variants import fold_variants


class Likeness(StrEnum):
    """How alike two values of a field are, from alike to different."""

    EQUAL = "equal"
    COSMETIC = "cosmetic"
    """Typed in another way: width, spaces, normal form, dashes; the kind of kana, the case of an e-mail."""
    VARIANT = "variant"
    """The same name in another letter: 髙 for 高, a selector, a compatibility ideograph. People decide."""
    DIFFERENT = "different"


class Repertoire(StrEnum):
    """Which characters a system holds."""

    UNICODE = "unicode"
    """Every character, but neither control characters nor code points that are no characters."""
    WINDOWS = "cp932"
    """Windows-31J: JIS X 0208 with NEC's and IBM's letters (髙 and 﨑, but neither 𠮷 nor selectors)."""


def compare(field: Field, one: Value, other: Value) -> Likeness:
    """Tell how alike two values of a field are. An empty value is only like an empty one."""
    if one == other:
        return Likeness.EQUAL
    if one is None or other is None or field in _EXACT:
        return Likeness.DIFFERENT
    one, other = _fold_field(field, one), _fold_field(field, other)
    if one == other:
        return Likeness.COSMETIC
    if field in _NAMES and fold_variants(one) == fold_variants(other):
        return Likeness.VARIANT
    return Likeness.DIFFERENT


def same(field: Field, one: Value, other: Value) -> bool:
    """Tell whether two values of a field say the same: to the letter, and for kana in any kana."""
    if field in KANA and one is not None and other is not None:
        return to_katakana(one) == to_katakana(other)
    return one == other


def to_katakana(kana: str) -> str:
    """Write kana as both systems want it: full-width katakana, voiced marks joined to their letter."""
    if _KATAKANA.fullmatch(kana):
        return kana
    full_width = jaconv.hira2kata(jaconv.h2z(kana, kana=True, ascii=False, digit=False))
    joined = unicodedata.normalize("NFC", full_width.translate(_JOINING_MARKS))
    return joined.translate(_LONE_MARKS)


def number_key(number: str) -> str:
    """Fold an employee number to find the same one spelled otherwise: width, spaces, dashes and letter case.

    Leading zeros stay: 0012 and 12 are two people.
    """
    folded = _fold(number)
    lower = folded.casefold()
    return folded if lower == folded else _fold(lower)


def search_key(*texts: str | None) -> str:
    """Fold texts into what a search looks in: 高 finds 髙; typing, kind of kana and case don't matter."""
    joined = "".join(text for text in texts if text)
    return number_key(fold_variants(_fold(joined, _TYPING_KANA)))


def unstorable(text: str, repertoire: Repertoire) -> str | None:
    """Find the first character that a system can't hold, whole: a letter with its marks and selectors."""
    if _holds(repertoire, text):
        return None
    characters = (match.group() for match in _CHARACTER.finditer(text))
    return next(character for character in characters if not _holds(repertoire, character))


_EXACT = frozenset({Field.GENDER, Field.BIRTH_DATE, Field.HIRED_ON, Field.RESIGNED_ON})
_NAMES = KANA | {Field.LAST_NAME, Field.FIRST_NAME}
_SPACES = "".join(filter(str.isspace, map(chr, range(0x3001))))
_INVISIBLE = (
    "\u00ad\u034f\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
)
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500\u2501\u30fc"
_WAVES = "\u301c\u3030"
_HIRAGANA = "".join(map(chr, range(0x3041, 0x3097))) + "ゝゞ"
_TYPED: dict[int, int | str | None] = str.maketrans(
    dict.fromkeys(_SPACES + _INVISIBLE) | dict.fromkeys(_DASHES, "-") | dict.fromkeys(_WAVES, "~")
)
_TYPING = Letters(_TYPED)
_TYPING_KANA = Letters({**_TYPED, **str.maketrans(_HIRAGANA, jaconv.hira2kata(_HIRAGANA))})
_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]*")
_JOINING_MARKS = str.maketrans("\u309b\u309c\uff9e\uff9f", "\u3099\u309a\u3099\u309a")
_LONE_MARKS = str.maketrans("\u3099\u309a", "\u309b\u309c")
_COMPATIBILITY_IDEOGRAPHS = re.compile(r"([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
_CHARACTER = re.compile(r".[\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]*", re.DOTALL)


def _fold_field(field: Field, text: str) -> str:
    if field in KANA:
        return _fold(text, _TYPING_KANA)
    return _fold(text) if field in _NAMES else number_key(text)


def _fold(text: str, typing: Letters = _TYPING) -> str:
    """Undo what typing adds: width, spaces, normal form, which of the many dashes.

    All four normal forms count as typing: Ⅱ is II. Where a system refuses Ⅱ, nobody could make both alike.
    """
    return _normal(typing.replaced(_normal(text)))


def _normal(text: str) -> str:
    """NFKC that leaves compatibility ideographs alone: those are letters of a name, not a way of typing."""
    if unicodedata.is_normalized("NFKC", text):
        return text
    parts = _COMPATIBILITY_IDEOGRAPHS.split(text)
    parts[::2] = (unicodedata.normalize("NFKC", part) for part in parts[::2])
    return "".join(parts)


def _holds(repertoire: Repertoire, text: str) -> bool:
    if not text.isprintable() and any(map(_is_no_character, text)):
        return False
    if repertoire is Repertoire.UNICODE:
        return True
    # There and back: Python's codec writes ¥ (U+00A5) as a backslash.
    return text.encode("cp932", "ignore").decode("cp932") == text


def _is_no_character(character: str) -> bool:
    point = ord(character)
    noncharacter = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF  # noqa: PLR2004 - as Unicode has them
    return noncharacter or unicodedata.category(character) in {"Cc", "Cs"}
