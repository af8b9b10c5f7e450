"""Makes a plan anew in the window of the one before, because what it rests on has changed."""

from bot.press import Press
from bot.services import Services
from bot.views.loading import waiting_view
from bot.views.undo import undo_waiting_view
from storage.plan_records import PlanHead, PlanOptions


def make_anew(  # noqa: PLR0913 - what may change, each by its name
    services: Services,
    press: Press,
    head: PlanHead,
    view_id: str,
    *,
    options: PlanOptions | None = None,
    accepted: str | None = None,
) -> None:
    """Begin a plan in the place of `head` and have it made; `view_id` waits for it, then shows it.

    Whoever was ticked and has not changed is ticked again.
    """
    # First: a list that is made in no time must not be painted over by the waiting for it.
    waiting = waiting_view if head.undo_of is None else undo_waiting_view
    press.client.views_update(view_id=view_id, view=waiting(services.texts(press)))
    revised = services.store.plans.begin(
        press.scope,
        press.user_id,
        head.direction,
        head.as_of,
        view_id,
        press=press.trigger_id,
        retry_of=head.retry_of,
        undo_of=head.undo_of,
        options=head.options if options is None else options,
        revises=head.id,
        accepted=head.accepted if accepted is None else accepted,
    )
    services.background.prepare_plan(revised.id)
