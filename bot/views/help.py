"""What Renkei does, who may use it, and what can be typed."""

from bot.ids import Callback
from bot.texts import Texts
from bot.views.blocks import Json, modal, section


def help_view(t: Texts, version: str) -> Json:
    """Show the help."""
    return modal(t("Help"), [section(version)], callback=Callback.HELP, close=t("Close"))
