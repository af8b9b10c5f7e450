"""Letters to replace, at the price of a glance where a text has none of them."""

import re
from collections.abc import Iterable, Mapping


class Letters:
    """What stands for which letter. `str.translate` alone raises an error inside for each that stays."""

    def __init__(self, replacements: Mapping[int, int | str | None]) -> None:
        self._replacements = replacements
        self._any = re.compile(f"[{_class(map(chr, replacements))}]")

    def replaced(self, text: str) -> str:
        """Replace them; the very same text where there is nothing to replace."""
        return text.translate(self._replacements) if self._any.search(text) else text


def _class(letters: Iterable[str]) -> str:
    """Give a character class that finds at least these: of the rare letters, where re is slow, any."""
    basic = "".join(letter for letter in letters if letter <= "\uffff")
    return re.escape(basic) + "\U00010000-\U0010ffff"
