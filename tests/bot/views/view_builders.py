"""Made-up people, plans and runs for the tests of the views."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from bot.views.filter import Filter
from bot.views.pick import PickForm, PickScreen
from storage.plan_records import PlanHead, PlanState
from storage.records import Check, Credentials, Draft, Integration, Scope
from storage.run_records import OutcomeRow, RunHead, RunState
from sync.diff import (
    Blocked,
    BlockReason,
    Change,
    Create,
    Difference,
    Respelled,
    Status,
    Unchanged,
    Update,
)
from sync.fields import COMPARED, Field
from sync.model import Choice, Direction, Employee, Gender, PlacementChoices
from sync.outcome import Outcome, OutcomeKind, Reason
from sync.plan import PlanRow
from sync.text import Likeness

Json = dict[str, Any]
SCOPE = Scope("", "T1")
NOON = datetime(2026, 11, 22, 3, 0, tzinfo=UTC)
"""12:00 in Tokyo."""
TODAY = date(2026, 11, 22)
LONGEST = "𠮷" * 400
"""Longer than any field, and twice as long as Slack may count it."""
HOSTILE = "<!channel> *太郎* ~山田~ & <@U1> :tada: `x`"


def employee(number: str | None = "0012", **more: Any) -> Employee:
    known: dict[str, Any] = {
        "remote_id": "id-1",
        "last_name": "山田",
        "first_name": "太郎",
        "last_name_kana": "ヤマダ",
        "first_name_kana": "タロウ",
        "gender": Gender.MALE,
        "birth_date": date(1990, 4, 1),
    }
    return Employee(number=number, **(known | more))


def create(number: str = "0012", text: str = "山田") -> Create:
    person = employee(number, last_name=text, first_name=text)
    return Create(desired=person, changes=tuple(Change(field, None, text) for field in COMPARED))


def update(
    number: str = "0013", old: str | None = "旧姓", new: str | None = "山田", fields: int = 1
) -> Update:
    person = employee(number, last_name=new or "山田")
    changes = tuple(Change(field, old, new) for field in COMPARED[:fields])
    return Update(desired=person, existing=person, changes=changes, kept=(Field.RESIGNED_ON,))


def unchanged(number: str = "0014") -> Unchanged:
    return Unchanged(desired=employee(number), existing=employee(number), kept=(Field.EMAIL,))


def blocked(
    reason: BlockReason = BlockReason.GENDER_MISSING, number: str | None = "0015", **more: Any
) -> Blocked:
    return Blocked(desired=employee(number), reason=reason, **more)


def respelled(
    number: str = "0016", old: str = "高橋", new: str = "髙橋", likeness: Likeness = Likeness.VARIANT
) -> Respelled:
    status = Status.VARIANT if likeness is Likeness.VARIANT else Status.COSMETIC
    return Respelled(
        desired=employee(number, last_name=new),
        existing=employee(number, last_name=old),
        changes=(Change(Field.LAST_NAME, old, new, likeness),),
        status=status,  # type: ignore[arg-type] # one of the two
    )


def spaced(number: str = "0017") -> Respelled:
    """Only a space differs."""
    return respelled(number, "山田", "山 田", Likeness.COSMETIC)


def rows(*differences: Difference, start: int = 0) -> tuple[PlanRow, ...]:
    return tuple(PlanRow(start + index, difference) for index, difference in enumerate(differences))


def head(direction: Direction = Direction.PUSH, **more: Any) -> PlanHead:
    known: dict[str, Any] = {
        "id": "b" * 32,
        "scope": SCOPE,
        "user_id": "U1",
        "direction": direction,
        "as_of": TODAY,
        "state": PlanState.READY,
        "counts": {
            Status.CREATE: 12,
            Status.UPDATE: 34,
            Status.VARIANT: 2,
            Status.BLOCKED: 3,
            Status.COSMETIC: 61,
            Status.UNCHANGED: 2900,
        },
        "target_size": 2940,
        "created_at": NOON,
        "made_at": NOON,
        "expires_at": NOON + timedelta(days=1),
        "view_id": "V1",
    }
    return PlanHead(**(known | more))


def screen(*differences: Difference, **more: Any) -> PickScreen:
    known: dict[str, Any] = {
        "head": head(),
        "rows": rows(*differences),
        "ticked": frozenset(),
        "filter": Filter(),
        "page": 2,
        "pages": 4,
        "matching": 70,
        "matching_tickable": 46,
        "chosen": {Status.UPDATE: 3},
        "revision": 7,
        "today": TODAY,
    }
    return PickScreen(**(known | more))


def pick_form(wanted: Filter, page: int = 1, plan_id: str = "b" * 32) -> PickForm:
    nobody = frozenset[int]()
    return PickForm(plan_id, 7, page, shown=nobody, ticked=nobody, rendered=nobody, filter=wanted)


def run(
    state: RunState = RunState.RUNNING, counts: Mapping[OutcomeKind, int] | None = None, **more: Any
) -> RunHead:
    known: dict[str, Any] = {
        "id": "c" * 32,
        "plan_id": "b" * 32,
        "scope": SCOPE,
        "user_id": "U1",
        "direction": Direction.PUSH,
        "as_of": TODAY,
        "state": state,
        "total": 200,
        "counts": {OutcomeKind.SUCCEEDED: 50} if counts is None else counts,
        "created_at": NOON,
        "queued_at": NOON,
        "started_at": NOON,
    }
    return RunHead(**(known | more))


def outcome_row(
    outcome: Outcome | None, number: str | None = "0012", name: str = "山田 太郎", **more: Any
) -> OutcomeRow:
    known: dict[str, Any] = {"position": 0, "status": Status.CREATE} | more
    return OutcomeRow(number=number, name=name, outcome=outcome, **known)


def rejected(detail: str = "氏名 山田 太郎 は登録できません") -> Outcome:
    return Outcome(OutcomeKind.FAILED, Reason.REJECTED, detail=(detail,))


def choices(n: int, name: str = "事業所") -> PlacementChoices:
    made = tuple(Choice(f"{index:03}", f"{name}{index}") for index in range(n))
    return PlacementChoices(establishments=made, divisions=made, categories=made)


def access(check: Check = Check.VERIFIED, problem: str | None = None, subdomain: str = "") -> Credentials:
    return Credentials(
        subdomain=subdomain, token="s3cret-token", check=check, problem=problem, checked_at=NOON
    )


def integration(smarthr: Credentials | None = None, kinkakuji: Credentials | None = None) -> Integration:
    return Integration(scope=SCOPE, smarthr=smarthr, kinkakuji=kinkakuji, admin_channel="C1")


def draft(**more: Any) -> Draft:
    known: dict[str, Any] = {
        "id": "d1",
        "scope": SCOPE,
        "user_id": "U1",
        "subdomain": "typed",
        "smarthr_token": "s3cret-draft",
        "admin_channel": "C2",
        "administrators": ("U2",),
        "view_id": "V1",
        "created_at": NOON,
    }
    return Draft(**(known | more))


def submitted(view: Json, values: Mapping[str, Mapping[str, Any]] | None = None) -> Json:
    """Give the view as Slack sends it back: initial values as state, and `values` typed over them.

    A block without an id has been given one.
    """
    blocks = [{"block_id": f"Xy{index}"} | block for index, block in enumerate(view["blocks"])]
    state = {block["block_id"]: dict(_initial(block)) for block in blocks}
    for block_id, typed in (values or {}).items():
        ((action, value),) = typed.items()
        state[block_id] = {action: value}
    return view | {"blocks": blocks, "state": {"values": state}}


_INITIAL = {
    "initial_value": "value",
    "initial_date": "selected_date",
    "initial_option": "selected_option",
    "initial_options": "selected_options",
    "initial_conversation": "selected_conversation",
    "initial_users": "selected_users",
}


def _initial(block: Json) -> list[tuple[str, Json]]:
    elements = [block["element"]] if "element" in block else block.get("elements", [])
    return [
        (element["action_id"], {_INITIAL[key]: value for key, value in element.items() if key in _INITIAL})
        for element in elements
        if "action_id" in element and element["type"] != "button"
    ]


def every_part(node: object) -> list[Json]:
    """Give every object within a view or message."""
    if isinstance(node, list):
        return [part for each in node for part in every_part(each)]
    if isinstance(node, dict):
        return [node, *[part for each in node.values() for part in every_part(each)]]
    return []


def texts_of(node: object) -> list[str]:
    """Give every text that a reader sees in a view or message."""
    if isinstance(node, list):
        return [text for part in node for text in texts_of(part)]
    if isinstance(node, dict):
        own = [node["text"]] if isinstance(node.get("text"), str) else []
        return own + [
            text for key, part in node.items() if key != "private_metadata" for text in texts_of(part)
        ]
    return []


def shown(node: object) -> str:
    return "\n".join(texts_of(node))
