"""What Renkei says, in the reader's language. Catalogs are compiled in memory at first use."""

import gettext
import io
from functools import cache
from pathlib import Path

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LOCALES = Path(__file__).parent / "locale"
LANGUAGES = ("ja", "en")
DEFAULT_LANGUAGE = "ja"


def mark(message: str) -> str:
    """Mark a sentence in a table as one to be translated where it is used."""
    return message


class Texts:
    """The sentences of one language. Messages are named by their English text."""

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else DEFAULT_LANGUAGE
        self._catalog = _catalog(self.language)

    def __call__(self, message: str, **values: object) -> str:
        """Say `message`, with its {placeholders} filled."""
        return self._catalog.gettext(message).format(**values)

    def plural(self, one: str, many: str, n: int, **values: object) -> str:
        """Say `one` or `many` as the language counts `n`, which fills {n} with separators: 1,234."""
        return self._catalog.ngettext(one, many, n).format(n=f"{n:,}", **values)


def joined(*sentences: str) -> str:
    """Join sentences to one text: after a full-width stop Japanese has no blank."""
    text = ""
    for sentence in filter(None, sentences):
        text += sentence if not text or text.endswith("。") else f" {sentence}"
    return text


def language_of(locale: str | None) -> str:
    """Give the language for Slack's `locale` of a person ("ja-JP"); Japanese when there is none of theirs."""
    language = (locale or "").partition("-")[0]
    return language if language in LANGUAGES else DEFAULT_LANGUAGE


@cache
def _catalog(language: str) -> gettext.GNUTranslations:
    compiled = io.BytesIO()
    with (LOCALES / language / "LC_MESSAGES" / "renkei.po").open("rb") as source:
        write_mo(compiled, read_po(source, locale=language, abort_invalid=True))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
