"""How two Japanese texts compare, and what a system can hold. Texts are folded to compare, never to write."""

import re
import unicodedata
from enum import StrEnum

import jaconv

from sync.fields import KANA, Field, Value
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
    full_width = jaconv.h2z(kana, kana=True, ascii=False, digit=False)
    return unicodedata.normalize("NFC", jaconv.hira2kata(full_width))


def number_key(number: str) -> str:
    """Fold an employee number to find the same one spelled otherwise: width, spaces, dashes and letter case.

    Leading zeros stay: 0012 and 12 are two people.
    """
    return _fold(number.casefold()).casefold()


def search_key(*texts: str | None) -> str:
    """Fold texts into what a search looks in: 高 finds 髙; typing, kind of kana and case don't matter."""
    joined = "".join(text for text in texts if text)
    return jaconv.hira2kata(fold_variants(_fold(joined))).casefold()


def unstorable(text: str, repertoire: Repertoire) -> str | None:
    """Find the first character that a system can't hold, whole: a letter with its marks and selectors."""
    if text.isascii() and text.isprintable():
        return None
    for character in _CHARACTER.findall(text):
        if not all(_holds(repertoire, part) for part in character):
            return str(character)
    return None


_EXACT = frozenset({Field.GENDER, Field.BIRTH_DATE, Field.HIRED_ON, Field.RESIGNED_ON})
_NAMES = KANA | {Field.LAST_NAME, Field.FIRST_NAME}

_INVISIBLE = r"\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff"
_SPACES = re.compile(rf"[\s{_INVISIBLE}]+")
_DASHES = re.compile(r"[\u2010-\u2015\u2043\u207b\u208b\u2212\u2500\u2501\u30fc\ufe58\ufe63\uff0d\uff70]")
_WAVES = re.compile(r"[\u301c\u3030\uff5e]")
_COMPATIBILITY_IDEOGRAPHS = re.compile(r"([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
_CHARACTER = re.compile(r".[\u0300-\u036f\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef]*", re.DOTALL)


def _fold_field(field: Field, text: str) -> str:
    if field is Field.EMAIL:
        return _SPACES.sub("", unicodedata.normalize("NFKC", text)).casefold()
    if field is Field.NUMBER:
        return number_key(text)
    return _fold(to_katakana(text)) if field in KANA else _fold(text)


def _fold(text: str) -> str:
    """Undo what typing adds: width, spaces, normal form, which of the many dashes."""
    spaceless = _SPACES.sub("", _normal(text))
    return _normal(_WAVES.sub("~", _DASHES.sub("-", spaceless)))


def _normal(text: str) -> str:
    """NFKC that leaves compatibility ideographs alone: those are letters of a name, not a way of typing."""
    parts = _COMPATIBILITY_IDEOGRAPHS.split(text)
    parts[::2] = (unicodedata.normalize("NFKC", part) for part in parts[::2])
    return "".join(parts)


def _holds(repertoire: Repertoire, character: str) -> bool:
    point = ord(character)
    nobody = point & 0xFFFE == 0xFFFE or 0xFDD0 <= point <= 0xFDEF  # noqa: PLR2004 - Unicode's noncharacters
    if nobody or unicodedata.category(character) in {"Cc", "Cs"}:
        return False
    if repertoire is Repertoire.UNICODE:
        return True
    return character.encode("cp932", "ignore").decode("cp932") == character
