"""Which letters are the same letter written otherwise (異体字): 髙 and 高, 邉, 邊 and 辺.

variants_make.py makes the table (variants.tsv) from maintained sources: cjkvi-variants has the variants of
Japan's family registers (戸籍統一文字), Unicode's Unihan the letters that the law lists (常用漢字表,
人名用漢字別表) with their old forms. Letters that the law lists apart (坂 and 阪) are never joined; the one
exception is 斉 and 斎.
"""

import re
import unicodedata
from functools import cache
from pathlib import Path

from sync.letters import Letters

_SELECTORS = re.compile(r"[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def fold_variants(text: str) -> str:
    """Write every variant of a letter as the one that stands for them all; drop variation selectors."""
    bare = unicodedata.normalize("NFKC", _SELECTORS.sub("", text))
    return unicodedata.normalize("NFKC", _letters().replaced(bare))


@cache
def _letters() -> Letters:
    lines = Path(__file__).with_name("variants.tsv").read_text(encoding="utf-8").splitlines()
    pairs = (line.split("\t") for line in lines if not line.startswith("#"))
    return Letters({ord(variant): canonical for variant, canonical in pairs})
