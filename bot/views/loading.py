"""Views that only tell: work is under way, something went wrong, something is done."""

from bot.ids import Callback
from bot.texts import Texts
from bot.views.blocks import Json, Level, actions, alert, modal, section


def loading_view(t: Texts, title: str, text: str) -> Json:
    """Say that something is being worked on. Opened at once, replaced when the work is done."""
    return modal(title, [section(f"⏳ {text}")], callback=Callback.NOTICE, close=t("Close"))


def waiting_view(t: Texts) -> Json:
    """Say that both systems are being read."""
    return loading_view(t, t("Import employees"), t("Reading both systems. This can take a while."))


def told_message(sentence: str, remedy: str, buttons: tuple[Json, ...] = ()) -> Json:
    """{"text", "blocks"} that say the same as `message_view`, for whoever can't be shown a modal."""
    blocks = [section(f"{sentence}\n{remedy}"), *([actions(*buttons)] if buttons else [])]
    return {"text": sentence, "blocks": blocks}


def message_view(  # noqa: PLR0913 - the parts of one screen
    t: Texts,
    title: str,
    sentence: str,
    remedy: str = "",
    *,
    level: Level = "warning",
    buttons: tuple[Json, ...] = (),
) -> Json:
    """Say what happened, what to do, and offer the buttons that do it."""
    blocks = [alert(sentence, level), *([section(remedy)] if remedy else [])]
    return modal(
        title,
        [*blocks, *([actions(*buttons)] if buttons else [])],
        callback=Callback.NOTICE,
        close=t("Close"),
    )
