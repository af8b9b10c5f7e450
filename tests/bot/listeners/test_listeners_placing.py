"""Where new people are put is asked where no rule says so; whom a change of rules touches is said first."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.answer import Answer
from bot.ids import Action
from bot.listeners.adding import add_rule, open_add_rule, suggest_places
from bot.listeners.placed import take_places
from bot.listeners.placing import ask_for_places, unanswered
from bot.listeners.rules import change_rule, open_rules, save_change
from bot.masters import Masters
from bot.press import Press
from bot.texts import Texts
from bot.views.add_rule import add_rule_view
from bot.views.placement import KEEP
from bot.views.rules import Move, Step
from storage.plan_records import PlanHead
from storage.records import Credentials, Integration
from sync.model import Choice, Direction, Employee, PlacementChoices, Post, PostKind
from sync.placing import Part, Rule, place
from tests.bot.listeners.desk import Desk, desk, texts
from tests.bot.views.view_builders import shown, submitted
from tests.storage.builders import CHOICES, SCOPE, TERMS, TOKYO_OFFICE, begun, person, plan_between

Json = dict[str, Any]
JA = Texts("ja")
BELOW = "V0002"
ACCOUNTS, WORKS = Post(PostKind.DIVISION, "1200", "経理課"), Post(PostKind.DIVISION, "3100", "加工課")
OSAKA_OFFICE = CHOICES.establishments[1]
ACCOUNTS_TO_TOKYO = Rule(
    part=Part.ESTABLISHMENT, choice=TOKYO_OFFICE, basis=PostKind.DIVISION, code="1200", name="経理課"
)
WORKS_TO_OSAKA = Rule(
    part=Part.ESTABLISHMENT, choice=OSAKA_OFFICE, basis=PostKind.DIVISION, code="3100", name="加工課"
)


def newcomers(at: Desk, *posts: Post, choices: PlacementChoices = CHOICES) -> PlanHead:
    """A plan with somebody new at each of these posts, all of them ticked."""
    listed = [replace(person(f"{n:04}"), posts=(post,)) for n, post in enumerate(posts, start=1)]
    plan = plan_between(listed, [])
    head = begun(at.store)
    kept = at.store.rules.list(SCOPE, Direction.PULL)
    at.store.plans.save(head.id, plan, choices, terms=TERMS, rules=kept)
    at.store.plans.tick(head.id, add=range(len(posts)))
    return at.store.plans.load(SCOPE, head.id)


def keep(at: Desk, *rules: Rule) -> None:
    at.store.rules.add(SCOPE, Direction.PULL, rules)


def kept(at: Desk) -> tuple[Rule, ...]:
    return at.store.rules.list(SCOPE, Direction.PULL)


def view_in(answer: Answer | None) -> Json:
    assert answer is not None
    return dict(answer.payload["view"])


def questions_in(view: Json) -> dict[str, Json]:
    """Give the inputs of a placement view, by label."""
    return {block["label"]["text"]: block for block in view["blocks"] if block["type"] == "input"}


def answered(at: Desk, view: Json, places: dict[str, Choice], *, keeping: bool = False) -> Answer:
    """Choose a place in the inputs whose label begins so, and go on."""
    values: Json = {}
    for beginning, choice in places.items():
        (block,) = [each for label, each in questions_in(view).items() if label.startswith(beginning)]
        values[block["block_id"]] = {Action.ESTABLISHMENT: {"selected_option": {"value": choice.code}}}
    if keeping:
        values[Action.KEEP_AS_RULES] = {Action.KEEP_AS_RULES: {"selected_options": [{"value": KEEP}]}}
    return take_places(at.services, at.press(submitted(view, values)))


def placed(at: Desk, head: PlanHead, post: Post) -> Choice | None:
    rules = at.store.plans.load(SCOPE, head.id).rules
    return place(Employee(remote_id="", number=None, posts=(post,)), rules).establishment


def test_who_stands_at_one_post_is_asked_about_once() -> None:
    with desk() as at:
        head = newcomers(at, ACCOUNTS, ACCOUNTS, WORKS)
        labels = list(questions_in(view_in(ask_for_places(at.services, at.press(), head))))
        assert "所属「経理課」（2名）→ 所属事業所" in labels
        assert "所属「加工課」（1名）→ 所属事業所" in labels


def test_where_rules_put_everybody_nothing_is_asked() -> None:
    with desk() as at:
        keep(at, ACCOUNTS_TO_TOKYO, WORKS_TO_OSAKA)
        head = newcomers(at, ACCOUNTS, WORKS)
        assert ask_for_places(at.services, at.press(), head) is None
        assert not unanswered(at.store, head)


def test_only_who_is_ticked_is_asked_about() -> None:
    with desk() as at:
        head = newcomers(at, ACCOUNTS, WORKS)
        at.store.plans.tick(head.id, remove=[1])
        assert "加工課" not in shown(view_in(ask_for_places(at.services, at.press(), head)))


def test_what_rules_decided_is_said_beside_the_questions() -> None:
    with desk() as at:
        keep(at, ACCOUNTS_TO_TOKYO)
        head = newcomers(at, ACCOUNTS, ACCOUNTS, WORKS)
        said = shown(view_in(ask_for_places(at.services, at.press(), head)))
        assert "規則で決まった人：2名" in said
        assert "東京本社：2名" in said


def test_one_run_puts_people_in_many_places() -> None:
    with desk() as at:
        head = newcomers(at, ACCOUNTS, WORKS)
        view = view_in(ask_for_places(at.services, at.press(), head))
        answer = answered(at, view, {"所属「経理課」": TOKYO_OFFICE, "所属「加工課」": OSAKA_OFFICE})
        assert view_in(answer)["callback_id"] == "confirm"
        assert (placed(at, head, ACCOUNTS), placed(at, head, WORKS)) == (TOKYO_OFFICE, OSAKA_OFFICE)
        assert kept(at) == ()


def test_an_answer_for_everybody_else_leaves_the_single_answers_alone() -> None:
    with desk() as at:
        head = newcomers(at, ACCOUNTS, WORKS)
        view = view_in(ask_for_places(at.services, at.press(), head))
        answered(at, view, {"全員": OSAKA_OFFICE, "所属「経理課」": TOKYO_OFFICE})
        assert (placed(at, head, ACCOUNTS), placed(at, head, WORKS)) == (TOKYO_OFFICE, OSAKA_OFFICE)


def test_an_answer_given_before_is_asked_again_and_can_be_changed() -> None:
    with desk() as at:
        head = newcomers(at, ACCOUNTS, WORKS)
        view = view_in(ask_for_places(at.services, at.press(), head))
        answered(at, view, {"所属「経理課」": TOKYO_OFFICE, "所属「加工課」": OSAKA_OFFICE})
        head = at.store.plans.load(SCOPE, head.id)
        again = view_in(ask_for_places(at.services, at.press(), head))
        answered(at, again, {"所属「加工課」": TOKYO_OFFICE})
        assert (placed(at, head, ACCOUNTS), placed(at, head, WORKS)) == (TOKYO_OFFICE, TOKYO_OFFICE)
        assert len(at.store.plans.load(SCOPE, head.id).rules) == 2


def test_what_is_not_answered_is_pointed_out_and_nothing_is_kept() -> None:
    with desk() as at:
        head = newcomers(at, ACCOUNTS, WORKS)
        view = view_in(ask_for_places(at.services, at.press(), head))
        answer = answered(at, view, {"所属「経理課」": TOKYO_OFFICE})
        (block,) = [each for label, each in questions_in(view).items() if "加工課" in label]
        assert answer.payload["errors"] == {block["block_id"]: "ここか「全員」のどちらかを選んでください。"}
        assert at.store.plans.load(SCOPE, head.id).rules == ()


def test_answers_are_kept_as_rules_if_wished_and_not_asked_again() -> None:
    with desk() as at:
        head = newcomers(at, ACCOUNTS)
        view = view_in(ask_for_places(at.services, at.press(), head))
        answered(at, view, {"所属「経理課」": TOKYO_OFFICE}, keeping=True)
        assert kept(at) == (ACCOUNTS_TO_TOKYO,)
        assert ask_for_places(at.services, at.press(), newcomers(at, ACCOUNTS)) is None


def test_more_questions_than_a_page_holds_follow_one_another() -> None:
    with desk() as at:
        posts = [Post(PostKind.DIVISION, f"{n}", f"{n}課") for n in range(23)]
        head = newcomers(at, *posts)
        view = view_in(ask_for_places(at.services, at.press(), head))
        assert "次の画面に、あと3件あります" in shown(view)
        first = [label for label in questions_in(view) if label.startswith("所属")]
        second = view_in(answered(at, view, dict.fromkeys(first, TOKYO_OFFICE)))
        rest = [label for label in questions_in(second) if label.startswith("所属")]
        assert len(first) == 20
        assert len(set(rest) - set(first)) == 3
        last = answered(at, second, dict.fromkeys(set(rest) - set(first), OSAKA_OFFICE))
        assert view_in(last)["callback_id"] == "confirm"
        offices = [placed(at, head, post) for post in posts]
        assert (offices.count(TOKYO_OFFICE), offices.count(OSAKA_OFFICE)) == (20, 3)


def pressed(at: Desk, value: str, view: Json | None = None) -> Press:
    """Press what carries a value."""
    return replace(at.press(view), value=value)


def rules_shown(at: Desk) -> Json:
    open_rules(at.services, pressed(at, Direction.PULL))
    return dict(at.slack.calls[-1][1]["view"])


def test_rules_are_listed_in_the_order_in_which_they_decide() -> None:
    with desk() as at:
        keep(at, WORKS_TO_OSAKA)
        keep(at, ACCOUNTS_TO_TOKYO)
        said = shown(rules_shown(at))
        assert said.index("1. 所属コード 1200（経理課）") < said.index("2. 所属コード 3100（加工課）")


def test_deleting_a_rule_says_first_whom_it_touches() -> None:
    with desk() as at:
        keep(at, ACCOUNTS_TO_TOKYO)
        newcomers(at, ACCOUNTS, ACCOUNTS, WORKS)
        view = rules_shown(at)
        change_rule(at.services, pressed(at, str(Step(Move.DELETE, 0)), view))
        method, given = at.slack.calls[-1]
        assert method == "views.push"
        assert "最新の差分一覧（" in shown(given["view"])
        assert "新規登録 2名の配属が変わります" in shown(given["view"])
        assert kept(at) == (ACCOUNTS_TO_TOKYO,)
        asked = submitted(given["view"]) | {"previous_view_id": BELOW}
        save_change(at.services, at.press(asked)).then()
        assert kept(at) == ()
        assert at.slack.calls[-1][1]["view_id"] == BELOW


def test_a_move_that_touches_nobody_is_saved_at_once() -> None:
    with desk() as at:
        keep(at, WORKS_TO_OSAKA, ACCOUNTS_TO_TOKYO)
        before = kept(at)
        change_rule(at.services, pressed(at, str(Step(Move.DOWN, 0)), rules_shown(at)))
        assert kept(at) == before[::-1]
        assert at.slack.calls[-1][0] == "views.update"


def test_a_move_that_touches_somebody_is_asked_about() -> None:
    with desk() as at:
        by_name = replace(ACCOUNTS_TO_TOKYO, code="", choice=OSAKA_OFFICE)
        at.store.rules.save(SCOPE, Direction.PULL, (ACCOUNTS_TO_TOKYO, by_name), 0)
        newcomers(at, ACCOUNTS)
        change_rule(at.services, pressed(at, str(Step(Move.UP, 1)), rules_shown(at)))
        assert at.slack.calls[-1][0] == "views.push"
        assert kept(at) == (ACCOUNTS_TO_TOKYO, by_name)


def test_a_change_of_an_older_list_changes_nothing_and_shows_the_newest() -> None:
    with desk() as at:
        keep(at, ACCOUNTS_TO_TOKYO)
        view = rules_shown(at)
        keep(at, WORKS_TO_OSAKA)
        change_rule(at.services, pressed(at, str(Step(Move.DELETE, 0)), view))
        assert len(kept(at)) == 2
        assert "ほかの管理者が連携設定を保存しました" in texts(at.slack.calls[-1:])


def adding(at: Desk, view: Json, text: str = "経理課", office: Choice = TOKYO_OFFICE) -> Answer:
    masters = Masters(at.store, at.services.remotes)
    values: Json = {
        Action.RULE_TEXT: {Action.RULE_TEXT: {"value": text}},
        Action.ESTABLISHMENT: {Action.ESTABLISHMENT: {"selected_option": {"value": office.code}}},
    }
    return add_rule(at.services, masters, at.press(submitted(view, values) | {"previous_view_id": BELOW}))


def test_a_rule_that_touches_somebody_is_saved_at_the_second_press() -> None:
    with desk() as at:
        newcomers(at, ACCOUNTS)
        first = adding(at, add_rule_view(JA, Direction.PULL, 1, CHOICES))
        assert "新規登録 1名の配属が変わります" in shown(view_in(first))
        assert kept(at) == ()
        adding(at, view_in(first)).then()
        (rule,) = kept(at)
        assert (rule.name, rule.choice, rule.basis) == ("経理課", TOKYO_OFFICE, PostKind.DIVISION)


def test_another_rule_than_the_one_that_was_looked_at_is_looked_at_again() -> None:
    with desk() as at:
        newcomers(at, ACCOUNTS)
        first = adding(at, add_rule_view(JA, Direction.PULL, 1, CHOICES))
        second = adding(at, view_in(first), office=OSAKA_OFFICE)
        assert "新規登録 1名の配属が変わります" in shown(view_in(second))
        assert kept(at) == ()


def test_a_rule_that_touches_nobody_is_saved_at_once() -> None:
    with desk() as at:
        newcomers(at, ACCOUNTS)
        adding(at, add_rule_view(JA, Direction.PULL, 1, CHOICES), text="総務課").then()
        assert [rule.name for rule in kept(at)] == ["総務課"]
        assert at.slack.calls[-1][1]["view_id"] == BELOW


def test_in_closed_hours_the_editor_says_when_kinkakuji_can_be_read() -> None:
    with desk() as at:
        known = Integration(scope=SCOPE, kinkakuji=Credentials(token="made-up"))
        at.store.integrations.save(known)
        at.watch.advance(timedelta(hours=6))
        open_rules(at.services, pressed(at, Direction.PUSH))
        below = dict(at.slack.calls[-1][1]["view"])
        masters = Masters(at.store, at.services.remotes)
        open_add_rule(at.services, masters, pressed(at, Direction.PUSH, below))
        assert at.slack.methods[-2:] == ["views.push", "views.update"]
        assert "メンテナンス時間帯" in texts(at.slack.calls[-1:])


def test_a_long_menu_is_searched_among_the_entries_of_the_list_it_belongs_to() -> None:
    with desk() as at:
        long = tuple(Choice(f"e-{n}", f"第{n}支社") for n in range(150))
        head = newcomers(at, ACCOUNTS, choices=PlacementChoices(establishments=long))
        view = view_in(ask_for_places(at.services, at.press(), head))
        press = replace(at.press(submitted(view)), typed="第149")
        masters = Masters(at.store, at.services.remotes)
        (found,) = suggest_places(at.services, masters, Action.ESTABLISHMENT, press)
        assert found["value"] == "e-149"
