"""Letters to replace, at the price of a glance where a text has none of them."""

import re
from collections.abc import Mapping


class Letters:
    """What stands for which letter. `str.translate` alone raises an error inside for each that stays."""

    def __init__(self, replacements: Mapping[int, int | str | None]) -> None:
        self._replacements = replacements
        self._any = re.compile(f"[{re.escape(''.join(map(chr, replacements)))}]")

    def replaced(self, text: str) -> str:
        """Replace them; the very same text where there is nothing to replace."""
        return text.translate(self._replacements) if self._any.search(text) else text
