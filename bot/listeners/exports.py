"""The list of differences as a file, sent to whoever asks in a direct message: never to a channel."""

from functools import partial

from bot.access import Need
from bot.entrance import Entrance
from bot.exports import plan_csv, plan_xlsx
from bot.ids import Action
from bot.listeners.pick import keep_ticks, show_turn
from bot.press import Press
from bot.screens import Turn
from bot.services import Services
from bot.texts import Texts
from storage.plan_records import PlanHead

FORMATS = {"xlsx": plan_xlsx, "csv": plan_csv}


def register(entrance: Entrance, services: Services) -> None:
    """Register the menu above the list."""
    entrance.action(Action.EXPORT, Need.ADMINISTRATOR, partial(send_file, services))


def send_file(services: Services, press: Press) -> None:
    """Send the whole list, whatever is filtered, and say in it that the file is there."""
    t, form = services.texts(press), keep_ticks(services, press)
    head = services.store.plans.load_ready(press.scope, form.plan_id)
    everybody = [entry.position for entry in services.store.plans.index(head.id)]
    content = FORMATS[press.value](t, head, services.store.plans.rows(head.id, everybody))
    _send(t, press, head, content)
    note = t("The file is in your direct messages with Renkei.")
    show_turn(services, press, Turn(filter=form.filter, page=form.page, note=note))


def _send(t: Texts, press: Press, head: PlanHead, content: bytes) -> None:
    conversation = press.client.conversations_open(users=press.user_id)["channel"]["id"]
    press.client.files_upload_v2(
        channel=conversation,
        filename=f"renkei-{head.direction}-{head.as_of:%Y%m%d}.{press.value}",
        title=t("List of differences"),
        content=content,
        initial_comment=t("This file holds personal data. Delete it here when you no longer need it."),
    )
