"""Which letters are the same letter written otherwise (異体字): 髙 and 高, 邉, 邊 and 辺."""

import re
import unicodedata

_SELECTORS = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def fold_variants(text: str) -> str:
    """Write every variant of a letter as the one that stands for them all; drop variation selectors."""
    return unicodedata.normalize("NFKC", _SELECTORS.sub("", text))
