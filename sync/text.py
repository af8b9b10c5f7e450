"""How two Japanese texts compare. Texts are normalised to compare and to search, never to write."""

import unicodedata

import jaconv

from sync.fields import KANA, Field, Value


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
    """Fold an employee number to find the same one spelled otherwise: width, spaces and letter case.

    Leading zeros stay: 0012 and 12 are two people.
    """
    return "".join(unicodedata.normalize("NFKC", number).split()).casefold()


def search_key(*texts: str | None) -> str:
    """Fold texts into what a search looks in: width, spaces, letter case and kind of kana don't matter."""
    joined = "".join(text for text in texts if text)
    return "".join(jaconv.hira2kata(unicodedata.normalize("NFKC", joined)).split()).casefold()
