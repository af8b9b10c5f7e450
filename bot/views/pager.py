"""The row of buttons that turns pages."""

from bot.ids import Turns
from bot.texts import Texts
from bot.views.blocks import Json, actions, button


def pager(t: Texts, turns: Turns, page: int, pages: int) -> list[Json]:
    """Show ≪ ◀ ▶ ≫ as far as they lead somewhere; nothing for a single page. Values are pages from 1."""
    first, back, on, last = turns
    here = t("{page}/{pages}", page=f"{page:,}", pages=f"{pages:,}")
    buttons = [
        *([button(first, t("≪ First"), "1")] if page > 2 else []),  # noqa: PLR2004 - page 2 has ◀ for it
        *([button(back, t("◀ Back"), str(page - 1))] if page > 1 else []),
        *([button(on, t("{here} ▶ Next", here=here), str(page + 1))] if page < pages else []),
        *([button(last, t("Last ≫"), str(pages))] if page < pages - 1 else []),
    ]
    return [actions(*buttons)] if buttons else []
