"""Makes variants.tsv anew from Mojidata, a database of letters: `python -m sync.variants_make moji.db`.

Mojidata is the npm package @mandel59/mojidata (`npm pack`, then dist/moji.db). What is taken from it:

- cjkvi-variants (MIT): the variants of 戸籍統一文字, the letters of Japan's family registers, and the old
  forms that 常用漢字表, 人名用漢字別表 and 表外漢字字体表 name.
- Unihan (Unicode-3.0): kJoyoKanji and kJinmeiyoKanji, the letters that the law lists, and which are one.
- Adobe-Japan1 (BSD-3-Clause), only to choose: a letter that no usual Japanese font has is left out.

Two letters that the law lists apart stay apart whatever the registers say: 坂 and 阪, 界 and 堺.
"""

import sqlite3
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

Pairs = Iterable[tuple[str, str]]
Classes = dict[str, str]
"""A letter and the one that stands for its class."""

LAW = ("joyo", "jinmei1", "jinmei2")
REGISTERS = ("koseki", "hyogai")
DECIDED = (
    ("斉", "斎"),
    ("欅", "﨔"),
    ("返", "﨤"),
    ("カ", "ヵ"),
    ("ケ", "ヶ"),
)
"""What the sources leave open. 斉 and 斎 are listed apart, but people take 斉藤 and 斎藤 for each other more
than any other pair (Unihan's kSpecializedSemanticVariant joins their old forms). 﨔 and 﨤 are letters of
their own among the compatibility ideographs (variants by cjkvi's jisx0213-variants). 茅ヶ崎 and 茅ケ崎 are
written either way."""
HEADER = """\
# Letters that are the same letter written otherwise: variant<TAB>the letter that stands for all of its class.
# Made by sync/variants_make.py from @mandel59/mojidata {version}; don't edit by hand.
# Sources: cjkvi-variants, Copyright (c) 2014-2018 CJKVI Database, MIT License
#          (https://github.com/cjkvi/cjkvi-variants: joyo, jinmei, hyogai, koseki);
#          Unicode Han Database (Unihan) 17.0, Copyright (c) 1991-2025 Unicode, Inc., Unicode License v3
#          (https://www.unicode.org/license.txt: kJoyoKanji, kJinmeiyoKanji).
"""


def main(database: str, version: str) -> None:
    """Write variants.tsv from Mojidata's database."""
    with sqlite3.connect(database) as moji:
        law = _law(moji)
        classes = _attach(law, _pairs(moji, REGISTERS))
        usual = {letter for (letter,) in moji.execute("SELECT UCS FROM aj1") if len(letter) == 1}
        joyo = {letter for (letter,) in moji.execute("SELECT UCS FROM unihan_each_kJoyoKanji")}
    table = _canonical(_join(classes, DECIDED), usual, (joyo, set(law)))
    lines = (f"{variant}\t{table[variant]}\n" for variant in sorted(table))
    Path(__file__).with_name("variants.tsv").write_text(
        HEADER.format(version=version) + "".join(lines), encoding="utf-8"
    )


def _law(moji: sqlite3.Connection) -> Classes:
    """Give every letter that the law lists its class: itself and the forms that the law calls the same."""
    rows = list(moji.execute("SELECT UCS, value FROM unihan_each_kJinmeiyoKanji"))
    rows += moji.execute("SELECT UCS, value FROM unihan_each_kJoyoKanji")
    listed = {_plain(letter): _plain(letter) for letter, _ in rows}
    same = [(_plain(letter), chr(int(value.split("U+")[1], 16))) for letter, value in rows if "U+" in value]
    return _join(listed, [*same, *_pairs(moji, LAW)])


def _pairs(moji: sqlite3.Connection, tables: Iterable[str]) -> list[tuple[str, str]]:
    query = " UNION ".join(f'SELECT subject, object FROM "kdpv_{table}/variant"' for table in tables)  # noqa: S608 - names above
    pairs = ((_plain(one), _plain(other)) for one, other in moji.execute(query))
    return sorted(pair for pair in pairs if pair[0] != pair[1] and all(len(letter) == 1 for letter in pair))


def _join(classes: Mapping[str, str], pairs: Pairs) -> Classes:
    """Join the classes of each pair."""
    joined = dict(classes)
    for pair in pairs:
        one, other = (joined.setdefault(letter, letter) for letter in pair)
        joined.update({letter: one for letter, stands in joined.items() if stands == other})
    return joined


def _attach(law: Classes, pairs: Pairs) -> Classes:
    """Give other letters the class of the law that is nearest; one between two classes stays alone."""
    neighbours = defaultdict(set)
    for one, other in pairs:
        neighbours[one].add(other)
        neighbours[other].add(one)
    attached, edge = dict(law), set(law)
    while edge:
        claims = defaultdict(set)
        for letter in edge:
            for neighbour in neighbours[letter] - attached.keys():
                claims[neighbour].add(attached[letter])
        attached |= {letter: min(claim) if len(claim) == 1 else letter for letter, claim in claims.items()}
        edge = {letter for letter, claim in claims.items() if len(claim) == 1}
    rest = (pair for pair in pairs if attached.keys().isdisjoint(pair))
    return attached | _join({}, rest)


def _canonical(classes: Classes, usual: set[str], better: tuple[set[str], ...]) -> Classes:
    """Map each usual letter to its class's most everyday one; who stands for itself is left out."""
    members = defaultdict(list)
    for letter in sorted(usual & classes.keys()):
        members[classes[letter]].append(letter)
    table: Classes = {}
    for letters in members.values():
        best = min(letters, key=lambda letter: ([letter not in known for known in better], letter))
        table |= {letter: best for letter in letters if letter != best}
    return table


def _plain(letter: str) -> str:
    """Write compatibility ideographs and letters with a selector as the plain letter."""
    return unicodedata.normalize("NFKC", letter.rstrip("".join(map(chr, range(0xE0100, 0xE01F0)))))


if __name__ == "__main__":
    main(*sys.argv[1:])
