"""配属の規則: where new people are put, by where they stand in the source."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import chain

from sqlmodel import Session, select

from storage.database import Database
from storage.errors import SettingsMoved
from storage.records import Scope
from storage.statements import upsert, within
from storage.tables import PlacementRulesRow
from sync.model import Direction
from sync.placing import Rule
from sync.text import search_key


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules of a workspace in one direction; the first that fits decides."""

    rules: tuple[Rule, ...] = ()
    revision: int = 0
    """How often they have been saved: who saves must have seen the newest."""


class Rules:
    """Keeps rules of placement."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self, scope: Scope, direction: Direction) -> tuple[Rule, ...]:
        """Give the rules in their order."""
        return self.load(scope, direction).rules

    def load(self, scope: Scope, direction: Direction) -> RuleBook:
        """Give the rules with their revision, to be changed."""
        with self._database.reading() as session:
            return _load(session, scope, direction)

    def save(self, scope: Scope, direction: Direction, rules: Sequence[Rule], revision: int) -> None:
        """Keep rules in place of those of `revision`. Raises SettingsMoved when there are newer ones."""
        with self._database.writing() as session:
            if _load(session, scope, direction, locked=True).revision != revision:
                raise SettingsMoved
            _save(session, scope, direction, RuleBook(tuple(rules), revision + 1))

    def add(self, scope: Scope, direction: Direction, rules: Sequence[Rule]) -> None:
        """Keep new answers: each in place of what was said of its post, or before the rules of its kind."""
        with self._database.writing() as session:
            book = _load(session, scope, direction, locked=True)
            merged = merge(book.rules, rules)
            _save(session, scope, direction, RuleBook(merged, book.revision + 1))


def merge(rules: Iterable[Rule], answers: Iterable[Rule]) -> tuple[Rule, ...]:
    """Add answers to rules.

    One for a post stands before those that go by the same kind of post, or else before those for everybody,
    which would hide it.
    """
    merged = list(rules)
    for answer in answers:
        same = next((at for at, rule in enumerate(merged) if _is_about_same(rule, answer)), None)
        if same is not None:
            merged[same] = answer
            continue
        merged.insert(_place_of(answer, merged), answer)
    return tuple(merged)


def _place_of(answer: Rule, rules: Sequence[Rule]) -> int:
    part = [(at, rule.basis) for at, rule in enumerate(rules) if rule.part is answer.part]
    of_its_kind = (at for at, basis in part if basis is answer.basis)
    for_everybody = (at for at, basis in part if basis is None)
    return next(chain(of_its_kind, for_everybody), len(rules))


def _is_about_same(one: Rule, other: Rule) -> bool:
    if (one.part, one.basis) != (other.part, other.basis):
        return False
    if one.code or other.code:
        return one.code == other.code
    return search_key(one.name) == search_key(other.name)


def _load(session: Session, scope: Scope, direction: Direction, *, locked: bool = False) -> RuleBook:
    mine = select(PlacementRulesRow).where(
        within(PlacementRulesRow, scope), PlacementRulesRow.direction == direction
    )
    row = session.exec(mine.with_for_update() if locked else mine).first()
    return RuleBook(row.rules, row.revision) if row else RuleBook()


def _save(session: Session, scope: Scope, direction: Direction, book: RuleBook) -> None:
    row = PlacementRulesRow(
        enterprise_id=scope.enterprise_id,
        team_id=scope.team_id,
        direction=direction,
        rules=book.rules,
        revision=book.revision,
    )
    upsert(session, row)
