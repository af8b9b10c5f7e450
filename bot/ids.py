"""The names by which Slack hands things back: callbacks, actions, and the blocks that hold input.

On `views.update` Slack keeps the user's old state of an input whose block_id stays the same and ignores its
new initial value (bolt-python#572, #629). Blocks whose initial value can change therefore carry a revision.
"""

from enum import StrEnum

COMMAND = "/renkei"


class Callback(StrEnum):
    """What was submitted or closed: a view's `callback_id`, or a shortcut's."""

    SHORTCUT = "import_employees"
    """The global shortcut 「従業員情報を取り込む」, as the manifest names it."""
    START = "start"
    PICK = "pick"
    PASTE = "paste"
    PERSON = "person"
    DECIDE = "decide"
    """Who this is."""
    SUPPRESS = "suppress"
    """Fields of a person that stay as they are, from the list."""
    WHO = "who"
    WHO_SUPPRESS = "who_suppress"
    """The same, from an explanation."""
    PLACEMENT = "placement"
    CONFIRM = "confirm"
    LATER = "later"
    """Run it when what is in the way is over."""
    ANEW = "anew"
    """Make the list again: what it rests on has changed."""
    HISTORY = "history"
    RUN = "run"
    SETTINGS = "settings"
    MODES = "modes"
    OPTIONS = "options"
    RULES = "rules"
    ADD_RULE = "add_rule"
    CHANGE_RULES = "change_rules"
    ACCEPT_MISSING = "accept_missing"
    HELP = "help"
    NOTICE = "notice"
    """Loading, errors and every other view that only tells."""


class Action(StrEnum):
    """What was pressed, typed or chosen: an element's `action_id`."""

    DIRECTION = "direction"
    AS_OF = "as_of"

    TICK = "tick"
    SEARCH = "search"
    FILTER = "filter"
    TICK_PAGE = "tick_page"
    TICK_MATCHING = "tick_matching"
    UNTICK_ALL = "untick_all"
    OPEN_PASTE = "open_paste"
    OPEN_PERSON = "open_person"
    """One person of the list: 詳細・判断. The value is the row's position."""
    OPEN_OPTIONS = "open_options"
    """この回の条件. The value is the plan's id."""
    EXPORT = "export"
    """A menu: xlsx or csv."""
    FIRST_PAGE = "first_page"
    PREVIOUS_PAGE = "previous_page"
    NEXT_PAGE = "next_page"
    LAST_PAGE = "last_page"

    OPEN_DECISION = "open_decision"
    DECISION = "decision"
    OPEN_SUPPRESSION = "open_suppression"
    LIFT_SUPPRESSION = "lift_suppression"
    """A field of this person is compared again. The value is the field."""
    SUPPRESSED = "suppressed"
    UNTIL = "until"
    UNTIL_DAY = "until_day"
    BACK_TO_PERSON = "back_to_person"
    WHO_NUMBER = "who_number"
    OPEN_WHO_SUPPRESSION = "open_who_suppression"
    """The value is the direction."""
    LIFT_WHO_SUPPRESSION = "lift_who_suppression"
    """The value is the direction and the field: `push:email`."""

    NUMBERS = "numbers"
    REASON = "reason"
    """Why somebody wants it, typed in words: kept for the history."""

    ESTABLISHMENT = "establishment"
    DIVISION = "division"
    CATEGORY = "category"

    OPEN_START = "open_start"
    OPEN_PLAN = "open_plan"
    OPEN_HISTORY = "open_history"
    OPEN_SETTINGS = "open_settings"
    OPEN_RUN = "open_run"
    CANCEL_RUN = "cancel_run"
    RESUME_RUN = "resume_run"
    """Take up again whom a run did not reach. The value is its id."""
    RETRY_RUN = "retry_run"
    UNDO_RUN = "undo_run"
    """Take the run back. The value is its id."""
    BACK_TO_HISTORY = "back_to_history"
    HISTORY_FIRST_PAGE = "history_first_page"
    HISTORY_PREVIOUS_PAGE = "history_previous_page"
    HISTORY_NEXT_PAGE = "history_next_page"
    HISTORY_LAST_PAGE = "history_last_page"
    RUN_FIRST_PAGE = "run_first_page"
    RUN_PREVIOUS_PAGE = "run_previous_page"
    RUN_NEXT_PAGE = "run_next_page"
    RUN_LAST_PAGE = "run_last_page"

    SUBDOMAIN = "subdomain"
    SMARTHR_TOKEN = "smarthr_token"  # noqa: S105 - the name of an input, not a token
    KINKAKUJI_TOKEN = "kinkakuji_token"  # noqa: S105 - the same
    ADMIN_CHANNEL = "admin_channel"
    ADMINISTRATORS = "administrators"
    CLOSED_HOURS = "closed_hours"
    BUSINESS_NAME = "business_name"
    REPERTOIRE = "repertoire"

    OPEN_MODES = "open_modes"
    """項目ごとの扱い. The value is the direction."""
    MODE = "mode"
    NEVER_BLANK = "never_blank"
    SPELLINGS = "spellings"

    ONE_FOR_ALL = "one_for_all"
    KEEP_AS_RULES = "keep_as_rules"
    OPEN_RULES = "open_rules"
    """配属の規則. The value is the direction."""
    OPEN_ADD_RULE = "open_add_rule"
    """The value is the direction."""
    CHANGE_RULE = "change_rule"
    """A rule's menu: up, down, delete."""
    RULE_FIRST_PAGE = "rule_first_page"
    RULE_PREVIOUS_PAGE = "rule_previous_page"
    RULE_NEXT_PAGE = "rule_next_page"
    RULE_LAST_PAGE = "rule_last_page"
    RULE_BASIS = "rule_basis"
    RULE_BY = "rule_by"
    RULE_TEXT = "rule_text"

    READ_AGAIN = "read_again"
    """A list that could not be made, once more. The value is the plan's id."""
    OPEN_ACCEPT_MISSING = "open_accept_missing"
    """Go on although people are missing. The value is the plan's id."""


Turns = tuple[Action, Action, Action, Action]
"""A pager's actions: first page, one back, one on, last page. Their buttons' value is the page, from 1."""
PICK_TURNS: Turns = (Action.FIRST_PAGE, Action.PREVIOUS_PAGE, Action.NEXT_PAGE, Action.LAST_PAGE)
HISTORY_TURNS: Turns = (
    Action.HISTORY_FIRST_PAGE,
    Action.HISTORY_PREVIOUS_PAGE,
    Action.HISTORY_NEXT_PAGE,
    Action.HISTORY_LAST_PAGE,
)
RUN_TURNS: Turns = (
    Action.RUN_FIRST_PAGE,
    Action.RUN_PREVIOUS_PAGE,
    Action.RUN_NEXT_PAGE,
    Action.RUN_LAST_PAGE,
)
RULE_TURNS: Turns = (
    Action.RULE_FIRST_PAGE,
    Action.RULE_PREVIOUS_PAGE,
    Action.RULE_NEXT_PAGE,
    Action.RULE_LAST_PAGE,
)


def revised(action: Action, revision: int, part: int | None = None) -> str:
    """Give the block_id of an input in this revision of its view: `tick:7:412`."""
    name = f"{action}:{revision}"
    return name if part is None else f"{name}:{part}"


def is_revised(block_id: str, action: Action) -> bool:
    """Tell whether a block is an input of this kind, in any revision."""
    return block_id.partition(":")[0] == action


def part_of(block_id: str) -> int:
    """Give the part that a revised block_id names: a row's position for `tick`."""
    return int(block_id.rsplit(":", 1)[1])
