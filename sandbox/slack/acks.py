"""What an acknowledgement does: a form closes or complains, a command answers, a select gets its options."""

from sandbox.slack.blockkit import Problem, check_message, check_view
from sandbox.slack.blockkit.objects import MENU_OPTION, OPTION_GROUP, OPTIONS_MOST
from sandbox.slack.blockkit.schema import ListOf, Shape
from sandbox.slack.delivery import Delivery, Json
from sandbox.slack.errors import SlackError
from sandbox.slack.views import OpenView
from sandbox.slack.workspace import Workspace

_SUGGESTIONS = Shape(
    {
        "options": ListOf(MENU_OPTION, OPTIONS_MOST, least=0),
        "option_groups": ListOf(OPTION_GROUP, OPTIONS_MOST, least=0),
    },
    one_of=("options", "option_groups"),
)


def after_submission(workspace: Workspace, view: OpenView, delivery: Delivery) -> Delivery:
    """Carry out a form's acknowledgement; one that Slack can't use shows "trouble connecting"."""
    if delivery.error:
        return workspace.courier.amend(delivery, "trouble_connecting", [delivery.error])
    problems = [str(problem) for problem in _response_problems(view, delivery.response)]
    if not problems:
        try:
            _carry_out(workspace, view, delivery.response)
        except SlackError as refusal:
            problems = [refusal.code]
    return workspace.courier.amend(delivery, "trouble_connecting", problems) if problems else delivery


def after_command(workspace: Workspace, channel_id: str, user_id: str, delivery: Delivery) -> Delivery:
    """Show a command's answer: to its author alone unless it says in_channel."""
    answer = delivery.response
    if not answer.get("text") and not answer.get("blocks"):
        return delivery
    problems = check_message(answer)
    if problems:
        return workspace.courier.amend(delivery, "dispatch_failed", [str(problem) for problem in problems])
    only_for = None if answer.get("response_type") == "in_channel" else user_id
    workspace.say(channel_id, answer, only_for=only_for)
    return delivery


def after_suggestion(workspace: Workspace, view: OpenView, block_id: str, delivery: Delivery) -> Delivery:
    """Remember the options that were offered; a wrong answer shows as "no result"."""
    if delivery.error:
        return delivery
    problems = [str(problem) for problem in _SUGGESTIONS.problems(delivery.response, "")]
    if problems:
        return workspace.courier.amend(delivery, "no_result", problems)
    groups = delivery.response.get("option_groups") or [{"options": delivery.response.get("options", [])}]
    with workspace.change():
        known = view.offered.setdefault(block_id, [])
        known += [option for group in groups for option in group["options"] if option not in known]
    return delivery


def _response_problems(view: OpenView, response: Json) -> list[Problem]:
    action = response.get("response_action")
    if action in {"update", "push"}:
        return check_view(response.get("view") or {})
    if action == "errors":
        inputs = {block["block_id"] for block in view.blocks if block["type"] == "input"}
        errors = response.get("errors") or {}
        strange = [Problem(f"/errors/{key}", "no such input block") for key in errors if key not in inputs]
        return strange if errors else [Problem("/errors", "missing required field: errors")]
    if action == "clear" or not response:
        return []
    return [Problem("/response_action", f"unknown: {action}")]


def _carry_out(workspace: Workspace, view: OpenView, response: Json) -> None:
    with workspace.change():
        match response.get("response_action"):
            case "errors":
                view.errors = dict(response["errors"])
            case "update":
                workspace.views.update(workspace.views.find(view.id), response["view"])
            case "push":
                workspace.views.push(view.user_id, response["view"])
            case "clear":
                workspace.views.clear(view.user_id)
            case _:
                workspace.views.close(workspace.views.find(view.id))
