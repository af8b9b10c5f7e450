"""In what two spellings of the same differ, said and shown, also where they look the same."""

import unicodedata
from collections.abc import Callable
from typing import NamedTuple

from bot.texts import Texts, mark
from sync.diff import Change
from sync.text import Likeness

_LONG_MARKS = "ー−─━〜〰"
_JOINING = "\u309b\u309c"


def _is_space(letter: str) -> bool:
    return letter.isspace() or unicodedata.category(letter) == "Cf"


def _is_wide_or_narrow(letter: str) -> bool:
    return "\uff01" <= letter <= "\uffee"


def _is_dash(letter: str) -> bool:
    return unicodedata.category(letter) == "Pd" or letter in _LONG_MARKS


def _is_hiragana(letter: str) -> bool:
    return "\u3041" <= letter <= "\u309f" and letter not in _JOINING


def _is_joined(letter: str) -> bool:
    return bool(unicodedata.combining(letter)) or letter in _JOINING


class _Kind(NamedTuple):
    """A class of characters that typing makes: two spellings have others of it, or other ones."""

    name: str
    holds: Callable[[str], bool]


_KINDS = (
    _Kind(mark("spaces"), _is_space),
    _Kind(mark("full or half width"), _is_wide_or_narrow),
    _Kind(mark("dashes"), _is_dash),
    _Kind(mark("hiragana or katakana"), _is_hiragana),
    _Kind(mark("upper or lower case"), str.isupper),
    _Kind(mark("joined marks"), _is_joined),
)


def spelling_text(t: Texts, change: Change) -> str:
    """Say of what kind a difference of spelling is, 「表記ゆれ：空白」; "" of a real difference."""
    if change.likeness is Likeness.VARIANT:
        return t("variant letter")
    if change.likeness is Likeness.COSMETIC:
        return t("other spelling: {kinds}", kinds=t(", ").join(_kinds(t, change.old or "", change.new or "")))
    return ""


def written_out(text: str) -> str:
    """Write out what can't be seen, or not be told apart: ␣ for a space, the code of everything else."""
    return "".join(map(_letter, text))


def code_points(text: str) -> str:
    """Name characters by their codes: 「U+8FBB U+E0100」."""
    return " ".join(f"U+{ord(letter):04X}" for letter in text)


def _kinds(t: Texts, old: str, new: str) -> list[str]:
    kinds = [kind for kind in _KINDS if list(filter(kind.holds, old)) != list(filter(kind.holds, new))]
    return [t(kind.name) for kind in kinds] or [t("character codes")]


def _letter(letter: str) -> str:
    if letter == " ":
        return "␣"
    if _is_space(letter) or unicodedata.category(letter) in {"Mn", "Cc"}:
        return f"[{code_points(letter)}]"
    if unicodedata.normalize("NFC", letter) != letter:  # a compatibility ideograph, which looks like its twin
        return f"{letter}[{code_points(letter)}]"
    return letter
