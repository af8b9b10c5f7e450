"""Made-up people, plans and moments."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from storage.plan_records import PlanHead
from storage.records import Credentials, Integration, Scope
from storage.run_records import RunHead
from storage.secrets import Keyring
from storage.store import Store
from sync.calendar import TOKYO
from sync.digest import digest_of
from sync.fields import default_policies
from sync.identity import Ties
from sync.model import Choice, Direction, Employee, Gender, Placement, PlacementChoices
from sync.placing import Part, Rule
from sync.plan import Basis, People, Plan, make_plan
from sync.terms import Terms

KEY = "VGhpcyBpcyBhIG1hZGUtdXAga2V5IGZvciB0ZXN0cyE="
NEWER_KEY = "QW5vdGhlciBtYWRlLXVwIGtleSBmb3IgdGhlIHRlc3Q="
KEYS = Keyring((KEY,))
NOON = datetime(2026, 4, 1, 12, tzinfo=TOKYO)
TODAY = date(2026, 4, 1)
SCOPE = Scope("", "T0001")
ELSEWHERE = Scope("", "T0002")
ANNA = "U0ANNA"
TOKYO_OFFICE = Choice("e-1", "東京本社")
CHOICES = PlacementChoices(establishments=(TOKYO_OFFICE, Choice("e-2", "大阪支社")))
IN_TOKYO = Placement(establishment=TOKYO_OFFICE)
ALL_IN_TOKYO = (Rule(part=Part.ESTABLISHMENT, choice=TOKYO_OFFICE),)
BASIS = Basis(direction=Direction.PULL, as_of=TODAY, terms=Terms(policies=default_policies(Direction.PULL)))
TERMS = digest_of(BASIS.terms, Ties())
WHY = "組織変更のため"


@dataclass
class Watch:
    """A clock that a test moves."""

    moment: datetime = NOON

    def __call__(self) -> datetime:
        return self.moment

    def advance(self, by: timedelta) -> None:
        self.moment += by


def person(number: str | None, *, remote_id: str = "", hired_on: date = date(2020, 4, 1)) -> Employee:
    return Employee(
        remote_id=remote_id or f"id-{(number or 'none')[::-1]}",
        number=number,
        last_name="山田",
        first_name="太郎",
        last_name_kana="ヤマダ",
        first_name_kana="タロウ",
        gender=Gender.MALE,
        birth_date=_birth_date(number),
        hired_on=hired_on,
        email="taro@example.com",
    )


def _birth_date(number: str | None) -> date:
    """Namesakes have birthdays of their own: two numbers are two people, whatever they are called."""
    return date(1960, 5, 17) + timedelta(days=int.from_bytes((number or "").encode()) % 14_009)


def mixed_plan() -> Plan:
    """One of each: 0001 新規登録, 0002 差分あり, 0003 差分なし, and somebody without a number."""
    listed = [person(number) for number in ("0001", "0002", "0003", None)]
    target = [person("0002", hired_on=date(2021, 4, 1)), person("0003")]
    return plan_between(listed, target)


def plan_of(size: int) -> Plan:
    """So many people, every second of them 新規登録 and the others 差分あり."""
    return plan_for(*(f"{each:05}" for each in range(size)))


def plan_for(*numbers: str) -> Plan:
    """These people, every second of them 差分あり and the others 新規登録."""
    target = [person(number, hired_on=date(2021, 4, 1)) for number in numbers[::2]]
    return plan_between([person(number) for number in numbers], target)


def begun(store: Store) -> PlanHead:
    return store.plans.begin(SCOPE, ANNA, Direction.PULL, TODAY, "V0001", press=uuid4().hex)


def connect(store: Store, company: str, scope: Scope = SCOPE, renewed: str = "") -> None:
    """Connect a workspace with this SmartHR, and a 勤革時 whose token ends in `renewed`."""
    store.integrations.save(
        Integration(
            scope=scope,
            smarthr=Credentials(subdomain=company, token="shr_made_up"),
            kinkakuji=Credentials(token=f"kot-made-up-{renewed}"),
            revision=store.integrations.load(scope).revision,
        )
    )


def ready(store: Store, plan: Plan | None = None) -> PlanHead:
    return saved(store, begun(store), plan or mixed_plan())


def saved(store: Store, head: PlanHead, plan: Plan) -> PlanHead:
    store.plans.save(head.id, plan, CHOICES, terms=TERMS)
    return store.plans.load(SCOPE, head.id)


def started(store: Store, plan: Plan | None = None, justification: str | None = None) -> RunHead:
    """A run of everybody who can be ticked, into the Tokyo office."""
    plan = plan or mixed_plan()
    head = ready(store, plan)
    store.plans.tick(head.id, add=[row.position for row in plan.rows])
    store.plans.save_rules(head.id, ALL_IN_TOKYO)
    return start(store, head.id, justification)


def start(store: Store, plan_id: str, justification: str | None = None) -> RunHead:
    choice = store.plans.chosen_fingerprint(plan_id)
    return store.runs.start(SCOPE, plan_id, ANNA, choice=choice, terms=TERMS, justification=justification)


def plan_between(listed: list[Employee], target: list[Employee], basis: Basis = BASIS) -> Plan:
    return make_plan(basis, People(listed, target), NOON)
