"""The same person, entered by another hand: width, spaces, kana, other forms of a character."""

import unicodedata
from collections.abc import Callable
from dataclasses import replace
from random import Random

from sandbox.company.person import Person

HIRAGANA = {code: code - 0x60 for code in range(ord("ァ"), ord("ヶ") + 1)}
HALF_WIDTH = {
    # Unicode itself says which full-width character each half-width one stands for.
    ord(unicodedata.normalize("NFKC", chr(code))): chr(code)
    for code in range(ord("ｦ"), ord("ﾟ") + 1)
}
OTHER_FORMS = str.maketrans("高崎辺斎吉", "髙﨑邉齋𠮷")
"""Forms that names are registered in, of characters in the made-up surnames."""


def respelled(person: Person, random: Random) -> Person:
    """Return the person with a text entered otherwise; nobody is left as they were."""
    others = [spell(person) for spell in SPELLINGS]
    return random.choice([other for other in others if other != person])


def _half_width(kana: str) -> str:
    # A voiced kana is two characters there: the mark has one of its own.
    return unicodedata.normalize("NFD", kana).translate(HALF_WIDTH)


def _in_kana(change: Callable[[str], str]) -> Callable[[Person], Person]:
    return lambda person: replace(
        person, last_kana=change(person.last_kana), first_kana=change(person.first_kana)
    )


SPELLINGS: tuple[Callable[[Person], Person], ...] = (
    _in_kana(_half_width),
    _in_kana(lambda kana: kana.translate(HIRAGANA)),
    _in_kana(lambda kana: unicodedata.normalize("NFD", kana)),
    lambda person: replace(person, last=f"{person.last}　"),
    lambda person: replace(person, first=f" {person.first}"),
    lambda person: replace(person, email=person.email.upper()),
    lambda person: replace(person, last=person.last.translate(OTHER_FORMS)),
)
"""What another hand makes of a person. Not every surname has another form: then nothing changes."""
