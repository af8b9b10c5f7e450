"""The words of the product as types. Nothing here reads a clock, a network or a database."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

EmployeeNumber = str
"""社員番号: the key that both systems share. A string: leading zeros matter, it is never a number."""


class System(StrEnum):
    """One of the two systems that Renkei stands between."""

    SMARTHR = "smarthr"
    KINKAKUJI = "kinkakuji"


class Direction(StrEnum):
    """Which way a plan carries people."""

    PULL = "pull"
    """勤革時 → SmartHR"""
    PUSH = "push"
    """SmartHR → 勤革時"""

    @property
    def source(self) -> System:
        """連携元: where the values come from."""
        return System.KINKAKUJI if self is Direction.PULL else System.SMARTHR

    @property
    def target(self) -> System:
        """連携先: where they are written."""
        return System.SMARTHR if self is Direction.PULL else System.KINKAKUJI


class Gender(StrEnum):
    """Both systems know exactly these two, or nothing."""

    MALE = "male"
    FEMALE = "female"


class Standing(StrEnum):
    """SmartHR's 在籍状況. 勤革時 has none: there it is UNKNOWN and the dates decide."""

    EMPLOYED = "employed"
    ABSENT = "absent"
    RETIRED = "retired"
    UNKNOWN = "unknown"


class PostKind(StrEnum):
    """What a system calls a person's place in the company."""

    DEPARTMENT = "department"
    """SmartHR's 部署."""
    EMPLOYMENT_TYPE = "employment_type"
    """SmartHR's 雇用形態."""
    ESTABLISHMENT = "establishment"
    """SmartHR's 事業所."""
    DIVISION = "division"
    """勤革時's 所属."""
    CATEGORY = "category"
    """勤革時's 雇用区分."""


@dataclass(frozen=True, slots=True)
class Post:
    """Where a person stands in one system. Read, never written: it decides where a new person is put."""

    kind: PostKind
    code: str
    """The system's code or, where it has none, its id."""
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Employee:
    """A person as one of the systems has them, in the fields that Renkei links and no others.

    A missing key, null and "" from an API are all None: unknown, and never a reason to erase.
    """

    remote_id: str
    """SmartHR's crew id or 勤革時's 64-digit key: what a write is addressed to. "" while not created yet."""
    number: EmployeeNumber | None
    last_name: str | None = None
    first_name: str | None = None
    last_name_kana: str | None = None
    first_name_kana: str | None = None
    gender: Gender | None = None
    birth_date: date | None = None
    hired_on: date | None = None
    resigned_on: date | None = None
    """The last day of employment; on that day the person is still enrolled."""
    email: str | None = None
    other_emails: tuple[str, ...] = ()
    """勤革時's further addresses: carried along so that a write preserves them."""
    standing: Standing = Standing.UNKNOWN
    posts: tuple[Post, ...] = ()
    last_name_is_business: bool = False
    """The last name and its kana are SmartHR's ビジネスネーム, not the legal ones."""
    first_name_is_business: bool = False

    def __repr__(self) -> str:
        """Hide the person: a repr ends in logs and tracebacks."""
        return f"Employee({self.remote_id[:8]}…)"

    def enrolled_on(self, day: date) -> bool:
        """Tell whether the person is employed on `day`.

        Both ends count. Someone retired without a date is not enrolled; no hire date means hired long ago.
        """
        if self.standing is Standing.RETIRED and self.resigned_on is None:
            return False
        return (self.hired_on or date.min) <= day <= (self.resigned_on or date.max)


@dataclass(frozen=True, slots=True)
class Choice:
    """An entry of a master: 所属事業所 (Establishment), 所属 (Division) or 雇用区分 (EmploymentCategory)."""

    code: str
    """What a write carries: SmartHR's establishment id, 勤革時's 所属コード or 雇用区分コード."""
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """Where a new person is put. Chosen at creation only; an update never carries it."""

    establishment: Choice | None = None
    """所属事業所, towards SmartHR."""
    division: Choice | None = None
    """所属, towards 勤革時."""
    category: Choice | None = None
    """雇用区分, towards 勤革時."""

    def is_complete_for(self, target: System) -> bool:
        """Tell whether it names everything that creating a person there needs."""
        if target is System.SMARTHR:
            return self.establishment is not None
        return self.division is not None and self.category is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacementChoices:
    """The masters to choose a placement from, in the target's own order."""

    establishments: tuple[Choice, ...] = ()
    divisions: tuple[Choice, ...] = ()
    categories: tuple[Choice, ...] = ()

    def hold(self, placement: Placement) -> bool:
        """Tell whether everything that the placement names still exists; a new name changes nothing."""
        named = (
            (placement.establishment, self.establishments),
            (placement.division, self.divisions),
            (placement.category, self.categories),
        )
        return all(
            chosen is None or any(each.code == chosen.code for each in offered) for chosen, offered in named
        )
