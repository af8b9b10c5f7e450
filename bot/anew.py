"""Makes a plan anew in the window of the one before, because what it rests on has changed."""

from bot.press import Press
from bot.services import Services
from bot.views.blocks import Json
from bot.views.loading import waiting_view
from storage.records import PlanHead, PlanOptions


def make_anew(  # noqa: PLR0913 - what may change, each by its name
    services: Services,
    press: Press,
    head: PlanHead,
    view_id: str,
    *,
    options: PlanOptions | None = None,
    accepted: str | None = None,
) -> Json:
    """Begin a plan in the place of `head`, have it made, and give the view to wait in meanwhile.

    It is shown in `view_id` when it is ready, with whoever was ticked and has not changed ticked again.
    """
    revised = services.store.plans.begin(
        press.scope,
        press.user_id,
        head.direction,
        head.as_of,
        view_id,
        press=press.trigger_id,
        retry_of=head.retry_of,
        options=head.options if options is None else options,
        revises=head.id,
        accepted=head.accepted if accepted is None else accepted,
    )
    services.background.prepare_plan(revised.id)
    return waiting_view(services.texts(press))
