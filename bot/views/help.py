"""What Renkei does, who may use it, and what can be typed."""

from bot.ids import COMMAND, Callback
from bot.texts import Texts
from bot.views.blocks import (
    Json,
    actions,
    alert,
    bullets,
    clip,
    context,
    header,
    line,
    modal,
    rich,
    section,
    words,
)
from bot.views.buttons import history_button, settings_button, start_button

WORD_MOST = 40


def help_view(t: Texts, version: str, unknown: str = "") -> Json:
    """Show the help; `unknown` is a word that was typed and that there is no command for."""
    commands = {
        "": t("Choose direction and day, then look at the differences"),
        "pull": t("The same, from Kinkakuji into SmartHR"),
        "push": t("The same, from SmartHR into Kinkakuji"),
        "history": t("Import history"),
        "settings": t("Integration settings"),
        "who 0012": t("Why something would or would not happen with one person; nothing is written"),
        "help": t("This help"),
    }
    blocks = [
        *_not_known(t, unknown),
        section(
            t(
                "Renkei brings the employee records of SmartHR and Kinkakuji together: "
                "it shows what differs, you choose people, and it writes exactly what was shown."
            )
        ),
        header(t("What can be typed")),
        rich(bullets(_command(name, meaning) for name, meaning in commands.items())),
        header(t("Who may use it")),
        section(
            t("Only the administrators named in the integration settings. Everybody may read this help.")
        ),
        actions(start_button(t), history_button(t), settings_button(t)),
        context(f"Renkei {version}"),
    ]
    return modal(t("Help"), blocks, callback=Callback.HELP, close=t("Close"))


def _not_known(t: Texts, word: str) -> list[Json]:
    if not word:
        return []
    return [alert(t("There is no “{command}”.", command=f"{COMMAND} {clip(word, WORD_MOST)}"), "warning")]


def _command(name: str, meaning: str) -> Json:
    return line(words(f"{COMMAND} {name}".rstrip(), "code"), words(f"\u3000{meaning}"))
